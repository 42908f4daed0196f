"""Throw hostile input at the package for as long as one likes, and count what falls.

    python tests/stress/run.py texts --seconds 60
    python tests/stress/run.py all --seconds 120 --seed 7

Each kind is a module beside this one that lists its ``PLAYS``: functions that take a ``Random``,
make one input of it and raise when something falls. A line for each play says how many inputs it
made; what fell is told once for each place, with the seed that makes it fall again. The exit code
is 1 if anything fell.
"""

from __future__ import annotations

import argparse
import importlib
import signal
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: The kinds of hostile input; each is the name of the module that has its plays.
KINDS = ("texts", "objects", "comparisons", "liars")

_HERE = Path(__file__).resolve().parent
_MOST_TOLD = 20
#: So many seconds are too long for one input, on the slowest machine.
_LONGEST = 60


class TooLongError(BaseException):
    """An input takes longer than any should; no guard against foreign errors catches it."""


def _give_up(*_: object) -> None:
    raise TooLongError


class Fall(NamedTuple):
    """What fell once or more often at one place.

    Attributes:
        play: The play that made the input.
        seed: What makes the first such input again: ``play(Random(seed))``.
        text: The exception, and the innermost line that raised it.
    """

    play: str
    seed: int
    text: str


def run_plays(
    plays: Sequence[Callable[[Random], None]], seconds: float, seed: int, most: int | None = None
) -> tuple[Counter[str], Counter[str], list[Fall]]:
    """Play by turns until the time is over, or each had so many turns.

    Returns:
        How many inputs each play made, how many of them fell, and each different fall once.
    """
    counts: Counter[str] = Counter()
    fallen: Counter[str] = Counter()
    falls: dict[tuple[str, str], Fall] = {}
    ends = time.monotonic() + seconds
    signal.signal(signal.SIGALRM, _give_up)
    while time.monotonic() < ends and (most is None or min(counts.values(), default=0) < most):
        for play in plays:
            counts[play.__name__] += 1
            signal.alarm(_LONGEST)
            try:
                play(Random(seed))
            except (Exception, TooLongError) as error:
                fallen[play.__name__] += 1
                fall = Fall(play.__name__, seed, _tell(error))
                falls.setdefault((fall.play, _tell_place(error)), fall)
        seed += 1
    signal.alarm(0)
    return counts, fallen, list(falls.values())


def load_plays(kind: str) -> tuple[Callable[[Random], None], ...]:
    """Return the plays of a kind."""
    for folder in (_HERE, _HERE.parent / "support"):
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))
    plays: tuple[Callable[[Random], None], ...] = importlib.import_module(kind).PLAYS
    return plays


def _tell_place(error: BaseException) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} {frame.filename}:{frame.lineno}"


def _tell(error: BaseException) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    try:
        text = ascii(str(error))[:500]
    except Exception:  # what fell may be hostile itself
        text = "an exception without a text"
    return f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}: {text}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(description="Throw hostile input at the package.")
    parser.add_argument("what", choices=(*KINDS, "all"), help="the kind of input")
    parser.add_argument(
        "--seconds", type=float, default=20, help="for how long each kind is played"
    )
    parser.add_argument("--seed", type=int, default=None, help="the first seed; else the time")
    options = parser.parse_args(arguments)
    seed = int(time.time()) * 1_000_000 if options.seed is None else options.seed
    all_falls = []
    for kind in KINDS if options.what == "all" else (options.what,):
        counts, fallen, falls = run_plays(load_plays(kind), options.seconds, seed)
        for name, count in counts.items():
            print(f"{kind:10} {name:32} {count:>10,} inputs {fallen[name]:>8,} fell", flush=True)
        all_falls += falls
    for fall in all_falls[:_MOST_TOLD]:
        print(f"{fall.play}(Random({fall.seed})): {fall.text}")
    return 1 if all_falls else 0


if __name__ == "__main__":
    sys.exit(main())
