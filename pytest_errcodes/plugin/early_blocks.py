"""Blocks of ``raises_code`` that a test gets, from a row of ``parametrize`` or of a fixture.

They are made before it is called, so that nothing else misses one that it never enters.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pytest_errcodes.active.context import Context
    from pytest_errcodes.assertions.raising_block import RaisesCode


def await_entries(item: Any, context: Context) -> list[RaisesCode[Any]]:
    """Let a test fail for each block that it got and does not enter; return those blocks.

    What a fixture has made otherwise is the fixture's to enter. What failed in one stays.

    Args:
        item: The test, whose fixtures are set up.
        context: What is active now.
    """
    from pytest_errcodes.assertions.raising_block import RaisesCode
    from pytest_errcodes.assertions.swallowed_failures import drop_all_but_failures
    from pytest_errcodes.plugin.plain_containers import find_in_containers

    unchecked = context.unchecked
    row: dict[str, object] = getattr(getattr(item, "callspec", None), "params", {})
    given: dict[str, object] = getattr(item, "funcargs", {})
    of_row = {id(block) for block in find_in_containers(RaisesCode, *row.values())}
    blocks = {
        id(block): block
        for name, value in given.items()
        for block in find_in_containers(RaisesCode, value)
        # A table of them is for the test to choose from, unless it is its own row.
        if id(block) in of_row or (block is value and name in list_arguments(item))
    }
    drop_all_but_failures(unchecked)
    awaited = [block for block in blocks.values() if not block.was_entered(unchecked)]
    for block in awaited:
        block.await_entry(unchecked)
    # What a wider fixture made, the tests after this one get too.
    context.has_early_blocks = context.has_early_blocks or bool(awaited)
    return awaited


def list_arguments(item: Any) -> list[str]:
    """Return what the function of a test names itself, and not by way of other fixtures."""
    try:
        return [*inspect.signature(item.obj).parameters]
    except (AttributeError, TypeError, ValueError):  # a test of another kind
        return []
