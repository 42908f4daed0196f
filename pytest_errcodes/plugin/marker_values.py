"""What one of our markers says, checked against its description and the catalog."""

from __future__ import annotations

from contextlib import contextmanager
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.plugin.markers import MARKERS
from pytest_errcodes.plugin.settings import BASE_URL_HINT, is_base_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_errcodes.catalog import Catalog, ErrorCode
    from pytest_errcodes.judging.expectation import ExceptionClass, Expectation

_NOUNS = {bool: "True or False", int: "a whole number", str: "a text", tuple: "a tuple"} | {
    type: "a class, several in a tuple, or a name"
}


def show_mark(mark: Any) -> str:
    """Return a marker the way its user wrote it."""
    from pytest_errcodes.text.wording import show_value

    values = [show_value(value) for value in mark.args]
    values += [f"{name}={_show_option(value)}" for name, value in mark.kwargs.items()]
    return f"@pytest.mark.{mark.name}({', '.join(values)})"


def _show_option(value: object) -> str:
    """Return the value of an option; a class by its name, as it is written."""
    from pytest_errcodes.text.wording import show_value

    if type(value) is tuple and any(map(_is_class, value)):
        shown = ", ".join(map(_show_option, value))
        return f"({shown},)" if len(value) == 1 else f"({shown})"
    return str(getattr(value, "__name__", "")) if _is_class(value) else show_value(value)


def _is_class(value: object) -> bool:
    return issubclass(type(value), type)  # isinstance would ask a proxy, which may raise anything


def read_expectation(mark: Any, catalog: Catalog, of_row: tuple[Any, ...] | None) -> Expectation:
    """Read ``expects_code``.

    Args:
        mark: The marker.
        catalog: The catalog in force for its test.
        of_row: The codes that the test's row gives a marker with ``argument=``; None for another.

    Raises:
        UnknownCodeError: The catalog lacks a code.
        ErrcodesUsageError: No code, an unknown option, or a value that does not fit it.
    """
    from pytest_errcodes.judging.expectation import Expectation, fill_message
    from pytest_errcodes.text.wording import show_value

    options = read_options(mark)
    if options.pop("argument") is not None and mark.args:
        raise blame_mark(mark, "has codes and argument=", "keep one of them")
    given = mark.args if of_row is None else of_row
    if of_row is None and not given:
        example = show_value(next(iter(catalog), 401009))
        raise blame_mark(mark, "names no code", f"give at least one: expects_code({example})")
    with _blaming(mark):
        codes = _find_codes(catalog, given, options)
    times, params = _read_times(mark, options["times"]), options["params"]
    if params is not None and given:
        if len(codes) != 1:
            raise blame_mark(
                mark, "has params= for several codes", "give each code a marker of its own"
            )
        with _blaming(mark):
            fill_message(codes[0], tuple(params))
            params = tuple(str(value) for value in params)
    exceptions = _read_classes(mark, options.pop("exception"))
    if exceptions and options["surfaced"] is False:
        what = "has exception=, and surfaced=False says that no exception comes"
        raise blame_mark(mark, what, "leave one of them out")
    if options["surfaced"] is False and not options["received"]:
        what = "has surfaced=False and received=False, so it expects nothing"
        raise blame_mark(mark, what, "leave one of them out")
    said = "surfaced" in mark.kwargs
    successes = () if said else tuple(one for one in codes if catalog.shape.is_success(one.code))
    values = options | {"params": params, "exceptions": exceptions, "times": times}
    return Expectation(codes, **values, successes=successes)


def _find_codes(
    catalog: Catalog, given: tuple[Any, ...], options: dict[str, Any]
) -> tuple[ErrorCode, ...]:
    """Return what the codes of a marker stand for; without the catalog, no message is judged."""
    if not options["undocumented"]:
        return tuple(catalog.find(code) for code in given)
    from pytest_errcodes.catalog.undocumented import expect_undocumented

    message, params = options["message"], tuple(options["params"] or ())
    found = [expect_undocumented(catalog, code, params, message, "") for code in given]
    if message is None:
        options["message"] = "ignore"
    return tuple(found)


def _read_times(mark: Any, given: Any) -> int | None:
    """Return how often the codes are to be received, as a plain number; None for not said."""
    from pytest_errcodes.text.true_kinds import read_times
    from pytest_errcodes.text.wording import show_value

    times = read_times(given)
    if times is None and given is not None:
        what = f"has times={show_value(given)}"
        raise blame_mark(mark, what, "give times as a whole number from 1")
    return times


def _read_classes(mark: Any, given: Any) -> tuple[ExceptionClass, ...]:
    """Return the classes that ``exception=`` gives, by themselves or by their names."""
    from pytest_errcodes.catalog.model import is_class_name

    classes: tuple[Any, ...] = given if isinstance(given, tuple) else (given,)
    if given is None:
        return ()
    for one in classes:
        is_class = isinstance(one, type) and issubclass(one, BaseException)
        if not is_class and not (isinstance(one, str) and is_class_name(one)):
            what = f"has exception={_show_option(given)}, and {_show_option(one)} is no exception"
            raise blame_mark(mark, what, 'give a class such as ApiError, or its name: "ApiError"')
    if not classes:
        raise blame_mark(mark, "has exception=()", "give a class, or leave it out")
    return classes


