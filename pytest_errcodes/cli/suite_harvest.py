"""Running a suite of the user's, to see which codes its API answers with."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from pytest_errcodes.cli.files import check_output
from pytest_errcodes.disk.file_reading import find_state, is_there
from pytest_errcodes.errors import ErrcodesUsageError

#: What the suite's answers are drafted into: its comments say what is doubtful.
DRAFT = "draft.toml"


def harvest_suite(suite: str, *, force: bool) -> str:
    """Run pytest over a suite, and return the file of the catalog that it drafted.

    Args:
        suite: The folder or file of the tests, which need not pass.
        force: Whether a draft that is there already may be replaced.

    Raises:
        ErrcodesUsageError: The draft is there already (``output-file``), a catalog is set, of which
            a run drafts only what it lacks, or the run has drafted none (``suite-to-harvest``).
    """
    check_output(DRAFT, force=force)
    _refuse_setting(suite)
    options = ["-q", f"--errcodes-harvest={DRAFT}"]
    if force:
        options.append("--errcodes-harvest-force")
    click.echo(f"running pytest {suite} {' '.join(options)}", err=True)
    before = _read_edition()
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
    if done.returncode not in (0, 1) or _read_edition() in (None, before):
        raise ErrcodesUsageError(
            "suite-to-harvest",
            f"pytest {suite} drafted no catalog",
            f"see what it says: pytest {suite} --errcodes-harvest={DRAFT}",
        )
    return DRAFT


def _refuse_setting(suite: str) -> None:
    from pytest_errcodes.catalog.settings.chosen_catalog import find_catalog_setting

    setting = find_catalog_setting(Path.cwd())
    if setting is not None:
        raise ErrcodesUsageError(
            "suite-to-harvest",
            f"a catalog is set already, and a run drafts only what it lacks\n  {setting}",
            f"draft that, and move it there: pytest {suite} --errcodes-harvest=missing.toml",
        )


def _read_edition() -> tuple[int, int] | None:
    """Return what is another with each draft that is written; None where there is none."""
    if not is_there(DRAFT):
        return None
    state = find_state(DRAFT)
    return state.st_ino, state.st_mtime_ns
