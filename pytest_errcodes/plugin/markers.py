"""What our markers say, checked against the catalog.

Every run imports this module, so what only a run with markers needs is imported where it is used.
"""

from __future__ import annotations

from contextlib import contextmanager
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from pytest_errcodes.catalog import Catalog, Code, ErrorCode
    from pytest_errcodes.judging.expectation import Expectation

_NOTHING = type(None)
_NOUNS = {bool: "True or False", int: "a whole number", str: "a text", tuple: "a tuple"}

#: Keyword arguments of each marker, and the types that each takes; the first one is advised.
OPTIONS: dict[str, dict[str, tuple[type, ...]]] = {
    "expects_code": {
        "any_of": (bool,),
        "params": (tuple, list, _NOTHING),
        "message": (str, _NOTHING),
        "times": (int, _NOTHING),
        "surfaced": (bool,),
    },
    "every_code": {"expects": (bool,), "surfaced": (bool,)},
    "errcodes": {
        "base_url": (str, _NOTHING),
        "catalog": (str, PathLike, _NOTHING),
        "assert_all_called": (bool,),
        "assert_all_mocked": (bool,),
    },
}


#: What people write as an option that is an argument without a name.
_BY_POSITION = {
    "expects_code": ("code", "codes", "error_code"),
    "every_code": ("selector", "selectors", "section", "code", "codes"),
}
#: Of these types, values that are equal are the same.
_PLAIN = frozenset((int, str))


def show(mark: Any) -> str:
    """Return a marker the way its user wrote it."""
    from pytest_errcodes.text.wording import show_value

    values = [show_value(value) for value in mark.args]
    values += [f"{name}={show_value(value)}" for name, value in mark.kwargs.items()]
    return f"@pytest.mark.{mark.name}({', '.join(values)})"


def read_expectation(mark: Any, catalog: Catalog) -> Expectation:
    """Read ``expects_code``.

    Raises:
        UnknownCodeError: The catalog lacks a code.
        ErrcodesUsageError: No code, an unknown option, or a value that does not fit it.
    """
    from pytest_errcodes.judging.expectation import Expectation
    from pytest_errcodes.text.wording import show_value

    options = _options(mark)
    if not mark.args:
        example = show_value(next(iter(catalog), 401009))
        raise _fault(mark, "names no code", f"give at least one: expects_code({example})")
    with _foreign_values(mark):
        codes = tuple(catalog.find(code) for code in mark.args)
    times = options.get("times")
    if times is not None and times < 1:
        raise _fault(mark, f"has times={times}", "give times as a whole number from 1")
    params = options.get("params")
    if params is not None:
        if len(codes) != 1:
            raise _fault(
                mark, "has params= for several codes", "give each code a marker of its own"
            )
        with _foreign_values(mark):
            codes[0].template.render(*params)
            params = tuple(str(value) for value in params)
    return Expectation(
        codes=codes,
        any_of=options.get("any_of", False),
        params=params,
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
    with _foreign_values(mark):
        selected = catalog.select(*(mark.args or ("*",)))
    if not selected:
        raise _fault(mark, "selects no code", "take an exclusion away")
    return selected


def read_routing(mark: Any) -> dict[str, Any]:
    """Read ``errcodes``: the settings it gives; what is None is not given.

    Raises:
        ErrcodesUsageError: A positional argument, an unknown option, or a value that does not fit.
    """
    if mark.args:
        raise _fault(
            mark, "takes no positional argument", "write errcodes(base_url=..., catalog=...)"
        )
    given = {name: value for name, value in _options(mark).items() if value is not None}
    if not is_base_url(given.get("base_url", "")):
        fault = f"has base_url={given['base_url']!r}, which has no scheme"
        raise _fault(mark, fault, BASE_URL_HINT)
    return given


@contextmanager
def _foreign_values(mark: Any) -> Iterator[None]:
    """Let whatever a value of a marker raises, when it is looked at, be the marker's fault."""
    try:
        yield
    except ErrcodesUsageError:
        raise
    except Exception as error:
        raise _unreadable(mark, error) from error


def _unreadable(mark: Any, error: Exception) -> ErrcodesUsageError:
    fault = f"has a value that cannot be read: {type(error).__name__}: {error}"
    return _fault(mark, fault, "give plain values: numbers and texts")


BASE_URL_HINT = "give a URL with its scheme, such as https://api.example.com, or a path: /api"


def is_base_url(text: str) -> bool:
    """Return whether a route can have this address in front; without a scheme none would match."""
    return text in ("", "all") or text.startswith("/") or "://" in text


def _options(mark: Any) -> dict[str, Any]:
    known = OPTIONS[mark.name]
    for name, value in mark.kwargs.items():
        if name not in known:
            import difflib

            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}=?" if near else f"the options are {', '.join(known)}"
            if name in _BY_POSITION.get(mark.name, ()):
                hint = "it comes first, without a name"
            raise _fault(mark, f"has an unknown option {name!r}", hint)
        kinds = known[name]
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            from pytest_errcodes.text.wording import show_value

            hint = f"give {name} as {_NOUNS[kinds[0]]}"
            if kinds[0] is tuple and isinstance(value, str):  # ("20") is no tuple
                hint += f": {name}=({show_value(value)},)"
            raise _fault(mark, f"has {name}={show_value(value)}", hint)
    return dict(mark.kwargs)