def read_selection(mark: Any, catalog: Catalog) -> tuple[ErrorCode, ...]:
    """Read ``every_code``: the codes it selects; all of them without a selector.

    Raises:
        ErrcodesUsageError: A selector that fits nothing, an unknown option, an empty selection.
    """
    _read_classes(mark, read_options(mark)["exception"])
    with _blaming(mark):
        selected = catalog.select(*(mark.args or ("*",)))
    if not selected:
        raise blame_mark(mark, "selects no code", "take an exclusion away")
    return selected


def read_routing(mark: Any) -> dict[str, Any]:
    """Read ``errcodes``: the settings it gives; what is None is not given.

    Raises:
        ErrcodesUsageError: A positional argument, an unknown option, or a value that does not fit.
    """
    if mark.args:
        raise blame_mark(
            mark, "takes no positional argument", "write errcodes(base_url=..., catalog=...)"
        )
    options = read_options(mark)
    given = {name: options[name] for name in mark.kwargs if options[name] is not None}
    if not is_base_url(given.get("base_url", "")):
        raise blame_mark(
            mark, f"has base_url={given['base_url']!r}, which has no scheme", BASE_URL_HINT
        )
    if given.get("network", "allow") not in ("allow", "refuse"):
        what = f"has network={given['network']!r}, which says nothing"
        raise blame_mark(mark, what, 'write network="allow", or leave it out')
    return given


def read_options(mark: Any) -> dict[str, Any]:
    """Return all options of a marker: those that are not given have their default.

    Raises:
        ErrcodesUsageError: An unknown option, or a value of another type.
    """
    known = MARKERS[mark.name].options
    for name, value in mark.kwargs.items():
        if name not in known:
            raise _make_unknown_option(mark, name)
        kinds = known[name].kinds
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            raise _make_wrong_type(mark, name, value, kinds[0])
    return {name: mark.kwargs.get(name, option.default) for name, option in known.items()}


def _make_unknown_option(mark: Any, name: str) -> ErrcodesUsageError:
    import difflib

    marker = MARKERS[mark.name]
    near = difflib.get_close_matches(name, marker.options, n=1)
    hint = f"did you mean {near[0]}=?" if near else f"the options are {', '.join(marker.options)}"
    if name in marker.by_position:
        hint = "it comes first, without a name"
    return blame_mark(mark, f"has an unknown option {name!r}", hint)


def _make_wrong_type(mark: Any, name: str, value: object, wanted: type) -> ErrcodesUsageError:
    from pytest_errcodes.text.wording import show_value

    hint = f"give {name} as {_NOUNS[wanted]}"
    if wanted is tuple and isinstance(value, str):  # ("20") is no tuple
        hint += f": {name}=({show_value(value)},)"
    return blame_mark(mark, f"has {name}={show_value(value)}", hint)


@contextmanager
def _blaming(mark: Any) -> Iterator[None]:
    """Tell whatever a value of a marker raises, when it is looked at, as the marker's mistake."""
    try:
        yield
    except ErrcodesUsageError:
        raise
    except Exception as error:
        raise blame_unreadable(mark, error) from error


def blame_unreadable(mark: Any, error: Exception) -> ErrcodesUsageError:
    """Return the mistake of a marker with a value that raised ``error`` when it was looked at."""
    what = f"has a value that cannot be read: {type(error).__name__}: {error}"
    return blame_mark(mark, what, "give plain values: numbers and texts")


def blame_mark(mark: Any, what: str, hint: str) -> ErrcodesUsageError:
    """Return a mistake in a marker, which is shown the way its user wrote it."""
    return ErrcodesUsageError("marker", f"{show_mark(mark)} {what}", hint)


def locate_mistake(error: ErrcodesUsageError, where: str) -> ErrcodesUsageError:
    """Return a mistake with the place in front where its user made it."""
    # The lines of a faulty catalog each begin with their place in the file.
    colon = ":\n" if error.slug == "catalog-invalid" else ": "
    return ErrcodesUsageError(error.slug, f"{where}{colon}{error.message}", error.hint)


def find_catalog_source(marks: Iterable[Any]) -> str | None:
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


def find_selection_mistake(mark: Any, item: Any) -> ErrcodesUsageError | None:
    """Return why an ``every_code`` marker cannot give a test its codes, or None.

    Args:
        mark: Any of our markers.
        item: The test, or what pytest has of it while it makes tests out of a function.
    """
    if mark.name != "every_code":
        return None
    from pytest_errcodes.plugin.wrapping import is_unittest

    if is_unittest(item):
        what = "has no effect: a unittest method takes no arguments"
        return blame_mark(mark, what, "make the test a function, or a method of a plain class")
    if "error_code" not in getattr(item, "fixturenames", ()):
        what = "has no effect: the test does not take error_code"
        return blame_mark(mark, what, "add the argument error_code")
    if any(
        "error_code" in _list_argument_names(other) for other in item.iter_markers("parametrize")
    ):
        what = "and parametrize both give error_code its values"
        return blame_mark(mark, what, "keep one of them")
    return None


def _list_argument_names(parametrize: Any) -> list[str]:
    names = parametrize.args[0] if parametrize.args else parametrize.kwargs.get("argnames", "")
    return [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
