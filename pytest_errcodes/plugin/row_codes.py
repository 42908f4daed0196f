"""The code that a row of ``parametrize`` gives a marker: ``expects_code(argument="code")``."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.plugin.marker_values import show_mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ABSENT = object()
_MOST_NAMES = 10
#: Of several codes in one row; a named tuple is a row itself.
_SEVERAL = (tuple, list, set, frozenset)


class RowCodes(NamedTuple):
    """What one row gives.

    Attributes:
        values: The codes, not checked yet; nothing where the row says that no error is expected.
        path: Where they stand: the argument, and what leads from it to them.
        value: What stands there.
    """

    values: tuple[Any, ...]
    path: str
    value: object

    @property
    def shown(self) -> str:
        """The value of the row, as it is shown behind the marker."""
        return f"{self.path}={_show(self.value)}"


def take_codes(mark: Any, item: Any) -> RowCodes:
    """Return what the row of a test has in the argument that its marker names.

    Args:
        mark: A marker with ``argument=``: the name of an argument, and behind dots where in it the
            code is: a key, an attribute or an index.
        item: The test.

    Raises:
        ErrcodesUsageError: No row gives the argument, or what it gives is no code.
    """
    argument = mark.kwargs["argument"]
    name, *steps = argument.split(".")
    value = _find_argument(mark, item, name)
    if _is_of_empty_table(value):
        return RowCodes((), name, None)
    at = name
    for step in steps:
        inner = _take_step(value, step)
        if inner is _ABSENT:
            raise _make_missing_step(mark, at, value, step)
        value, at = inner, f"{at}.{step}"
    if value is None or (isinstance(value, Enum) and value.value is None):
        return RowCodes((), at, value)
    if isinstance(value, _SEVERAL) and not hasattr(value, "_fields"):
        for one in value:
            _check_value(mark, item, at, one)
        return RowCodes(tuple(value), at, value)
    _check_value(mark, item, at, value)
    return RowCodes((value,), at, value)


def _is_of_empty_table(value: object) -> bool:
    """Return whether pytest made up a value for a table without rows, whose test it skips."""
    return isinstance(value, Enum) and type(value).__name__ == "NotSetType"


def has_row_without_code(item: Any) -> bool:
    """Return whether a test has another row in which no error is expected.

    What the function says below the line that raises is said for that one.
    """
    tables = [_Table(mark) for mark in item.iter_markers("parametrize") if len(mark.args) > 1]
    expecting = list(item.iter_markers("expects_code"))
    if not expecting or any(item.iter_markers("every_code")):
        return False
    if any(map(_expects_nothing, _list_other_rows(item))):
        return True
    # What -k or --lf has deselected is a row of the table all the same.
    arguments = [mark.kwargs.get("argument") for mark in expecting]
    if all(isinstance(one, str) for one in arguments):
        return any(table.has_none(one) for table in tables for one in arguments)
    return any(table.has_row_without(expecting) for table in tables)


def _list_other_rows(item: Any) -> Iterator[Any]:
    """Yield the tests that were made of the same function, by whatever gave them their values."""
    function = getattr(item, "function", None)
    for one in item.session.items if function is not None else ():
        if one is not item and getattr(one, "function", None) is function:
            yield one


def _expects_nothing(item: Any) -> bool:
    """Return whether no error is expected of a test."""
    expecting = list(item.iter_markers("expects_code"))
    arguments = [mark.kwargs.get("argument") for mark in expecting]
    if not all(isinstance(one, str) for one in arguments):
        return False
    try:
        return not any(take_codes(mark, item).values for mark in expecting)
    except ErrcodesUsageError:  # its own mistake, told there
        return False


class _Table:
    """The rows of one ``parametrize``.

    Args:
        mark: The marker.
    """

    def __init__(self, mark: Any) -> None:
        names, rows = mark.args[:2]
        self._names = [one.strip() for one in names.split(",")] if type(names) is str else names
        self._rows: list[Any] = list(rows) if isinstance(rows, list | tuple) else []

    def has_none(self, argument: str) -> bool:
        """Return whether a row has no code in the argument that a marker names."""
        name, *steps = argument.split(".")
        if name not in self._names:
            return False
        return any(self._is_none(row, self._names.index(name), steps) for row in self._rows)

    def _is_none(self, row: Any, place: int, steps: list[str]) -> bool:
        values = row.values if _is_param(row) else row if len(self._names) > 1 else (row,)
        value = values[place]
        for step in steps:
            value = _take_step(value, step)
        return value is None or (isinstance(value, Enum) and value.value is None) or value == ()

    def has_row_without(self, expecting: list[Any]) -> bool:
        """Return whether these markers stand on rows alone, and a row has none of them."""
        of_rows = [
            [getattr(mark, "mark", mark) for mark in row.marks] if _is_param(row) else []
            for row in self._rows
        ]
        all_marks = [mark for marks in of_rows for mark in marks]
        if not all(mark in all_marks for mark in expecting):
            return False
        return any(all(mark.name != "expects_code" for mark in marks) for marks in of_rows)


def _is_param(row: Any) -> bool:
    """Return whether a row was made by ``pytest.param``."""
    return isinstance(row, tuple) and hasattr(row, "marks") and hasattr(row, "values")


def _find_argument(mark: Any, item: Any, name: str) -> Any:
    """Return the value of an argument in the row of a test."""
    row: Mapping[str, Any] = getattr(getattr(item, "callspec", None), "params", {})
    if name in row:
        return row[name]
    if not row:
        what = f"finds no row: no parametrize gives {item.name} its arguments"
        raise _make_mistake(
            mark, what, f"parametrize {name or 'it'}, or write the code in the marker"
        )
    from pytest_errcodes.text.nearest import nearest_words

    near = nearest_words(name, row)
    names = ", ".join(list(row)[:_MOST_NAMES])
    hint = f"did you mean argument={near[0]!r}?" if near else f"its rows give {names}"
    raise _make_mistake(mark, f"finds no argument {name!r} in the rows of parametrize", hint)


def _take_step(value: Any, step: str) -> Any:
    """Return what a row object has under a key, an attribute or an index."""
    if isinstance(value, Mapping):
        return value.get(step, _ABSENT)
    if isinstance(value, list | tuple) and step.isascii() and step.isdigit():
        return value[int(step)] if int(step) < len(value) else _ABSENT
    return getattr(value, step, _ABSENT)


def _make_missing_step(mark: Any, at: str, value: Any, step: str) -> ErrcodesUsageError:
    """Return the mistake of a path that leads nowhere."""
    from pytest_errcodes.text.nearest import nearest_words

    names = _list_field_names(value)
    near = nearest_words(step, names)
    hint = "name the argument, and behind dots where in it the code is"
    if names:
        hint = f"it has {', '.join(names[:_MOST_NAMES])}"
    if near:
        hint = f"did you mean argument='{at}.{near[0]}'?"
    return _make_mistake(mark, f"finds no {step!r} in {at}={_show(value)}", hint)


def _check_value(mark: Any, item: Any, at: str, value: Any) -> None:
    """Refuse what cannot be a code; whether the catalog has it is for the catalog to say."""
    from pytest_errcodes.catalog import ErrorCode

    if isinstance(value, int | str | Enum | ErrorCode):
        return  # a member of an enum stands for its value
    hint = "a row gives a code, several in a tuple, or None where no error is expected"
    if (found := _find_code_field(value)) is not None:
        hint = f"write argument='{at}.{found}'"
    elif _is_indirect(item, at.partition(".")[0]):
        hint = f"the row goes to the fixture {at} indirectly: give the code an argument of its own"
    raise _make_mistake(mark, f"finds {at}={_show(value)}, which is no code", hint)


def _find_code_field(value: Any) -> str | None:
    """Return the field of a row object whose name says that it is a code, if there is one."""
    names = [name for name in _list_field_names(value) if "code" in name.lower()]
    return next(
        (name for name in names if isinstance(_take_step(value, name), int | str | Enum)), None
    )


def _list_field_names(value: Any) -> Sequence[str]:
    """Return the keys or the attributes of a row object."""
    if isinstance(value, Mapping):
        return [key for key in value if isinstance(key, str)]
    if (fields := getattr(value, "_fields", None)) is not None:
        return list(fields)
    names = dict.fromkeys([*getattr(type(value), "__slots__", ()), *getattr(value, "__dict__", ())])
    return [name for name in names if not name.startswith("_")]


def _is_indirect(item: Any, name: str) -> bool:
    """Return whether a row gives its value to a fixture of this name."""
    for mark in item.iter_markers("parametrize"):
        indirect = mark.kwargs.get("indirect", mark.args[2] if len(mark.args) > 2 else False)
        if indirect is True or (isinstance(indirect, list | tuple) and name in indirect):
            return True
    return False


def _show(value: Any) -> str:
    from pytest_errcodes.text.wording import show_value

    return show_value(value, 60)


def _make_mistake(mark: Any, what: str, hint: str) -> ErrcodesUsageError:
    return ErrcodesUsageError("marker-argument", f"{show_mark(mark)} {what}", hint)
