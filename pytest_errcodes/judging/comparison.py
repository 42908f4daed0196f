"""Judging one envelope against what was expected of it, and saying how the two differ."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from pytest_errcodes.active.context import POLICIES, current
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.judging.contrast import (
    Row,
    common_prefix,
    data_difference,
    drawn,
    template_difference,
)
from pytest_errcodes.text.wording import show_code, show_value

if TYPE_CHECKING:
    from pytest_errcodes.active.context import MessagePolicy
    from pytest_errcodes.catalog import Catalog, Code, ErrorCode
    from pytest_errcodes.envelope.envelope import Envelope, NotAnEnvelopeError


# No catalog has codes of more bits, so none is near to such a number.
_WIDEST_NUMBER = 64


class AnyCode(Enum):
    """Expectations that name no code."""

    SUCCESS = "success"
    DOCUMENTED = "a documented code"


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of one envelope.

    Attributes:
        code: The code, or a kind of code.
        params: What must stand in the message where its template has placeholders; None for
            anything.
        message: A message policy (``template``, ``warn``, ``ignore``) for this envelope, or the
            exact message; None for the policy in force, which leaves success messages alone.
        data: What the data must equal; ``...`` for anything.
        catalog: The catalog to judge by; None for the one in force.
    """

    code: ErrorCode | AnyCode
    params: tuple[object, ...] | None = None
    message: str | None = None
    data: Any = ...
    catalog: Catalog | None = None

    @classmethod
    def of(
        cls,
        code: Code | ErrorCode,
        params: tuple[object, ...] = (),
        *,
        message: str | None = None,
        data: Any = ...,
        catalog: Catalog | None = None,
    ) -> Expected:
        """Return what a helper was told to expect; no parameters mean any.

        Raises:
            UnknownCodeError: The catalog does not document ``code``.
            ErrcodesUsageError: The template of ``code`` does not take ``params``, or the message is
                no text.
        """
        __tracebackhide__ = True
        if message is not None and not isinstance(message, str):
            raise ErrcodesUsageError(
                "message-text",
                f"message={show_value(message)} is not text",
                f"give the exact message, or a way to judge it: {', '.join(POLICIES)}",
            )
        try:
            found = (catalog or current().catalog).find(code)
            if params:
                found.template.render(*params)
        except ErrcodesUsageError as error:
            raise error.with_traceback(None) from None
        return cls(found, params or None, message, data, catalog)

    @property
    def judging_catalog(self) -> Catalog:
        """The catalog to judge by."""
        return self.catalog or current().catalog

    @property
    def policy(self) -> MessagePolicy:
        """How a message that does not fit its template is judged."""
        for policy in POLICIES:
            if self.message == policy:
                return policy
        return "ignore" if self.code is AnyCode.SUCCESS else current().message_policy

    @property
    def exact_message(self) -> str | None:
        """The message to the letter, or None when a policy judges it."""
        return None if self.message in POLICIES else self.message

    @property
    def title(self) -> str:
        """What is expected, in a few words: ``401009``, ``success``."""
        return self.code.value if isinstance(self.code, AnyCode) else show_code(self.code.code)

    @property
    def row(self) -> Row:
        """What is expected, as the first line of a comparison."""
        if isinstance(self.code, AnyCode):
            catalog = self.judging_catalog
            shape = catalog.shape
            if self.code is AnyCode.SUCCESS:
                return Row("expected", _either(shape.success), shape.success_message)
            return Row("expected", "any", f"code that the catalog {catalog.name} documents")
        message = self.code.template.render(*self.params) if self.params else self.code.message
        return Row("expected", self.title, message)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """How an envelope differs from what was expected.

    Attributes:
        field: The field that differs: ``code``, ``message``, ``parameter`` or ``data``.
        text: The whole comparison, in lines of about a hundred columns.
    """

    field: str
    text: str

    def __str__(self) -> str:
        return self.text


