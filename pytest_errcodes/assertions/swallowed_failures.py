"""Failures of helpers that reach nobody: caught by the client, a pool of threads, the test itself.

Each is noted where it is raised, and told when its test passes all the same. One that a function
waits for, which names the class of the exception, is not noted; and one that the same line makes
good later, as where a test polls, is forgotten.
"""

from __future__ import annotations

import ast
import sys
from functools import lru_cache
from typing import TYPE_CHECKING

from pytest_errcodes.active.context import current
from pytest_errcodes.active.observation import place_of_frame
from pytest_errcodes.active.ownership import find_ended_owner
from pytest_errcodes.catalog.facts import Facts
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import CodeType, FrameType

    #: What a test has made that checked nothing so far.
    Unchecked = dict[int | str, Callable[[], ErrcodesUsageError]]

#: Packages whose functions run tests and clients, and wait for no failure of ours.
_RUNNERS = frozenset(["_pytest", "pytest", "pytest_errcodes", *sys.stdlib_module_names])
#: What calls a hook of ours that explains an assertion.
_EXPLAINING = frozenset(["_pytest", "pluggy", "pytest_errcodes"])
#: A failed assertion, as Python and unittest call its class.
_FAILED = ("AssertionError", "failureException")
_ANY = frozenset(["Exception", "BaseException", "object"])
_HINT = "let it reach pytest; if it has to fail, wait for that: with pytest.raises(AssertionError)"


class Failure(Facts):
    """A failure that was raised, and that its test may never see; called, it tells of itself.

    Attributes:
        place: Where it was raised: ``assert_code at test_orders.py:12``.
        text: What it says, in a line.
        names: Under which names a function may wait for it.
        hint: What to do.
    """

    place: str
    text: str
    names: tuple[str, ...]
    hint: str

    def __call__(self) -> ErrcodesUsageError:
        """Return what its test fails with."""
        told = f"{self.place} failed, and the test passed all the same: {self.text}"
        return ErrcodesUsageError("swallowed-failure", told, self.hint)


def note_failure(
    place: str, failure: BaseException, text: str, unchecked: Unchecked, hint: str = _HINT
) -> None:
    """Note that a helper has failed, until its test fails for it.

    Args:
        place: Where the helper stands: ``assert_code at test_orders.py:12``.
        failure: What leaves it.
        text: What it failed for.
        unchecked: What its test has made.
        hint: What to do where nobody sees it.
    """
    caller: FrameType | None = sys._getframe(1)  # noqa: SLF001  # the stack is had by nothing else
    kind = type(failure)
    _note(Failure(place, text.partition("\n")[0], list_names(kind), hint), unchecked, caller, kind)


def note_failed_comparison(text: str, unchecked: Unchecked) -> None:
    """Note that an assertion which compares a matcher has failed, as a hook explains it.

    Args:
        text: What it failed for.
        unchecked: What its test has made.
    """
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001  # the stack is had by nothing else
    while frame is not None and name_package(frame) in _EXPLAINING:
        frame = frame.f_back
    if frame is not None:
        _note(Failure(place_of_frame("IsCode", frame), text, _FAILED, _HINT), unchecked, frame)


def _note(
    failure: Failure,
    unchecked: Unchecked,
    frame: FrameType | None,
    kind: type[BaseException] = AssertionError,
) -> None:
    """Note a failure of a class, unless a function waits for it that has led to the frame."""
    if not current().test_name or find_ended_owner() is not None:
        return
    while frame is not None:
        package = name_package(frame)
        if package == "pluggy":  # which runs the test: what stands above knows nothing of it
            break
        if package not in _RUNNERS and (
            waits_for(frame.f_code, failure.names) or _holds_class(frame, kind)
        ):
            return
        frame = frame.f_back
    unchecked[failure.place] = failure


def _holds_class(frame: FrameType, kind: type[BaseException]) -> bool:
    """Return whether a variable of a frame is a class that a failure is of, as a test's row has it.

    Or a tuple of such. What says nothing of the failure, such as ``Exception``, does not count.
    """
    awaited = type.mro(kind)[: -len(_ANY)]
    for value in frame.f_locals.values():
        classes = tuple.__iter__(value) if issubclass(type(value), tuple) else (value,)
        if any(one is another for one in classes for another in awaited):
            return True
    return False


def name_package(frame: FrameType) -> str:
    """Return the package whose code runs in a frame."""
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]


def forget_failure(place: str, unchecked: Unchecked) -> None:
    """Forget the failure of a helper that now holds."""
    if unchecked:
        unchecked.pop(place, None)


def forget_failures(unchecked: Unchecked, codes: Iterable[CodeType] | None = None) -> None:
    """Forget all failures of helpers, or those that one of some functions waits for.

    Args:
        unchecked: What the test has made.
        codes: The functions; None where the test has failed, so that nothing was lost.
    """
    failed = [(key, one) for key, one in unchecked.items() if isinstance(one, Failure)]
    waiting = tuple(codes or ()) if failed else ()
    for key, one in failed:
        if codes is None or any(waits_for(code, one.names) for code in waiting):
            del unchecked[key]


def drop_all_but_failures(unchecked: Unchecked) -> None:
    """Forget what helpers told of themselves, but for those that failed."""
    for key in [key for key, one in unchecked.items() if not isinstance(one, Failure)]:
        del unchecked[key]


def list_names(kind: type[BaseException]) -> tuple[str, ...]:
    """Return under which names a function may wait for an exception, and not for just any."""
    if issubclass(kind, AssertionError):
        return _FAILED
    # Its metaclass may say anything of it.
    names = (type.__dict__["__name__"].__get__(one) for one in type.mro(kind))
    return tuple(name for name in names if name not in _ANY)


@lru_cache(maxsize=256)
def waits_for(code: CodeType, names: tuple[str, ...]) -> bool:
    """Return whether a function names what it may wait for, elsewhere than where it raises it.

    Of one whose source is no definition, such as a lambda's, the text is all there is to look at.
    """
    from pytest_errcodes.judging.function_source import read_scope, read_source

    scope = read_scope(code)
    if scope is None:
        source = read_source(code)
        return any(name in source for name in names)
    return any(_is_named(node, names) for node in _walk_unraised(scope))


def _walk_unraised(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what stands in a node, and not what is raised there."""
    for one in ast.iter_child_nodes(node):
        if not isinstance(one, ast.Raise):
            yield one
            yield from _walk_unraised(one)


def _is_named(node: ast.AST, names: tuple[str, ...]) -> bool:
    if isinstance(node, ast.Name | ast.Constant):
        return (node.id if isinstance(node, ast.Name) else node.value) in names
    if not isinstance(node, ast.Attribute):
        return False
    is_of_fail = node.attr == "Exception" and ast.unparse(node.value).endswith("fail")
    return node.attr in names or (is_of_fail and "Failed" in names)  # pytest.fail.Exception
