"""How an attempt of a test ended, where it has expectations."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

    from pytest_errcodes.active.observation import Observation
    from pytest_errcodes.plugin.judgement import Judgement


def judge_end(
    judgement: Judgement, error: BaseException | None, traceback: TracebackType | None
) -> str | None:
    """Return what is wrong with how it ended: empty for nothing, None for the test's own error."""
    raised: list[Observation] = []
    own: TracebackType | None = None
    if error is not None:
        own = judgement.find_own_part(traceback)
        try:
            raised = judgement.observe_raised(error, own or traceback, is_caught=False)
        except Exception as broken:  # noqa: BLE001  # the user's readers may raise anything
            from pytest_errcodes.judging.exception_codes import note_broken_reader

            note_broken_reader(error, broken)
            return None
        if not raised or judgement.is_awaited_otherwise(error, traceback):
            return None  # it carries no code, or is what the test itself fails with
    failure = judgement.judge(raised) or judgement.explain_early_block()
    if error is not None and not failure:
        failure = judgement.explain_early_end(error, own, raised)
    return failure
