"""What a catalog says of a code, a message, an envelope, or a line of a log."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.foreign_arguments import take_text
from pytest_errcodes.catalog.given_catalogs import check_catalog
from pytest_errcodes.catalog.model import integer_of, other_spelling
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.secrets import MASK, mask_text
from pytest_errcodes.tools.document_order import DocumentOrder
from pytest_errcodes.tools.embedded_envelopes import (
    FoundEnvelope,
    find_codeless_success,
    find_envelopes,
    known_spelling,
)
from pytest_errcodes.tools.message_difference import tell_difference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.message_template import MessageTemplate
    from pytest_errcodes.catalog.model import Code, ErrorCode

_NEAREST = 3
#: What stands further behind in a text tells nothing about which message was meant.
_LONGEST = 10_000
_CODE_LIKE = re.compile(r"[A-Za-z]+[-_.]?[0-9]+[A-Za-z0-9_.-]*|[A-Z0-9]+(?:[_.-][A-Z0-9]+)+")
_NOUNS = {"integer": "integers", "string": "texts", "either": "integers or texts"}
_TOKENS = re.compile(r"-?[A-Za-z0-9_]+(?:[.-][A-Za-z0-9_]+)*")


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that a catalog says of one code, and of the message that came with it.

    Attributes:
        code: What is documented of the code.
        is_success: Whether it means success.
        came: The message that came, its secrets masked, or None where only a code was asked for.
        params: The parameters that stand in that message; none where it does not fit. One that is
            a secret reads ``<secret>``.
        fits: Whether the message fits the documented template; None where none came.
        before: The code that the document has before it, or None for the first.
        after: The code that it has after it, or None for the last.
        same_message: Other codes with the same message.
    """

    code: ErrorCode
    is_success: bool
    came: str | None
    params: tuple[str, ...]
    fits: bool | None
    before: ErrorCode | None
    after: ErrorCode | None
    same_message: tuple[ErrorCode, ...]

    @property
    def difference(self) -> str:
        """Where the message that came leaves the documented one; empty where it does not."""
        if self.came is None or self.fits:
            return ""
        return tell_difference(self.code.templates, self.came)

    @property
    def expecting(self) -> str:
        """Python that expects in a test what ``simulating`` sends."""
        if self.is_success:
            return "assert_success(...)"
        params = f", params={self._sent!r}" if self._sent else ""
        return f"@pytest.mark.expects_code({self.code.code!r}{params})"

    @property
    def simulating(self) -> str:
        """Python that lets a route answer with the code."""
        # The success of a shape without a code for it has the empty text in its place.
        sent = () if self.code.code == "" else (self.code.code, *self._sent)
        return f"errcodes.reply({', '.join(map(repr, sent))})"

    @property
    def _sent(self) -> tuple[str, ...]:
        return self.params or self.template.sample

    @property
    def template(self) -> MessageTemplate:
        """The message that came, or the first that is documented, as a template."""
        found = None if self.came is None else self.code.match(self.came)
        return self.code.templates[found[0] if found else 0]

    def as_dict(self) -> dict[str, object]:
        """Return the facts as JSON values.

        Keys: those of ``ErrorCode.as_dict``; ``section_title`` and ``section_label``; ``success``;
        ``came``, ``params`` and ``fits`` where a message came, and ``difference`` where it does not
        fit; ``before``, ``after`` and
        ``same_message`` (codes); ``expect`` and ``simulate`` (Python).
        """
        section = self.code.section
        facts = {
            **self.code.as_dict(),
            "section_title": section.title,
            "section_label": section.label,
            "success": self.is_success,
        }
        if self.came is not None:
            facts |= {"came": self.came, "params": list(self.params), "fits": self.fits}
            if not self.fits:
                facts["difference"] = self.difference
        return facts | {
            "before": self.before.code if self.before else None,
            "after": self.after.code if self.after else None,
            "same_message": [code.code for code in self.same_message],
            "expect": self.expecting,
            "simulate": self.simulating,
        }


def explain(catalog: Catalog, text: str) -> tuple[Explanation, ...]:
    """Return what a catalog says of a text.

    Args:
        catalog: The catalog.
        text: A code; a message; any text that holds envelopes as JSON or as Python writes them,
            such as an answer with its HTTP headers or a line of a log, also cut off, or escaped
            in another text; or any line that names documented codes.

    Returns:
        One explanation for each code that is meant: messages are not unique.

    Raises:
        UnknownCodeError: It is a code that the catalog lacks, or all its envelopes have such.
        ErrcodesUsageError: It names no code, and no message fits it (``unknown-message``).
    """
    check_catalog(catalog, "explain(...)")
    text = take_text("explain(...)", text, "pass a code, a message or an answer, as text").strip()
    document = DocumentOrder(catalog)
    envelopes = find_envelopes(catalog, text)
    if envelopes:
        known = [came for came in envelopes if _is_known(catalog, came)]
        return tuple(_explain_code(document, *came) for came in known or envelopes)
    if success := find_codeless_success(catalog, text):
        return (Explanation(success, True, None, (), None, None, None, ()),)  # noqa: FBT003  # a fact of the row
    if (code := _as_code(catalog, text)) is not None:
        return (_explain_code(document, code, None),)
    found = catalog.match_message(text) if text else ()
    if found:
        return tuple(_explain_code(document, code.code, text) for code, _ in found)
    named = dict.fromkeys(_find_named(catalog, text))
    if named:
        return tuple(_explain_code(document, code, None) for code in named)
    raise _tell_unknown_message(catalog, text)


