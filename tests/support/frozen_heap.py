"""What is there for good, set apart from what the garbage collector looks at.

Each run of pytest collects several times, also one inside of our process or in a fork of another:
with all that our suite has imported and collected, that takes longer than the run.
"""

from __future__ import annotations

import gc
from random import Random

#: A holder that is not frozen: hypothesis asks the collector who holds a random generator.
_holders: list[list[object]] = []


def freeze_heap() -> None:
    """Let no later collection look at what is there now; what comes is collected as ever."""
    gc.collect()
    generators = [held for held in gc.get_objects() if issubclass(type(held), Random)]
    gc.freeze()
    _holders.append(generators.copy())
