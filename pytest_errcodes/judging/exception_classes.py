"""The classes of exceptions: which one a code is raised as, and which one stands for a code."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pytest_errcodes.active.context import current
from pytest_errcodes.active.evidence import Evidence
from pytest_errcodes.catalog.model import UNDOCUMENTED, other_spelling
from pytest_errcodes.catalog.undocumented import is_undocumented
from pytest_errcodes.envelope.broken_objects import name_class, write_error
from pytest_errcodes.envelope.parts import Reading
from pytest_errcodes.envelope.refusal import Refusal
from pytest_errcodes.judging.comparison import find_documented
from pytest_errcodes.judging.expectation import AnyCode
from pytest_errcodes.judging.mismatch import Mismatch
from pytest_errcodes.text.true_kinds import is_one_of

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from pytest_errcodes.active.observation import Observation
    from pytest_errcodes.catalog import Catalog, Code, ErrorCode
    from pytest_errcodes.judging.expectation import ExceptionClass, Expectation, ExpectedEnvelope
    from pytest_errcodes.judging.mismatch import Answer

    Classes = Sequence[ExceptionClass]

#: Whoever expects one of them expects no class in particular: each exception is one.
_ANY = (Exception, BaseException)


def find_classes(given: Classes, code: ErrorCode | AnyCode) -> Classes:
    """Return the classes that a code may be raised as: those given, else the catalog's, if any."""
    if given or isinstance(code, AnyCode) or not code.exception:
        return given
    return (code.exception,)


def compare_class(
    kind: type, classes: Classes, expected: ExpectedEnvelope, answer: Answer, place: str = ""
) -> Mismatch | None:
    """Return the mismatch of what carried a code, if it is of none of the classes.

    Args:
        kind: The class of what carried it; the mismatch says so, whether it is an exception's or
            not.
        classes: The classes that it may be of, by themselves or by their names; none for any.
        expected: What was expected altogether.
        answer: What came.
        place: Where it was seen, for the mismatch to tell.
    """
    if not classes or any(_find_bases(kind, one) for one in classes):
        return None
    names, came = tuple(map(_name, classes)), type.__dict__["__name__"].__get__(kind)
    if came in [name.rpartition(".")[2] for name in names]:  # another class of that name
        names, came = tuple(map(_name_fully, classes)), _name_fully(kind)
    code = expected.code
    hints: tuple[str, ...] = ()
    if not isinstance(code, AnyCode) and tuple(classes) == (code.exception,):
        catalog = expected.judging_catalog.name
        hints = (f'the catalog {catalog} says exception = "{code.exception}"',)
    goal = expected.fix_catalog()
    return Mismatch(
        "exception-type", "exception", names, came, goal, answer, seen_at=place, hints=hints
    )


def compare_object(obj: object, answer: Answer, expected: ExpectedEnvelope) -> Mismatch | None:
    """Return the mismatch of an exception that is asserted, and not of the catalog's class."""
    if not issubclass(type(obj), BaseException):
        return None
    code = find_documented(answer, expected)
    if code is None:
        return None
    return compare_class(type(obj), find_classes((), code), expected._replace(code=code), answer)


def compare_carriers(
    surfaced: Sequence[Observation], given: Classes, expected: ExpectedEnvelope
) -> Mismatch | None:
    """Return the mismatch of the first exception that carried a code and is of another class.

    Args:
        surfaced: What surfaced of the code.
        given: The classes that the test names; without any, the catalog's count.
        expected: What was expected altogether.
    """
    classes = find_classes(given, expected.code)
    if not classes:  # as for nearly every test, whose places are never to be told
        return None
    carried = [(one.carrier.kind, one) for one in surfaced if one.carrier is not None]
    raised = [(kind, one) for kind, one in carried if issubclass(kind, BaseException)]
    # A test that names a class expects an exception; a catalog does not say how a code surfaces.
    for kind, one in raised or (carried if given else ()):
        mismatch = compare_class(kind, classes, expected, one, one.place)
        if mismatch is not None:
            return mismatch
    return None


