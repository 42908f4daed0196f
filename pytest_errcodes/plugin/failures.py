"""How a test ends that we fail, and how one ends that skips itself."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

import pytest

from pytest_errcodes.envelope.exception_parts import set_traceback

if TYPE_CHECKING:
    from types import TracebackType

    from pytest_errcodes.errors import ErrcodesUsageError
    from pytest_errcodes.simulation.findings.finding import Finding


def make_failure(texts: list[str]) -> BaseException:
    """Return the failure whose text is these, one below the other."""
    return pytest.fail.Exception("\n\n".join(texts), pytrace=False)


def drop_traceback(error: BaseException) -> None:
    """Let an exception that nobody is shown hold no frames any more."""
    set_traceback(error, None)


def fail_in_words(mistake: ErrcodesUsageError) -> NoReturn:
    """Fail a test for a mistake of the user, with its text alone."""
    # Not hidden: if every frame of a failure were, pytest would print its own notice.
    raise make_failure([str(mistake)]) from None


def skips(error: BaseException) -> bool:
    """Return whether an exception skips its test, in pytest's way or unittest's."""
    unittest = sys.modules.get("unittest")
    kind = type(error)  # its __class__ may say anything
    return issubclass(kind, pytest.skip.Exception) or (
        unittest is not None and issubclass(kind, unittest.SkipTest)
    )


class FailableTest:
    """A test that we may fail.

    Attributes:
        verdict: The failure that was raised here, or None.
        mistake: The text of a mistake in its markers, for which it fails; else empty.
    """

    verdict: BaseException | None = None
    mistake = ""

    def fail_for(self, mistake: ErrcodesUsageError) -> None:
        """Fail for a mistake in the test's markers."""
        self.mistake = str(mistake)
        self.fail_anew(self.mistake)

    def fail_anew(self, text: str) -> None:
        """Fail with another text than before; with none, do not."""
        self._fail(text, [])

    def _fail(
        self, text: str, findings: list[Finding], traceback: TracebackType | None = None
    ) -> None:
        # Not hidden: if every frame of a failure were, pytest would print its own notice.
        texts = [text] if text else []
        if findings:
            from pytest_errcodes.simulation.findings.finding_texts import render_finding

            # No map, which a StopIteration would end in silence.
            texts += [render_finding(finding) for finding in findings]
        if texts:
            # A debugger opens where the test went wrong, and nobody is shown a traceback.
            self.verdict = make_failure(texts)
            raise self.verdict.with_traceback(traceback) from None
