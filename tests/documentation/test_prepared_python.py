"""Programs that are forks of a prepared Python: each is as if it had been started by itself."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from prepared_python import PreparedPython

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: What shows how a program was started, and fails in the end.
TELLING = """
import os, sys
print(__name__, sys.argv, os.getcwd(), os.environ.get("TOLD"), sys.stdin.read() == "")
print(sys.path[0], [path for path in sys.path if "support" in path])
print("wrong", file=sys.stderr)
sys.exit("no more")
"""


@pytest.fixture(scope="module")
def python() -> Iterator[PreparedPython]:
    """Return a prepared Python without plugins."""
    python = PreparedPython(environment())
    yield python
    python.close()


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a program, in which pytest loads no plugin."""
    return dict(os.environ) | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"} | more


@pytest.mark.parametrize("program", [("-c", TELLING), ("telling.py",), ("in/telling.py",)])
def test_as_if_started_by_itself(
    python: PreparedPython, tmp_path: Path, program: tuple[str, ...]
) -> None:
    """Arguments, folder, environment, both outputs and exit code are the same."""
    (tmp_path / "in").mkdir()
    for name in ("telling.py", "in/telling.py"):
        (tmp_path / name).write_text(f"print(__file__)\n{TELLING}")
    words = (*program, "one", "two")
    told = environment(TOLD="yes")
    done = subprocess.run(
        [sys.executable, *words],
        cwd=tmp_path,
        env=told,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    expected = (done.returncode, done.stdout, done.stderr)
    assert python.run(words, tmp_path, told, seconds=60) == expected
    assert done.returncode == 1


def test_nothing_is_left_for_the_next(python: PreparedPython, tmp_path: Path) -> None:
    """A program sees neither what another changed in a module nor what it imported or set."""
    change = "import os, pytest, this; pytest.left = 1; os.environ['LEFT'] = 'yes'"
    seen = "hasattr(pytest, 'left'), 'this' in sys.modules, os.environ.get('LEFT')"
    look = f"import os, pytest, sys; print({seen})"
    assert python.run(("-c", change), tmp_path, environment(), seconds=60)[0] == 0
    assert python.run(("-c", look), tmp_path, environment(), seconds=60) == (
        0,
        "False False None\n",
        "",
    )


def test_modules_of_a_folder(python: PreparedPython, tmp_path: Path) -> None:
    """A module is found in the folder and on the path that the environment names, by -P not."""
    (tmp_path / "near.py").write_text("print('near')")
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "distant.py").write_text("print('distant')")
    far = environment(PYTHONPATH=str(tmp_path / "far"))
    assert python.run(("-m", "near"), tmp_path, far, seconds=60) == (0, "near\n", "")
    assert python.run(("-m", "distant"), tmp_path, far, seconds=60) == (0, "distant\n", "")
    code, _, told = python.run(("-P", "-m", "near"), tmp_path, far, seconds=60)
    assert code == 1
    assert told.endswith("No module named near\n")


def test_error(python: PreparedPython, tmp_path: Path) -> None:
    """An error is told from the program's first line on, and nothing tells of the fork."""
    assert python.run(("-c", "1 / 0"), tmp_path, environment(), seconds=60) == (
        1,
        "",
        (
            "Traceback (most recent call last):\n"
            '  File "<string>", line 1, in <module>\n'
            "ZeroDivisionError: division by zero\n"
        ),
    )


def test_a_program_that_hangs(python: PreparedPython, tmp_path: Path) -> None:
    """It is ended, and so is the process it came from; the next one is made anew."""
    hanging = ("-c", "import signal; signal.pause()")
    with pytest.raises(subprocess.TimeoutExpired):
        python.run(hanging, tmp_path, environment(), seconds=0.01)
    assert python.run(("-c", "print(1)"), tmp_path, environment(), seconds=60) == (0, "1\n", "")


def test_outputs_in_one(python: PreparedPython, tmp_path: Path) -> None:
    """Errors stand among the output, where they were written."""
    source = "import sys; print(1, flush=True); print(2, file=sys.stderr); print(3)"
    done = python.run(("-c", source), tmp_path, environment(), seconds=60, merged=True)
    assert done == (0, "1\n2\n3\n", "")


#: A run that changes what its workers must not see, and tests that look for it.
CONFTEST = """
import os
import pytest

def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        import this
        pytest.left = os.environ["LEFT"] = "left"
        os.environ["RUN"] = str(os.getpid())
"""
LOOKS = """
import os, sys
import pytest

@pytest.mark.parametrize("number", range(2))
def test_worker(number):
    assert "this" not in sys.modules and not hasattr(pytest, "left")
    assert os.environ["LEFT"] == "left" and sys.__stdin__.read() == ""
    assert os.getppid() != int(os.environ["RUN"])

def test_killed():
    os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere each worker is a new process")
def test_workers_of_xdist(python: PreparedPython, tmp_path: Path) -> None:
    """They are forks too, of what the run was when it began; one that dies is replaced."""
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "test_it.py").write_text(LOOKS)
    words = ("-p", "xdist.plugin", "-p", "no:cacheprovider", "-n", "2", "-q", "--tb=line")
    code, output, _ = python.run(("-m", "pytest", *words), tmp_path, environment(), seconds=60)
    assert code == 1
    assert re.search(r"1 failed, 2 passed in", output), output
    assert re.search(r"worker 'gw\d' crashed while running 'test_it.py::test_killed'", output)
