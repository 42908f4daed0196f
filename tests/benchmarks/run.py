"""Measure the speed figures of the design, each as a ratio within one run.

    python tests/benchmarks/run.py            all of it, some minutes
    python tests/benchmarks/run.py --quick    smaller suites, under a minute

Nothing here passes or fails: it prints what it measured beside the bar.

The figures are meant for an environment with what ``pip install pytest-errcodes pytest-httpx
responses requests-mock`` brings, not that of the tests: httpcore imports trio where it is
installed, which takes 0.1 s and so stands in every figure of a suite.
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

#: What each tool needs; anyio runs asynchronous tests, and comes with httpx.
PLUGINS = {
    "respx": ["-p", "respx.plugin"],
    "pytest-httpx": ["-p", "pytest_httpx"],
    "errcodes": ["-p", "pytest_errcodes.plugin"],
    "MockTransport": [],
    "requests-mock": ["-p", "requests_mock.contrib._pytest_plugin"],
    "responses": [],
    "HTTPAdapter": [],
}
#: Which of them are measured with httpx's clients.
HTTPX_TOOLS = ("respx", "pytest-httpx", "errcodes", "MockTransport")
ANYIO = ["-p", "anyio.pytest_plugin"]
#: The bars of one request each: over pytest-httpx, and over a hand-made transport.
BARS = {"fresh": ("", "<= 1.3"), "shared": ("<= 0.95", "<= 1.25"), "async": ("<= 0.95", "<= 1.2")}
NAMES = {"fresh": "a fresh client each", "shared": "one client", "async": "one async client"}


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


def one_request_each(folder: Path, counts: dict[str, int], rounds: int) -> None:
    """Compare suites of one request a test, with fresh clients, with one, and with an async one."""
    for client, bars in BARS.items():
        count = counts[client]
        texts = {tool: suites.one_request_each(tool, count, client) for tool in HTTPX_TOOLS}
        more = ANYIO if client == "async" else []
        # Half a minute each, and far away from ours.
        once = ("respx", "pytest-httpx") if client == "fresh" else ()
        spent = by_turns(folder / client, texts, rounds, once, *more)
        name = f"{count} tests, {NAMES[client]}"
        detail = "  ".join(f"{tool} {value:.2f} s" for tool, value in spent.items())
        for tool, bar in zip(("pytest-httpx", "MockTransport"), bars, strict=True):
            report(f"{name}: over {tool}", spent["errcodes"] / spent[tool], bar, detail)
            detail = ""


def one_session(folder: Path, count: int, rounds: int) -> None:
    """Compare suites of one request a test, with one session of requests."""
    texts = {tool: suites.one_session(tool, count) for tool in suites.SESSION_TOOLS}
    spent = by_turns(folder / "session", texts, rounds)
    detail = "  ".join(f"{tool} {value:.2f} s" for tool, value in spent.items())
    for tool, bar in (("responses", "<= 0.9"), ("requests-mock", ""), ("HTTPAdapter", "")):
        name = f"{count} tests, one session: over {tool}"
        report(name, spent["errcodes"] / spent[tool], bar, detail)
        detail = ""


def every_code(folder: Path, functions: int, rounds: int) -> None:
    """Compare tests of all codes with the same tests written by hand."""
    from pytest_errcodes.catalog import load_catalog

    codes = load_catalog("ltp").values()
    messages = {one.code: one.template.render(*one.template.sample) for one in codes}
    texts = {
        "errcodes": suites.every_code(functions),
        "MockTransport": suites.every_code_by_hand(functions, messages),
    }
    spent = by_turns(folder / "every_code", texts, rounds)
    count = functions * len(messages)
    detail = "  ".join(f"{tool} {value:.2f} s" for tool, value in spent.items())
    ratio = spent["errcodes"] / spent["MockTransport"]
    report(f"{count} tests by every_code, over parametrize", ratio, "<= 1.25", detail)


def by_turns(
    folder: Path, texts: dict[str, str], rounds: int, once: tuple[str, ...] = (), *more: str
) -> dict[str, float]:
    """Run suites by turns, so that a slow moment hits them all; return the median of each.

    Args:
        folder: Where to write them; made.
        texts: The suite of each tool.
        rounds: How often.
        once: Tools whose suite is run in the first round alone.
        more: Options of pytest.
    """
    for tool, text in texts.items():
        (folder / tool).mkdir(parents=True)
        (folder / tool / "pytest.ini").write_text("[pytest]\n")
        seconds(folder / tool, text, PLUGINS[tool], *more, "--collect-only")  # compiles
    measured: dict[str, list[float]] = {tool: [] for tool in texts}
    for number in range(rounds):
        for tool, text in texts.items():
            if not (number and tool in once):
                measured[tool].append(seconds(folder / tool, text, PLUGINS[tool], *more))
    return {tool: statistics.median(figures) for tool, figures in measured.items()}


def failing(folder: Path, count: int) -> None:
    """Compare failing expectations with failing asserts."""
    plain = seconds(folder, suites.failing(count, plain=True), PLUGINS["MockTransport"])
    ours = seconds(folder, suites.failing(count, plain=False), PLUGINS["errcodes"])
    passing = seconds(folder, suites.empty(count), PLUGINS["MockTransport"])
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
        # Any plugin that is named makes pytest read what is installed.
        without.append(seconds(folder, text, ["-p", "empty_plugin"], "--collect-only"))
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
        for script in (
            "requests_in_process.py",
            "sessions_in_process.py",
            "aiohttp_requests.py",
            "httpx2_requests.py",
            "large_texts.py",
        ):
            figures = subscript(script, *(["--quick"] if quick else []))
            for what, (figure, bar) in figures.items():
                report(what, figure, bar)
        collection(folder, 1_000 if quick else 10_000)
        failing(folder, 100 if quick else 500)
        counts = dict.fromkeys(BARS, 1_000)
        if quick:
            counts = {"fresh": 40, "shared": 200, "async": 200}
        one_request_each(folder, counts, 1 if quick else 7)
        one_session(folder, 200 if quick else 1_000, 1 if quick else 7)
        every_code(folder, 2 if quick else 40, 1 if quick else 3)


if __name__ == "__main__":
    main()
