"""What a page of the documentation holds: its fenced blocks, and the comments that steer them."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

LANGUAGES = ("python", "toml", "ini", "console", "text", "json", "sh")
# Stand right above a fence and say how it is treated.
STEERING = ("not run", "command", "output of", "content of")
# Stand alone and put a file into the page's folder that the reader need not see.
FILES = ("file", "uses")
# Stand alone, for the reader need not see them: files, and a command.
UNSEEN = (*FILES, "run")
# What a block that is exempted from running may do: nothing but install.
INSTALLERS = (
    "pip install ",
    "python -m pip install ",
    "python3 -m venv ",
    "source ",
    "uv add ",
    "uv pip install ",
)


class PageError(Exception):
    """A page says something that is not so, or that cannot be run; the text says where."""


@dataclass(frozen=True, slots=True)
class Comment:
    """An HTML comment of the form ``<!-- kind: value -->``; a file's body follows its name."""

    kind: str
    value: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block, or one file that a comment brings.

    Attributes:
        where: ``page:line`` of the fence, for messages.
        language: The first word of the info string; for a comment that stands alone, its kind.
        title: The file the block is written to, or empty; for ``run``, the command.
        source: The text between the fences.
        comment: What steers the block, or None.
    """

    where: str
    language: str
    title: str
    source: str
    comment: Comment | None = None

    def steered_by(self, kind: str) -> str | None:
        """Return the value of the comment above when it is of ``kind``, else None."""
        return self.comment.value if self.comment and self.comment.kind == kind else None


def read_blocks(text: str, page: str) -> list[Block]:
    """Return the blocks of a page in order; raise PageError for any that would not be run."""
    tokens = MarkdownIt("commonmark").parse(text)
    return list(_blocks(tokens, page))


def _blocks(tokens: list[Token], page: str) -> Iterator[Block]:
    above: Comment | None = None
    for token in tokens:
        where = f"{page}:{token.map[0] + 1 if token.map else 1}"
        if above is not None and token.type != "fence":
            raise PageError(f"{where}: the comment `{above.kind}:` above stands above no block")
        if token.type == "fence":
            yield _fenced(token, where, above)
            above = None
        elif token.type == "html_block":
            comment = _comment(token.content)
            if comment is None:
                _refuse_hidden_fence(token, where)
            elif comment.kind in UNSEEN:
                yield Block(where, comment.kind, comment.value, comment.body)
            else:
                above = comment
        elif token.type == "code_block":
            raise PageError(f"{where}: an indented block is not run; fence it")
        elif token.type == "inline":
            _refuse_hidden_fence(token, where)
    if above is not None:
        raise PageError(f"{page}: the comment `{above.kind}:` at the end stands above no block")


def _comment(html: str) -> Comment | None:
    """Read ``<!-- kind: value -->``; None for any other piece of HTML."""
    html = html.strip()
    if not (html.startswith("<!--") and html.endswith("-->")):
        return None
    head, _, body = html[4:-3].strip().partition("\n")
    kind, colon, value = head.partition(":")
    if not colon or kind not in STEERING + UNSEEN:
        return None
    return Comment(kind, value.strip(), f"{body.rstrip()}\n" if body else "")


def _fenced(token: Token, where: str, comment: Comment | None) -> Block:
    language, _, rest = token.info.strip().partition(" ")
    options = dict(_option(word, where) for word in shlex.split(rest))
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise PageError(f"{where}: nobody runs a `{language}` block; known: {known}")
    block = Block(where, language, options.get("title", ""), token.content, comment)
    if comment is not None and comment.kind == "not run":
        _check_exemption(block)
    elif language == "sh" and block.steered_by("command") is None:
        raise PageError(f"{where}: a `sh` block needs `<!-- command: NAME -->` above it")
    return block


def _option(word: str, where: str) -> tuple[str, str]:
    name, equals, value = word.partition("=")
    if not equals or name not in ("title", "hl_lines", "linenums"):
        raise PageError(f"{where}: unknown option in the info string: {word}")
    return name, value


def _check_exemption(block: Block) -> None:
    """Only an installation may go unrun, and only with a reason."""
    if not block.steered_by("not run"):
        raise PageError(f"{block.where}: `not run:` gives no reason")
    for line in block.source.splitlines():
        if not line.removeprefix("$ ").startswith(INSTALLERS):
            raise PageError(f"{block.where}: only an installation may go unrun, not: {line}")


def _refuse_hidden_fence(token: Token, where: str) -> None:
    """Refuse a fence that is too deep or too close to other text to be one."""
    lines = [line.strip() for line in token.content.splitlines()]
    if any(line.startswith(("```", "~~~")) for line in lines):
        raise PageError(f"{where}: a fence inside other text is not run; set it on its own")
