"""The message that an answer sends: which of a code's, and with what filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pytest_errcodes.catalog.placeholders import cover_foreign
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import show_code, show_value

if TYPE_CHECKING:
    from pytest_errcodes.catalog.answer_options import AnsweredCode, AnswerOptions, Call
    from pytest_errcodes.catalog.message_template import MessageTemplate


def find_message(
    code: AnsweredCode, params: tuple[object, ...], options: AnswerOptions, call: Call
) -> str | None:
    """Return the message that is sent: the one that is given, or a documented one, filled in.

    A success that has no code comes without one.
    """
    __tracebackhide__ = True
    message, alternative = options.get("message"), options.get("alternative")
    if message is None:
        if code.is_undocumented:  # in a shape that has no field for a message
            return None
        filled = _fill(code, find_template(code, params, alternative), params, call)
        return None if is_codeless(code) else filled
    if not isinstance(message, str):
        raise ErrcodesUsageError(
            "reply-message",
            f"message={show_value(message)} is not text",
            "give the whole message as text, or leave it out for the documented one",
        )
    if params or alternative is not None:
        other = "parameters" if params else "alternative="
        hint = "the parameters for" if params else "which one is"
        raise ErrcodesUsageError(
            "message-and-parameters",
            f"{call.show('...')} has both message= and {other}",
            f"give {hint} the documented message, or the whole message=",
        )
    return message


def find_template(
    code: AnsweredCode, params: tuple[object, ...], alternative: object = None
) -> MessageTemplate:
    """Return the message of a code that is meant.

    Args:
        code: The code.
        params: What stands in the message where it has placeholders.
        alternative: Its place among the code's messages, from 0; None for the first that takes so
            many parameters.

    Raises:
        ErrcodesUsageError: There is no such place, or no message takes so many parameters.
    """
    __tracebackhide__ = True
    templates = code.templates
    if alternative is not None:
        is_place = isinstance(alternative, int) and not isinstance(alternative, bool)
        if is_place and alternative in range(len(templates)):
            return templates[cast("int", alternative)]
        raise _refuse_alternative(code, alternative)
    if len(templates) == 1:
        return templates[0]
    for template in templates:
        if template.takes(len(params)):
            return template
    takes = "; ".join(f"{template.text!r} takes {template.count_text}" for template in templates)
    raise ErrcodesUsageError(
        "parameter-count",
        f"none of the {len(templates)} messages of {show_code(code.code)} takes {len(params)} "
        f"parameters: {takes}",
        "pass one parameter for each placeholder of one of them, in order",
    )


def _refuse_alternative(code: AnsweredCode, alternative: object) -> ErrcodesUsageError:
    number = len(code.templates)
    owns = "one message" if number == 1 else f"{number} messages"
    return ErrcodesUsageError(
        "alternative",
        f"alternative={show_value(alternative)}: {show_code(code.code)} has {owns}",
        "leave it out" if number == 1 else f"give a place from 0 to {number - 1}",
    )


def _fill(
    code: AnsweredCode, template: MessageTemplate, params: tuple[object, ...], call: Call
) -> str:
    """Return a message with the parameters filled in."""
    __tracebackhide__ = True
    message = template.render(*params)
    found = cover_foreign(template.text, code.style)[1] if code.style != "none" else []
    # {} may be an empty object, and <a and b> a comparison.
    foreign = [one for one in found if one.text != "{}" and one.style != "angle"]
    if not foreign:
        return message
    style, text = foreign[0]
    own = template.placeholders
    hint = f'say placeholders = "{style}" in the catalog, under [envelope]'
    if own:
        hint = f"write {own[0]} and {text} in one style in the catalog"
    raise ErrcodesUsageError(
        "foreign-placeholder",
        f"{call.show()} would send {text} as it is: the message "
        f"{show_value(template.text)} is read with placeholders of the style {code.style!r}",
        f"{hint}; if the API does send {text}, give the whole message=",
    )


def is_codeless(code: AnsweredCode) -> bool:
    """Return whether it stands for a success that has no code."""
    return code.is_success and code.code == ""
