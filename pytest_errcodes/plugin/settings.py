"""What options, environment and files set for one run; imported at the start where any does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.active.context import POLICIES, MessagePolicy
from pytest_errcodes.catalog.settings.setting import (
    DEFAULTS,
    Setting,
    choose_catalog,
    write_setting,
)
from pytest_errcodes.plugin.options import INI_SETTINGS, UNSET, may_have_own_settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from re import Pattern

BASE_URL_HINT = "give a URL with its scheme, such as https://api.example.com, or a path: /api"


class Settings:
    """What options, environment and files say, checked before anything is loaded.

    Args:
        config: The configuration of the run.
        found: What is set, by name.

    Attributes:
        catalog: Name or path of the catalog.
        is_chosen: Whether a setting says so; if not, it is the embedded one.
        catalog_from: Which setting says so, the way its user wrote it.
        base_url: Put in front of the routes' paths; empty for none.
        message: How a message that does not fit its template is judged.
        secret_names: What finds the names of secrets beside those that are always known.
        share_tls: Whether equal TLS contexts are loaded once while routes are active.
        folder: Where a relative path of the catalog starts.
        harvest: The file that a draft is to be written to, as its user wrote it; None for none.
        root: Where that of a marker starts, unless the file is beside the test.

    Raises:
        pytest.UsageError: The message policy, the base URL or the name of a secret is none.
    """

    def __init__(self, config: pytest.Config, found: Mapping[str, Setting]) -> None:
        self.root: Path = config.rootpath
        catalog = found.get("catalog")
        self.is_chosen = catalog is not None
        self.catalog = str(catalog.value if catalog else DEFAULTS["catalog"])
        self.catalog_from = catalog.written if catalog else f"errcodes_catalog = {self.catalog}"
        self.folder: Path = catalog.folder if catalog else self.root
        self.base_url = _check_base_url(found.get("base_url"))
        self.message = _check_policy(found.get("message"))
        self.secret_names = _check_secrets(found.get("secrets"))
        self.share_tls = bool(found["share_tls"].value if "share_tls" in found else True)
        self.harvest: str | None = config.getoption("--errcodes-harvest")


def read_settings(config: pytest.Config) -> dict[str, Setting]:
    """Return what is set, by name: an option goes before the environment, and that before files.

    Raises:
        pytest.UsageError: A file holds a mistake, or two set one thing differently.
    """
    folder = config.invocation_params.dir
    overriding = {text.partition("=")[0].strip() for text in config.getoption("override_ini") or ()}
    of_pytest: dict[str, Setting] = {}
    of_options: dict[str, Setting] = {}
    for name in INI_SETTINGS:
        value = config.getini(f"errcodes_{name}")
        if value in UNSET:
            continue
        value = tuple(value) if isinstance(value, list) else value
        written = write_setting(name, value, is_own=False)
        is_option = f"errcodes_{name}" in overriding
        file = None if is_option else config.inipath
        settings = of_options if is_option else of_pytest
        settings[name] = Setting(name, value, file, written, config.rootpath)
    chosen = config.getoption("--errcodes-catalog")
    if chosen:
        written = f"--errcodes-catalog={chosen}"
        of_options["catalog"] = Setting("catalog", chosen, None, written, folder)
    found = of_pytest
    if may_have_own_settings(config.rootpath):
        found = _join_own(config.rootpath, of_pytest)
    catalog = choose_catalog(found, folder)
    return {**found, **({"catalog": catalog} if catalog else {}), **of_options}


def _join_own(root: Path, of_pytest: dict[str, Setting]) -> dict[str, Setting]:
    """Return what files set, ``[tool.errcodes]`` among them."""
    from pytest_errcodes.catalog.settings.chosen_catalog import join_settings
    from pytest_errcodes.catalog.settings.own_table import find_own_settings
    from pytest_errcodes.errors import ErrcodesUsageError

    try:
        return join_settings(find_own_settings(root), of_pytest)
    except ErrcodesUsageError as mistake:
        raise pytest.UsageError(str(mistake)) from None


def _check_policy(setting: Setting | None) -> MessagePolicy:
    if setting is None:
        return "template"
    for policy in POLICIES:
        if policy == setting.value:
            return policy
    from pytest_errcodes.errors import ErrcodesUsageError

    mistake = ErrcodesUsageError(
        "message-policy",
        f"{_show_quoted(setting)} is not a way to judge messages",
        f"write one of {', '.join(POLICIES)}",
    )
    raise pytest.UsageError(str(mistake))


def _check_secrets(setting: Setting | None) -> tuple[Pattern[str], ...]:
    if setting is None or not isinstance(setting.value, tuple):
        return ()
    from pytest_errcodes.active.context import check_names
    from pytest_errcodes.errors import ErrcodesUsageError

    try:
        return check_names(setting.value)
    except ErrcodesUsageError as mistake:
        raise pytest.UsageError(str(mistake)) from None


def _check_base_url(setting: Setting | None) -> str:
    text = str(setting.value) if setting else ""
    if setting is None or is_base_url(text):
        return text
    from pytest_errcodes.errors import ErrcodesUsageError

    mistake = ErrcodesUsageError(
        "base-url",
        f"{_show_quoted(setting)} has no scheme, so no route would match",
        BASE_URL_HINT,
    )
    raise pytest.UsageError(str(mistake))


def _show_quoted(setting: Setting) -> str:
    """Return where a value stands that cannot be used, and how it is written."""
    place = f"{setting.place}: " if setting.place else ""
    return f"{place}{setting.written.partition(' = ')[0]} = {setting.value!r}"


def is_base_url(text: str) -> bool:
    """Return whether a route can have this address in front; without a scheme none would match."""
    return text in ("", "all") or text.startswith("/") or "://" in text
