"""A Python that has imported what its programs would, and becomes each of them in a fork.

Most of what a short run of pytest takes is importing pytest and its plugins. Here one process does
that once; each program is a fork of it, which sees nothing of another program, and ends as any
process does. Where fork is not to be trusted, elsewhere than on Linux, each is started anew.

This file is also that process: ``python prepared_python.py MODULE...``.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import runpy
import select
import signal
import subprocess
import sys
import tempfile
import traceback
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import forked_workers
import pytest
from frozen_heap import freeze_heap
from short_listings import keep_distributions, shorten_listings

HERE = Path(__file__).resolve()
#: How a program's end is told of: its exit code, in as many bytes.
REPLY = 8


class PreparedPython:
    """Runs ``python -m MODULE WORD...``, ``python -c SOURCE WORD...`` and ``python FILE WORD...``.

    They run one at a time.
    """

    def __init__(self, environment: dict[str, str], modules: tuple[str, ...] = ()) -> None:
        """Start nothing yet.

        Args:
            environment: What the process starts with. A program's own may differ in all that
                Python does not read when it starts, and in ``PYTHONPATH``.
            modules: What is imported beside pytest and the plugins that it finds; by pytest's own
                import, so that a plugin is what pytest expects it to be.
        """
        self._environment = environment
        self._modules = modules
        self._process: subprocess.Popen[bytes] | None = None

    def run(
        self,
        arguments: tuple[str, ...],
        folder: Path,
        environment: dict[str, str],
        *,
        seconds: float,
        merged: bool = False,
    ) -> tuple[int, str, str]:
        """Run a program; return its exit code, its output and its errors.

        Args:
            arguments: What stands after ``python``; ``-P`` may come first.
            folder: Where it runs.
            environment: What it sees.
            seconds: What it may take; subprocess.TimeoutExpired is raised when it takes longer.
            merged: Whether the errors are part of the output, where they were written.
        """
        with tempfile.TemporaryDirectory() as outputs:
            out = Path(outputs, "out")
            err = out if merged else Path(outputs, "err")
            for path in (out, err):
                path.touch()
            request = {
                "arguments": arguments,
                "folder": str(folder),
                "environment": environment,
                "outputs": (str(out), str(err)),
            }
            if sys.platform == "linux":
                code = self._ask(request, seconds)
            else:
                code = _start(arguments, folder, environment, seconds, out, err)
            return code, out.read_text("utf-8"), "" if merged else err.read_text("utf-8")

    def _ask(self, request: dict[str, object], seconds: float) -> int:
        """Let the process fork; return the exit code."""
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, str(HERE), *self._modules],
                env=self._environment,
                cwd=os.sep,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
            )
            atexit.register(self.close)
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
        readable, _, _ = select.select([process.stdout], [], [], seconds)
        if not readable:
            os.killpg(process.pid, signal.SIGKILL)  # with the program, whose group is the same
            self.close()
            raise subprocess.TimeoutExpired(str(request["arguments"]), seconds)
        reply = process.stdout.read(REPLY)
        assert len(reply) == REPLY, "the prepared process has ended"
        return int(reply)

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None and process.stdin is not None and process.stdout is not None:
            with suppress(BrokenPipeError):
                process.stdin.close()
            process.stdout.close()
            process.wait()
            atexit.unregister(self.close)


def _start(
    arguments: tuple[str, ...],
    folder: Path,
    environment: dict[str, str],
    seconds: float,
    out: Path,
    err: Path,
) -> int:
    """Run a program in a process that nothing has prepared."""
    with out.open("ab") as output, err.open("ab") as errors:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            timeout=seconds,
            check=False,
        ).returncode


class _Imports:
    """A plugin that imports modules while pytest's import is in force, and ends the run."""

    def __init__(self, modules: list[str]) -> None:
        self.modules = modules

    @pytest.hookimpl(tryfirst=True)
    def pytest_cmdline_main(self, config: pytest.Config) -> int:
        """Import them, and say that all is done."""
        for name in self.modules:
            importlib.import_module(name)
        shorten_listings(config.pluginmanager)
        keep_distributions()
        return 0


def _serve(modules: list[str]) -> dict[str, object] | None:
    """Fork for each request; return it in the fork, and None when there are no more."""
    replies = os.dup(1)
    pytest.main(["--noconftest", "-c", os.devnull], plugins=[_Imports(modules)])
    freeze_heap()
    for line in sys.stdin.buffer:
        process = os.fork()
        if not process:
            os.close(replies)
            return dict(json.loads(line))
        _, status = os.waitpid(process, 0)
        code = os.waitstatus_to_exitcode(status)
        os.write(replies, str(code).rjust(REPLY).encode())
    return None


def _become(request: dict[str, object]) -> None:
    """Be the program from here on, until the interpreter ends."""
    arguments, folder, environment, outputs = request.values()
    assert isinstance(arguments, list)
    assert isinstance(environment, dict)
    assert isinstance(outputs, list)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    for number, path in enumerate(outputs, start=1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_APPEND), number)
    os.chdir(str(folder))
    own = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    os.environ.clear()
    os.environ.update(environment)
    sys.excepthook = _show_error
    if "xdist" in str(arguments) and not forked_workers.fork_workers():
        return  # a worker of the program's, which has ended
    safe = arguments[0] == "-P"
    kind, *words = arguments[1:] if safe else arguments
    added = [path for path in environment.get("PYTHONPATH", "").split(os.pathsep) if path]
    sys.path[:] = [*added, *(path for path in sys.path if path not in own)]
    if kind == "-m":
        sys.path[:0] = [] if safe else [str(Path.cwd())]
        sys.argv = words
        runpy.run_module(words[0], run_name="__main__", alter_sys=True)
    elif kind == "-c":
        sys.path[:0] = [] if safe else [""]
        sys.argv = ["-c", *words[1:]]
        _run_source(words[0], "<string>", ModuleType("__main__"))
    else:
        file = Path(kind).resolve()
        sys.path[:0] = [] if safe else [str(file.parent)]
        sys.argv = [kind, *words]
        main = ModuleType("__main__")
        main.__file__ = str(file)
        _run_source(file.read_text("utf-8"), str(file), main)


def _run_source(source: str, name: str, main: ModuleType) -> None:
    """Run what is the main module."""
    sys.modules["__main__"] = main
    exec(compile(source, name, "exec"), main.__dict__)


def _show_error(_: type[BaseException], error: BaseException, __: object) -> None:
    """Show an error as Python does, from the program's first line on."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename in (__file__, "<frozen runpy>"):
        trace = trace.tb_next
    traceback.print_exception(error.with_traceback(trace))


def _run_to_its_end(request: dict[str, object]) -> int:
    """Be the program; return the exit code that Python would end with."""
    try:
        _become(request)
    except SystemExit as ending:
        if ending.code is None or isinstance(ending.code, int):
            return ending.code or 0
        print(ending.code, file=sys.stderr)
        return 1
    except Exception as error:  # what Python shows of it, whatever it is
        sys.excepthook(type(error), error, error.__traceback__)
        return 1
    return 0


def _leave() -> None:
    """End a program whose exit code is known, after its threads and all its other exit functions.

    What Python does last is to take all modules apart: with what was imported here that is most of
    the time of a short program, and nobody sees it.
    """
    for code in _codes:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _codes: list[int] = []
    atexit.register(_leave)  # the first that is registered is the last that is called
    sys.path.remove(str(HERE.parent))  # no program finds our helpers
    become = _serve(sys.argv[1:])
    if become is not None:
        _codes.append(_run_to_its_end(become))
