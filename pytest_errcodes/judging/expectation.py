"""What is expected: by a marker of a test, and by an assertion of one envelope."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_errcodes.active.context import POLICIES, current
from pytest_errcodes.catalog.foreign_arguments import blame_argument
from pytest_errcodes.catalog.given_catalogs import check_catalog
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import show_code, show_value

if TYPE_CHECKING:
    from pytest_errcodes.active.context import MessagePolicy
    from pytest_errcodes.catalog import Catalog, Code, ErrorCode

    #: A class of exceptions, or its name, with or without its module.
    ExceptionClass = type[BaseException] | str


class AnyCode(Enum):
    """What may be expected instead of one code."""

    SUCCESS = "success"
    DOCUMENTED = "a documented code"


class ExpectedEnvelope(NamedTuple):
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
        undocumented: bool = False,
        verb: str = "assert_code",
    ) -> ExpectedEnvelope:
        """Return what a helper was told to expect; no parameters mean any.

        Args:
            code: The code.
            params: What must stand in the message.
            message: As in ``ExpectedEnvelope``.
            data: As in ``ExpectedEnvelope``.
            catalog: As in ``ExpectedEnvelope``.
            undocumented: Whether the catalog lacks the code, on purpose.
            verb: The helper, for the texts.

        Raises:
            UnknownCodeError: The catalog does not document ``code``.
            ErrcodesUsageError: No template of ``code`` takes ``params``, the message is no text, or
                the catalog documents a code that is said to be undocumented.
        """
        __tracebackhide__ = True
        message = _read_message(message)
        check_catalog(catalog)
        try:
            judging = catalog or current().catalog
            if undocumented:
                from pytest_errcodes.catalog.undocumented import expect_undocumented

                ahead = "..., " if verb == "assert_code" else ""
                found = expect_undocumented(judging, code, params, message, verb, ahead=ahead)
                return cls(found, None, "ignore" if message is None else message, data, catalog)
            found = judging.find(code)
            if params:
                fill_message(found, params)
        except ErrcodesUsageError as error:
            raise error.with_traceback(None) from None
        except Exception as error:  # noqa: BLE001  # an argument of others may raise anything
            raise blame_argument(verb, (code, *params, undocumented), error) from None
        return cls(found, params or None, message, data, catalog)

    @classmethod
    def of_kind(
        cls, kind: AnyCode, message: str | None, data: Any, catalog: Catalog | None
    ) -> ExpectedEnvelope:
        """Return what a helper was told to expect that takes no code.

        Raises:
            ErrcodesUsageError: The message is no text, or the catalog none.
        """
        __tracebackhide__ = True
        message = _read_message(message)
        check_catalog(catalog)
        return cls(kind, None, message, data, catalog)

    @property
    def judging_catalog(self) -> Catalog:
        """The catalog to judge by."""
        return self.catalog or current().catalog

    def fix_catalog(self) -> ExpectedEnvelope:
        """Return the same with the catalog it is judged by, whatever is in force later."""
        return self if self.catalog is not None else self._replace(catalog=self.judging_catalog)

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
    def has_words(self) -> bool:
        """Whether it says itself how the message is judged."""
        return self.message is not None or self.params is not None

    @property
    def title(self) -> str:
        """What is expected, in a few words: ``401009``, ``success``."""
        return self.code.value if isinstance(self.code, AnyCode) else show_code(self.code.code)


def _read_message(message: object) -> str | None:
    """Return a message, or a way to judge it, as plain text; a derived class may say anything."""
    __tracebackhide__ = True
    if message is None:
        return None
    if not issubclass(type(message), str):
        raise ErrcodesUsageError(
            "message-text",
            f"message={show_value(message)} is not text",
            f"give the exact message, or a way to judge it: {', '.join(POLICIES)}",
        )
    return str.__str__(message)


def write_message(code: ErrorCode, params: tuple[object, ...] | None) -> str:
    """Return the message of a code to the letter; with parameters, that which takes them."""
    return fill_message(code, params) if params else code.message


def fill_message(code: ErrorCode, params: tuple[object, ...]) -> str:
    """Return the first message of a code that takes the parameters, with them filled in.

    Raises:
        ErrcodesUsageError: None takes so many, or one is not what its placeholder wants.
    """
    __tracebackhide__ = True
    from pytest_errcodes.catalog.answer_message import find_template

    return find_template(code, params).render(*params)


class Expectation(NamedTuple):
    """What one ``expects_code`` marker says.

    Attributes:
        codes: The codes that must be seen; none where no error may come.
        any_of: Whether one of them is enough.
        params: The parameters that the message must hold, as text; None for any.
        message: The exact message, or a message policy; None for the policy in force.
        times: How often the client must receive each code; None for as often as it surfaces.
        surfaced: Whether the client's caller must see it; False if the caller must not, and the
            client handles what it received; None for either.
        received: Whether a code that surfaces must have been received, where routes answered.
        exceptions: The classes of which the exception must be that carries it; none for that of the
            catalog, if it names one.
        successes: Those of the codes that need not surface: a success reaches the client's caller
            as a result, which need not say its code.
        early: Whether the exception that carries a code may end the test anywhere.
        undocumented: Whether the catalog lacks the codes, on purpose.
    """

    codes: tuple[ErrorCode, ...]
    any_of: bool = False
    params: tuple[str, ...] | None = None
    message: str | None = None
    times: int | None = None
    surfaced: bool | None = True
    received: bool = True
    exceptions: tuple[ExceptionClass, ...] = ()
    successes: tuple[ErrorCode, ...] = ()
    early: bool = False
    undocumented: bool = False

    def envelope(self, code: ErrorCode) -> ExpectedEnvelope:
        """Return what it expects of each envelope that carries one of its codes."""
        return ExpectedEnvelope(code, self.params, self.message)


def is_code(code: object, expected: Code) -> bool:
    """Return whether a code is the expected one; ``"401009"`` is not 401009."""
    return code == expected and isinstance(code, str) == isinstance(expected, str)
