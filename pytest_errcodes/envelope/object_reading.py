"""Reading an exception or object: what it says itself, what it carries, what its text says."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn, Protocol

from pytest_errcodes.active.evidence import Contradiction, Evidence
from pytest_errcodes.catalog.envelope_fields import HTTP_STATUS
from pytest_errcodes.catalog.field_paths import ABSENT
from pytest_errcodes.envelope.attribute_names import HTTP_STATUSES, PERHAPS_ANSWERS
from pytest_errcodes.envelope.broken_objects import (
    find_attributes,
    get_attribute,
    is_mock,
    name_class,
    tell_error,
    write_error,
)
from pytest_errcodes.envelope.carried_answers import CarriedAnswers, is_answer
from pytest_errcodes.envelope.code_values import find_code
from pytest_errcodes.envelope.field_advice import advise_on_object
from pytest_errcodes.envelope.foreign_objects import (
    find_foreign_code,
    has_foreign_text,
    name_type,
)
from pytest_errcodes.envelope.own_code import OwnCode, find_message, find_shape_of
from pytest_errcodes.envelope.parts import Reading
from pytest_errcodes.envelope.refusal import Refused
from pytest_errcodes.text.wording import name_kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.catalog import Catalog, EnvelopeShape
    from pytest_errcodes.envelope.own_code import Said
    from pytest_errcodes.envelope.refusal import Origin


class Reader(Protocol):
    """What reads the answer that an object carries."""

    catalog: Catalog
    shapes: tuple[EnvelopeShape, ...]

    def read(self, obj: object, holder: str = "", depth: int = 0) -> Reading:
        """Return the parts of an envelope, or raise ``Refused``."""


#: The arguments of an exception, whatever its class says.
_ARGUMENTS = BaseException.args.__get__  # type: ignore[attr-defined]  # a descriptor, by C


class ObjectReader:
    """Reads one exception or object.

    Args:
        reader: What reads the answers that it carries.
        obj: The exception or object.
        origin: What is shown of it if nothing can be read.
        answers: What it carries.
    """

    def __init__(
        self, reader: Reader, obj: object, origin: Origin, answers: CarriedAnswers
    ) -> None:
        self._reader, self._obj, self._origin, self._answers = reader, obj, origin, answers
        self._foreign = find_foreign_code(obj)
        self._own = None if self._foreign else OwnCode(obj, reader.shapes, reader.catalog)
        self._text = write_error(obj) if isinstance(obj, BaseException) else None
        status = _find_http_status(obj)
        carried = answers.first
        self._http_status = carried.http_status if status is None and carried else status

    def read(self) -> Reading:
        """Return what it says itself, else what it carries, else what its text says.

        Raises:
            Refused: Nothing of it is a code.
        """
        carried = self._answers.first
        said = self._own.choose(self._http_status, carried and carried.code) if self._own else None
        if self._own and said and self._own.is_sure(said, self._http_status):
            return self._read_said(said)
        if carried is not None:
            return carried._replace(evidence=self._judge_carried(carried, said))
        found = self._read_status() or self._read_text()
        if found is not None:
            return found
        if said is not None and said.code is not None:
            return self._read_said(said)
        if self._answers.success is not None and self._text is None:
            return self._answers.success
        if self._answers.refusal is not None:
            # What it carries was meant to be read; that it has no code itself was not.
            raise Refused(self._answers.refusal)
        return self._refuse()

    def _read_said(self, said: Said) -> Reading:
        """Return what its attributes say."""
        obj, carried = self._obj, self._answers.first
        shape = find_shape_of(obj, self._reader.shapes)
        code = find_code(said.value, shape, self._reader.catalog)
        if code is None:  # it was one when it was chosen
            return self._refuse()
        contradiction = self._answers.find_contradiction(said.name, code)
        agrees = carried is not None and contradiction is None
        message = self._find_message()
        data = get_attribute(obj, shape.data) if shape.data else ABSENT
        if data is ABSENT:
            data = get_attribute(obj, "data")
        if data is ABSENT or callable(data):
            data = carried.data if carried is not None and agrees else None
        if carried is not None and agrees and message is None and self._text == "":
            message = carried.message
        evidence = Evidence("attribute", name_class(obj), self._text, contradiction)
        return Reading(code, message, data, shape, self._http_status, obj, evidence=evidence)

    def _find_message(self) -> str | None:
        """Return the message of an object; an exception's may be anything, and need not be one."""
        name, value = find_message(self._obj, self._reader.shapes)
        if isinstance(value, str):
            value = str.__str__(value)
            return value if value or self._text is None else None
        if self._text is None and value is not ABSENT and value is not None:
            where = f"the attribute {name!r} is {name_kind(value)}, not a string"
            self._origin.refuse(where)
        return None

    def _judge_carried(self, carried: Reading, said: Said | None) -> Evidence:
        """Return the evidence of a code that only an answer gives, which it may have lost."""
        evidence = carried.evidence
        contradiction = evidence.contradiction or self._answers.contradiction
        is_lost = said is not None and said.code is None and not evidence.note
        if contradiction is None and is_lost and said and carried.code is not None:
            holder = self._answers.holder
            contradiction = Contradiction(said.name, None, holder, carried.code)
        return evidence._replace(
            owner=name_class(self._obj), text=self._text, contradiction=contradiction
        )

    def _read_status(self) -> Reading | None:
        """Return the HTTP status that an error of a library is of, where that is the code."""
        foreign, shape = self._foreign, self._reader.shapes[0]
        if foreign is None or not foreign.is_status or shape.code != HTTP_STATUS:
            return None
        status = get_attribute(self._obj, foreign.status_field)
        if not isinstance(status, int) or status not in self._reader.catalog:
            return None
        evidence = Evidence("attribute", name_class(self._obj), self._text)
        return Reading(int(status), None, None, shape, int(status), self._obj, evidence=evidence)

    # -- what is weaker evidence ---------------------------------------------------------------

    def _read_text(self) -> Reading | None:
        """Return what else an exception holds: a body that may be the answer, its text."""
        error, text = self._obj, self._text
        if not isinstance(error, BaseException) or text is None or has_foreign_text(error):
            return None
        if self._foreign is not None:
            return None
        for value in _list_perhaps(error):
            reading = self._read_documented(value)
            if reading is not None:
                evidence = reading.evidence._replace(owner=name_class(error), text=text)
                if reading.message is None:  # no answer, but what the client made of one
                    evidence = evidence._replace(kind="attribute")
                return reading._replace(evidence=evidence)
        return self._read_objects_in(text) or self._read_word_in(text)

    def _read_objects_in(self, text: str) -> Reading | None:
        if "{" not in text:
            return None
        from pytest_errcodes.envelope.text_codes import find_objects

        for value in find_objects(text):
            reading = self._read_documented(value)
            if reading is not None:
                evidence = Evidence("text", name_class(self._obj), text)
                return reading._replace(http_status=self._http_status, evidence=evidence)
        return None

    def _read_word_in(self, text: str) -> Reading | None:
        from pytest_errcodes.envelope.text_codes import find_word

        code = find_word(text, self._reader.catalog, self._http_status)
        if code is None:
            return None
        evidence = Evidence("word", name_class(self._obj), text)
        shape = self._reader.shapes[0]
        parts = (code, None, None, shape, self._http_status, self._obj)
        return Reading(*parts, evidence=evidence)

    def _read_documented(self, value: object) -> Reading | None:
        """Return what a value says, if that is an error that the catalog documents."""
        try:
            reading = self._reader.read(value)
        except Refused:
            return None
        is_error = reading.code in self._reader.catalog and not reading.evidence.contradiction
        return reading if is_error else None

    # -- what cannot be read -------------------------------------------------------------------

    def _refuse(self) -> NoReturn:
        obj, foreign, own = self._obj, self._foreign, self._own
        if foreign is not None:
            status = get_attribute(obj, foreign.status_field) if foreign.status_field else None
            origin = self._origin._replace(http_status=status if isinstance(status, int) else None)
            origin.refuse(f"the code of {foreign.owner} is {foreign.meaning}", foreign.hint)
        if own is not None and own.said:
            name = own.said[0].name
            self._origin.refuse(f"the attribute {name!r} is null, not an integer or a string")
        if own is not None and own.odd is not None:
            odd = own.odd
            if callable(odd.value):
                where = f"the {odd.name!r} of {name_type(obj)} is a method, as in gRPC errors"
                self._origin.refuse(where)
            kind = name_kind(odd.value)
            where = f"the attribute {odd.name!r} is {kind}, not an integer or a string"
            self._origin.refuse(where)
        if own is not None and own.failed:
            name, error = own.failed[0]
            where = f"the attribute {name!r} of {name_type(obj)} raised {tell_error(error)}"
            self._origin.refuse(where)
        name = self._reader.shapes[0].code
        if is_mock(obj):
            self._origin.refuse(f"the mock {name_type(obj)} was given no attribute {name!r}")
        self._origin.refuse(f"{name_type(obj)} has no attribute {name!r}", advise_on_object(obj))


def _list_perhaps(error: BaseException) -> Iterator[object]:
    """Yield what an exception holds that may be the answer of the API: arguments, attributes."""
    for value in _ARGUMENTS(error):
        if not isinstance(value, str) and (is_answer(value) or _is_object(value)):
            yield value
    for _, value in find_attributes(error, PERHAPS_ANSWERS):
        if is_answer(value) or _is_object(value):
            yield value


def _is_object(value: object) -> bool:
    """Whether a value is of a class of somebody's own, such as the model of an error."""
    kind = type(value)
    own = kind.__module__.partition(".")[0] not in sys.stdlib_module_names
    return own and not isinstance(value, BaseException) and not callable(value)


def _find_http_status(obj: object) -> int | None:
    for _, value in find_attributes(obj, HTTP_STATUSES):
        kind = type(value)
        if issubclass(kind, int) and kind is not bool and 100 <= int.__int__(value) <= 599:
            return int.__int__(value)
    return None
