"""The texts of expectations that all that a test saw does not meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.judging.seen_table import draw_no_envelopes, draw_seen, write_times
from pytest_errcodes.text.secrets import mask_text
from pytest_errcodes.text.wording import join_words, show_code

if TYPE_CHECKING:
    from pytest_errcodes.judging.mismatch import UnmetExpectation


def render_unmet(unmet: UnmetExpectation) -> list[str]:
    """Return the lines of what all that a test saw lacks."""
    return [
        _write_unmet_title(unmet),
        *draw_seen(unmet.codes, unmet.seen),
        *draw_no_envelopes(unmet.no_envelopes),
        *(f"hint: {hint}" for hint in unmet.hints),
    ]


def _write_unmet_title(unmet: UnmetExpectation) -> str:
    if unmet.kind == "error":
        came = show_code(unmet.seen[-1].code)
        how = "surfaced" if unmet.how == "surfaced" else "was the last that the client received"
        return f"expected no error, and {came} {how}"
    if unmet.kind == "none-seen":
        return "none of the expected codes was seen"
    codes = join_words([show_code(code.code) for code in unmet.codes])
    noun, verb = ("code", "was") if len(unmet.codes) == 1 else ("codes", "were")
    if unmet.kind == "not-seen":
        return f"expected {noun} {codes} {verb} not seen"
    return f"{noun} {codes} {_write_event(unmet)}"


def _write_event(unmet: UnmetExpectation) -> str:
    """Return what happened to a code: ``was received and did not surface``."""
    if unmet.retry is not None:
        (method, address), received, surfaced, accounted = unmet.retry
        source = mask_text(f"{method} {address}")
        if accounted:
            source += f", beside the {accounted} that raises_code counted"
        came, seen = write_times(received), write_times(surfaced)
        return f"was received {came} from {source}, and surfaced {seen}"
    if unmet.kind != "times":
        return _EVENTS[unmet.kind]
    how = "surfaced" if unmet.how == "surfaced" else "was received"
    as_expected = " as expected" if unmet.narrowed else ""
    came, times = write_times(unmet.came or 0), write_times(unmet.times or 0)
    return f"{how}{as_expected} {came}, expected {times}"


_EVENTS = {
    "not-surfaced": "was received and did not surface",
    "surfaced": "surfaced, and surfaced=False says that it must not",
    "untold": "may have surfaced, and surfaced=False says that it must not",
    "not-received": "surfaced and was never received",
}