def compare(envelope: Envelope, expected: Expected) -> Mismatch | None:
    """Return the first difference between an envelope and what was expected, or None.

    The code is judged first, with its type; then the message by the template of the code that
    came, then the parameters, then the data. The policy ``warn`` notes a message that does not
    fit in the session's ``drift``, and lets it pass.
    """
    documented = _documented(envelope, expected)
    mismatch = _judge_code(envelope, expected, documented)
    if mismatch or documented is None:
        return mismatch
    return (
        _judge_message(envelope, expected, documented)
        or _judge_params(envelope, expected, documented)
        or _judge_data(envelope, expected)
    )


def refused(error: NotAnEnvelopeError, expected: Expected) -> Mismatch:
    """Return the mismatch of an object that is no envelope at all."""
    fault, _, facts = error.message.removeprefix("not an envelope: ").partition("\n")
    row = expected.row
    lines = [
        f"expected {expected.title}, came no envelope: {fault}",
        f"  expected      {row.key}  {row.text}",
        *facts.splitlines(),
    ]
    return _mismatch("envelope", lines, error.hint)


def _documented(envelope: Envelope, expected: Expected) -> ErrorCode | None:
    """Return what the catalog says of the code that came, if anything."""
    if not isinstance(expected.code, AnyCode) and _same(envelope.code, expected.code.code):
        return expected.code
    found = expected.judging_catalog.get(envelope.code)
    return found or envelope.shape.success_code(envelope.code)


def _same(came: Code, expected: Code) -> bool:
    return came == expected and isinstance(came, str) == isinstance(expected, str)


def _judge_code(
    envelope: Envelope, expected: Expected, documented: ErrorCode | None
) -> Mismatch | None:
    wanted: tuple[Code, ...] = ()
    if expected.code is AnyCode.DOCUMENTED:
        fits = documented is not None
    elif expected.code is AnyCode.SUCCESS:
        fits = envelope.is_success
        wanted = expected.judging_catalog.shape.success
    else:
        fits = _same(envelope.code, expected.code.code)
        wanted = (expected.code.code,)
    if fits:
        return None
    key = show_code(envelope.code)
    came = "(no message)" if envelope.message is None else envelope.message
    if documented is None or _fits(envelope, documented):
        rows = [expected.row, Row("came", key, came)]
    else:
        rows = [expected.row, Row("came", key, documented.message), Row("message", "", came)]
    if documented is None and envelope.shape.allows(envelope.code):
        rows += _nearest(expected.judging_catalog, envelope.code)
    title = f"expected {expected.title}, came {key}"
    at = max((common_prefix(key, show_code(code)) for code in wanted), default=0)
    hint = _code_hint(envelope, expected, documented)
    return _mismatch("code", [title, *drawn(rows, key_at=at)], hint)


def _nearest(catalog: Catalog, code: Code) -> list[Row]:
    from pytest_errcodes.catalog.unknown import nearest_codes

    if isinstance(code, int) and code.bit_length() > _WIDEST_NUMBER:
        return []
    found = nearest_codes(catalog, code)
    labels = ["nearest", *[""] * len(found)]
    return [
        Row(label, show_code(near.code), near.message)
        for label, near in zip(labels, found, strict=False)
    ]


def _code_hint(envelope: Envelope, expected: Expected, documented: ErrorCode | None) -> str:
    shape = envelope.shape
    if not shape.allows(envelope.code):
        came = "a string" if isinstance(envelope.code, str) else "an integer"
        return (
            f"the catalog says {shape.code_type}, {came} came: decode it, "
            f'or declare code_type = "either"'
        )
    if envelope.is_success:
        return "the request succeeded: check that the route is the one the client calls"
    if documented is None:
        name = expected.judging_catalog.name
        return f"the catalog {name} does not document {show_code(envelope.code)}"
    return ""


def _fits(envelope: Envelope, documented: ErrorCode) -> bool:
    return envelope.message is not None and documented.template.match(envelope.message) is not None


