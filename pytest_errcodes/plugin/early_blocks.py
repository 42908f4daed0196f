"""Blocks of ``raises_code`` that a row of ``parametrize`` hands to its test, to be entered there.

They are made when no test runs, so that none misses one that it never enters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_errcodes.errors import ErrcodesUsageError


def await_entries(item: Any, unchecked: dict[int | str, Callable[[], ErrcodesUsageError]]) -> None:
    """Let a test fail for each block in its row that it does not enter.

    Args:
        item: The test, whose fixtures are set up.
        unchecked: What the test has made or got that checked nothing so far.
    """
    from pytest_errcodes.assertions.raising_block import RaisesCode
    from pytest_errcodes.plugin.plain_containers import find_in_containers

    row: dict[str, object] = getattr(getattr(item, "callspec", None), "params", {})
    given: dict[str, object] = getattr(item, "funcargs", {})
    # What a fixture makes of its parameter is the fixture's to enter.
    own = [value for name, value in row.items() if given.get(name) is value]
    for block in find_in_containers(RaisesCode, *own):
        block.await_entry(unchecked)
