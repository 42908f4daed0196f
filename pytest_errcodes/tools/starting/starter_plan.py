"""All that a project begins with, worked out before anything is written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pytest_errcodes.catalog.envelope_fields import ERROR_STATUSES
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools.starting.beginning import find_beginning
from pytest_errcodes.tools.starting.setting_edit import edit_settings
from pytest_errcodes.tools.starting.starter_catalog import check_catalog
from pytest_errcodes.tools.starting.starter_test import SOME_URL, write_test

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.catalog import Catalog, Code, ErrorCode
    from pytest_errcodes.tools.starting.beginning import Beginning, StarterOptions
    from pytest_errcodes.tools.starting.setting_edit import SettingEdit


_USUAL_STATUS = 200


class StarterPlan(NamedTuple):
    """What is to be written, and what is to be said of it.

    Attributes:
        catalog: The catalog.
        catalog_file: Where it goes.
        catalog_text: What that file is to hold.
        test_file: Where the test goes.
        test_text: What that file is to hold.
        setting: The project's file with the setting.
        code: The code that the test expects.
        beginning: What is known of the API.
        unknown: What nobody told, and how to.
    """

    catalog: Catalog
    catalog_file: Path
    catalog_text: str
    test_file: Path
    test_text: str
    setting: SettingEdit
    code: ErrorCode
    beginning: Beginning
    unknown: tuple[str, ...]


def plan_start(options: StarterOptions, folder: Path) -> StarterPlan:
    """Return what a project begins with; nothing is written.

    Args:
        options: What the user says.
        folder: The folder of the project; relative paths start there.

    Raises:
        ErrcodesUsageError: Something is missing (``start-incomplete``) or wrong.
    """
    if not (options.samples or options.source or options.examples):
        raise _refuse(
            "init knows no code of the API",
            "add --from answer.json, --import page.html, --harvest tests or "
            "--example '1001=Unknown symbol'",
        )
    catalog_file = _choose_catalog_file(options)
    found = find_beginning(options, options.name or catalog_file.stem)
    catalog, text = check_catalog(found.catalog, str(catalog_file))
    documented = [catalog[code] for code in found.examples if code in catalog]
    code = next(iter(documented or catalog.values()))
    values = {"catalog": os.path.normpath(folder / catalog_file)}
    if options.base_url:
        values["base_url"] = options.base_url
    return StarterPlan(
        catalog,
        catalog_file,
        text,
        _choose_test_file(options, folder),
        write_test(catalog, code, options.base_url or ""),
        edit_settings(folder, values),
        code,
        found,
        tuple(_list_unknown(options, found)),
    )


def _choose_catalog_file(options: StarterOptions) -> Path:
    file = Path(options.catalog_file or f"{options.name or 'errcodes'}.toml")
    if file.suffix.lower() != ".toml":
        raise _refuse(
            f"the catalog's file {file} does not end in .toml, as that of each catalog does",
            f"write --output {file}.toml",
        )
    return file


def _choose_test_file(options: StarterOptions, folder: Path) -> Path:
    if options.test_file:
        return Path(options.test_file)
    return Path("tests" if (folder / "tests").is_dir() else "", "test_errcodes.py")


def _list_unknown(options: StarterOptions, found: Beginning) -> Iterator[str]:
    """Yield what nobody told, each with what was taken and what says otherwise."""
    if not options.base_url:
        yield f"the address of the API: the test calls {SOME_URL}; --base-url names yours"
    catalog = found.catalog
    if any(one.is_listed and one.is_error for one in found.samples):
        path = f'code = "0.{catalog.shape.code}"'
        yield f'whether the API sends such lists: {path}, or items = "*" for a batch, says so'
    if not found.http_status and {one.http_status for one in catalog.values()} == {_USUAL_STATUS}:
        yield "the HTTP status of an error: 200 is taken; --http-status says another"
    for code, message in found.examples.items():
        if code not in found.catalog:
            yield f"whether {code} is documented: {options.source} has no such code"
        elif not message:
            yield f"the message of {code}: write the documented one into the catalog"
    if options.is_of_catalog:
        yield f"what {options.source} calls doubtful: its comments are not in the new catalog"
    if found.imported is not None and all(map(_may_be_status, catalog)):
        yield "whether these are codes of the API: each may be an HTTP status"
    if found.imported is None:
        yield "the other codes: errcodes import reads them out of a page, a table or source, and"
        yield "  pytest --errcodes-harvest=draft.toml out of a suite that you have"


def _may_be_status(code: Code) -> bool:
    return str(code).isdecimal() and int(code) in ERROR_STATUSES


def _refuse(message: str, hint: str) -> ErrcodesUsageError:
    return ErrcodesUsageError("start-incomplete", message, hint)
