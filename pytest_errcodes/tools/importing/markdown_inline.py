"""What stands in a cell, a heading or a paragraph of Markdown, as plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# A text that cannot hold markup. Most cells are so, and a parser needs 30 us for each.
_PLAIN = re.compile(r"[\w .,;:/'\"()%=+{}?#@^–—-]*")
_UNDERSCORE = re.compile(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
_FORMATTING = frozenset(
    {
        *("a", "abbr", "b", "big", "cite", "code", "del", "div", "em", "font", "i", "ins", "kbd"),
        *("mark", "p", "pre", "s", "samp", "small", "span", "strike", "strong", "sub", "sup"),
        *("tt", "u", "var"),
    }
)
_ALONE = {"br": "\n", "hr": "\n", "img": "", "wbr": ""}


class Inline:
    """Reads what stands in blocks.

    Args:
        parser: The parser of the blocks.
        environment: What it knows of the document, such as the targets of links.
    """

    def __init__(self, parser: MarkdownIt, environment: dict[str, Any]) -> None:
        self._parser = parser
        self._environment = environment

    def text(self, content: str) -> str:
        """Return the text of some Markdown; a line break is one."""
        if _PLAIN.fullmatch(content) and not _UNDERSCORE.search(content):
            return content
        return "".join(text for text, _ in self._pieces(content))

    def lead_and_text(self, content: str) -> tuple[str, str]:
        """Return what a text begins with, if that is set apart, and the rest of it."""
        if content[:1].isalnum() and _PLAIN.fullmatch(content):
            return "", self.text(content)
        pieces = self._pieces(content)
        lead = ""
        while pieces and (pieces[0][1] or not pieces[0][0].strip()):
            text, is_apart = pieces.pop(0)
            lead += text
            if is_apart:
                break
        return lead.strip(), "".join(text for text, _ in pieces)

    def _pieces(self, content: str) -> list[tuple[str, bool]]:
        """Return the pieces of text, each with whether it is set apart from the rest."""
        tokens: list[Token] = []
        self._parser.inline.parse(content, self._parser, self._environment, tokens)
        closed = _find_closed_tags(tokens)
        pieces: list[tuple[str, bool]] = []
        apart: list[str] = []  # the pieces of what is set apart now
        depth = 0
        for token in tokens:
            if token.type in ("strong_open", "link_open", "em_open"):
                depth += 1
            elif token.type in ("strong_close", "link_close", "em_close"):
                depth -= 1
                if depth == 0:
                    pieces.append(("".join(apart), True))
                    apart = []
            elif depth:
                apart.append(_write(token, closed))
            else:
                pieces.append((_write(token, closed), token.type == "code_inline"))
        return pieces


def _write(token: Token, closed: frozenset[str]) -> str:
    """Return the text of one token; a tag that is no formatting is one, such as ``<value>``."""
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type != "html_inline":
        return token.content
    found = _TAG.match(token.content)
    name = found[1].lower() if found else ""
    if name in _ALONE:
        return _ALONE[name]
    is_comment = token.content.startswith(("<!", "<?"))
    return "" if is_comment or name in closed else token.content


def _find_closed_tags(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the names of the tags that format text: those that are closed again."""
    closing = {
        token.content[2:].strip("> \t\n").lower()
        for token in tokens
        if token.type == "html_inline" and token.content.startswith("</")
    }
    return frozenset(closing & _FORMATTING)
