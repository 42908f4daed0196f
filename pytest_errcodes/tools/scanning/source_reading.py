"""Reading one file of source: by its syntax tree where there is one, else by its tokens."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from pytest_errcodes.tools.findings import Place
from pytest_errcodes.tools.libraries import needed_for
from pytest_errcodes.tools.scanning.source_facts import SourceFacts, SourceLiteral
from pytest_errcodes.tools.scanning.source_files import PYTHON

if TYPE_CHECKING:
    from pytest_errcodes.tools.scanning.source_files import SourceFile
    from pytest_errcodes.tools.scanning.source_tokens import SourceToken

# After one of these words, a minus is the sign of a number.
_BEFORE_A_SIGN = frozenset({"return", "case", "when", "in", "and", "or", "not"})


def read_facts(file: SourceFile) -> SourceFacts:
    """Return what a file says; Python that does not parse is read by its tokens.

    Raises:
        ErrcodesUsageError: What reads its language is not installed (``missing-library``).
    """
    if not file.is_read:
        return SourceFacts(fault=file.fault)
    fault = file.fault
    if file.language == PYTHON and not fault:
        from pytest_errcodes.tools.scanning.python_syntax import facts_of_python

        try:
            return facts_of_python(file.text, file.path)
        except ValueError as error:
            fault = f"does not parse: {error}"
    return _facts_of_tokens(file, fault)


def _facts_of_tokens(file: SourceFile, fault: str) -> SourceFacts:
    from pytest_errcodes.tools.scanning.source_tokens import tokens_of
    from pytest_errcodes.tools.scanning.token_uses import TokenUses

    starts = [0]
    for line in file.text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    found = []
    with needed_for(f"reading {file.path}"):
        tokens = list(tokens_of(file.text, file.language))
    uses = TokenUses(tokens, file.language)
    for position, token in enumerate(tokens):
        start, value = token.start, token.value
        if value is None or token.kind == "pattern":
            continue
        if isinstance(value, int) and _is_negated(tokens[max(position - 2, 0) : position]):
            value, start = -value, tokens[position - 1].start
        number = bisect_right(starts, start)
        column = start - starts[number - 1] + 1
        found.append(SourceLiteral(value, Place(file.path, number, column), uses.of(position)))
    return SourceFacts(tuple(found), declared=uses.find_declared(), fault=fault)


def _is_negated(before: list[SourceToken]) -> bool:
    """Whether a minus before a number is its sign, and nothing stands there to take it from."""
    if not before or before[-1].text != "-":
        return False
    return (
        len(before) < 2
        or before[0].text in _BEFORE_A_SIGN
        or (before[0].kind == "mark" and before[0].text not in ")]}")
    )
