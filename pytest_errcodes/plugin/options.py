"""The plugin's options and ini settings, and whether any of them is set.

pytest imports this module at each start; what reads the settings is imported where one is set, or
where a test needs one.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

#: The ini settings, without ``errcodes_`` in front. What holds where nobody sets one is said by the
#: ``DEFAULTS`` of ``catalog.settings``.
INI_SETTINGS = ("catalog", "base_url", "message", "secrets", "share_tls")
#: Names the catalog too; the ``VARIABLE`` of ``catalog.settings``.
_VARIABLE = "ERRCODES_CATALOG"
#: What ``getini`` returns of a setting that nobody set; older releases of pytest return a list.
UNSET: tuple[object, ...] = ("", None, [])


def add_options(parser: pytest.Parser) -> None:
    """Register them."""
    group = parser.getgroup("errcodes", "business error codes")
    group.addoption(
        "--errcodes-catalog",
        metavar="NAME_OR_PATH",
        help="the catalog of codes: 'ltp' or the path of a TOML file (overrides the ini setting)",
    )
    parser.addini("errcodes_catalog", "the catalog: 'ltp' or the path of a TOML file", default="")
    group.addoption(
        "--errcodes-harvest",
        metavar="FILE",
        help="write a draft of a catalog: the codes that the tests' answers and exceptions have",
    )
    group.addoption(
        "--errcodes-harvest-force",
        action="store_true",
        help="let --errcodes-harvest write over a file that is there",
    )
    parser.addini("errcodes_base_url", "put in front of the paths of errcodes' routes", default="")
    parser.addini(
        "errcodes_message",
        "a message that does not fit its template: 'template' fails, 'warn' reports, 'ignore'",
        default="",
    )
    parser.addini(
        "errcodes_secrets",
        "more names whose values no text shows: of fields, headers, parameters; * and ? may stand",
        type="args",
        default=[],
    )
    parser.addini(
        "errcodes_share_tls",
        "load equal TLS contexts once while routes are active",
        type="bool",
        default=None,
    )


def is_anything_set(config: pytest.Config) -> bool:
    """Return whether an option, the environment or a file may set anything of ours."""
    return (
        bool(config.getoption("--errcodes-catalog"))
        or _VARIABLE in os.environ
        or any(config.getini(f"errcodes_{name}") not in UNSET for name in INI_SETTINGS)
        or may_have_own_settings(config.rootpath)
    )


def may_have_own_settings(folder: Path) -> bool:
    """Return whether a ``pyproject.toml`` in a folder or above it names us at all.

    Most projects have none of ours, and reading one takes a library that pytest may do without.
    """
    found, each, below = [], os.fspath(folder), ""
    # Each start of pytest does this: paths as objects take three times as long.
    while each != below:
        file = os.path.join(each, "pyproject.toml")  # noqa: PTH118  # see above
        if os.path.isfile(file):  # noqa: PTH113  # Path's own may raise
            found.append(file)
        each, below = os.path.dirname(each), each  # noqa: PTH120  # see above
    return bool(found) and any(map(_names_us, found))


def _names_us(file: str) -> bool:
    from pathlib import Path

    from pytest_errcodes.disk.file_reading import UnreadableFileError, read_file

    try:
        return b"errcodes" in read_file(Path(file))
    except UnreadableFileError:  # nobody may read it
        return False