def _judge_message(
    envelope: Envelope, expected: Expected, documented: ErrorCode
) -> Mismatch | None:
    exact = expected.exact_message
    if exact is not None:
        if envelope.message == exact:
            return None
        return _message_mismatch(envelope, expected, exact, "the message given for")
    if expected.policy == "ignore" or _fits(envelope, documented):
        return None
    if expected.policy == "warn":
        came = envelope.message or "(no message)"
        from pytest_errcodes.active.drift import Drift

        current().drift.append(Drift(envelope.code, documented.message, came))
        return None
    return _message_mismatch(envelope, expected, None, "the documented message of", documented)


def _message_mismatch(
    envelope: Envelope,
    expected: Expected,
    exact: str | None,
    noun: str,
    documented: ErrorCode | None = None,
) -> Mismatch:
    key = show_code(envelope.code)
    came = envelope.message
    title = f"expected {noun} {key}, came {'none' if came is None else 'another'}"
    text = "(no message)" if came is None else came
    if exact is None and documented is not None:
        shown, at_shown, at = template_difference(documented.template, came or "")
    else:
        shown = exact or ""
        at_shown = at = common_prefix(shown, came or "")
    rows = [Row("expected", key, shown, at_shown), Row("came", key, text, at)]
    hint = _message_hint(envelope, expected) if exact is None else ""
    return _mismatch("message", [title, *drawn(rows)], hint)


def _message_hint(envelope: Envelope, expected: Expected) -> str:
    if envelope.message is None:
        return ""
    others = expected.judging_catalog.match_message(envelope.message)
    if others:
        owners = _either(tuple(other.code for other, _ in others))
        return f"the catalog documents this message for {owners}"
    return 'if the API words it so now, message="warn" reports it and passes'


def _judge_params(envelope: Envelope, expected: Expected, documented: ErrorCode) -> Mismatch | None:
    template = documented.template
    came = envelope.message
    if expected.params is None or came is None:
        return None
    rendered = template.render(*expected.params)
    found = template.match(came)
    wanted = tuple(str(param) for param in expected.params)
    if rendered == came or found is None or found == wanted:
        return None
    key = show_code(envelope.code)
    at = common_prefix(rendered, came)
    details = [
        f"  parameter {number} ({placeholder or 'what follows'}): "
        f"expected {_param(want)}, came {_param(got)}"
        for number, (want, got, placeholder) in enumerate(
            zip_longest(wanted, found, template.placeholders, fillvalue=None), 1
        )
        if want != got
    ]
    noun = "parameter" if len(details) == 1 else "parameters"
    title = f"expected {key} with the {noun} given, came {'another' if found else 'none'}"
    rows = [Row("expected", key, rendered, at), Row("came", key, came, at)]
    return _mismatch("parameter", [title, *drawn(rows), *details], "")


def _param(text: str | None) -> str:
    return "none" if text is None else show_value(text)


def _judge_data(envelope: Envelope, expected: Expected) -> Mismatch | None:
    if expected.data is ... or envelope.data == expected.data:
        return None
    title = f"expected {show_code(envelope.code)} with the data given, came other data"
    return field_mismatch(title, "data", expected.data, envelope.data)


def field_mismatch(title: str, field: str, expected: Any, came: Any) -> Mismatch:
    """Return the mismatch of a field whose value is not the one expected."""
    path, wanted, got = data_difference(field, expected, came)
    at = common_prefix(wanted, got)
    rows = [Row("expected", path, wanted, at), Row("came", path, got, at)]
    return _mismatch(field, [title, *drawn(rows)], "")


def _either(codes: tuple[Code, ...]) -> str:
    return " or ".join(map(show_code, codes))


def _mismatch(field: str, lines: list[str], hint: str) -> Mismatch:
    return Mismatch(field, "\n".join([*lines, f"hint: {hint}"] if hint else lines))