def find_undocumented(catalog: Catalog, text: str) -> tuple[Code, ...]:
    """Return the codes of the envelopes in a text that a catalog lacks, each once."""
    unknown = (one for one in find_envelopes(catalog, text) if not _is_known(catalog, one))
    return tuple(dict.fromkeys(one.code for one in unknown))


def _is_known(catalog: Catalog, came: FoundEnvelope) -> bool:
    return came.code in catalog or catalog.is_success(came.code) or came.is_success is True


def _explain_code(
    document: DocumentOrder,
    code: Code,
    came: str | None,
    is_success: bool | None = None,  # noqa: FBT001  # a fact, no switch
) -> Explanation:
    catalog = document.catalog
    success = _find_success(catalog, code) if is_success else None
    error_code = success or catalog.find(code)
    found = error_code.match(came) if came is not None else None
    params = found[1] if found else None
    if params:
        # A parameter alone does not show that it is a secret: the words around it do.
        masked = error_code.match(mask_text(came or ""))
        params = masked[1] if masked else (MASK,) * len(params)
    before, after = document.find_neighbours(error_code)
    return Explanation(
        error_code,
        catalog.is_success(error_code.code) if is_success is None else is_success,
        None if came is None else mask_text(came),
        params or (),
        None if came is None else params is not None,
        before,
        after,
        document.find_same_message(error_code),
    )


def _find_success(catalog: Catalog, code: Code) -> ErrorCode | None:
    """Return the success of whatever shape that a code means."""
    spellings = (code, other_spelling(code))
    found = (shape.success_code(one) for shape in catalog.shapes for one in spellings)
    return next((one for one in found if one), None)


def _as_code(catalog: Catalog, text: str) -> Code | None:
    """Return the code that a text is, of the catalog's type; None where it is something else."""
    number = integer_of(text)
    code_type = catalog.shape.code_type
    if number is not None and code_type != "string":
        return number
    if text in catalog or catalog.is_success(text):
        return text
    is_word = code_type != "integer" and _TOKENS.fullmatch(text) is not None
    return text if is_word or (number is not None and code_type == "string") else None


def _find_named(catalog: Catalog, text: str) -> Iterator[Code]:
    """Yield the documented codes that a text names, in the order of the text."""
    for word in dict.fromkeys(_TOKENS.findall(text)):
        code = known_spelling(catalog, word)
        if code in catalog:
            yield code


def _tell_unknown_message(catalog: Catalog, text: str) -> ErrcodesUsageError:
    """Say that no message fits a text, and which come nearest."""
    from pytest_errcodes.text.wording import show_argument

    if not text:
        return ErrcodesUsageError(
            "unknown-message",
            "there is nothing to explain",
            "give a code, a message or an envelope",
        )
    text = text[:_LONGEST]
    codes = f"{len(catalog)} code{'s'[: len(catalog) != 1]}"
    shown = show_argument(mask_text(text))
    lines = [f"no message of catalog {catalog.name!r} ({codes}) fits {shown}"]
    if _CODE_LIKE.fullmatch(text):
        kind = _NOUNS[catalog.shape.code_type]
        told = f"catalog {catalog.name!r} documents no code {shown}"
        lines = [f"{told}: its {codes} are {kind}"]
    for at, code in enumerate(_find_nearest(catalog, text)):
        lines.append(f"{'           ' if at else '  nearest: '}{code}")
    hint = "give a code, the whole message, or an envelope as JSON"
    return ErrcodesUsageError("unknown-message", "\n".join(lines), hint)


def _find_nearest(catalog: Catalog, text: str) -> list[ErrorCode]:
    """Return the codes whose messages share most words with a text, the likest first."""
    from difflib import SequenceMatcher
    from heapq import nlargest

    words = set(_words(text))
    shared = [
        (max(len(words & set(_words(message))) for message in code.messages), code)
        for code in catalog.values()
    ]
    close = [pair for pair in shared if pair[0] * 2 > len(words) or pair[0] > 2]
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(text[:200])

    def measure(pair: tuple[int, ErrorCode]) -> tuple[int, float]:
        ratios = []
        for message in pair[1].messages:
            matcher.set_seq1(message[:200])
            ratios.append(matcher.ratio())
        return pair[0], max(ratios)

    return [code for _, code in nlargest(_NEAREST, close, key=measure)]


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _TOKENS.findall(text)]
