"""Whatever a catalog holds, lint tells of it and does not fail."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pytest_errcodes.catalog import Catalog, EnvelopeShape, ErrorCode, Section
from pytest_errcodes.tools import LINT_RULES, lint

NUMBERS = st.integers(-20, 20)
TEXTS = st.one_of(NUMBERS.map(str), st.text(min_size=1, max_size=5))
MARKS = ("%", "%s", "%5d", "{", "}", "{0}", "$", "${x}", "<", ">", "..", ",", ":", " ", "-", "—")
WORDS = ("orderId", "OrderID", "order id", "API key", "apiKey", "s\u0443m", "\u200b", "\uff0c")
PIECES = st.sampled_from((*MARKS, *WORDS))
MESSAGES = st.one_of(st.text(max_size=20), st.lists(PIECES, max_size=6).map("".join))
STYLES = st.sampled_from(["printf", "format", "dollar", "angle", "none"])
LABELS = st.one_of(st.sampled_from(["", "1x", "-1x / 5", "1-9", "x (y)"]), st.text(max_size=8))


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    """Return catalogs of numbers or texts, in one section or two."""
    is_text = draw(st.booleans())
    codes = draw(st.lists(TEXTS if is_text else NUMBERS, max_size=12, unique=True))
    sections = [Section(name, name, draw(LABELS)) for name in ("a", "b")]
    style = draw(STYLES)
    return Catalog(
        "any",
        [
            ErrorCode(
                code,
                draw(MESSAGES),
                draw(st.sampled_from(sections)),
                style=style,
                open_ended=draw(st.booleans()),
            )
            for code in codes
        ],
        sections=sections,
        shapes=[EnvelopeShape(code_type="string" if is_text else "integer", placeholders=style)],
    )


@given(catalogs())
def test_every_finding_is_sound(catalog: Catalog) -> None:
    """Each finding is of a known rule, on one line, and about some code; none is told twice."""
    findings = lint(catalog)
    assert len(set(findings)) == len(findings)
    for finding in findings:
        assert finding.rule in LINT_RULES
        assert finding.codes
        assert len(f"{finding.message} {finding.hint}".splitlines()) == 1
