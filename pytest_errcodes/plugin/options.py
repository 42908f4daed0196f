"""The plugin's options and ini settings, and what they say in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.active.context import POLICIES, MessagePolicy

if TYPE_CHECKING:
    from pathlib import Path
    from re import Pattern

BASE_URL_HINT = "give a URL with its scheme, such as https://api.example.com, or a path: /api"


def add_options(parser: pytest.Parser) -> None:
    """Register them."""
    group = parser.getgroup("errcodes", "business error codes")
    group.addoption(
        "--errcodes-catalog",
        metavar="NAME_OR_PATH",
        help="the catalog of codes: 'ltp' or the path of a TOML file (overrides the ini setting)",
    )
    parser.addini(
        "errcodes_catalog", "the catalog: 'ltp' or the path of a TOML file", default="ltp"
    )
    parser.addini("errcodes_base_url", "put in front of the paths of errcodes' routes", default="")
    parser.addini(
        "errcodes_message",
        "a message that does not fit its template: 'template' fails, 'warn' reports, 'ignore'",
        default="template",
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
        default=True,
    )


class Settings:
    """What options and ini settings say, checked as far as it can be before anything is loaded.

    Attributes:
        catalog: Name or path of the catalog.
        catalog_from: Which setting says so, the way its user wrote it.
        base_url: Put in front of the routes' paths; empty for none.
        message: How a message that does not fit its template is judged.
        secret_names: What finds the names of secrets beside those that are always known.
        share_tls: Whether equal TLS contexts are loaded once while routes are active.
        folder: Where a relative path of the catalog starts.
        root: Where that of a marker starts, unless the file is beside the test.

    Raises:
        pytest.UsageError: The message policy, the base URL or the name of a secret is none.
    """

    def __init__(self, config: pytest.Config) -> None:
        chosen = config.getoption("--errcodes-catalog")
        self.catalog = str(chosen or config.getini("errcodes_catalog"))
        setting = "--errcodes-catalog=" if chosen else "errcodes_catalog = "
        self.catalog_from = f"{setting}{self.catalog}"
        self.base_url = _check_base_url(str(config.getini("errcodes_base_url")))
        self.message = _check_policy(str(config.getini("errcodes_message")))
        self.secret_names = _check_secrets(config.getini("errcodes_secrets"))
        self.share_tls = bool(config.getini("errcodes_share_tls"))
        self.folder: Path = config.invocation_params.dir if chosen else config.rootpath
        self.root: Path = config.rootpath


def _check_policy(word: str) -> MessagePolicy:
    for policy in POLICIES:
        if policy == word:
            return policy
    from pytest_errcodes.errors import ErrcodesUsageError

    mistake = ErrcodesUsageError(
        "message-policy",
        f"errcodes_message = {word!r} is not a way to judge messages",
        f"write one of {', '.join(POLICIES)}",
    )
    raise pytest.UsageError(str(mistake))


def _check_secrets(names: list[str]) -> tuple[Pattern[str], ...]:
    if not names:
        return ()
    from pytest_errcodes.active.context import check_names
    from pytest_errcodes.errors import ErrcodesUsageError

    try:
        return check_names(names)
    except ErrcodesUsageError as mistake:
        raise pytest.UsageError(str(mistake)) from None


def _check_base_url(text: str) -> str:
    if is_base_url(text):
        return text
    from pytest_errcodes.errors import ErrcodesUsageError

    mistake = ErrcodesUsageError(
        "base-url",
        f"errcodes_base_url = {text!r} has no scheme, so no route would match",
        BASE_URL_HINT,
    )
    raise pytest.UsageError(str(mistake))


def is_base_url(text: str) -> bool:
    """Return whether a route can have this address in front; without a scheme none would match."""
    return text in ("", "all") or text.startswith("/") or "://" in text
