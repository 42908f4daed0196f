"""Sections out of the headings of a document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.model import Section

if TYPE_CHECKING:
    from pytest_errcodes.catalog.catalog import Catalog

_LABELLED = re.compile(r"(?P<title>.*?)\s*\((?P<label>(?=[^()]*[0-9])[^()]*)\)")
_NUMBERING = re.compile(r"[0-9]+(\.[0-9]+)*[.)]?\s+(?=\D)")
#: Title of the section that a document without headings has.
WITHOUT_HEADINGS = "codes"


@dataclass
class Sections:
    """The sections of one import, each heading one.

    Args:
        base: A catalog whose sections keep their ids, where their titles stand in the document.
    """

    base: Catalog | None = None
    _found: dict[tuple[str, str, str], Section] = field(default_factory=dict)
    _by_id: dict[str, Section] = field(default_factory=dict)

    def of_heading(self, heading: str) -> Section:
        """Return the section of a heading such as ``Trading (4010xx)``."""
        text = _NUMBERING.sub("", " ".join(heading.split()), count=1)
        found = _LABELLED.fullmatch(text)
        title, label = (found["title"], found["label"].strip()) if found else (text, "")
        return self.of_title(title or WITHOUT_HEADINGS, label)

    def of_title(self, title: str, label: str = "", id_: str = "") -> Section:
        """Return the section of a title; an id is made of the title where none is given.

        Two titles that are the same but for their labels are two sections.
        """
        id_ = id_ if is_id(id_) else ""
        key = (id_, "", "") if id_ else ("", title, label)
        section = self._found.get(key)
        if section is None:
            section = self._take_given(title, label, id_) if id_ else self._make(title, label)
            self._by_id[section.id] = section
            self._found[key] = section
            self._found.setdefault(
                ("", title, ""), section
            )  # the heading may come again without its label
        return section

    def _take_given(self, title: str, label: str, id_: str) -> Section:
        """Return the section of an id that the source gives."""
        if id_ in self._by_id:
            return self._by_id[id_]
        known = [section for section in self._of_base() if section.id == id_]
        return Section(id_, title, label or (known[0].label if known else ""))

    def _make(self, title: str, label: str) -> Section:
        """Return the section of a title: the base's, or one with an id of its own."""
        for known in self._of_base():
            if known.title.casefold() == title.casefold() and label in ("", known.label):
                own = Section(known.id, title, label or known.label)
                return self._by_id.get(known.id, own)
        for known in self._of_base():
            if known.title.casefold() == title.casefold() and known.id not in self._by_id:
                return Section(known.id, title, label)
        return Section(self._free(title), title, label)

    def _of_base(self) -> tuple[Section, ...]:
        return self.base.sections if self.base else ()

    def _free(self, title: str) -> str:
        """Return an id that no section has: short if it can be, else with all words."""
        taken = {*self._by_id, *(section.id for section in self._of_base())}
        for candidate in (short_id(title), long_id(title)):
            if candidate not in taken:
                return candidate
        number = 2
        while f"{long_id(title)}-{number}" in taken:
            number += 1
        return f"{long_id(title)}-{number}"


def is_id(text: str) -> bool:
    """Whether a selector can name a section by a text."""
    return bool(text.strip()) and text != "*" and not text.startswith("!")


def short_id(title: str) -> str:
    """Return one word for a title: ``Portfolio Management`` is ``portfolio``.

    Of names for one thing (``Strategy / Algo Orders``) the last is taken, of several things
    (``Authentication & API Key``) the first.
    """
    name = title.rpartition("/")[2]
    first = re.split(r"\s(?:&|and|und)\s|,", f" {name} ")[0]
    words = _words(first) or _words(title)
    return words[0] if words else WITHOUT_HEADINGS


def long_id(title: str) -> str:
    """Return all words of a title in kebab case."""
    return "-".join(_words(title)) or WITHOUT_HEADINGS


def _words(text: str) -> list[str]:
    return [word.casefold() for word in re.split(r"[\W_]+", text) if word]
