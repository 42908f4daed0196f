"""The messages of a run that differ from those that a catalog documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pytest_errcodes.text.wording import quote, show_code
from pytest_errcodes.tools.harvesting.drafted_codes import draft_code, write_template
from pytest_errcodes.tools.harvesting.harvested_codes import collect_codes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.model import ErrorCode
    from pytest_errcodes.tools.harvesting.harvest_facts import SeenByTest

_SHOWN = 60


class DifferingMessage(NamedTuple):
    """A message that came with a code, and fits none of those that are documented for it.

    Attributes:
        documented: What the catalog says of the code.
        came: The message, variants folded, with ``%s`` for what changes.
    """

    documented: ErrorCode
    came: str

    def __str__(self) -> str:
        code = show_code(self.documented.code)
        said = quote(self.documented.message, _SHOWN)
        return f"{code}: {quote(self.came, _SHOWN)} came, {said} is documented"


def find_differing(tests: Sequence[SeenByTest], documented: Catalog) -> Iterator[DifferingMessage]:
    """Yield the messages that differ from those of a catalog, in its order.

    Args:
        tests: What each attempt of each test has seen.
        documented: The catalog in force.
    """
    codes = collect_codes(tests, documented).codes
    for code in sorted(filter(documented.__contains__, codes), key=list(documented).index):
        entry, found = documented[code], codes[code]
        for text in list(found.messages):
            if entry.match(text) is not None:
                del found.messages[text]
        for template in draft_code(found).templates:
            yield DifferingMessage(entry, write_template(template, "printf"))
