"""Which codes a message belongs to, found without trying every template."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.template import is_plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_errcodes.catalog.model import ErrorCode


class MessageIndex:
    """The messages of a catalog: whole ones by their text, templates by their two ends.

    A text can only fit a template that begins and ends as the text does, so the templates are
    kept under their first literal, and under that by their last one.
    """

    def __init__(self, codes: Sequence[ErrorCode]) -> None:
        self._codes = codes
        self._whole: dict[str, list[int]] = defaultdict(list)
        self._ends: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for position, error_code in enumerate(codes):
            self._add(position, error_code)
        self._widths = sorted({len(first) for first in self._ends})
        self._last_widths = {
            first: sorted({len(last) for last in lasts}) for first, lasts in self._ends.items()
        }

    def _add(self, position: int, error_code: ErrorCode) -> None:
        """Put one code where ``match`` will look for it."""
        if not error_code.open_ended and is_plain(error_code.message, error_code.style):
            self._whole[error_code.message].append(position)
            return
        template = error_code.template
        first, last = template.literals[0], template.literals[-1]
        if not template.gaps and not template.open_ended:
            self._whole[first].append(position)
        else:
            self._ends[first]["" if template.has_tail else last].append(position)

    def match(self, text: str) -> tuple[tuple[ErrorCode, tuple[str, ...]], ...]:
        """Return every code whose message ``text`` fits, with its parameters, in order."""
        fits: dict[int, tuple[str, ...]] = dict.fromkeys(self._whole.get(text, ()), ())
        for position in self._candidates(text):
            params = self._codes[position].template.match(text)
            if params is not None:
                fits[position] = params
        return tuple((self._codes[position], fits[position]) for position in sorted(fits))

    def _candidates(self, text: str) -> Iterator[int]:
        """Yield the templates that begin and end as ``text`` does."""
        size = len(text)
        for width in self._widths:
            if width > size:
                return
            lasts = self._ends.get(first := text[:width])
            if lasts is None:
                continue
            for last_width in self._last_widths[first]:
                if last_width <= size:
                    yield from lasts.get(text[size - last_width :], ())
