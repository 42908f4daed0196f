"""What an exception or object says itself: the code and the message in its attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_errcodes.catalog.envelope_fields import HTTP_STATUS
from pytest_errcodes.catalog.field_paths import ABSENT, is_place
from pytest_errcodes.catalog.model import integer_of
from pytest_errcodes.envelope.attribute_names import (
    ANSWERS,
    HTTP_STATUSES,
    OF_OS_ERRORS,
    list_code_names,
    list_last_names,
    list_message_names,
    list_own_names,
)
from pytest_errcodes.envelope.broken_objects import find_attributes, get_attribute
from pytest_errcodes.envelope.code_values import are_same_code, find_code, is_documented

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Catalog, Code, EnvelopeShape
    from pytest_errcodes.envelope.broken_objects import Failed

_HTTP_STATUSES = range(100, 600)


class Said(NamedTuple):
    """What one attribute says.

    Attributes:
        name: The attribute, or the path to it.
        code: The code that it holds; None if it holds none.
        value: What it holds.
        is_declared: Whether the catalog names the attribute.
        is_field: Whether it is called as the field of an envelope that has the code.
    """

    name: str
    code: Code | None
    value: Any
    is_declared: bool = False
    is_field: bool = False


class OwnCode:
    """All that an object's attributes say of its code.

    Attributes:
        said: What each attribute says that may hold a code.
        odd: The first attribute that holds neither a code nor None; None if there is none.
        failed: The attributes that raise when they are asked for.
    """

    def __init__(self, obj: object, shapes: tuple[EnvelopeShape, ...], catalog: Catalog) -> None:
        self._catalog = catalog
        self._are_texts = all(shape.code_type == "string" for shape in shapes)
        self.said: list[Said] = []
        self.odd: Said | None = None
        self.failed: list[Failed] = []
        declared = tuple(name for shape in shapes for name in shape.attributes)
        for name in dict.fromkeys(declared):
            value = _follow(obj, name)
            if value is not ABSENT and not self._is_no_status(name, value, shapes[0]):
                self._note(name, value, shapes[0], is_declared=True)
        if self.said or self.odd:
            if shapes[0].code == HTTP_STATUS:  # the status of an answer says what came, no more
                self.said.sort(key=_stands_in_answer)
            return
        fields, names = list_code_names(shapes)
        for name, value in find_attributes(obj, names, self.failed):
            if name in OF_OS_ERRORS and isinstance(obj, OSError):
                continue
            one = self._note(name, value, shapes[0], is_field=name in fields)
            if one.is_field and self._is_documented(one.code) and one.code not in _HTTP_STATUSES:
                return  # whatever else it has, this is the one
        others = (name for name in list_last_names(shapes) if name not in names)
        for name, value in find_attributes(obj, others):
            # What is no code says nothing: the attribute may be there for anything else.
            if self._is_documented(find_code(value, shapes[0], self._catalog)):
                self._note(name, value, shapes[0])

    def _note(self, name: str, value: Any, shape: EnvelopeShape, **how: bool) -> Said:
        """Keep what an attribute says, and return it with the code that it holds."""
        one = Said(name, find_code(value, shape, self._catalog), value, **how)
        if one.code is not None or value is None:
            self.said.append(one)
        elif self.odd is None:
            self.odd = one
        return one

    def _is_no_status(self, name: str, value: Any, shape: EnvelopeShape) -> bool:
        """Return whether what may have the HTTP status has words, or a code of its own.

        ``.status`` may be "NOT_FOUND" beside a ``.code`` of 404, or what the client tells of it;
        where the HTTP status is the code, ``.code`` may be 20404 beside the response.
        """
        is_code = shape.code == HTTP_STATUS
        if self._are_texts or not (is_code or name.rpartition(".")[2] in HTTP_STATUSES):
            return False
        code = find_code(value, shape, self._catalog)
        if code is None or self._is_documented(code):
            return False
        number = integer_of(code) if isinstance(code, str) else code
        return number is None or (is_code and number not in _HTTP_STATUSES)

    def choose(self, http_status: int | None, carried: Code | None) -> Said | None:
        """Return what says the code, or that there is none; None where no attribute speaks.

        Args:
            http_status: The HTTP status of the object or of what it carries; None if not known.
            carried: The code that it carries; None for none.
        """
        own = [one for one in self.said if one.code is not None]
        codes = [one for one in own if not self._is_http_status(one, http_status)]
        if not codes:
            # What may be an HTTP status says nothing against a code, and may be all there is.
            # Where codes are texts, a number among the HTTP statuses can be nothing else.
            rest = own if carried is None and not self._are_texts else []
            return next(iter(rest or self.said[: not own]), None)
        first = codes[0]
        if not first.is_declared and not (first.is_field and self._allows(first)):
            first = next((one for one in codes if self._is_documented(one.code)), first)
        if carried is not None and not self._is_documented(first.code):
            agreeing = (one for one in codes if one.code and are_same_code(one.code, carried))
            # What it reads off its answer is no word of its own for it.
            first = next((one for one in agreeing if not _stands_in_answer(one)), first)
        return first

    def is_sure(self, said: Said, http_status: int | None) -> bool:
        """Whether what an attribute says is a code, and no HTTP status."""
        return said.code is not None and not self._is_http_status(said, http_status)

    def _allows(self, said: Said) -> bool:
        """Whether a code is written as those of the catalog are, or could be."""
        is_numbered = isinstance(next(iter(self._catalog), 0), int)
        return (
            not is_numbered or isinstance(said.code, int) or integer_of(said.code or "") is not None
        )

    def _is_documented(self, code: Code | None) -> bool:
        return is_documented(code, self._catalog)

    def _is_http_status(self, said: Said, http_status: int | None) -> bool:
        """Whether a code may as well be the HTTP status that it came with."""
        code = said.code
        if said.is_declared or not isinstance(code, int) or code not in _HTTP_STATUSES:
            return False
        if type(said.value).__module__ == "http":  # a member of http.HTTPStatus
            return True
        if http_status is not None:
            return code == http_status
        return code not in self._catalog


def _stands_in_answer(said: Said) -> bool:
    """Return whether a path leads into the answer that is carried: ``response.status``."""
    return said.name.partition(".")[0] in ANSWERS and "." in said.name


def find_shape_of(obj: object, shapes: tuple[EnvelopeShape, ...]) -> EnvelopeShape:
    """Return the first shape whose code and message an object has, else whose code, else the first.

    Its attributes may be in snake_case or camelCase.
    """
    first = None
    for shape in shapes if len(shapes) > 1 else ():
        if _has_any(obj, list_own_names(shape.code)):
            if _has_any(obj, list_own_names(shape.message)):
                return shape
            first = first or shape
    return first or shapes[0]


def find_message(obj: object, shapes: tuple[EnvelopeShape, ...]) -> tuple[str, Any]:
    """Return the attribute that holds the message, and what it holds; ``ABSENT`` for none."""
    for name, value in find_attributes(obj, list_message_names(shapes)):
        if not callable(value):
            return name, value
    return "", ABSENT


def _follow(obj: object, path: str) -> Any:
    """Return what stands at a path of attributes, keys and places: ``errors.0.code``."""
    value: Any = obj
    for step in path.split("."):
        if isinstance(value, dict):
            value = value.get(step, ABSENT)
        elif is_place(step):
            value = _take_item(value, int(step))
        else:
            value = get_attribute(value, step)
        if value is ABSENT:
            return ABSENT
    return value


def _take_item(value: object, place: int) -> Any:
    try:
        return value[place] if isinstance(value, list | tuple) else ABSENT
    except Exception:  # noqa: BLE001  # it may be too short, and a list of others raise anything
        return ABSENT


def _has_any(obj: object, names: tuple[str, ...]) -> bool:
    return any(get_attribute(obj, name) is not ABSENT for name in names)