def _fault(mark: Any, fault: str, hint: str) -> ErrcodesUsageError:
    return ErrcodesUsageError("marker", f"{show(mark)} {fault}", hint)


def catalog_source(marks: Iterable[Any]) -> str | None:
    """Return the catalog that the nearest ``errcodes`` marker names, or None."""
    for mark in marks:
        if mark.name == "errcodes":
            source = mark.kwargs.get("catalog")
            if isinstance(source, str | PathLike):
                path = fspath(source)
                if not isinstance(path, str):
                    raise TypeError(f"catalog is {path!r}, and must be a text")
                return path
    return None


class MarkerReader:
    """Reads the markers of many tests, each different one once.

    Args:
        load: Returns the catalog that a marker of a test names; None stands for the run's own.
    """

    def __init__(self, load: Callable[[str | None, Any], Catalog]) -> None:
        self._load = load
        self._read: dict[Hashable, Expectation | ErrcodesUsageError | None] = {}
        self._inherited: dict[Any, list[Any]] = {}

    def problems(self, items: Iterable[Any]) -> Iterator[tuple[Any, ErrcodesUsageError]]:
        """Yield each test with a marker that goes wrong, and what is wrong with it."""
        parent: Any = None
        inherited: list[Any] = []
        sound: set[Any] = set()
        for item in items:
            if item.parent is not parent:
                parent = item.parent
                inherited = self._of_parents(parent)
            own, code = item.own_markers, None
            if not inherited:  # nearly all tests of a large suite end here
                if not own:
                    continue
                code = _code_alone(own[0]) if len(own) == 1 else None
                if code in sound:
                    continue
            marks = [mark for mark in own if mark.name in OPTIONS] + inherited
            fault = self._fault_of(marks, item)
            if fault is not None:
                yield item, fault
            elif code is not None:
                sound.add(code)

    def _fault_of(self, marks: list[Any], item: Any) -> ErrcodesUsageError | None:
        """Return what is wrong with the first marker that goes wrong, whatever its values do."""
        mark = None
        try:
            source = catalog_source(marks)
            for mark in marks:
                found = selection_fault(mark, item) or self._cached(mark, source, item)
                if isinstance(found, ErrcodesUsageError):
                    return found
        except Exception as error:  # noqa: BLE001  # a value may raise anything when it is looked at
            return _unreadable(mark or marks[0], error)
        return None

    def expectations(self, item: Any) -> list[Expectation]:
        """Return what the markers of one test expect, the nearest marker first.

        Raises:
            ErrcodesUsageError: A marker goes wrong that was added after the check of all tests.
        """
        source = catalog_source(item.iter_markers("errcodes"))
        expectations = []
        for mark in item.iter_markers("expects_code"):
            found = self._cached(mark, source, item)
            if isinstance(found, ErrcodesUsageError):
                raise found
            if found is not None:
                expectations.append(found)
        return expectations

    def catalog(self, item: Any) -> Catalog:
        """Return the catalog in force for one test.

        Raises:
            ErrcodesUsageError: It cannot be used.
        """
        return self._load(catalog_source(item.iter_markers("errcodes")), item)

    def routing(self, item: Any) -> dict[str, Any]:
        """Return the settings of one test's router: those of the nearest marker win.

        Raises:
            ErrcodesUsageError: A marker goes wrong that was added after the check of all tests.
        """
        settings: dict[str, Any] = {}
        for mark in reversed(list(item.iter_markers("errcodes"))):
            settings |= read_routing(mark)
        settings.pop("catalog", None)
        return settings

    def _of_parents(self, parent: Any) -> list[Any]:
        if parent is None:
            return []
        if parent not in self._inherited:
            own = [mark for mark in parent.own_markers if mark.name in OPTIONS]
            self._inherited[parent] = [*own, *self._of_parents(parent.parent)]
        return self._inherited[parent]

    def _cached(
        self, mark: Any, source: str | None, item: Any
    ) -> Expectation | ErrcodesUsageError | None:
        key: Hashable = (mark.name, mark.args)
        if source is not None or mark.kwargs or not _PLAIN.issuperset(map(type, mark.args)):
            # A relative path may name another file from another folder.
            folder = None if source is None else getattr(item, "path", None)
            key = (mark.name, _key(mark.args), _key(mark.kwargs.items()), source, folder)
        try:
            return self._read[key]
        except KeyError:
            self._read[key] = found = self._checked(mark, source, item)
            return found
        except Exception:  # noqa: BLE001  # an argument that cannot be hashed, whatever it raises
            return self._checked(mark, source, item)

    def _checked(
        self, mark: Any, source: str | None, item: Any
    ) -> Expectation | ErrcodesUsageError | None:
        try:
            if mark.name == "errcodes":
                read_routing(mark)
        except ErrcodesUsageError as error:
            return error
        try:
            catalog = self._load(source, item)
        except ErrcodesUsageError as error:  # no fault of this marker
            return error
        try:
            if mark.name == "every_code":
                read_selection(mark, catalog)
            return read_expectation(mark, catalog) if mark.name == "expects_code" else None
        except ErrcodesUsageError as error:
            return error if error.slug == "marker" else told_at(error, show(mark))


