"""Count what the design's ratios are made of: instructions, which no busy machine changes.

    python tests/benchmarks/instructions.py

It needs ``valgrind`` and takes some minutes; ``run.py`` says in what environment. Each figure is
the difference of two runs, so that neither Python's start nor an import stands in it; what a suite
costs once is printed beside it. Nothing passes or fails.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import suites

REQUESTS = Path(__file__).with_name("requests_to_count.py")
COLLECTED = re.compile(r"Collected : (\d+)")
#: The suites, and their two sizes: tests, or functions of ``every_code`` with 252 each.
SUITES = {
    "shared": (100, 300),
    "async": (100, 300),
    "fresh": (20, 60),
    "session": (60, 160),
    "every_code": (1, 2),
}
OTHERS = {
    "shared": ("pytest-httpx", "MockTransport"),
    "async": ("pytest-httpx", "MockTransport"),
    "fresh": ("MockTransport",),
    "session": ("responses", "HTTPAdapter"),
    "every_code": ("MockTransport",),
}
#: How many tests the bars are about.
TESTS = {**dict.fromkeys(SUITES, 1_000), "every_code": 10_000}
PLUGINS = {"errcodes": "pytest_errcodes.plugin", "pytest-httpx": "pytest_httpx"}


def count(command: list[str], folder: Path) -> float:
    """Return the instructions that one run of a program takes, in thousands.

    Raises:
        SystemExit: It went wrong; with what it wrote.
    """
    environment = {
        **os.environ,
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONHASHSEED": "0",
    }
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", sys.executable]
    for before in ([sys.executable], valgrind):  # the first run compiles
        done = subprocess.run(
            [*before, *command],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    found = COLLECTED.search(done.stderr)
    if done.returncode or found is None:
        raise SystemExit(done.stdout + done.stderr)
    return int(found[1]) / 1_000


def write_suite(kind: str, tool: str, size: int) -> str:
    """Return the text of a suite of ``SUITES``."""
    if kind == "session":
        return suites.one_session(tool, size)
    if kind != "every_code":
        return suites.one_request_each(tool, size, kind)
    if tool == "errcodes":
        return suites.every_code(size)
    from pytest_errcodes.catalog import load_catalog

    codes = load_catalog("ltp").values()
    return suites.every_code_by_hand(
        size, {one.code: one.template.render(*one.template.sample) for one in codes}
    )


def count_suite(kind: str, tool: str) -> tuple[float, float]:
    """Return what a suite takes once, and what each of its tests takes, in thousands."""
    plugins = [PLUGINS[tool]] if tool in PLUGINS else []
    plugins += ["anyio.pytest_plugin"] if kind == "async" else []
    options = [option for name in plugins for option in ("-p", name)]
    command = ["-m", "pytest", "-q", "-p", "no:cacheprovider", *options]
    counted = []
    for size in SUITES[kind]:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "pytest.ini").write_text("[pytest]\n")
            (folder / "test_suite.py").write_text(write_suite(kind, tool, size))
            counted.append(count(command, folder))
    sizes = [size * (252 if kind == "every_code" else 1) for size in SUITES[kind]]
    each = (counted[1] - counted[0]) / (sizes[1] - sizes[0])
    return counted[0] - each * sizes[0], each


def report_suites(kinds: list[str]) -> None:
    """Print what each suite takes, over the others."""
    for kind in kinds:
        counted = {tool: count_suite(kind, tool) for tool in ("errcodes", *OTHERS[kind])}
        number = TESTS[kind]
        whole = {tool: once + each * number for tool, (once, each) in counted.items()}
        for tool, (once, each) in counted.items():
            ratio = "" if tool == "errcodes" else f"{whole['errcodes'] / whole[tool]:9.3f}"
            name = f"{number} tests, {kind}: {'over ' if ratio else ''}{tool}"
            detail = f"once {once:,.0f} k, each test {each:,.0f} k"
            print(f"{name:<46} {ratio:>9}   {detail}", flush=True)


def report_requests() -> None:
    """Print what one request takes, over a hand-made transport, and what one route takes."""
    few, many = 50, 150
    each = {}
    for kind in ("ours", "mock", "ours-async", "mock-async", "route"):
        with tempfile.TemporaryDirectory() as folder:
            counted = [count([str(REQUESTS), kind, str(one)], Path(folder)) for one in (few, many)]
        each[kind] = (counted[1] - counted[0]) / (many - few)
    for name, suffix in (("one request", ""), ("one asynchronous request", "-async")):
        ratio = each[f"ours{suffix}"] / each[f"mock{suffix}"]
        detail = f"{each[f'ours{suffix}']:,.0f} k"
        print(f"{name + ', over MockTransport':<46} {ratio:9.3f}   {detail}")
    print(f"{'registering a route':<46} {'':>9}   {each['route']:,.0f} k")


def main() -> None:
    """Count everything, or the suites that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", choices=[*SUITES, "requests", []])
    kinds = parser.parse_args().kinds or ["requests", *SUITES]
    if "requests" in kinds:
        report_requests()
    report_suites([kind for kind in kinds if kind in SUITES])


if __name__ == "__main__":
    main()
