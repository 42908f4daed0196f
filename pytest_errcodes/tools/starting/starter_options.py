"""What a user says of an API that a project begins with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_errcodes.catalog.model import CodeType
    from pytest_errcodes.catalog.placeholders import PlaceholderStyle


@dataclass(frozen=True, slots=True, kw_only=True)
class StarterOptions:
    """What a user says of an API; None, or nothing, to find out or to take the usual.

    Attributes:
        samples: Files with answers; ``-`` for standard input.
        source: A page, a file or a folder of source to import codes from.
        examples: Codes with their messages: ``1001=Unknown symbol``.
        name: The catalog's name.
        catalog_file: The file to write it to.
        test_file: The file to write the test to.
        fields: The paths of ``code``, ``message`` and ``data``.
        code_type: What a code is on the wire.
        success: Codes with commas between, ``absent``, ``http_status``, or ``ok=true``.
        placeholders: How messages write their placeholders.
        http_status: The HTTP status of an error.
        base_url: The address of the API.
    """

    samples: tuple[str, ...] = ()
    source: str | None = None
    examples: tuple[str, ...] = ()
    name: str | None = None
    catalog_file: str | None = None
    test_file: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    code_type: CodeType | None = None
    success: str | None = None
    placeholders: PlaceholderStyle | None = None
    http_status: int | None = None
    base_url: str | None = None

    @property
    def is_of_catalog(self) -> bool:
        """Whether the codes come from the file of a catalog, as a harvest drafts one."""
        return self.source is not None and self.source.lower().endswith(".toml")
