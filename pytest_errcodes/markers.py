"""What our markers say, checked against the catalog."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.expectation import Expectation

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from pytest_errcodes.catalog import Catalog, ErrorCode

#: Keyword arguments of each marker, and the type that each takes.
OPTIONS: dict[str, dict[str, tuple[type, ...]]] = {
    "expects_code": {
        "any_of": (bool,),
        "params": (tuple, list),
        "message": (str,),
        "times": (int,),
        "surfaced": (bool,),
    },
    "every_code": {"expects": (bool,)},
    "errcodes": {
        "base_url": (str,),
        "catalog": (str,),
        "assert_all_called": (bool,),
        "assert_all_mocked": (bool,),
    },
}


def show(mark: Any) -> str:
    """Return a marker the way its user wrote it."""
    values = [repr(value) for value in mark.args]
    values += [f"{name}={value!r}" for name, value in mark.kwargs.items()]
    return f"@pytest.mark.{mark.name}({', '.join(values)})"


def read_expectation(mark: Any, catalog: Catalog) -> Expectation:
    """Read ``expects_code``.

    Raises:
        UnknownCodeError: The catalog lacks a code.
        ErrcodesUsageError: No code, an unknown option, or a value that does not fit it.
    """
    options = _options(mark)
    if not mark.args:
        raise _fault(mark, "names no code", "give at least one: expects_code(401009)")
    codes = tuple(catalog.find(code) for code in mark.args)
    times = options.get("times")
    if times is not None and times < 1:
        raise _fault(mark, f"times={times} can never be seen", "give a whole number from 1")
    params = options.get("params")
    if params is not None:
        if len(codes) != 1:
            raise _fault(mark, "has params= for several codes", "give each code a marker of its own")
        codes[0].template.render(*params)
    return Expectation(
        codes=codes,
        any_of=options.get("any_of", False),
        params=None if params is None else tuple(str(value) for value in params),
        message=options.get("message"),
        times=times,
        surfaced=options.get("surfaced", False),
    )


def read_selection(mark: Any, catalog: Catalog) -> tuple[ErrorCode, ...]:
    """Read ``every_code``: the codes it selects; all of them without a selector.

    Raises:
        ErrcodesUsageError: A selector that fits nothing, an unknown option, an empty selection.
    """
    _options(mark)
    selected = catalog.select(*(mark.args or ("*",)))
    if not selected:
        raise _fault(mark, "selects no code", "take an exclusion away")
    return selected


def read_routing(mark: Any) -> dict[str, Any]:
    """Read ``errcodes``: the settings it gives.

    Raises:
        ErrcodesUsageError: A positional argument, an unknown option, or a value that does not fit.
    """
    if mark.args:
        raise _fault(mark, "takes no positional argument", "write errcodes(base_url=..., catalog=...)")
    return _options(mark)


def _options(mark: Any) -> dict[str, Any]:
    known = OPTIONS[mark.name]
    for name, value in mark.kwargs.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            raise _fault(
                mark,
                f"has an unknown option {name!r}",
                f"did you mean {near[0]}=?" if near else f"the options are {', '.join(known)}",
            )
        if not isinstance(value, known[name]) or (isinstance(value, bool) and bool not in known[name]):
            wanted = " or ".join(kind.__name__ for kind in known[name])
            raise _fault(mark, f"has {name}={value!r}", f"give {name} as {wanted}")
    return dict(mark.kwargs)


def _fault(mark: Any, fault: str, hint: str) -> ErrcodesUsageError:
    return ErrcodesUsageError("marker", f"{show(mark)} {fault}", hint)


class MarkerReader:
    """Reads the markers of many tests, each different one once.

    Args:
        load: Returns the catalog of a source; None stands for the run's own.
    """

    def __init__(self, load: Callable[[str | None, Any], Catalog]) -> None:
        self._load = load
        self._read: dict[Hashable, Expectation | ErrcodesUsageError | None] = {}
        self._inherited: dict[Any, list[Any]] = {}

    def problems(self, items: Iterable[Any]) -> Iterator[tuple[Any, ErrcodesUsageError]]:
        """Yield each test with a marker that goes wrong, and what is wrong with it."""
        for item in items:
            marks = [mark for mark in item.own_markers if mark.name in OPTIONS]
            inherited = self._of_parents(item.parent)
            if not marks and not inherited:
                continue
            everything = [*marks, *inherited]
            for mark in everything:
                found = _unused_selection(mark, item) or self._cached(mark, everything, item)
                if isinstance(found, ErrcodesUsageError):
                    yield item, found
                    break

    def marks(self, item: Any) -> list[Any]:
        """Return the test's markers of ours, the nearest first."""
        return [mark for mark in item.iter_markers() if mark.name in OPTIONS]

    def expectations(self, item: Any, marks: list[Any]) -> list[Expectation]:
        """Return what the markers of one checked test expect, the nearest marker first."""
        found = [self._cached(mark, marks, item) for mark in marks if mark.name == "expects_code"]
        return [one for one in found if isinstance(one, Expectation)]

    def _of_parents(self, parent: Any) -> list[Any]:
        if parent is None:
            return []
        if parent not in self._inherited:
            own = [mark for mark in parent.own_markers if mark.name in OPTIONS]
            self._inherited[parent] = [*own, *self._of_parents(parent.parent)]
        return self._inherited[parent]

    def _cached(self, mark: Any, all_marks: list[Any], item: Any) -> Expectation | ErrcodesUsageError | None:
        source = catalog_source(all_marks)
        key = (mark.name, mark.args, tuple(map(type, mark.args)), tuple(mark.kwargs.items()), source)
        try:
            if key in self._read:
                return self._read[key]
        except TypeError:  # an argument that cannot be hashed
            return self._checked(mark, source, item)
        self._read[key] = found = self._checked(mark, source, item)
        return found

    def _checked(self, mark: Any, source: str | None, item: Any) -> Expectation | ErrcodesUsageError | None:
        try:
            if mark.name == "errcodes":
                read_routing(mark)
            catalog = self._load(source, item)
            if mark.name == "every_code":
                read_selection(mark, catalog)
            return read_expectation(mark, catalog) if mark.name == "expects_code" else None
        except ErrcodesUsageError as error:
            if error.slug == "marker":
                return error
            return ErrcodesUsageError(error.slug, f"{show(mark)}: {error.message}", error.hint)


def _unused_selection(mark: Any, item: Any) -> ErrcodesUsageError | None:
    if mark.name != "every_code" or "error_code" in getattr(item, "fixturenames", ()):
        return None
    return _fault(mark, "has no effect: the test does not take error_code", "add the argument error_code")


def catalog_source(marks: Iterable[Any]) -> str | None:
    """Return the catalog that the nearest ``errcodes`` marker names, or None."""
    for mark in marks:
        source = mark.kwargs.get("catalog") if mark.name == "errcodes" else None
        if isinstance(source, str):
            return source
    return None
