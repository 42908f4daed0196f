"""Which codes of a document mean success."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.tools.importing.source_document import Prose

_MESSAGE = re.compile(
    r"(?:the )?(?:request |operation |call )?(?:was |is |has )?"
    r"(?:ok|okay|success|successful|successfully|succeeded|succeed|(?:请求|操作|调用)?成功)"
    r"(?: response)?[.!]?",
    re.IGNORECASE,
)
_NUMBER = r"[`'\"]?(-?[0-9]+)[`'\"]?"
_SENTENCE = re.compile(
    rf"\bcodes?\b(?: of)?:? ({_NUMBER}(?:(?:,| or| and)+ {_NUMBER})*) "
    r"(?:indicates?|means?|stands? for|represents?|is|are) (?:a )?success",
    re.IGNORECASE,
)


def means_success(message: str) -> bool:
    """Whether the message of a documented code says that nothing went wrong."""
    return _MESSAGE.fullmatch(" ".join(message.split())) is not None


def find_told_success(prose: Iterable[Prose]) -> list[str]:
    """Return the codes of which a sentence says it: ``A code of 200 indicates success``."""
    codes: list[str] = []
    for part in prose:
        for found in _SENTENCE.finditer(" ".join(part.text.split())):
            codes += re.findall(r"-?[0-9]+", found[1])
    return list(dict.fromkeys(codes))
