"""The draft of a catalog: what a run has shown of an API, and a comment beside what is doubtful."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pytest_errcodes.catalog.catalog import Catalog
from pytest_errcodes.catalog.files.catalog_writing import write_catalog
from pytest_errcodes.catalog.model import ErrorCode
from pytest_errcodes.tools.harvesting.draft_comments import put_comments
from pytest_errcodes.tools.harvesting.draft_sections import make_sections
from pytest_errcodes.tools.harvesting.draft_shapes import draft_shapes, read_shape
from pytest_errcodes.tools.harvesting.drafted_code import choose_style, draft_code, write_template
from pytest_errcodes.tools.harvesting.harvested_codes import CodeCollection
from pytest_errcodes.tools.harvesting.shape_inference import find_shapes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.catalog.model import Section
    from pytest_errcodes.catalog.placeholders import PlaceholderStyle
    from pytest_errcodes.tools.harvesting.drafted_code import DraftedCode
    from pytest_errcodes.tools.harvesting.harvest_facts import SeenByTest
    from pytest_errcodes.tools.harvesting.harvested_codes import HarvestedCode

_USUAL_STATUS = 200


class Draft(NamedTuple):
    """What a run has shown of an API.

    Attributes:
        catalog: The codes as a catalog.
        text: The same as a TOML file, with comments.
        messages: How many messages were seen, variants folded.
        doubtful: How many codes have a comment.
    """

    catalog: Catalog
    text: str
    messages: int
    doubtful: int


def make_draft(
    tests: Sequence[SeenByTest], name: str, documented: Catalog | None = None
) -> Draft | None:
    """Return the draft of what tests have seen; None where there is no code to write.

    Args:
        tests: What each attempt of each test has seen.
        name: The name of the catalog.
        documented: The catalog in force: what it has is left out. None for no catalog.
    """
    codes = collect_codes(tests, documented)
    drafted = [draft_code(one) for one in codes]
    if not drafted:
        return None
    style = choose_style(drafted) if documented is None else documented.shape.placeholders
    shapes, comments = draft_shapes(drafted, style, documented)
    sections = make_sections(drafted)
    usual = _find_usual_status(drafted)
    entries = [
        _make_code(one, section, style, usual) for section, ones in sections.items() for one in ones
    ]
    catalog = Catalog(name, entries, sections=sections, shapes=shapes, http_status=usual)
    text = put_comments(
        write_catalog(catalog),
        _introduce(tests, documented),
        comments,
        {str(one.found.code): "; ".join(one.doubts) for one in drafted if one.doubts},
    )
    messages = sum(len(one.templates) for one in drafted)
    return Draft(catalog, text, messages, sum(bool(one.doubts) for one in drafted))


def collect_codes(tests: Sequence[SeenByTest], documented: Catalog | None) -> list[HarvestedCode]:
    """Return the codes that tests have seen and a catalog lacks."""
    if documented is None:
        shapes = find_shapes(tests)
    else:
        shapes = [read_shape(shape) for shape in documented.shapes]
    collection = CodeCollection(shapes)
    for test in tests:
        collection.add(test)
    found = collection.codes.values()
    if documented is None:
        return list(found)
    return [
        one
        for one in found
        if one.code not in documented
        and not documented.is_success(one.code)
        and documented.shape.allows(one.code)
    ]


def _find_usual_status(codes: Sequence[DraftedCode]) -> int:
    """Return the HTTP status that most codes come with."""
    statuses = Counter(one.http_status for one in codes if one.http_status)
    return statuses.most_common(1)[0][0] if statuses else _USUAL_STATUS


def _make_code(
    one: DraftedCode, section: Section, style: PlaceholderStyle, usual: int
) -> ErrorCode:
    code = one.found.code
    message = write_template(one.templates[0], style) if one.templates else ""
    return ErrorCode(
        code,
        message or _say_code(code, one),
        section,
        style=style,
        http_status=one.http_status or usual,
        exception=one.exception,
    )


def _say_code(code: object, one: DraftedCode) -> str:
    """Return what stands for a message that was not seen: a catalog must have one."""
    words = str(code).replace("_", " ").replace("-", " ").strip()
    if words.isdigit():
        return one.exception.rpartition(".")[2] or f"Error {words}"
    return words


def _introduce(tests: Sequence[SeenByTest], documented: Catalog | None) -> list[str]:
    count = len({test.test for test in tests})
    lines = [f"Harvested from what {count:,} {'test' if count == 1 else 'tests'} saw."]
    if documented is not None:
        lines.append(f"Only what {documented.name} lacks: move it there.")
    lines.append("Look at each comment, and take it out when it is settled.")
    return lines
