"""Which fields of an envelope carry what; all that writing one asks of its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pytest_errcodes.catalog.code_spelling import other_spelling
from pytest_errcodes.catalog.facts import Facts
from pytest_errcodes.text.true_kinds import make_plain_code

if TYPE_CHECKING:
    from pytest_errcodes.catalog.code_spelling import Code, CodeType
    from pytest_errcodes.catalog.placeholders import PlaceholderStyle

SuccessRule = Literal["codes", "absent", "http_status"]
#: What a constant field, or one that tells success, may hold.
Scalar = bool | int | float | str

#: Where the payload stands that has no field of its own: beside the code, at top level.
TOP_LEVEL = "*"
#: What ``code`` says where the HTTP status is the code.
HTTP_STATUS = "http_status"
#: The HTTP statuses of errors.
ERROR_STATUSES = range(400, 600)


class EnvelopeFields(Facts):
    """Which fields of an envelope carry what, and what of an answer means success.

    Each field is a name or a path: ``error.code``, or through a list, ``errors.0.code``.

    Attributes:
        name: ``default``, or the name that the catalog gives a further shape.
        code: Field that carries the code; ``http_status`` where the HTTP status is it.
        message: Field that carries the message; empty when the API sends none.
        data: Field that carries the data; empty when the envelope has none, ``*`` when the data
            are the fields that stand beside the envelope's own.
        code_type: What a code is on the wire; ``either`` allows 60009 and "60009".
        success: The codes that mean success, as the catalog writes them.
        success_message: The message that comes with them.
        placeholders: How messages write their placeholders.
        attributes: Attributes, or paths to them, in which exceptions and objects have the code:
            ``errors.0.code``; none for the usual names.
        other_messages: Further fields that may carry the message where the first is missing.
        success_rule: What means success: ``codes``, those of ``success``; ``absent``, that there
            is no code; ``http_status``, an HTTP status from 200 to 299.
        success_field: Field that tells success beside the code; empty for none.
        success_value: What stands there in a success.
        error_value: What stands there in an error; None for the opposite of a success value that
            is true or false, and for nothing where it is neither.
        fields: Fields that hold the same in each answer.
        echo: Fields that repeat one of the request: each by the path in the request.
        items: Field that carries a list whose items have codes of their own; empty for none, ``*``
            where the whole body is that list.
        item_shape: The name of the shape of those items; empty for this one.
    """

    name: str = "default"
    code: str = "code"
    message: str = "message"
    data: str = "data"
    code_type: CodeType = "integer"
    success: tuple[Code, ...] = ()
    success_message: str = "Success"
    placeholders: PlaceholderStyle = "printf"
    attributes: tuple[str, ...] = ()
    other_messages: tuple[str, ...] = ()
    success_rule: SuccessRule = "codes"
    success_field: str = ""
    success_value: Scalar = True
    error_value: Scalar | None = None
    fields: tuple[tuple[str, Scalar], ...] = ()
    echo: tuple[tuple[str, str], ...] = ()
    items: str = ""
    item_shape: str = ""

    @property
    def message_fields(self) -> tuple[str, ...]:
        """The fields that may carry the message, in the order in which they are asked."""
        return (self.message, *self.other_messages) if self.message else ()

    @property
    def is_plain(self) -> bool:
        """Whether each answer has a code, which alone tells success, and no items."""
        return self.success_rule == "codes" and not self.success_field and not self.items

    @property
    def may_lack_code(self) -> bool:
        """Whether a success may come without a code."""
        return self.success_rule != "codes" or bool(self.success_field)

    @property
    def is_list(self) -> bool:
        """Whether the body of an error is a list, in which the code has its place: ``0.code``."""
        place, _, rest = self.code.partition(".")
        return place.isascii() and place.isdigit() and bool(rest.strip())

    @property
    def may_be_list(self) -> bool:
        """Whether a body may be a list of items with codes, or of errors."""
        return self.items == TOP_LEVEL or self.is_list

    @property
    def wraps_own(self) -> bool:
        """Whether code, message, or what tells success stands in the object that has the data."""
        own = (self.code, *self.message_fields, self.success_field)
        return bool(self.data) and any(path.startswith(f"{self.data}.") for path in own)

    def own_data_fields(self, *, has_code: bool) -> set[str]:
        """Return the fields of the data that are the envelope's own."""
        paths = [self.success_field, *((self.code, *self.message_fields) if has_code else ())]
        start = f"{self.data}."
        return {
            path.removeprefix(start).partition(".")[0] for path in paths if path.startswith(start)
        }

    def own_fields(self, *, has_code: bool) -> set[str]:
        """Return the fields at top level that are the envelope's own, where data stand beside."""
        paths = [*(path for path, _ in (*self.fields, *self.echo)), self.success_field]
        if has_code:
            paths += [self.code, *self.message_fields]
        return {path.partition(".")[0] for path in paths if path}

    def allows(self, code: object) -> bool:
        """Whether ``code`` is of the type this shape gives its codes; a bool never is."""
        kind = type(code)  # its __class__ may say anything
        if kind is bool:
            return False
        if self.code_type == "integer":
            return issubclass(kind, int)
        if self.code_type == "string":
            return issubclass(kind, str)
        return issubclass(kind, int | str)

    def is_success(self, code: object) -> bool:
        """Whether ``code`` is one of ``success``; one of the wrong type, such as 200.0, never is.

        Where more than the code tells success, ``Envelope.is_success`` knows.
        """
        if not self.allows(code):
            return False
        code = make_plain_code(code)  # one of a derived class may say anything
        if code in self.success:
            return True
        return self.code_type == "either" and code in [other_spelling(own) for own in self.success]

    def spell(self, code: Code) -> Code:
        """Return a code as this shape writes it on the wire, whatever the catalog's own type is."""
        return code if self.allows(code) else other_spelling(code)

    def judge(self, code: object, succeeded: bool | None) -> bool:  # noqa: FBT001  # a fact, no switch
        """Whether an answer is a success: as was told of it, else by its code alone.

        Args:
            code: Its code; None for none.
            succeeded: What more than its code told; None where that alone does.
        """
        return self.is_success(code) if succeeded is None else succeeded
