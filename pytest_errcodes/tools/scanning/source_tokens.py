"""The tokens of source in any language: words, numbers, texts, marks, and brackets around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_errcodes.catalog.model import Code

Kind = Literal["word", "mark", "number", "text", "pattern"]
_Part = Literal["code", "comment", "number", "text", "pattern", "made"]

_CODE = re.compile(
    r"[0-9][\w.]*|[^\W\d][\w$]*(?:[?!](?![=.]))?|[$@][\w$]+|[=!]==|[=!<>]=|=~|!~|=>|->|<-|\?\.|::|&&|\|\||\S"
)
# The marks of several characters that _CODE takes as one token.
_MARKS = frozenset(
    ("===", "!==", "==", "!=", "<=", ">=", "=~", "!~", "=>", "->", "<-", "?.", "::", "&&", "||")
)
_INTEGER = re.compile(
    r"(0x[0-9a-f]+|0b[01]+|0o[0-7]+|0|[1-9][0-9]*)(?:u?l{0,2}|l{1,2}u|n|[iu](?:8|16|32|64|128|size))"
)
# The rest of 401_009, which older lexers of Go take for a name behind the number 401.
_GROUP = re.compile(r"(?:_[0-9]+)+")
# A text with its quotes. f"" and $"" are no literals: they get their text when they are run.
_TEXT = re.compile(
    r"(?P<lead>[A-Za-z@]*)(?P<hash>#*)(?P<quote>\"\"\"|'''|[\"'`])(?P<body>.*)", re.DOTALL
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]{1,5}\}|x[0-9a-fA-F]{2}|\n|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "\n": ""}
_OPENING = {"(": ")", "[": "]", "{": "}"}
_CLOSING = frozenset(_OPENING.values())
_ENDS = frozenset({";", "{", "}"})
_LONGEST_HEADER = 40  # tokens before a bracket that are looked at


@dataclass(frozen=True, slots=True)
class SourceToken:
    """One token.

    Attributes:
        kind: ``word`` (a name or a keyword), ``mark``, ``number``, ``text`` or ``pattern`` (a
            regular expression).
        text: As it stands there.
        start: Where it begins, in characters from the top of the file.
        value: The integer or the text that it writes; None where it writes neither.
    """

    kind: Kind
    text: str
    start: int
    value: Code | None = None


def tokens_of(text: str, language: str) -> Iterator[SourceToken]:
    """Yield the tokens of ``text``; a text with values formatted into it has no ``value``."""
    for part, piece, start in _parts(text, language):
        if part == "code":
            for match in _CODE.finditer(piece):
                kind = _kind(match[0])
                number = _integer(match[0]) if kind == "number" else None
                yield SourceToken(kind, match[0], start + match.start(), number)
        elif part == "number":
            yield SourceToken("number", piece, start, _integer(piece))
        elif part in ("text", "made"):
            value = _text(piece, language) if part == "text" else None
            yield SourceToken("text", piece, start, value)
        elif part == "pattern":
            yield SourceToken("pattern", piece, start, piece.strip("/"))


def _kind(text: str) -> Kind:
    """Return what a piece of code is; some lexers take a number for something else."""
    if text[0].isdigit():
        return "number"
    is_word = text[0].isidentifier() or (len(text) > 1 and text not in _MARKS)
    return "word" if is_word else "mark"


def _parts(text: str, language: str) -> Iterator[tuple[_Part, str, int]]:
    """Yield runs of what a lexer gives one meaning, with where each begins."""
    from pygments.lexers import (  # type: ignore[import-untyped]  # Pygments ships no types
        get_lexer_by_name,
    )

    lexer = get_lexer_by_name(language)
    run: list[str] = []
    is_made = False
    run_part: _Part | None = None
    run_start = 0
    for start, token_type, piece in lexer.get_tokens_unprocessed(text):
        part = _part(str(token_type), piece)
        if run_part == "number" and _GROUP.fullmatch(piece):
            part = "number"
        if part != run_part:
            if run_part is not None:
                yield "made" if is_made else run_part, "".join(run), run_start
            run, run_part, run_start, is_made = [], part, start, False
        run.append(piece)
        is_made = is_made or str(token_type).endswith("String.Interpol")
    if run_part is not None:
        yield "made" if is_made else run_part, "".join(run), run_start


def _part(token_type: str, piece: str) -> _Part:
    """Return what a token of Pygments is for us."""
    if token_type.startswith("Token.Literal.Number"):
        return "number"
    if token_type.startswith("Token.Literal.String"):
        if token_type.endswith((".Doc", ".Heredoc")):
            return "comment"
        return "pattern" if token_type.endswith(".Regex") else "text"
    return "comment" if token_type.startswith("Token.Comment") and piece[:1] != "<" else "code"


def _integer(text: str) -> int | None:
    """Return the integer that ``text`` writes, with its separators and its suffix, else None."""
    match = _INTEGER.fullmatch(text.lower().replace("_", "").replace("'", ""))
    if match is None or len(match[1]) > 40:
        return None
    return int(match[1], 0)


def _text(piece: str, language: str) -> str | None:
    """Return the text between quotes, else None: a part of one, or one that is made when run."""
    if piece.startswith(":"):  # a symbol of Ruby or Elixir
        return piece[1:].strip("\"'")
    match = _TEXT.fullmatch(piece)
    if match is None:
        return None
    end = match["quote"] + match["hash"]
    body, lead = match["body"], match["lead"].lower()
    if not body.endswith(end) or (language == "python" and "f" in lead):
        return None
    body = body.removesuffix(end)
    if "r" in lead or "@" in lead or "\\" not in body:
        return body
    return _ESCAPE.sub(_unescape, body)


def _unescape(match: re.Match[str]) -> str:
    escape = match[1]
    if escape[0] in "ux" and len(escape) > 1:
        return chr(int(escape[1:].strip("{}"), 16))
    return _ESCAPES.get(escape, escape)


class Brackets:
    """Which brackets belong together.

    Attributes:
        around: For each token, the position of the bracket that it stands in; -1 for none.
        partner: For each bracket, the position of the other one of the pair.
    """

    def __init__(self, tokens: Sequence[SourceToken]) -> None:
        self.tokens = tokens
        self.around: list[int] = []
        self.partner: dict[int, int] = {}
        open_: list[int] = []
        for position, token in enumerate(tokens):
            if token.text in _CLOSING and open_:
                start = open_.pop()
                self.partner[start], self.partner[position] = position, start
            self.around.append(open_[-1] if open_ else -1)
            if token.text in _OPENING:
                open_.append(position)

    def header(self, bracket: int) -> list[SourceToken]:
        """Return what introduces a bracket: ``switch (error.code)``, ``const CODES =``."""
        start = bracket
        while start > 0 and bracket - start < _LONGEST_HEADER:
            before = self.tokens[start - 1]
            if before.text in _ENDS or start - 1 == self.around[bracket]:
                break
            if before.text in _CLOSING and start - 1 in self.partner:
                start = self.partner[start - 1]
            else:
                start -= 1
        return list(self.tokens[start:bracket])
