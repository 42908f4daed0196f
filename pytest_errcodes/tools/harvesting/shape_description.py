"""What stands beside a code: its message and payload, and what tells a success."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.envelope_fields import TOP_LEVEL
from pytest_errcodes.text.wording import join_words, quote
from pytest_errcodes.tools.harvesting.field_names import (
    holds_error,
    is_code_name,
    is_message_name,
    parent_of,
    rank_message,
    rank_payload,
)
from pytest_errcodes.tools.harvesting.found_shape import (
    SOME_ERROR,
    FoundShape,
    code_of,
    is_error_status,
    is_http_status,
    is_usual_success,
    list_flags,
    read_flag,
    says_failure,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.catalog.model import Code
    from pytest_errcodes.tools.harvesting.found_shape import Witness
    from pytest_errcodes.tools.harvesting.harvest_facts import AnswerFacts


def describe_shape(path: str, answers: Sequence[Witness]) -> FoundShape:
    """Return the shape whose code stands at a path."""
    having = [(one, said) for one, said in answers if code_of(one, path) is not None]
    flag = _find_flag(path, [one for one, _ in having], [one for one, _ in answers])
    message = _find_message(path, [one for one, _ in having])
    success = _list_successes(having, path, flag, message)
    good = [one for one, _ in having if code_of(one, path) in success]
    failed = [one for one, _ in having if code_of(one, path) not in success]
    absent = [
        one
        for one, _ in answers
        if code_of(one, path) is None and not is_error_status(one) and not says_failure(one)
    ]
    told = [one for one in absent if read_flag(one.fields.get(flag)) is True] if flag else []
    texts = Counter(filter(None, (text_of(one, message) for one in good)))
    own = {one.partition(".")[0] for one in (path, message, flag)}
    return FoundShape(
        code=path,
        message=message,
        data=_find_data(own, good, told or absent, _list_holders(path))
        or _find_data(own, [], failed)
        or _find_wrapper((path, message, flag), good or told or absent)
        or _find_rest(own, good),
        success=tuple(success),
        success_message=texts.most_common(1)[0][0] if texts else "",
        flag=flag,
        flag_value=_find_flag_value(flag, [one for one, _ in answers], means=True),
        flag_error=_find_flag_value(flag, failed, means=False),
        fails_by_status=all(
            is_error_status(one) and one.http_status != SOME_ERROR for one, _ in having
        ),
        absent=len(absent),
        seen=len(having),
        doubts=_find_doubts(path, message, failed) | _doubt_flag(flag, answers),
    )


def _list_successes(
    having: Sequence[Witness], path: str, flag: str, message: str
) -> dict[Code, None]:
    """Return the codes that mean success, in the order in which they came."""
    found: dict[Code, None] = {}
    for answer, said in having:
        code = code_of(answer, path)
        is_good = bool(flag) and read_flag(answer.fields.get(flag)) is True
        is_good = is_good or read_flag(text_of(answer, message)) is True
        if code is not None and _is_success(answer, code, said, is_good=is_good):
            found[code] = None
    return found


def _is_success(answer: AnswerFacts, code: Code, said: frozenset[str], *, is_good: bool) -> bool:
    if is_error_status(answer) or says_failure(answer):
        return False
    if is_usual_success(code):
        return True
    return is_good and str(code) not in said


def _list_holders(path: str) -> tuple[str, ...]:
    """Return the paths of the objects and lists that hold a field, the nearest one first."""
    holders = []
    while path := parent_of(path):
        holders.append(path)
    return tuple(holders)


def _find_message(path: str, having: Sequence[AnswerFacts]) -> str:
    """Return the path of the message: the nearest to the code, by its name."""
    counts: Counter[str] = Counter()
    for answer in having:
        for other, value in answer.fields.items():
            if isinstance(value, str) and rank_message(other) >= 0 and other != path:
                counts[other] += 1
    here = path
    while here:
        here = parent_of(here)
        found = [other for other in counts if parent_of(other) == here]
        usual = [other for other in found if is_message_name(other)] or found
        if usual:
            most = max(counts[other] for other in usual)
            often = [other for other in usual if counts[other] * 2 >= most]
            return min(often, key=rank_message)
    return ""


def _find_flag(code: str, having: Sequence[AnswerFacts], answers: Sequence[AnswerFacts]) -> str:
    """Return the path of a field that says failure where codes are, and success elsewhere."""
    near = ("", *_list_holders(code))
    counts = Counter(
        path
        for answer in answers
        for path, _ in list_flags(answer)
        if parent_of(path) in near and path != code
    )
    silent = [one for one in answers if not is_error_status(one) and not says_failure(one)]
    for path, _ in counts.most_common():
        if any(read_flag(one.fields.get(path)) is False for one in having):
            # What successes have never said tells of none of them.
            return path if not silent or any(path in one.fields for one in silent) else ""
    return ""


def _find_flag_value(flag: str, answers: Sequence[AnswerFacts], *, means: bool) -> bool | str:
    """Return what most often stands in a flag of an answer that is a success, or is none."""
    values = Counter[bool | str](
        value
        for one in answers
        if isinstance(value := one.fields.get(flag), bool | str) and read_flag(value) is means
    )
    return values.most_common(1)[0][0] if values else means


def _find_data(
    own: set[str],
    good: Sequence[AnswerFacts],
    absent: Sequence[AnswerFacts],
    holders: Sequence[str] = (),
) -> str:
    """Return the path of the payload in answers; empty if none is seen.

    Args:
        own: Fields that hold something else.
        good: Those that have a code and are successes; if there are some, they alone are asked.
        absent: Those without a code: in most of them it must be there.
        holders: Paths of what holds the code.
    """
    counts = Counter(
        field
        for answer in good or absent
        for field in answer.fields
        if parent_of(field) in ("", *holders)
        and rank_payload(field) >= 0
        and field not in (*own, *holders)
    )
    least = 0 if good else len(absent)
    often = [field for field in counts if counts[field] * 2 > least]
    return min(often, key=lambda field: (-counts[field], rank_payload(field)), default="")


def _find_wrapper(own: Sequence[str], good: Sequence[AnswerFacts]) -> str:
    """Return the one object in which all of an answer stands, where it has its payload too."""
    wrapper, dot, _ = own[0].partition(".")
    if not dot or holds_error(wrapper):
        return ""
    is_there = any(
        field.startswith(f"{wrapper}.")
        and not any(f"{one}.".startswith(f"{field}.") for one in own)
        for one in good
        for field in one.fields
    )
    return wrapper if is_there else ""


def _find_rest(own: set[str], good: Sequence[AnswerFacts]) -> str:
    """Return the top level as the payload if something stands there in a success."""
    is_there = any("." not in field and field not in own for one in good for field in one.fields)
    return TOP_LEVEL if is_there else ""


def _doubt_flag(flag: str, answers: Sequence[Witness]) -> dict[str, str]:
    """Return that a flag says success in more than one way: a catalog knows one."""
    values = {str(one.fields[flag]) for one, _ in answers if read_flag(one.fields.get(flag))}
    if len(values) < 2:
        return {}
    return {"success_value": f"it came as {join_words([quote(one, 20) for one in sorted(values)])}"}


def _find_doubts(path: str, message: str, failed: Sequence[AnswerFacts]) -> dict[str, str]:
    doubts = {}
    if not is_code_name(path):
        doubts["code"] = "by its values, not by its name"
    if failed and all(is_http_status(code_of(one, path) or 0, [one.http_status]) for one in failed):
        doubts["code"] = "says the HTTP status once more, and no more"
    without = sum(not text_of(one, message) for one in failed)
    if message and without:
        doubts["message"] = f"missing in {without} of {len(failed)} answers with an error"
    if not message:
        doubts["message"] = "no answer had one"
    return doubts
