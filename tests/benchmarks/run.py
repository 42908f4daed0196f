"""Measure the speed figures of the design, each as a ratio within one run.

    python tests/benchmarks/run.py            all of it, some minutes
    python tests/benchmarks/run.py --quick    smaller suites, under a minute

Nothing here passes or fails: it prints what it measured beside the bar.

The figures are meant for an environment with what ``pip install pytest-errcodes pytest-httpx``
brings, not that of the tests: httpcore imports trio where it is installed, which takes 0.1 s and so
stands in every figure of a suite.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import suites

PLUGINS = {
    "respx": ["-p", "respx.plugin"],
    "pytest-httpx": ["-p", "pytest_httpx"],
    "errcodes": ["-p", "pytest_errcodes.plugin"],
    "floor": [],
}


def seconds(folder: Path, text: str, plugins: list[str], *more: str) -> float:
    """Return the processor time of one run of pytest over a suite, start included.

    Processor time, because it does not depend on what else the machine does.
    """
    path = folder / "test_suite.py"
    if not path.exists() or path.read_text() != text:  # else pytest's compiled copy serves again
        path.write_text(text)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        *plugins,
        *more,
        str(path),
    ]
    environment = {
        **os.environ,
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTHONDONTWRITEBYTECODE": "",
    }
    begun = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime
    if done.returncode not in (0, 1):
        raise SystemExit(done.stdout + done.stderr)
    return spent


def report(what: str, figure: float, bar: str, detail: str = "") -> None:
    """Print one figure beside its bar."""
    print(f"{what:<58} {figure:>9.3f}   {bar:<10} {detail}", flush=True)


def one_request_each(folder: Path, count: int, rounds: int) -> None:
    """Compare suites of one request a test, with fresh clients and with one."""
    for fresh in (True, False):
        texts = {tool: suites.one_request_each(tool, count, fresh=fresh) for tool in PLUGINS}
        folders = {tool: folder / f"{tool}-{fresh}" for tool in PLUGINS}
        for tool, own in folders.items():
            own.mkdir()
            (own / "pytest.ini").write_text("[pytest]\n")
            seconds(own, texts[tool], PLUGINS[tool], "--collect-only")  # compiles
        measured: dict[str, list[float]] = {tool: [] for tool in PLUGINS}
        for number in range(rounds):  # by turns, so that a slow moment hits them all
            for tool, own in folders.items():
                if number and fresh and tool in ("respx", "pytest-httpx"):
                    continue  # half a minute each, and far away from ours
                measured[tool].append(seconds(own, texts[tool], PLUGINS[tool]))
        spent = {tool: statistics.median(figures) for tool, figures in measured.items()}
        name = f"{count} tests, {'a fresh client each' if fresh else 'one client'}"
        detail = "  ".join(f"{tool} {value:.2f} s" for tool, value in spent.items())
        report(
            f"{name}: over respx",
            spent["errcodes"] / spent["respx"],
            "<= 0.06" if fresh else "<= 0.6",
            detail,
        )
        report(f"{name}: over MockTransport", spent["errcodes"] / spent["floor"], "<= 1.35")


def failing(folder: Path, count: int) -> None:
    """Compare failing expectations with failing asserts."""
    plain = seconds(folder, suites.failing(count, plain=True), PLUGINS["floor"])
    ours = seconds(folder, suites.failing(count, plain=False), PLUGINS["errcodes"])
    passing = seconds(folder, suites.empty(count), PLUGINS["floor"])
    detail = f"{ours:.2f} s, {plain:.2f} s, passing {passing:.2f} s"
    report(f"{count} failing expectations over failing asserts", ours / plain, "<= 0.1", detail)


def subscript(name: str, *arguments: str) -> dict[str, float]:
    """Run one of the in-process measurements in a process of its own."""
    path = Path(__file__).with_name(name)
    done = subprocess.run(
        [sys.executable, str(path), *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def start_up(folder: Path, rounds: int) -> None:
    """Tell what the plugin adds to pytest's start."""
    text = suites.empty(1)
    with_it, without = [], []
    for _ in range(rounds):
        with_it.append(seconds(folder, text, PLUGINS["errcodes"], "--collect-only"))
        without.append(seconds(folder, text, [], "--collect-only"))
    added = (statistics.median(with_it) - statistics.median(without)) * 1000
    imported = statistics.median(subscript("imports.py")["ms"] for _ in range(rounds))
    report("importing the plugin, ms", imported, "<= 5")
    report("what the plugin adds to pytest --collect-only, ms", added, "<= 5")


def collection(folder: Path, count: int) -> None:
    """Tell what checking markers, and all that we do, takes of the collection."""
    checks: list[float] = []
    loads: list[float] = []
    hooks: list[float] = []
    for _ in range(5):
        seconds(
            folder,
            suites.marked(count),
            [*PLUGINS["errcodes"], "-p", "timing"],
            "--collect-only",
            "-qq",
        )
        spent = json.loads((folder / "timing.json").read_text())
        whole = spent.pop("collection")
        load = spent.pop("Catalogs.own")  # within the check of the first marker
        checks.append((spent["pytest_collection_modifyitems"] - load) / whole * 100)
        loads.append(load * 1000)
        hooks.append(sum(spent.values()) / whole * 100)
        detail = ", ".join(f"{name} {value * 1000:.1f} ms" for name, value in spent.items())
    name = f"checking the markers of {count} tests"
    report(f"{name}, % of collection", statistics.median(checks), "<= 1", f"of {whole:.2f} s")
    report("loading the catalog for it, once a run, ms", statistics.median(loads), "<= 10")
    report("all our hooks at collection, loading too, %", statistics.median(hooks), "", detail)


def main() -> None:
    """Measure all of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="smaller suites, fewer rounds")
    quick = parser.parse_args().quick
    os.environ["PYTHONPATH"] = str(Path(__file__).parent)
    print(f"{'what':<58} {'measured':>9}   {'bar':<10} detail")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pytest.ini").write_text("[pytest]\n")
        start_up(folder, 3 if quick else 21)
        for what, (figure, bar) in subscript(
            "requests_in_process.py", *(["--quick"] if quick else [])
        ).items():
            report(what, figure, bar)
        collection(folder, 1_000 if quick else 10_000)
        failing(folder, 100 if quick else 500)
        one_request_each(folder, 100 if quick else 1_000, 2 if quick else 7)


if __name__ == "__main__":
    main()
