"""Tests that run once for each of many examples, as those of hypothesis: each is judged for itself.

Such a test holds the function that runs for each example as ``test.hypothesis.inner_test``, for
plugins such as ours to replace.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Protocol

    class Judge(Protocol):
        """What judges one attempt of a test, used as a context manager around it."""

        verdict: BaseException | None

        def fail_anew(self, text: str) -> None:
            """Fail with another text than before."""

        def begin_example(self) -> Callable[[], None]:
            """Begin anew; return what takes back what the example does to the test's router."""

        def end_examples(self) -> None:
            """Judge what only all examples together can tell."""

        def fail_for_unchecked(self) -> None:
            """Fail for the helpers that checked nothing, if any."""

        def __enter__(self) -> None: ...

        def __exit__(
            self,
            kind: type[BaseException] | None,
            error: BaseException | None,
            traceback: TracebackType | None,
        ) -> bool: ...


def find_examples(item: Any) -> Any:
    """Return what holds the function that runs for each example of a test; None without any."""
    examples = getattr(getattr(item, "obj", None), "hypothesis", None)
    return examples if callable(getattr(examples, "inner_test", None)) else None


class Examples:
    """Judges each example of a test for itself; a context manager around the whole test.

    Args:
        examples: What ``find_examples`` found.
        judge: Judges each.
    """

    def __init__(self, examples: Any, judge: Judge) -> None:
        self._examples = examples
        self._judge = judge
        self._before = examples.inner_test
        self._judged = 0

    def __enter__(self) -> None:
        self._before = self._examples.inner_test
        self._examples.inner_test = self._wrap(self._before)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        self._examples.inner_test = self._before
        if error is not None and error is self._judge.verdict:
            notes = getattr(error, "__notes__", None)
            if notes:  # hypothesis notes which example failed
                self._judge.fail_anew("\n".join([str(error), *notes]))
        if not self._judged:  # none ran to its end, so the test is judged as any other
            return self._judge.__exit__(kind, error, traceback)
        if error is None:
            self._judge.end_examples()
        return False

    def _wrap(self, inner: Any) -> Any:
        if inspect.iscoroutinefunction(inner):

            async def judged_async(*args: Any, **kwargs: Any) -> Any:
                __tracebackhide__ = True
                with _Example(self._judge, self._count):
                    return await inner(*args, **kwargs)

            return _name_as(inner, judged_async)

        def judged(*args: Any, **kwargs: Any) -> Any:
            __tracebackhide__ = True
            with _Example(self._judge, self._count):
                return inner(*args, **kwargs)

        return _name_as(inner, judged)

    def _count(self) -> None:
        self._judged += 1


class _Example:
    """Judges one example, and takes back what it does to the router."""

    def __init__(self, judge: Judge, count: Callable[[], None]) -> None:
        self._judge = judge
        self._count = count

    def __enter__(self) -> None:
        self._take_back = self._judge.begin_example()
        self._judge.__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        try:
            is_over = self._judge.__exit__(kind, error, traceback)
            if error is None or is_over:
                self._count()
                self._judge.fail_for_unchecked()
        finally:
            self._take_back()
        return is_over


def _name_as(inner: Any, outer: Any) -> Any:
    """Give a function the name of another and what hypothesis left on it, but nothing else."""
    outer.__name__, outer.__qualname__ = inner.__name__, inner.__qualname__
    outer.__module__, outer.__wrapped__ = inner.__module__, inner
    kept = {name: one for name, one in vars(inner).items() if name.startswith("_hypothesis")}
    vars(outer).update(kept)
    return outer
