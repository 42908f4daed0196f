"""Throw hostile input at the package for as long as one likes, and count what falls.

    python tests/stress/run.py assembled --seconds 1200
    python tests/stress/run.py all --seconds 120 --seed 7
    python tests/stress/run.py assembled --play read_object --seed 7 --inputs 1

Each kind is a module beside this one that lists its ``PLAYS``: functions that take a ``Random``,
make one input of it and raise when something falls; or that makes them for a seed
(``make_plays``). ``assembled`` is the quick one, for a million inputs; the others make each input
from nothing. A line for each play says how many inputs it made, and how many a second of one core;
what fell is told once for each place, with the input, and the command that makes it fall again. The
exit code is 1 if anything fell.
"""

from __future__ import annotations

import argparse
import importlib
import signal
import sys
import time
import traceback
import warnings
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

#: The kinds of hostile input; each is the name of the module that has its plays.
KINDS = ("assembled", "texts", "objects", "comparisons", "liars", "arguments", "calls")

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
        given: The input.
    """

    play: str
    seed: int
    text: str
    given: str


class Tally:
    """What came of the plays of one kind.

    Attributes:
        counts: How many inputs each play made.
        fallen: How many of them fell.
        seconds: How long this process worked for each play.
        falls: Each different fall once.
    """

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.fallen: Counter[str] = Counter()
        self.seconds: Counter[str] = Counter()
        self.falls: dict[tuple[str, str], Fall] = {}

    def note(self, play: str, seed: int, error: BaseException) -> None:
        """Take down that an input fell."""
        self.fallen[play] += 1
        fall = Fall(play, seed, _tell(error), _tell_input(error, play))
        self.falls.setdefault((play, _tell_place(error)), fall)


def run_plays(
    kind: str, seconds: float, seed: int, most: int | None = None, only: str = ""
) -> Tally:
    """Play those of a kind by turns until the time is over, or each had so many turns.

    Args:
        kind: One of ``KINDS``.
        seconds: How long.
        seed: The first seed; each turn has the next.
        most: How many turns at most; None for as many as there is time for.
        only: The plays to play, with commas between them; empty for all.
    """
    module = load_kind(kind)
    renewed = getattr(module, "RENEWED", sys.maxsize)
    tally, plays = Tally(), _choose(load_plays(kind, seed), only)
    ends, first = time.monotonic() + seconds, seed
    signal.signal(signal.SIGALRM, _give_up)
    while time.monotonic() < ends and (most is None or seed < first + most):
        if seed > first and seed % renewed == 0:
            plays = _choose(load_plays(kind, seed), only)
        for play in plays:
            _play(play, seed, tally)
        seed += 1
    return tally


def _choose(
    plays: Sequence[Callable[[Random], None]], only: str
) -> Sequence[Callable[[Random], None]]:
    return [play for play in plays if not only or play.__name__ in only.split(",")]


def _play(play: Callable[[Random], None], seed: int, tally: Tally) -> None:
    """Play once, with no more time than any input should take."""
    name = play.__name__
    began = time.process_time()
    signal.alarm(_LONGEST)
    try:
        play(Random(seed))
    except (Exception, TooLongError) as error:
        tally.note(name, seed, error)
    finally:
        signal.alarm(0)
    tally.counts[name] += 1
    tally.seconds[name] += time.process_time() - began


def load_kind(kind: str) -> ModuleType:
    """Return the module of a kind."""
    for folder in (_HERE, _HERE.parent / "support"):
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))
    return importlib.import_module(kind)


def load_plays(kind: str, seed: int = 0) -> Sequence[Callable[[Random], None]]:
    """Return the plays of a kind, as they are for a seed."""
    module = load_kind(kind)
    if hasattr(module, "make_plays"):
        made: Sequence[Callable[[Random], None]] = module.make_plays(seed)
        return made
    listed: Sequence[Callable[[Random], None]] = module.PLAYS
    return listed


def _tell_place(error: BaseException) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} {frame.filename}:{frame.lineno}"


def _tell(error: BaseException) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}"
    return f"{place}: {_show(error, str)}"


def _tell_input(error: BaseException, play: str) -> str:
    """Return what the play that fell had made: the variables of its frame."""
    step = error.__traceback__
    while step is not None and step.tb_frame.f_code.co_name != play:
        step = step.tb_next
    found = {} if step is None else step.tb_frame.f_locals
    told = (
        f"{name} = {type.__repr__(type(value))} {_show(value, repr)}"
        for name, value in found.items()
        if name not in ("random", "stock", "_")
    )
    return "; ".join(told)


def _show(value: object, show: Callable[[object], str]) -> str:
    try:
        return ascii(show(value))[:500]
    except BaseException:  # what fell may be hostile itself
        return "without a text"


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Throw hostile input at the package.")
    parser.add_argument("what", choices=(*KINDS, "all"), help="the kind of input")
    parser.add_argument(
        "--seconds", type=float, default=20, help="for how long each kind is played"
    )
    parser.add_argument("--seed", type=int, default=None, help="the first seed; else the time")
    parser.add_argument("--inputs", type=int, default=None, help="the most inputs of each play")
    parser.add_argument("--play", default="", help="the plays to play: read_object,read_exception")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    options = _parse(arguments)
    warnings.simplefilter("ignore")  # what odd objects warn of is not of interest
    seed = int(time.time()) * 1_000_000 if options.seed is None else options.seed
    print(f"first seed {seed}", flush=True)
    _enter_a_run()
    has_fallen = False
    for kind in KINDS if options.what == "all" else (options.what,):
        tally = run_plays(kind, options.seconds, seed, options.inputs, options.play)
        for name, count in tally.counts.items():
            rate = count / max(tally.seconds[name], 0.001)
            told = f"{count:>10,} inputs {rate:>7,.0f}/s {tally.fallen[name]:>8,} fell"
            print(f"{kind:11} {name:20} {told}", flush=True)
        for fall in list(tally.falls.values())[:_MOST_TOLD]:
            has_fallen = True
            again = f"run.py {kind} --play {fall.play} --seed {fall.seed} --inputs 1"
            print(f"fell: {fall.text}\n  input: {fall.given}\n  again: {again}", flush=True)
    return 1 if has_fallen else 0


def _enter_a_run() -> None:
    """Let the catalog be loaded once, as it is in a run of pytest."""
    from pytest_errcodes.active.context import Context, push
    from pytest_errcodes.catalog import load_catalog

    catalog = load_catalog("ltp")
    push(Context(load=lambda: catalog))


if __name__ == "__main__":
    sys.exit(main())
