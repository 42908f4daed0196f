"""What holds of any two catalogs."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from pytest_errcodes.catalog import Catalog, ErrorCode, Section
from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
from pytest_errcodes.tools import Change, diff

SECTIONS = tuple(Section(name, name.upper(), "") for name in "abc")
OPPOSITES = {
    "code-added": "code-removed",
    "code-removed": "code-added",
    "success-added": "success-removed",
    "success-removed": "success-added",
}

# Few words, so that catalogs share messages, in one code and across codes.
messages = st.lists(
    st.sampled_from(["Order", "order", "exists", "%s", "%d", "-", "7"]), min_size=1, max_size=3
).map(" ".join)


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    """Make a catalog of up to eight codes."""
    numbers = draw(st.lists(st.integers(0, 9), unique=True, max_size=8))
    codes = [
        ErrorCode(
            number,
            draw(messages),
            draw(st.sampled_from(SECTIONS)),
            http_status=draw(st.sampled_from([200, 400])),
            open_ended=draw(st.booleans()),
            tags=draw(st.sampled_from([(), ("final",)])),
            description=draw(st.sampled_from(["", "Wait"])),
        )
        for number in numbers
    ]
    success = tuple(draw(st.sets(st.sampled_from([200, 1000]))))
    return of_codes(codes, EnvelopeShape(success=success))


def of_codes(codes: list[ErrorCode], shape: EnvelopeShape | None = None) -> Catalog:
    """Return a catalog of such codes."""
    return Catalog("made", codes, sections=SECTIONS, shapes=[shape or EnvelopeShape()])


@given(catalogs())
def test_nothing_changed(catalog: Catalog):
    """A catalog does not differ from itself, nor from a copy of itself."""
    assert diff(catalog, catalog) == ()
    assert diff(catalog, of_codes([edited(code) for code in catalog.values()], catalog.shape)) == ()


def edited(code: ErrorCode, **fields: object) -> ErrorCode:
    """Return a copy of a code with other values in some fields."""
    names = ("code", "message", "section", "style", "open_ended", "http_status", "tags")
    values = {name: getattr(code, name) for name in (*names, "description", "solution")}
    return ErrorCode(**(values | fields))  # type: ignore[arg-type]  # values of the right fields


@given(catalogs(), catalogs())
def test_each_code_that_went_or_came_is_told_once(old: Catalog, new: Catalog):
    """It was removed, was added, or is renumbered."""
    changes = [
        change
        for change in diff(old, new)
        if change.slug in ("code-removed", "code-added", "renumbered")
    ]
    assert Counter(code for change in changes for code in change.codes) == Counter(
        set(old) ^ set(new)
    )
    for change in changes:
        assert (change.codes[0] in old) == (change.slug != "code-added")
        assert (change.codes[-1] in new) == (change.slug != "code-removed")


@given(catalogs(), catalogs())
def test_the_way_back(old: Catalog, new: Catalog):
    """What went comes, what came goes, and all else is the same with both sides exchanged."""
    there = Counter(fact for change in diff(old, new) for fact in facts(change))
    back = Counter(fact for change in diff(new, old) for fact in facts(change))
    assert there == Counter({reverse(*fact): count for fact, count in back.items()})


def facts(change: Change) -> list[tuple[object, ...]]:
    """Return slug, kind, both values and code, for each code that a change touches."""
    if change.slug == "order":  # of two codes that changed places, either may have moved
        return [("order", "moved", (), (), None)]
    values = (change.old, change.new)
    return [(change.slug, change.kind, *values, code) for code in change.codes or (None,)]


def reverse(slug: str, kind: str, old: object, new: object, code: object) -> tuple[object, ...]:
    """Return the facts as they look from the other side."""
    slug = OPPOSITES.get(slug, slug)
    if new is None:
        kind = "addition"
    elif old is None:
        kind = "wording" if slug == "description" else "breaking"
    return slug, kind, new, old, code


EDITS = {
    "message": {"message": "Quite another text"},
    "parameters": {"message": "%s %s"},
    "http-status": {"http_status": 418},
    "tags": {"tags": ("retryable",)},
    "description": {"description": "Said in passing"},
    "section": {"section": SECTIONS[2]},
}


@given(
    st.dictionaries(st.integers(1, 9), st.sampled_from([*EDITS, "code-removed"]), max_size=9),
    st.sets(st.integers(10, 15)),
)
def test_each_edit_is_told(edits: dict[int, str], added: set[int]):
    """Whatever was edited is told, each once, and nothing else is."""
    codes = [
        ErrorCode(number, f"Message {number}", SECTIONS[number % 2]) for number in range(1, 10)
    ]
    left = [code for code in codes if edits.get(code.code) != "code-removed"]
    new = [edited(code, **EDITS.get(edits.get(code.code, ""), {})) for code in left]
    new += [ErrorCode(number, f"Added {number}", SECTIONS[0]) for number in sorted(added)]
    told = Counter(
        (change.slug, code)
        for change in diff(of_codes(codes), of_codes(new))
        for code in change.codes
    )
    expected = [(slug, code) for code, slug in edits.items()]
    assert told == Counter([*expected, *(("code-added", code) for code in added)])
