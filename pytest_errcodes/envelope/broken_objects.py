"""Objects of others, asked with care: their methods may raise, lie, or make an answer up."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_errcodes.catalog.field_paths import ABSENT
from pytest_errcodes.text.wording import show_name, show_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_LONGEST_TEXT = 100


class Failed(NamedTuple):
    """What raised when it was asked for.

    Attributes:
        name: The attribute.
        error: What it raised.
    """

    name: str
    error: Exception


#: Python's own way to a class's name, whatever its metaclass says.
_read_name: Callable[[type], str] = type.__dict__["__name__"].__get__


def name_class(obj: object) -> str:
    """Return the name of an object's class, whatever its metaclass says."""
    return _read_name(type(obj))


def write_error(error: object) -> str:
    """Return the text of an exception; empty when it has none."""
    try:
        return str.__str__(str(error))
    except Exception:  # noqa: BLE001  # the __str__ of a foreign exception may raise anything
        return ""


def tell_error(error: BaseException) -> str:
    """Return what was raised, in a line: ``RuntimeError: out of context``."""
    name = show_name(type(error))
    text = show_text(write_error(error), _LONGEST_TEXT)
    return f"{name}: {text}" if text else name


def make_plain(body: Any) -> str | bytes:
    """Return a text or bytes of a derived class as Python's own, past its methods."""
    if issubclass(type(body), str):
        return str.__str__(body)
    if issubclass(type(body), bytes):
        return bytes.__getitem__(body, slice(None))
    return bytes(memoryview(body))


def get_attribute(obj: object, name: str) -> Any:
    """Return an attribute of a foreign object; ``ABSENT`` when it is missing or raises.

    What a mock would make up for the asking is missing too: it is nobody's answer.
    """
    try:
        if is_mock(obj) and name not in list_given(obj):
            return ABSENT
        return getattr(obj, name, ABSENT)
    except Exception:  # noqa: BLE001  # a property of a foreign object may raise anything
        return ABSENT


def find_attributes(
    obj: object, names: Iterable[str], failed: list[Failed] | None = None
) -> Iterator[tuple[str, Any]]:
    """Yield those of some attributes that a foreign object has, in the order of their names.

    Args:
        obj: The object; of a mock, what it would make up is left out.
        names: Of the attributes.
        failed: Where to put those that raise; None to leave them out without a word.
    """
    if is_mock(obj):
        given = list_given(obj)
        names = [name for name in names if name in given]
    for name in names:
        try:
            value = getattr(obj, name, ABSENT)
        except Exception as error:  # noqa: BLE001  # as above
            if failed is not None:
                failed.append(Failed(name, error))
            continue
        if value is not ABSENT:
            yield name, value


def is_mock(obj: object) -> bool:
    """Return whether an object is a mock of ``unittest.mock``, which has whatever is asked of it.

    One whose class reads attributes in its own way is taken as any other object, and so are all
    where ``dir`` does not tell what was given to them.
    """
    mock = sys.modules.get("unittest.mock")
    if mock is None or not mock.FILTER_DIR:
        return False
    base: Any = mock.NonCallableMock
    kind: Any = type(obj)
    return issubclass(kind, base) and kind.__getattr__ is base.__getattr__


def list_given(obj: object) -> frozenset[str]:
    """Return the names of the attributes of a mock that its test, or its spec, gave it."""
    try:
        return frozenset(dir(obj))
    except Exception:  # noqa: BLE001  # a __dict__ or __dir__ of its class may raise anything
        return frozenset()
