"""Codes that are handled in source for a call of another section."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from pytest_errcodes.text.wording import quote
from pytest_errcodes.tools.findings import Finding, Rule
from pytest_errcodes.tools.scanning.known_codes import find_documented, names_code
from pytest_errcodes.tools.scanning.source_names import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.model import ErrorCode, Section
    from pytest_errcodes.tools.scanning.source_facts import Scope, SourceFacts, SourceLiteral

FOREIGN_SECTION = Rule(
    "foreign-section", "warning", "A code of another section than the call that is handled."
)

# Sections whose codes any call may bring.
_COMMON = frozenset(
    (
        "auth", "authentication", "authorization", "common", "core", "gateway", "general",
        "generic", "global", "key", "keys", "limit", "limits", "login", "misc", "other", "rate",
        "server", "session", "shared", "socket", "stream", "system", "websocket", "ws",
    )
)  # fmt: skip  # one word a line would hide the list
_Handled = list[tuple["SourceLiteral", "ErrorCode"]]


def foreign_sections(facts: SourceFacts, catalog: Catalog) -> Iterator[Finding]:
    """Yield a finding for each code that a function handles for a call of another section.

    A function speaks of one section if it names that one alone, as a segment of a path
    (``/api/v1/trading/order``) or of a dotted call (``client.trading.place``), and most of the
    codes that it compares, two at least, are of that section. Sections whose id or title says
    that any call may bring their codes (common, authentication, rate limits, a transport) are
    foreign nowhere.
    """
    handled: dict[Scope, _Handled] = defaultdict(list)
    for literal in facts.literals:
        if literal.use.kind == "compared" and names_code(catalog, literal.use.name):
            found = find_documented(catalog, literal.value)
            if found is not None:
                handled[literal.scope].append((literal, found))
    for scope, pairs in handled.items():
        home = _home(facts.called.get(scope, frozenset()), pairs, catalog) if scope.name else None
        for literal, found in pairs:
            if home is not None and found.section != home and not _is_common(found.section):
                yield _make_finding(literal, found, home)


def _home(called: frozenset[str], pairs: _Handled, catalog: Catalog) -> Section | None:
    """Return the one section that a function speaks of, else None."""
    named = [section for section in catalog.sections if _names(section) & called]
    if len(named) != 1 or _is_common(named[0]):
        return None
    counts = Counter(found.section for _, found in pairs)
    own = counts[named[0]]
    return named[0] if own >= 2 and own * 2 > counts.total() else None


def _names(section: Section) -> set[str]:
    """Return how a segment of a path may name a section."""
    names = {section.id.lower(), "-".join(words_of(section.title)), *words_of(section.title)[:1]}
    return names | {f"{name}s" for name in names} | {name.removesuffix("s") for name in names}


def _is_common(section: Section) -> bool:
    """Whether any call may bring the codes of a section."""
    return bool(_COMMON & {*words_of(section.id), *words_of(section.title)})


def _make_finding(literal: SourceLiteral, found: ErrorCode, home: Section) -> Finding:
    """Return the finding."""
    message = (
        f"{found.code} {quote(found.message)} is of section {found.section.id}, and "
        f"{literal.scope.name} calls {home.id}"
    )
    hint = f"check which code of section {home.id} is meant"
    return Finding(FOREIGN_SECTION, message, hint, literal.place, (found.code,))
