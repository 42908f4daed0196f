"""Reading the markers of many tests, each different marker once.

Every collection imports this module, so what only a marker needs is imported where one is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pytest_errcodes.plugin.markers import MARKERS

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from pytest_errcodes.catalog import Catalog, Code
    from pytest_errcodes.errors import ErrcodesUsageError
    from pytest_errcodes.judging.expectation import Expectation
    from pytest_errcodes.plugin.row_codes import RowCodes

#: Why a test fails for its markers, before it runs.
MISTAKE: pytest.StashKey[ErrcodesUsageError] = pytest.StashKey()

#: The keys of a test whose markers must be read for it alone: see ``_find_key``.
_UNKNOWN: list[Any] = [None]


def find_marks(item: Any, *names: str) -> list[Any]:
    """Return the markers of some names, the nearest first: as ``iter_markers``, in a tenth of it.

    Each test is asked several times, and nearly all have none.
    """
    found: list[Any] = []
    node = item
    while node is not None:
        if node.own_markers:
            found += [mark for mark in node.own_markers if mark.name in names]
        node = node.parent
    return found


def has_mark(item: Any, name: str) -> bool:
    """Return whether a test has a marker of this name."""
    node = item
    while node is not None:
        if node.own_markers:  # nearly no node has any
            for mark in node.own_markers:
                if mark.name == name:
                    return True
        node = node.parent
    return False


def is_ours(item: Any) -> bool:
    """Return whether a test has routes or expectations."""
    return "errcodes" in getattr(item, "fixturenames", ()) or has_mark(item, "expects_code")


class MarkerReader:
    """Reads the markers of many tests, each different one once.

    Args:
        load: Returns the catalog that a marker of a test names; None stands for the run's own.
        registered: Returns the lines of pytest's setting ``markers``.
    """

    def __init__(
        self,
        load: Callable[[str | None, Any], Catalog],
        registered: Callable[[], Iterable[str]],
    ) -> None:
        self._load = load
        self._registered = registered
        #: Each name of a marker, by whether it is one of ours or was meant for one.
        self._concerns_us: dict[str, bool] = dict.fromkeys(MARKERS, True)
        self._results: dict[Hashable, Expectation | ErrcodesUsageError | None] = {}
        self._inherited: dict[Any, list[Any]] = {}

    def find_mistakes(self, items: Iterable[Any]) -> Iterator[tuple[Any, ErrcodesUsageError]]:
        """Yield each test with a marker that goes wrong, and what is wrong with it."""
        parent: Any = None
        inherited: list[Any] = []
        sound: set[Any] = set()
        for item in items:
            if item.parent is not parent:
                parent = item.parent
                inherited = self._inherit(parent)
            own, keys = item.own_markers, _UNKNOWN
            if not inherited:  # nearly all tests of a large suite end here
                if not own:
                    continue
                keys = [_find_key(mark, item) for mark in own]
                if sound.issuperset(keys):
                    continue
            mistake = self._find_mistake(self._pick(own) + inherited, item)
            if mistake is not None:
                yield item, mistake
            else:
                sound.update(keys)
                sound.discard(None)

    def _find_mistake(self, marks: list[Any], item: Any) -> ErrcodesUsageError | None:
        """Return what is wrong with the first marker that goes wrong, whatever its values do."""
        from pytest_errcodes.errors import ErrcodesUsageError
        from pytest_errcodes.plugin import marker_values

        mark = None
        try:
            source = marker_values.find_catalog_source(marks)
            for mark in marks:
                if mark.name not in MARKERS:
                    return _make_name_mistake(mark)
                found = marker_values.find_selection_mistake(mark, item) or self._read_once(
                    mark, source, item
                )
                if isinstance(found, ErrcodesUsageError):
                    return found
        except Exception as error:  # noqa: BLE001  # a value may raise anything when it is looked at
            return marker_values.blame_unreadable(mark or marks[0], error)
        return None

    def expectations(self, item: Any) -> list[Expectation] | None:
        """Return what the markers of one test expect, the nearest marker first; None without any.

        Raises:
            ErrcodesUsageError: A marker goes wrong that was added after the check of all tests.
        """
        marks = find_marks(item, "expects_code", "errcodes")
        own = [mark for mark in marks if mark.name == "expects_code"]
        if not own:
            return None
        source = _find_source(marks) if len(own) < len(marks) else None
        expectations = []
        for mark in own:
            found = self._read_once(mark, source, item)
            if isinstance(found, Exception):  # the mistake of this marker
                raise found
            if found is not None:
                expectations.append(found)
        return expectations

    def catalog(self, item: Any, marks: list[Any]) -> Catalog:
        """Return the catalog in force for one test, by its markers ``errcodes``, the nearest first.

        Raises:
            ErrcodesUsageError: It cannot be used.
        """
        return self._load(_find_source(marks), item)

    def routing(self, marks: list[Any]) -> dict[str, Any]:
        """Return the settings of one test's router: those of the nearest marker win.

        Raises:
            ErrcodesUsageError: A marker goes wrong that was added after the check of all tests.
        """
        if not marks:
            return {}
        from pytest_errcodes.plugin.marker_values import read_routing

        settings: dict[str, Any] = {}
        for mark in reversed(marks):
            settings |= read_routing(mark)
        for name in ("catalog", "owns_threads"):  # of the test, not of its router
            settings.pop(name, None)
        if "network" in settings:
            settings["guards"] = settings.pop("network") == "refuse"
        return settings

    def _inherit(self, parent: Any) -> list[Any]:
        if parent is None:
            return []
        if parent not in self._inherited:
            own = self._pick(parent.own_markers)
            self._inherited[parent] = [*own, *self._inherit(parent.parent)]
        return self._inherited[parent]

    def _pick(self, marks: Iterable[Any]) -> list[Any]:
        """Return those markers that are ours, or were meant to be."""
        known = self._concerns_us
        try:
            return [mark for mark in marks if known[mark.name]]
        except KeyError:
            from pytest_errcodes.plugin.marker_names import find_meant, list_registered_names

            marks = list(marks)
            registered = list_registered_names(self._registered())
            for name in {mark.name for mark in marks} - known.keys():
                known[name] = name not in registered and find_meant(name) is not None
            return [mark for mark in marks if known[mark.name]]

    def _read_once(
        self, mark: Any, source: str | None, item: Any
    ) -> Expectation | ErrcodesUsageError | None:
        row: RowCodes | None = None
        key: Hashable = (mark.name, mark.args)
        if source is not None or mark.kwargs or not all(map(_is_plain, mark.args)):
            if mark.name == "expects_code" and isinstance(mark.kwargs.get("argument"), str):
                from pytest_errcodes.errors import ErrcodesUsageError
                from pytest_errcodes.plugin.row_codes import take_codes

                try:
                    row = take_codes(mark, item)
                except ErrcodesUsageError as error:
                    return error
            key = (
                mark.name,
                _make_typed_key(mark.args),
                _make_typed_key(mark.kwargs.items()),
                source,
                # A relative path may name another file from another folder.
                None if source is None else getattr(item, "path", None),
                row and _make_typed_key((row.value,)),
            )
        try:
            return self._results[key]
        except KeyError:
            self._results[key] = found = self._read_anew(mark, source, item, row)
            return found
        except Exception:  # noqa: BLE001  # an argument that cannot be hashed, whatever it raises
            return self._read_anew(mark, source, item, row)

    def _read_anew(
        self, mark: Any, source: str | None, item: Any, row: RowCodes | None
    ) -> Expectation | ErrcodesUsageError | None:
        from pytest_errcodes.errors import ErrcodesUsageError
        from pytest_errcodes.plugin import marker_values

        try:
            if mark.name == "errcodes":
                marker_values.read_routing(mark)
        except ErrcodesUsageError as error:
            return error
        try:
            catalog = self._load(source, item)
        except ErrcodesUsageError as error:  # the catalog is wrong, not this marker
            return error
        try:
            if mark.name == "every_code":
                marker_values.read_selection(mark, catalog)
            if mark.name != "expects_code":
                return None
            return marker_values.read_expectation(mark, catalog, row and row.values)
        except ErrcodesUsageError as error:
            if error.slug.startswith("marker"):
                return error
            shown = marker_values.show_mark(mark) + (f" with {row.shown}" if row else "")
            return marker_values.locate_mistake(error, shown)


def _find_source(marks: list[Any]) -> str | None:
    """Return the catalog that the nearest ``errcodes`` marker names, or None."""
    if not marks:
        return None
    from pytest_errcodes.plugin.marker_values import find_catalog_source

    return find_catalog_source(marks)


def _make_name_mistake(mark: Any) -> ErrcodesUsageError:
    from pytest_errcodes.plugin.marker_names import make_name_mistake

    return make_name_mistake(mark)


def _find_key(mark: Any, item: Any) -> Code | tuple[int, Any, str] | None:
    """Return what markers have in common that are right for all tests or for none, else None.

    Of ``expects_code(401009)`` that is the code; ``every_code`` is one for all tests of a function.
    """
    args = mark.args
    if mark.name == "expects_code" and len(args) == 1 and not mark.kwargs:
        return args[0] if _is_plain(args[0]) else None
    if mark.name == "every_code":
        return id(mark), item.parent, getattr(item, "originalname", None) or item.name
    return None


def _is_plain(value: object) -> bool:
    """Return whether values of its type that are equal are the same; its class is not asked."""
    kind = type(value)
    return kind is int or kind is str


def _make_typed_key(values: Iterable[Any]) -> Hashable:
    """Return values with their types, because 1, 1.0 and True are equal."""
    return tuple(
        (type(one), _make_typed_key(one) if isinstance(one, tuple) else one) for one in values
    )
