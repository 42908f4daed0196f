"""The draft of a catalog: what a run has shown of an API, and a comment beside what is doubtful."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_errcodes.catalog.catalog import Catalog
from pytest_errcodes.catalog.files.catalog_writing import write_catalog
from pytest_errcodes.catalog.files.loading import parse_catalog
from pytest_errcodes.catalog.model import ErrorCode
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import join_words
from pytest_errcodes.tools.harvesting.differing_messages import find_differing
from pytest_errcodes.tools.harvesting.draft_shapes import DraftedShapes, doubt_mocks, draft_shapes
from pytest_errcodes.tools.harvesting.drafted_codes import (
    choose_style,
    draft_code,
    find_shared,
    make_sections,
    write_template,
)
from pytest_errcodes.tools.harvesting.harvested_codes import collect_codes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_errcodes.catalog.model import Section
    from pytest_errcodes.catalog.placeholders import PlaceholderStyle
    from pytest_errcodes.tools.harvesting.drafted_codes import DraftedCode
    from pytest_errcodes.tools.harvesting.harvest_facts import AnswerFacts, SeenByTest
    from pytest_errcodes.tools.harvesting.harvested_codes import CodeCollection, HarvestedCode

_USUAL_STATUS = 200
_MOST_NAMES = 8
#: A shape without what tells success beside its code.
_PLAIN: dict[str, Any] = {"success_field": "", "success_rule": "codes", "error_value": None}
_KEY = re.compile(r'(?:"((?:[^"\\]|\\.)*)"|([\w-]+)) = ')
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


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
    collection = collect_codes(tests, documented)
    missing = _list_missing(collection, documented)
    shared = find_shared(missing)
    drafted = [draft_code(one, shared) for one in missing]
    if not drafted:
        return None
    style = choose_style(drafted) if documented is None else documented.shape.placeholders
    shapes = _draft_shapes(collection, drafted, style, documented)
    first = tuple(one.replaced(items="", item_shape="") for one in shapes.shapes[:1])
    plain = tuple(one.replaced(**_PLAIN) for one in first)
    for tried in (shapes, shapes._replace(shapes=first, names=()), DraftedShapes(plain, {})):
        catalog = _make_catalog(name, drafted, style, tried)
        text = put_comments(
            write_catalog(catalog),
            _introduce(tests, documented, collection.codeless),
            tried.comments,
            {str(one.found.code): "; ".join(one.doubts) for one in drafted if one.doubts},
        )
        if _loads(text):  # else what a run has shown contradicts itself
            break
    messages = sum(len(one.templates) for one in drafted)
    return Draft(catalog, text, messages, sum(bool(one.doubts) for one in drafted))


def _draft_shapes(
    collection: CodeCollection,
    drafted: Sequence[DraftedCode],
    style: PlaceholderStyle,
    documented: Catalog | None,
) -> DraftedShapes:
    """Return the shapes of the catalog in force, or those that were found."""
    if documented is not None:
        return DraftedShapes(documented.shapes, {})
    shapes = draft_shapes([one.found for one in drafted], collection.shapes)
    shapes = doubt_mocks(shapes, [one.found for one in drafted])
    attributes = collection.choose_attributes()
    told = (one.replaced(placeholders=style, attributes=attributes) for one in shapes.shapes)
    return shapes._replace(shapes=tuple(told))


def _make_catalog(
    name: str, drafted: Sequence[DraftedCode], style: PlaceholderStyle, shapes: DraftedShapes
) -> Catalog:
    sections = make_sections(drafted, shapes)
    usual = _find_usual_status(drafted)
    entries = [
        _make_code(one, section, style, usual) for section, ones in sections.items() for one in ones
    ]
    return Catalog(name, entries, sections=sections, shapes=shapes.shapes, http_status=usual)


def _loads(text: str) -> bool:
    try:
        parse_catalog(text)
    except ErrcodesUsageError:
        return False
    return True


def _list_missing(collection: CodeCollection, documented: Catalog | None) -> list[HarvestedCode]:
    """Return the codes that a catalog lacks; all without one."""
    found = list(collection.codes.values())
    if documented is None:
        return found
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
    return max(
        statuses,
        key=lambda status: (statuses[status], status == _USUAL_STATUS, -status),
        default=_USUAL_STATUS,
    )


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


def _introduce(
    tests: Sequence[SeenByTest], documented: Catalog | None, codeless: Sequence[AnswerFacts]
) -> list[str]:
    count = len({test.test for test in tests})
    lines = [f"Harvested from what {count:,} {'test' if count == 1 else 'tests'} saw."]
    if documented is not None:
        lines.append(f"Only what {documented.name} lacks: move it there.")
        lines += [f"It differs too: {one}." for one in find_differing(tests, documented)]
    if codeless:
        count, statuses = len(codeless), sorted({one.http_status for one in codeless})
        fields = Counter(path for one in codeless for path in one.fields if "." not in path)
        names = join_words([name for name, _ in fields.most_common()], _MOST_NAMES)
        are = "answer has" if count == 1 else "answers have"
        lines.append(
            f"{count:,} {are} no code, under HTTP {join_words(statuses)}; the fields: {names}."
        )
    lines.append("Look at each comment, and take it out when it is settled.")
    return lines


def put_comments(
    text: str,
    introduction: Sequence[str],
    of_envelope: Mapping[tuple[str, str], str],
    of_codes: Mapping[str, str],
) -> str:
    """Return the text of a catalog with comments.

    Args:
        text: The text, one line a field and a code.
        introduction: The lines to stand on top.
        of_envelope: What to say of a field, by the table and the field.
        of_codes: What to say of a code.
    """
    lines = [f"# {line}" for line in introduction]
    table = ""
    for line in text.splitlines():
        if line.startswith("["):
            table = line[1:-1]
        said = ""
        found = _KEY.match(line)
        if found is not None:
            key = found[2] or found[1].replace('\\"', '"').replace("\\\\", "\\")
            said = of_codes.get(key, "") if table.endswith(".codes") else ""
            said = said or of_envelope.get((table, key), "")
        lines.append(f"{line}  # {_CONTROL.sub(' ', said)}" if said else line)
    return "\n".join(lines) + "\n"
