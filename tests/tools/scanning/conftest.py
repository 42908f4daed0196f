"""What the tests of a scan share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pytest

from pytest_errcodes.catalog import load_catalog, parse_catalog
from pytest_errcodes.tools import scan

if TYPE_CHECKING:
    from pathlib import Path

#: A catalog whose codes are texts.
CARDS = """
name = "cards"
[envelope]
code_type = "string"
success = ["00000"]
[sections.payment]
label = "51xxx"
[sections.payment.codes]
card_declined = "The card was declined"
51008 = "Insufficient balance"
"00017" = "Too many cards"
"""


class Scanned(Protocol):
    """Scans one file, and returns its findings, one text each."""

    def __call__(
        self, text: str, name: str = "client.py", catalog: str = "", **options: Any
    ) -> list[str]:
        """Scan ``text``, with the catalog that a TOML writes, else ``ltp``."""
        ...


@pytest.fixture
def scanned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scanned:
    """Return a function that scans a file: each finding as ``line:column slug: message``."""
    monkeypatch.chdir(tmp_path)

    def scan_text(
        text: str, name: str = "client.py", catalog: str = "", **options: Any
    ) -> list[str]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
        chosen = parse_catalog(catalog, "./cards.toml") if catalog else load_catalog()
        return [
            f"{finding.place.line}:{finding.place.column} {finding.slug}: {finding.message}"
            for finding in scan([name], chosen, **options)
        ]

    return scan_text


def unknown(code: object, place: str, catalog: str = "ltp") -> str:
    """Return the text of a finding of a code that the catalog lacks."""
    return f"{place} unknown-code: catalog {catalog!r} documents no code {code!r}"