def _code_alone(mark: Any) -> Code | None:
    """Return the code of a marker that is nothing but ``expects_code(401009)``, else None."""
    args = mark.args
    if len(args) == 1 and mark.name == "expects_code" and not mark.kwargs:
        return args[0] if type(args[0]) in _PLAIN else None
    return None


def _key(values: Iterable[Any]) -> Hashable:
    """Return values with their types, because 1, 1.0 and True are equal."""
    return tuple(
        (type(value), _key(value) if isinstance(value, tuple) else value) for value in values
    )


def told_at(error: ErrcodesUsageError, where: str) -> ErrcodesUsageError:
    """Return a mistake with the place in front where its user made it."""
    # The lines of a faulty catalog each begin with their place in the file.
    colon = ":\n" if error.slug == "catalog-invalid" else ": "
    return ErrcodesUsageError(error.slug, f"{where}{colon}{error.message}", error.hint)


def selection_fault(mark: Any, item: Any) -> ErrcodesUsageError | None:
    """Return why an ``every_code`` marker cannot give a test its codes, or None.

    Args:
        mark: Any of our markers.
        item: The test, or what pytest has of it while it makes tests out of a function.
    """
    if mark.name != "every_code":
        return None
    from pytest_errcodes.plugin.wrapping import is_unittest

    if is_unittest(item):
        fault = "has no effect: a unittest method takes no arguments"
        return _fault(mark, fault, "make the test a function, or a method of a plain class")
    if "error_code" not in getattr(item, "fixturenames", ()):
        fault = "has no effect: the test does not take error_code"
        return _fault(mark, fault, "add the argument error_code")
    if any("error_code" in _names(other) for other in item.iter_markers("parametrize")):
        fault = "and parametrize both give error_code its values"
        return _fault(mark, fault, "keep one of them")
    return None


def _names(parametrize: Any) -> list[str]:
    names = parametrize.args[0] if parametrize.args else parametrize.kwargs.get("argnames", "")
    return [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
