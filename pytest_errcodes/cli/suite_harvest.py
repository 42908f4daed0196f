"""Running a suite of the user's, to see which codes its API answers with."""

from __future__ import annotations

import subprocess
import sys

import click

from pytest_errcodes.cli.files import check_output
from pytest_errcodes.disk.file_reading import is_there
from pytest_errcodes.errors import ErrcodesUsageError

#: What the suite's answers are drafted into: its comments say what is doubtful.
DRAFT = "draft.toml"


def harvest_suite(suite: str, *, force: bool) -> str:
    """Run pytest over a suite, and return the file of the catalog that it drafted.

    Args:
        suite: The folder or file of the tests, which need not pass.
        force: Whether a draft that is there already may be replaced.

    Raises:
        ErrcodesUsageError: The draft is there already (``output-file``), or the run has drafted
            none (``suite-to-harvest``).
    """
    check_output(DRAFT, force=force)
    options = ["-q", f"--errcodes-harvest={DRAFT}"]
    if force:
        options.append("--errcodes-harvest-force")
    click.echo(f"running pytest {suite} {' '.join(options)}", err=True)
    done = subprocess.run(  # noqa: S603  # pytest, over what its user names
        [sys.executable, "-m", "pytest", *options, suite],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    # 1: some tests fail, whose answers were seen all the same.
    if done.returncode not in (0, 1) or not is_there(DRAFT):
        raise ErrcodesUsageError(
            "suite-to-harvest",
            f"pytest {suite} drafted no catalog",
            f"see what it says: pytest {suite} --errcodes-harvest={DRAFT}",
        )
    return DRAFT
