"""Catalogs of every kind, for property tests: whatever a catalog file may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import assume
from hypothesis import strategies as st

from pytest_errcodes.catalog.files.catalog_building import build
from pytest_errcodes.catalog.model import other_spelling

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Catalog

# What some format may take for something of its own, beside all that Unicode has.
PIECES = (
    " ", "  ", "\t", "\n", "\r", "\r\n", "\0", "\x01", "\x1c", "\x7f", "\x85", "\xa0", "\u2028",
    "\ufeff", "\ufffe", "\U0001fffe", "😀", "é", "订单", "a", "b", "1", "%s", "%%", "{0}", "{{",
    "${x}", "$", "<value>", "<br>", "<kbd>U+0000</kbd>", "</kbd>", "<!--", "-->", "<a id='x'>",
    "&amp;", "&#32;", "&", "|", "\\|", "\\", "\\n", "`", "``", "*", "**", "_", "__", "~~", "#",
    "##", "[x](y)", "![", ":smile:", "---", "- ", "1. ", "> ", "=", "=1+1", "+1", "-1", "@x", "'",
    '"', '""', '"""', ",", ";", "true", "null", "U+0000", "(4010xx)", " (", ")", "https://x.y/z",
    "www.x.y/", "http://", "a@b.cd", "*/", "//", "# noqa", "type: ignore",
    "sixty characters that fill a line of a source, word by word, ", "字" * 20,
)  # fmt: skip

texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=6).map("".join), st.text(max_size=8), st.just("")
)
# What is drawn is put right, not thrown away: of six texts that must fit, hardly any six do.
told = texts.map(lambda text: text if text.strip() else f"{text}x")
words = told.map(lambda word: f"w{word}" if word == "*" or word.startswith("!") else word)
statuses = st.one_of(st.just(200), st.integers(100, 599))
numbers = st.one_of(
    st.integers(-9, 9), st.integers(100_000, 700_000), st.integers(-(10**39), 10**39)
)
attributes = st.sampled_from(["status_code", "error.code", "номер", "_"])
text_codes = st.one_of(st.sampled_from(["00000", "-0", "51008", "card_declined"]), told)
_CODES = {"integer": numbers, "string": text_codes, "either": st.one_of(numbers, text_codes)}
_FIELDS = frozenset(
    (
        "code",
        "message",
        "data",
        "code_type",
        "success",
        "success_message",
        "placeholders",
        "attributes",
        "default",
    )
)
_FURTHER = texts.map(lambda name: f"{name}_" if name in _FIELDS else name)


@st.composite
def _shapes(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the fields of an envelope shape."""
    code_type = draw(st.sampled_from(sorted(_CODES)))
    success = draw(st.lists(_CODES[code_type], max_size=3))
    return {
        "code": draw(told),
        "message": draw(told),
        "data": draw(texts),
        "code_type": code_type,
        "success": list({str(code): code for code in success}.values()),
        "success_message": draw(texts),
        "placeholders": draw(st.sampled_from(["printf", "format", "dollar", "angle", "none"])),
        "attributes": draw(st.lists(attributes, max_size=2, unique=True)),
    }


_FACTS = st.fixed_dictionaries(
    {"message": told},
    optional={
        "open_ended": st.booleans(),
        "tags": st.lists(words, max_size=3),
        "http_status": statuses,
        "description": told,
        "solution": told,
        "exception": st.sampled_from(["OrderError", "client.OrderError", "ÖError"]),
    },
)


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    """Draw a catalog that a catalog file can hold, whatever its texts."""
    shape = draw(_shapes())
    further = draw(st.dictionaries(_FURTHER, _shapes(), max_size=2))
    success = [code for one in (shape, *further.values()) for code in one["success"]]
    refused = {str(code) for code in success} | {str(other_spelling(code)) for code in success}
    drawn = draw(st.lists(_CODES[shape["code_type"]], min_size=1, max_size=6))
    keys = [key for key in dict.fromkeys(map(str, drawn)) if key not in refused] or ["424242"]
    ids = draw(st.lists(words, min_size=1, max_size=len(keys), unique=True))
    sections: dict[str, Any] = {
        id_: {"title": draw(told), "label": draw(texts), "codes": {}} for id_ in ids
    }
    for position, key in enumerate(keys):
        sections[ids[position % len(ids)]]["codes"][key] = draw(_FACTS)
    document = {
        "name": draw(told),
        "title": draw(told),
        "http_status": draw(statuses),
        "envelope": shape | further,
        "sections": sections,
    }
    catalog, faults = build(document, "drawn.toml", "drawn")
    # Names are drawn one by one: together, they may be none that a file can have.
    clash = ("cannot be told apart", "leads through", "is no place", "has a step without a name")
    assume(not any(word in fault.message for fault in faults for word in clash))
    assert not faults, faults
    return catalog
