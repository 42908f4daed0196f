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
    _by_title: dict[str, Section] = field(default_factory=dict)
    _ids: set[str] = field(default_factory=set)

    def of_heading(self, heading: str) -> Section:
        """Return the section of a heading such as ``Trading (4010xx)``."""
        text = _NUMBERING.sub("", " ".join(heading.split()), count=1)
        found = _LABELLED.fullmatch(text)
        title, label = (found["title"], found["label"].strip()) if found else (text, "")
        return self.of_title(title or WITHOUT_HEADINGS, label)

    def of_title(self, title: str, label: str = "", id_: str = "") -> Section:
        """Return the section of a title; an id is made of the title where none is given."""
        section = self._by_title.get(id_ or title)
        if section is None:
            known = self._known(title, id_)
            if known is not None:
                section = Section(known.id, title, label or known.label)
            else:
                section = Section(self._free(id_ or title, id_), title, label)
            self._by_title[id_ or title] = section
            self._ids.add(section.id)
        return section

    def _known(self, title: str, id_: str) -> Section | None:
        """Return the base's section of a title or an id."""
        for section in self.base.sections if self.base else ():
            if section.id == id_ or (not id_ and section.title.casefold() == title.casefold()):
                return section
        return None

    def _free(self, title: str, id_: str) -> str:
        """Return an id that no section has: short if it can be, else with all words."""
        if id_:
            return id_
        taken = self._ids | {section.id for section in (self.base.sections if self.base else ())}
        for candidate in (short_id(title), long_id(title)):
            if candidate not in taken:
                return candidate
        number = 2
        while f"{long_id(title)}-{number}" in taken:
            number += 1
        return f"{long_id(title)}-{number}"


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
