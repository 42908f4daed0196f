"""Reading the parts of an envelope out of a response, an exception, any object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_errcodes.active.context import current
from pytest_errcodes.active.evidence import Evidence
from pytest_errcodes.catalog.model import ErrorCode
from pytest_errcodes.envelope.attribute_names import HTTP_STATUSES
from pytest_errcodes.envelope.body_reading import BodyReader
from pytest_errcodes.envelope.broken_objects import make_plain, name_class, tell_error
from pytest_errcodes.envelope.carried_answers import CarriedAnswers
from pytest_errcodes.envelope.code_values import is_documented
from pytest_errcodes.envelope.field_advice import find_held_exception
from pytest_errcodes.envelope.foreign_objects import (
    find_foreign_code,
    name_type,
    peek_at_error,
    read_response,
)
from pytest_errcodes.envelope.object_reading import ObjectReader
from pytest_errcodes.envelope.own_code import OwnCode
from pytest_errcodes.envelope.parts import Readable, Reading, Recorded, find_wrong_part
from pytest_errcodes.envelope.plain_errors import read_plain_error
from pytest_errcodes.envelope.refusal import NotAnEnvelopeError, Origin, Refusal, Refused
from pytest_errcodes.errors import ErrcodesError, ErrcodesUsageError
from pytest_errcodes.text.true_kinds import is_a, is_one_of

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Catalog, EnvelopeShape
    from pytest_errcodes.envelope.foreign_objects import Response

__all__ = ["Reading", "read"]

#: Whose responses have no code of their own.
_LIBRARIES = ("httpx", "httpx2", "requests", "aiohttp", "urllib3")
_BODIES = (str, bytes, bytearray)
_TEXTS = (*_BODIES, memoryview)
#: Failures of a test. A tuple, as a union is made anew each time.
_FAILURES = (AssertionError, ErrcodesError)
#: An object may hold others without an end.
_MOST_ANSWERS = 30
_SWALLOWED = "if the client returned it, it may have swallowed the error"


def read(obj: object, catalog: Catalog, shape: EnvelopeShape | None = None) -> Reading | Refusal:
    """Read the parts of an envelope out of ``obj``, as ``Envelope.of`` says.

    What says one code and carries another is read as what it says; the evidence of the reading
    tells of the contradiction, and comparing it with anything fails.

    Args:
        obj: What may hold an envelope.
        catalog: Whose shapes are tried.
        shape: The one shape to read by instead.

    Returns:
        The parts, or why it is no envelope.
    """
    try:
        return _Reader(catalog, catalog.shapes if shape is None else (shape,)).read(obj)
    except Refused as refused:
        return refused.refusal


class _Reader(BodyReader):
    """Reads any object by some shapes; one for each object to be read."""

    def __init__(self, catalog: Catalog, shapes: tuple[EnvelopeShape, ...]) -> None:
        super().__init__(catalog, shapes)
        self._left = _MOST_ANSWERS

    def read(self, obj: object, holder: str = "", depth: int = 0) -> Reading:
        """Read one object; whatever it raises, other than Ctrl-C and the like, is a refusal."""
        self._left -= 1
        if self._left < 0:
            Origin(obj, holder=holder).refuse(f"more than {_MOST_ANSWERS} answers are in it")
        if is_a(obj, _FAILURES):
            reason = f"{name_type(obj)} is a failure of the test, and no answer of the API"
            Origin(obj, holder=holder).refuse(reason)
        found = _ask_readers(obj)
        try:
            reading = self._read_known(obj if found is None else found, holder, depth)
            return reading._replace(recorded=True) if isinstance(obj, Recorded) else reading
        except (Refused, ErrcodesUsageError):
            raise
        except Exception as error:  # noqa: BLE001  # a foreign object may raise anything
            reason = f"reading {name_type(obj)} raised {tell_error(error)}"
            refusal = Refusal(f"{reason} (in {holder})" if holder else reason, came=obj)
        raise Refused(refusal)

    def _read_known(self, obj: Any, holder: str, depth: int) -> Reading:
        if isinstance(obj, Readable):
            reading = obj.reading()
            if wrong := find_wrong_part(reading):
                Origin(obj, holder=holder).refuse(f"{wrong}: {name_type(obj)} was built so")
            return reading
        if isinstance(obj, ErrorCode):
            reason = "an entry of the catalog is no answer of the API"
            Origin(obj, holder=holder).refuse(reason, "assert what the client raises or returns")
        if obj is None:
            Origin(obj, holder=holder).refuse("it is None", _SWALLOWED)
        if is_a(obj, Mapping):
            return self.read_mapping(obj, Origin(obj, holder=holder))
        if isinstance(obj, _TEXTS):
            body: Any = obj if is_one_of(type(obj), _BODIES) else make_plain(obj)
            return self.read_body(body, Origin(body, holder=holder))
        is_error = isinstance(obj, BaseException)
        response = (peek_at_error if is_error else read_response)(obj)
        if response and not is_error and not self._speaks_for_itself(obj):
            try:
                return self._read_response(response, holder)
            except Refused:
                # What an exception carries says nothing against the code that it says itself.
                if depth or not self._is_coded_by_status(response):
                    raise
                return self._read_status(obj, response)
        return self._read_object(obj, holder, depth, response)

    def _read_response(self, response: Response, holder: str) -> Reading:
        origin = Origin(response.body, response.http_status, response.content_type, holder)
        if response.body is None:
            origin.refuse(response.obstacle, response.hint)
        body = response.body
        if not is_one_of(type(body), _BODIES):
            body = make_plain(body)
            origin = origin._replace(came=body)
        return self.read_body(body, origin)

    def _read_status(self, obj: object, response: Response) -> Reading:
        status, evidence = response.http_status, Evidence("attribute", name_class(obj))
        parts = (status, None, None, self.shapes[0], status, response.body)
        return Reading(*parts, evidence=evidence)

    def _is_coded_by_status(self, response: Response) -> bool:
        """Whether an HTTP status is a code: the catalog has it, and finds codes in such a place."""
        if not is_documented(response.http_status, self.catalog):
            return False
        names = (name for shape in self.shapes for name in shape.attributes)
        return any(name.rpartition(".")[2] in HTTP_STATUSES for name in names)

    def _speaks_for_itself(self, obj: object) -> bool:
        """Whether a response has an attribute for the code beside its body."""
        if type(obj).__module__.partition(".")[0] in _LIBRARIES or find_foreign_code(obj):
            return False
        return bool(OwnCode(obj, self.shapes, self.catalog).said)

    def _read_object(self, obj: Any, holder: str, depth: int, response: Response | None) -> Reading:
        if isinstance(obj, BaseException):
            plain = read_plain_error(obj, self.shapes, self.catalog)
            if plain is not None:
                return plain
        origin = Origin(obj, holder=holder)
        if self.may_be_list and is_a(obj, list) and (listed := self.read_list(obj, origin)):
            return listed
        if not isinstance(obj, BaseException) and (held := find_held_exception(obj)):
            # Such as what pytest.raises gives: it is the exception that carries the code.
            origin.refuse(f"{name_type(obj)} holds an exception, and is none", f"pass its .{held}")
        answers = CarriedAnswers.of(obj, self, depth)
        if response is not None and response.body is not None:
            where = f"the .content of {name_class(obj)}"
            answers.add(".content", response.body, self, where, depth)
        reading = ObjectReader(self, obj, origin, answers).read()
        if response is None or reading.http_status is not None:
            return reading
        return reading._replace(http_status=response.http_status)


def _ask_readers(obj: object) -> object:
    """Return what a reader of the run makes of an object; what one raises is its own failure."""
    for reader in current().readers:
        try:
            found = reader(obj)
        except NotAnEnvelopeError as error:
            raise Refused(Refusal.of_error(error)) from None
        if found is not None:
            return found
    return None
