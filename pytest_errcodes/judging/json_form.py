"""Mismatches as JSON can hold them, for reports and tools: the same facts as their texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_errcodes.active.evidence import Contradiction
from pytest_errcodes.catalog import MessageTemplate
from pytest_errcodes.catalog.field_paths import ABSENT
from pytest_errcodes.envelope.refusal import Refusal
from pytest_errcodes.judging.comparison import find_documented, find_nearest
from pytest_errcodes.judging.expectation import AnyCode, write_message
from pytest_errcodes.judging.mismatch import Mismatch, StructureMismatch
from pytest_errcodes.text.json_values import json_text, json_value
from pytest_errcodes.text.secrets import MASK, is_secret, looks_secret, mask_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.active.observation import Observation
    from pytest_errcodes.catalog import ErrorCode
    from pytest_errcodes.judging.counting import HiddenRetry
    from pytest_errcodes.judging.expectation import ExpectedEnvelope
    from pytest_errcodes.judging.mismatch import Answer, UnmetExpectation

_MOST = 50


def to_json(mismatch: Mismatch | StructureMismatch | UnmetExpectation) -> dict[str, Any]:
    """Return a mismatch as JSON values: codes as they are, secrets masked, what is huge cut.

    The keys are the attributes of the mismatch. ``expected`` and ``came`` are missing where
    nothing was there.
    """
    if isinstance(mismatch, Mismatch):
        return _mismatch_to_json(mismatch)
    if isinstance(mismatch, StructureMismatch):
        return _structure_to_json(mismatch)
    return _unmet_to_json(mismatch)


def _mismatch_to_json(mismatch: Mismatch) -> dict[str, Any]:
    goal, answer = mismatch.goal, mismatch.answer
    return {
        "kind": mismatch.kind,
        "field": json_text(mismatch.field),
        **_values_to_json(mismatch),
        "path": [json_value(step) for step in mismatch.path],
        "at": list(mismatch.at) if mismatch.at else None,
        "goal": _goal_to_json(goal),
        "answer": None if answer is None else _answer_to_json(answer, goal),
        "seen_at": json_text(mismatch.seen_at),
        "hints": [json_text(hint) for hint in mismatch.hints],
        "nested": [_mismatch_to_json(one) for one in mismatch.nested[:_MOST]],
    }


def _values_to_json(mismatch: Mismatch) -> dict[str, Any]:
    """Return what was expected in a field and what came, where anything was there."""
    values = {"expected": mismatch.expected, "came": mismatch.came}
    return {
        side: _value_to_json(mismatch, side, value)
        for side, value in values.items()
        if value is not ABSENT
    }


def _value_to_json(mismatch: Mismatch, side: str, value: Any) -> Any:
    if mismatch.kind in ("parameter", "parameters"):
        texts = (value,) if mismatch.kind == "parameter" else value
        shown = [_parameter_to_json(mismatch, side, text) for text in texts]
        return shown[0] if mismatch.kind == "parameter" else shown
    if mismatch.kind == "field":
        steps = (mismatch.field, *mismatch.path)
        hides = any(map(looks_secret, steps)) or is_secret(steps[-1], value)
        return MASK if hides else json_value(value)
    if mismatch.kind == "nothing-raised" and value is not None:
        return _seen_to_json(value)
    return _fact_to_json(value)


def _fact_to_json(value: Any) -> Any:
    """Return a fact about what was expected or came, such as a template; or else a plain value."""
    if isinstance(value, MessageTemplate):
        return json_text(value.text)
    if isinstance(value, Refusal):
        return _refusal_to_json(value)
    if isinstance(value, Contradiction):
        return {name: json_value(part) for name, part in value.as_dict().items()}
    return json_value(value)


def _parameter_to_json(mismatch: Mismatch, side: str, text: str) -> str:
    """Return a parameter, unless the words around it in its message say that it is a secret."""
    goal = mismatch.goal
    if side == "came" or isinstance(goal.code, AnyCode):
        message = "" if mismatch.answer is None else mismatch.answer.message or ""
    else:
        message = write_message(goal.code, goal.params)
    return json_text(text) if text in mask_text(message) else MASK


def _goal_to_json(goal: ExpectedEnvelope) -> dict[str, Any]:
    catalog, code = goal.judging_catalog, goal.code
    codes, message = catalog.shape.success, catalog.shape.success_message
    if not isinstance(code, AnyCode):
        message = write_message(code, goal.params)
        codes = (code.code,)
    is_any = code is AnyCode.DOCUMENTED
    return {
        "title": goal.title,
        "codes": [] if is_any else json_value(codes),
        "message": None if is_any else json_text(message),
        "catalog": json_text(catalog.name),
    }


def _answer_to_json(answer: Answer, goal: ExpectedEnvelope) -> dict[str, Any]:
    documented = find_documented(answer, goal)
    return {
        "code": json_value(answer.code),
        "message": json_value(answer.message),
        "http_status": json_value(answer.http_status),
        "evidence": answer.evidence.kind,
        "documented": None if documented is None else json_text(documented.message),
        "nearest": _codes_to_json(find_nearest(answer, goal)),
    }


def _structure_to_json(mismatch: StructureMismatch) -> dict[str, Any]:
    return {
        "kind": "structure",
        "operator": mismatch.operator,
        "left": json_value(mismatch.left),
        "right": json_value(mismatch.right),
        "members": [
            {"place": json_text(place), "mismatch": _mismatch_to_json(one)}
            for place, one in mismatch.members[:_MOST]
        ],
        "unseen": mismatch.unseen,
    }


def _unmet_to_json(unmet: UnmetExpectation) -> dict[str, Any]:
    return {
        "kind": unmet.kind,
        "codes": _codes_to_json(unmet.codes),
        "seen": _seen_to_json(unmet.seen),
        "times": unmet.times,
        "came": unmet.came,
        "how": unmet.how,
        "narrowed": unmet.narrowed,
        "retry": None if unmet.retry is None else _retry_to_json(unmet.retry),
        "hints": [json_text(hint) for hint in unmet.hints],
        "no_envelopes": [
            {"place": json_text(one.seen_at()), **_refusal_to_json(one.refusal)}
            for one in unmet.no_envelopes[:_MOST]
        ],
    }


def _refusal_to_json(refusal: Refusal) -> dict[str, Any]:
    return {"reason": json_text(refusal.reason), "details": json_value(refusal.details)}


def _retry_to_json(retry: HiddenRetry) -> dict[str, Any]:
    return {
        "method": json_text(retry.endpoint.method),
        "address": json_text(retry.endpoint.address),
        "received": retry.received,
        "surfaced": retry.surfaced,
        "accounted": retry.accounted,
    }


def _codes_to_json(codes: Sequence[ErrorCode]) -> list[dict[str, Any]]:
    return [
        {"code": json_value(code.code), "message": json_text(code.message)}
        for code in codes[:_MOST]
    ]


def _seen_to_json(seen: Sequence[Observation]) -> list[dict[str, Any]]:
    """Return what was observed; not its URL, in which secrets stand: the place shows it masked."""
    return [
        {
            "code": json_value(one.code),
            "message": json_value(one.message),
            "http_status": json_value(one.http_status),
            "source": one.source,
            "evidence": one.evidence.kind,
            "place": json_text(one.place),
        }
        for one in seen[:_MOST]
    ]
