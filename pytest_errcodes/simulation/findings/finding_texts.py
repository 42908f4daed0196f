"""Findings for those who read them: as text, and as JSON can hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_errcodes.simulation.findings.descriptions import ANY_REQUEST
from pytest_errcodes.text.json_values import json_text, json_value
from pytest_errcodes.text.wording import join_lines, pluralize, show_code, show_name

if TYPE_CHECKING:
    from pytest_errcodes.simulation.findings.finding import Difference, Finding
    from pytest_errcodes.simulation.script import Unsent

_LONGEST_PATH = 1_000
_TITLES = {
    "unmatched-request": "no route matches {}",
    "forbidden-request": "{} was sent, and must not be",
    "refused-connection": "{} was refused: nothing leaves while routes are active",
    "unused-route": "no request reached {}",
    "unfinished-script": "the route for {} sent ",
    "route-without-reply": "the route for {} has no reply, and answered an empty HTTP 200",
}
_DIFFERENCES = {
    "value": "{where} is {came}, not {asked}",
    "missing": "{where} is missing",
    "unexpected": "{where} is not expected",
    "hidden": "{where} differs",
    "without": "{where} is {came}, without {asked}",
    "unreadable": "the request's {where} cannot be read",
    "empty": "the body is empty, not JSON",
    "not-json": "the body is not JSON",
    "unfit": "does not fit {asked}",
    "declined": "matches, but its side effect declined the request",
    "forbids": "says .never()",
}


def render_finding(finding: Finding) -> str:
    """Return the text of a finding, in lines."""
    subject = finding.subject
    if finding.slug == "unused-route" and subject.startswith(ANY_REQUEST):
        subject = f"the route for {subject}"  # not "no request reached any request"
    title = _TITLES[finding.slug].format(subject)
    if finding.unsent is not None:
        sent, total, following = finding.unsent
        if following is None:
            shown = "a success"
        else:
            shown = show_code(following) if isinstance(following, int | str) else following.shown
        title += f"{sent} of the {total} replies in its script; next was {shown}"
    lines = [title]
    if finding.slug == "unmatched-request":
        lines += _render_nearest(finding)
    elif finding.slug == "forbidden-request":
        lines += ["route:", *_render_routes(finding)]
    return join_lines([*lines, *([f"hint: {finding.hint}"] if finding.hint else [])])


def render_difference(difference: Difference) -> str:
    """Return in words what differs: ``path is /order, not /orders``."""
    kind, part, name, came, asked = difference
    where = part if name is None else f"{part} {show_name(name, _LONGEST_PATH)}"
    return _DIFFERENCES[kind].format(where=where, came=came, asked=asked)


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON values; the keys are its attributes."""
    return {
        "slug": finding.slug,
        "subject": json_text(finding.subject),
        "hint": json_text(finding.hint),
        "nearest": [
            {
                "route": json_text(near.route),
                "difference": {
                    name: json_value(value) for name, value in near.difference._asdict().items()
                },
            }
            for near in finding.nearest
        ],
        "others": finding.others,
        "unsent": None if finding.unsent is None else _unsent_to_json(finding.unsent),
    }


def _unsent_to_json(unsent: Unsent) -> Any:
    following = unsent.next
    shown = following if isinstance(following, int | str | None) else following.shown
    return json_value(unsent._asdict() | {"next": shown})


def _render_nearest(finding: Finding) -> list[str]:
    if not finding.nearest:
        raised = f"comparing it with the {pluralize('route', finding.others)} raised an error"
        return [raised if finding.others else "there are no routes yet"]
    lines = ["nearest route:" if len(finding.nearest) == 1 else "nearest routes:"]
    lines += _render_routes(finding)
    return [*lines, *([f"  (and {finding.others} more)"] if finding.others else [])]


def _render_routes(finding: Finding) -> list[str]:
    lines = []
    for route, difference in finding.nearest:
        lines += [f"  {route}", f"    {render_difference(difference)}"]
    return lines