def read_class(error: object, code: ErrorCode | AnyCode, given: Classes = ()) -> Reading | None:
    """Read a code off the class of an exception that says none itself; None if it tells none.

    Args:
        error: The exception.
        code: The code that is expected.
        given: The classes that stand for it here; without any, the catalog's counts.
    """
    kind = type(error)
    if isinstance(code, AnyCode) or not issubclass(type(error), Exception):
        return None
    if not any(_stands(kind, one) for one in find_classes(given, code)):
        return None
    if not given and not _is_nearest(kind, code, current().catalog):
        return None
    evidence = Evidence("class", name_class(error), write_error(error))
    shape = current().catalog.shape
    return Reading(code.code, None, None, shape, None, error, evidence=evidence)


def find_codes_of_class(kind: type, catalog: Catalog) -> tuple[Code, ...]:
    """Return the codes that the catalog gives to a class itself, not to one of its bases."""
    codes = (code for code in catalog.values() if code.exception)
    return tuple(code.code for code in codes if kind in _find_bases(kind, code.exception))


def _is_nearest(kind: type, code: ErrorCode, catalog: Catalog) -> bool:
    """Return whether no class between another and that of a code is given to other codes."""
    own = kind.__mro__.index(_find_bases(kind, code.exception)[0])
    names = {other.exception for other in catalog.values() if other.exception}
    found = (base for name in names for base in _find_bases(kind, name))
    return all(kind.__mro__.index(base) >= own for base in found)


def read_expected_class(
    error: BaseException, expectations: Sequence[Expectation], seen: Sequence[Observation]
) -> Reading | None:
    """Read a code off the class of an exception that a test raised; None if it tells none.

    A code that the catalog lacks may be a word of its text. Where it may stand for several of the
    codes that are expected, it stands for the one that the client received last.

    Args:
        error: The exception.
        expectations: What the test expects.
        seen: What was observed so far.
    """
    readings: dict[object, Reading] = {}
    for wanted in expectations:
        for code in wanted.codes if wanted.surfaced is not False else ():
            reading = read_class(error, code, wanted.exceptions)
            reading = reading or read_undocumented(error, code, current().catalog)
            if reading is not None:
                readings |= {code.code: reading, other_spelling(code.code): reading}
    received = (readings[one.code] for one in reversed(seen) if _is_received(one, readings))
    return next(received, next(iter(readings.values()), None))


def read_undocumented(obj: object, code: ErrorCode | AnyCode, catalog: Catalog) -> Reading | None:
    """Read a code that the catalog lacks where it is a word of a text; None if it is not there.

    Args:
        obj: What has no code by the catalog.
        code: The code that is expected.
        catalog: Whose shapes are tried.
    """
    if not is_undocumented(code):
        return None
    from pytest_errcodes.catalog import Catalog as CatalogOfOne
    from pytest_errcodes.envelope.reading import read

    codes, shapes = [cast("ErrorCode", code)], catalog.shapes
    lone = CatalogOfOne(catalog.name, codes, sections=[UNDOCUMENTED], shapes=shapes)
    found = read(obj, lone)
    return None if isinstance(found, Refusal) else found


def _is_received(one: Observation, codes: Container[object]) -> bool:
    return not one.surfaced and one.code in codes


def _stands(kind: type, wanted: ExceptionClass) -> bool:
    """Return whether a class is of one that may stand for a code.

    Exception does not, and neither does another of Python's own for those below it: a LookupError
    that stands for a code is no KeyError of a client that broke.
    """
    return any(
        not is_one_of(base, _ANY) and (base.__module__ != "builtins" or base is kind)
        for base in _find_bases(kind, wanted)
    )


def _find_bases(kind: type, wanted: ExceptionClass) -> list[type]:
    """Return those of a class and its bases that are the one wanted, or are called so."""
    if isinstance(wanted, str):
        return [base for base in kind.__mro__ if f".{_name_fully(base)}".endswith(f".{wanted}")]
    return [wanted] if issubclass(kind, wanted) else []


def _name(wanted: ExceptionClass) -> str:
    return wanted if isinstance(wanted, str) else wanted.__name__


def _name_fully(wanted: ExceptionClass) -> str:
    """Return the name of a class with its module: ``client.OrderError``."""
    return wanted if isinstance(wanted, str) else f"{wanted.__module__}.{wanted.__qualname__}"
