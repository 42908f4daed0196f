"""Measure the tools around a catalog on one of 10,000 codes, and a look into one of 100,000.

    python tests/benchmarks/catalog_tools.py            all of them
    python tests/benchmarks/catalog_tools.py lint       some of them

Nothing here passes or fails: seconds stand beside their bar. A measurement is a function that gets
the path of its catalog and returns the seconds of one round; ``MEASURED`` names each.
"""

from __future__ import annotations

import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sources_to_import import SOURCES, write_source

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 3

NOUNS = tuple(
    re.findall(
        r"\w+",
        "order price quantity margin leverage symbol account portfolio transfer balance limit "
        "position currency request signature nonce channel user fee rate side status wallet",
    )
)
PHRASES = (
    "Invalid {0} of the {1}",
    "{0}Id is required for each {1}",
    "The {0} was not found in this {1}",
    "{0} exceeds the maximum of %s per {1}",
    "{0} must be greater than %s — check the {1}",
    "Cannot change the {0} while a {1} is open.",
    "{0} not supported, use another {1}",
    "Expect a {0} of this {1}:",
)


def write_catalog(path: Path, count: int) -> None:
    """Write a catalog of ``count`` codes in sections of 100, the same each time."""
    chosen = random.Random(count)
    lines = ['name = "many"', "[envelope]", "success = [0]"]
    for number in range(count):
        section, position = divmod(number, 100)
        if position == 0:
            lines += [
                f"[sections.section{section}]",
                f'label = "{1000 + section}xx"',
                f"[sections.section{section}.codes]",
            ]
        words = (chosen.choice(NOUNS), f"{chosen.choice(NOUNS)} {chosen.choice(NOUNS)}")
        text = chosen.choice(PHRASES).format(*words)
        lines.append(f'{(1000 + section) * 100 + position} = "{text[0].upper()}{text[1:]}"')
    path.write_text("\n".join(lines) + "\n", "utf-8")


def lint(catalog: Path) -> float:
    """Look for all that is odd about the catalog."""
    from pytest_errcodes.tools import lint

    return _seconds(lambda: lint(catalog))


def diff(catalog: Path) -> float:
    """Compare the catalog with one in which a code in twenty is another, both from their files."""
    from pytest_errcodes.catalog import parse_catalog
    from pytest_errcodes.tools import diff

    old = catalog.read_bytes()
    new = _changed(catalog.read_text("utf-8")).encode()
    return _seconds(lambda: diff(parse_catalog(old), parse_catalog(new)))


def _changed(text: str) -> str:
    """Return a catalog file with each twentieth code removed, renumbered, or with a new message."""
    lines = text.split("\n")
    codes = [place for place, line in enumerate(lines) if line[:1].isdigit()]
    for place in reversed(codes[::20]):
        code, _, message = lines[place].partition(" = ")
        edits = (
            [],
            [f"9{code} = {message}"],
            [f'{code} = "Now %s and %s"'],
            [f"{code} = {message.upper()}"],
            [lines[place], f'8{code} = "Added after {code}"'],
        )
        lines[place : place + 1] = edits[place % len(edits)]
    return "\n".join(lines)


def loading(catalog: Path) -> float:
    """Read the catalog from its text."""
    from pytest_errcodes.catalog import parse_catalog

    data = catalog.read_bytes()
    return _seconds(lambda: parse_catalog(data))


def looking_up(catalog: Path) -> float:
    """Look one code up; the mean of many."""
    from pytest_errcodes.catalog import load_catalog

    loaded = load_catalog(catalog)
    codes = list(loaded)[::10]
    return _seconds(lambda: [loaded[code] for code in codes]) / len(codes)


def matching(catalog: Path) -> float:
    """Find the codes of one message; the mean of many, without the index that the first makes."""
    from pytest_errcodes.catalog import load_catalog

    loaded = load_catalog(catalog)
    messages = [
        code.template.render(*code.template.sample) for code in list(loaded.values())[::100]
    ]
    loaded.match_message("")
    return _seconds(lambda: [loaded.match_message(text) for text in messages]) / len(messages)


def explaining(_: Path) -> float:
    """Explain a code of the embedded catalog, in a process of its own."""
    return _command("explain", "401112")


def importing(format_: str) -> Callable[[Path], float]:
    """Return the measurement of ``errcodes import`` of one format, in a process of its own."""

    def measure(catalog: Path) -> float:
        source = write_source(catalog, format_)
        output = str(catalog.with_name("imported.toml"))
        return _command("import", str(source), "-o", output, "--force")

    return measure


def _command(*arguments: str) -> float:
    """Return the processor time of ``errcodes ARGUMENT...``, start included."""
    run = "import sys; from pytest_errcodes.cli import main; main()"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-c", run, *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _seconds(call: Callable[[], object]) -> float:
    """Return the processor time of a call, which does not depend on what else the machine does."""
    begun = time.process_time()
    call()
    return time.process_time() - begun


@dataclass(frozen=True)
class Measurement:
    """What is measured, on a catalog of how many codes, and the seconds it may take."""

    measure: Callable[[Path], float]
    codes: int = 10_000
    bar: float = 2


MEASURED = {
    "diff": Measurement(diff),
    "lint": Measurement(lint),
    **{f"import-{name}": Measurement(importing(name)) for name in SOURCES},
    "loading": Measurement(loading, 100_000, 1),
    "catalog[code]": Measurement(looking_up, 100_000, 2e-6),
    "match_message": Measurement(matching, 100_000, 1e-3),
    "explain, start included": Measurement(explaining, 252, 0.3),
}


def main() -> None:
    """Measure what the command line names, or all."""
    names = sys.argv[1:] or list(MEASURED)
    with tempfile.TemporaryDirectory() as folder:
        print(f"{'what':<40} {'seconds':>10}   bar")
        for name in names:
            one = MEASURED[name]
            catalog = Path(folder) / f"many{one.codes}.toml"
            if not catalog.exists():
                write_catalog(catalog, one.codes)
            spent = statistics.median(one.measure(catalog) for _ in range(ROUNDS))
            print(f"{f'{name}, {one.codes:,} codes':<40} {spent:>10.2g}   <= {one.bar:g}")


if __name__ == "__main__":
    main()
