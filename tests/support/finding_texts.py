"""What a router found, as its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.simulation.findings.finding_texts import render_finding

if TYPE_CHECKING:
    from pytest_errcodes.simulation import CodeRouter


def texts(router: CodeRouter, *, at_end: bool = True) -> list[str]:
    """Return the text of each finding."""
    return [render_finding(one) for one in router.findings(at_end=at_end)]
