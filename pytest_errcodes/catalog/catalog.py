"""The catalog: every documented code of one API, in document order."""

from __future__ import annotations

from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn, Unpack, cast

from pytest_errcodes.catalog.documented_codes import DocumentedCodes
from pytest_errcodes.catalog.model import ErrorCode
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from pytest_errcodes.catalog.answer_making import MadeAnswer
    from pytest_errcodes.catalog.answered_code import CatalogAnswerOptions, CatalogBodyOptions
    from pytest_errcodes.catalog.code_bodies import MockResponse
    from pytest_errcodes.catalog.message_index import MessageIndex
    from pytest_errcodes.catalog.model import Code, Section
    from pytest_errcodes.catalog.unknown import UnknownCodeError

_WORDS = 'pass the words to look for, as one text: search("order exists")'

Found = tuple[tuple[ErrorCode, tuple[str, ...]], ...]


class Catalog(DocumentedCodes):
    """All documented codes of one API; immutable, equal and hashed by content.

    Attributes:
        name: Short name, such as ``ltp``.
        title: Name for people.
        source: Path of the file it came from, or ``embedded``; no part of the content.
        sections: The sections, in document order.
        shapes: The envelope shapes, the default one first.
        http_status: The HTTP status of a code that gives none of its own.
        lint_ignore: What ``lint`` is not to tell of it, such as ``gap:4010xx``; no part of the
            content.
    """

    __slots__ = ("_hash", "_index")

    _hash: int
    _index: MessageIndex

    def __getitem__(self, code: Code) -> ErrorCode:
        __tracebackhide__ = True
        found = self._lookup(code)
        if found is None:
            raise self._unknown(code)
        return found

    def find(self, code: Code | ErrorCode) -> ErrorCode:
        """Return what ``code`` stands for, success codes included; a member of an enum its value.

        Raises:
            UnknownCodeError: Neither documented nor a success code of the default shape.
        """
        __tracebackhide__ = True
        kind: type = type(code)  # its __class__ may say anything
        if issubclass(kind, ErrorCode):
            return cast("ErrorCode", code)
        number: Any = cast("Enum", code).value if issubclass(kind, Enum) else code
        found = self._lookup(number)
        if found is None and self.is_success(number):
            from pytest_errcodes.catalog.envelope_shape import make_success
            from pytest_errcodes.text.true_kinds import make_plain_code

            found = make_success(self.shape, cast("Code", make_plain_code(number)), self.shapes)
        if found is None:
            raise self._unknown(number)
        return found

    def body(
        self,
        code: Code | ErrorCode | None = None,
        *params: object,
        **options: Unpack[CatalogBodyOptions],
    ) -> dict[str, Any]:
        """Return an envelope for another mock, as the object that its JSON is.

        No request is known here, so that fields which repeat one of the request are missing;
        ``fields={"id": 7}`` gives them.

        Args:
            code: A documented code, a success code, or with ``undocumented`` any other; None for
                a success, with the first code that means it where the shape has any.
            params: One value for each placeholder of the code's message.
            options: As in ``CatalogBodyOptions``: data, message, fields, code_type, alternative,
                shape, undocumented, items.

        Returns:
            The object; a list where data that are one are the whole body of a success.

        Raises:
            UnknownCodeError: Neither documented nor a success code.
            ErrcodesUsageError: Parameters or options are not usable; the checks are those of a
                route's ``reply``.
        """
        __tracebackhide__ = True
        from pytest_errcodes.catalog.answered_code import CatalogBodyOptions
        from pytest_errcodes.catalog.code_bodies import read_body

        chosen = cast("CatalogAnswerOptions", options)
        return read_body(self._answer(code, params, chosen, "body", CatalogBodyOptions))

    def response(
        self,
        code: Code | ErrorCode | None = None,
        *params: object,
        **options: Unpack[CatalogAnswerOptions],
    ) -> MockResponse:
        """Return an answer for another mock: bytes, HTTP status and headers.

        It takes what ``body`` takes, and ``http_status`` and ``headers``.
        """
        __tracebackhide__ = True
        from pytest_errcodes.catalog.answered_code import CatalogAnswerOptions
        from pytest_errcodes.catalog.code_bodies import write_response

        answer = self._answer(code, params, options, "response", CatalogAnswerOptions)
        return write_response(answer, options)

    def _answer(
        self,
        code: Code | ErrorCode | None,
        params: tuple[object, ...],
        options: CatalogAnswerOptions,
        verb: str,
        known: type,
    ) -> MadeAnswer:
        """Make an answer for another mock."""
        __tracebackhide__ = True
        from pytest_errcodes.catalog.answered_code import answer_by_catalog

        try:
            return answer_by_catalog(self, code, params, options, verb, known=known).made
        except ErrcodesUsageError as error:  # where we noticed it is of no use to the user
            raise error.with_traceback(None) from None
        except Exception as error:  # noqa: BLE001  # an argument of others may raise anything
            from pytest_errcodes.catalog.foreign_arguments import blame_argument

            raise blame_argument(verb, (code, *params, *options.values()), error) from None

    def select(self, *selectors: str | int) -> tuple[ErrorCode, ...]:
        """Return the codes that ``selectors`` pick, in document order.

        Without a selector that includes, everything is included.

        Args:
            selectors: ``401009``, ``4010xx``, ``401000-401020``, a section id, a tag, ``*``;
                ``!`` in front excludes.

        Raises:
            ErrcodesUsageError: A selector picks nothing (``unknown-selector``).
        """
        __tracebackhide__ = True
        from pytest_errcodes.catalog.selection import select

        return select(self, selectors)

    def search(self, words: str) -> tuple[ErrorCode, ...]:
        """Return the codes that hold all ``words``, in document order.

        They are looked for, whatever their case, in the code, the message, the section's id and
        title, and the tags.

        Raises:
            ErrcodesUsageError: ``words`` is no text (``argument-type``).
        """
        __tracebackhide__ = True
        from pytest_errcodes.catalog.foreign_arguments import take_text
        from pytest_errcodes.catalog.selection import search

        return search(self, take_text("search(...)", words, _WORDS))

    def match_message(self, text: str) -> Found:
        """Return every code whose message ``text`` fits, with the parameters found in it.

        Messages are not unique, so there may be several, in document order.
        """
        __tracebackhide__ = True
        if type(text) is not str:
            from pytest_errcodes.catalog.foreign_arguments import take_text

            text = take_text("match_message(...)", text, "pass the message as the API sends it")
        try:
            index = self._index
        except AttributeError:
            from pytest_errcodes.catalog.message_index import MessageIndex

            index = MessageIndex(tuple(self._codes.values()))
            super().__setattr__("_index", index)
        return index.match(text)

    def section_for(self, code: object) -> Section | None:
        """Return the section whose label ``code`` falls in, documented or not."""
        from pytest_errcodes.catalog.labels import section_for

        return section_for(self, code)

    def _unknown(self, code: object) -> UnknownCodeError:
        """Return the error that tells what is documented near ``code``."""
        from pytest_errcodes.catalog.unknown import UnknownCodeError

        return UnknownCodeError.of(self, code)

    def _content(self) -> tuple[object, ...]:
        """Return what makes two catalogs equal."""
        codes = tuple(self._codes.values())
        return (self.name, codes, self.sections, self.shapes, self.title, self.http_status)

    def __eq__(self, other: object) -> bool:
        if not issubclass(type(other), Catalog):
            return NotImplemented
        other = cast("Catalog", other)
        return self is other or self._content() == other._content()

    def __hash__(self) -> int:
        try:
            return self._hash
        except AttributeError:
            super().__setattr__("_hash", hash(self._content()))
            return self._hash

    def __repr__(self) -> str:
        codes = "code" if len(self) == 1 else "codes"
        sections = "section" if len(self.sections) == 1 else "sections"
        return f"<Catalog {self.name}: {len(self)} {codes} in {len(self.sections)} {sections}>"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a Catalog is immutable: {name} cannot be set")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a Catalog is immutable: {name} cannot be deleted")

    def __copy__(self) -> Catalog:
        return self

    def __deepcopy__(self, memo: object) -> Catalog:
        return self

    def __reduce__(self) -> tuple[object, ...]:
        made = partial(
            Catalog,
            self.name,
            tuple(self._codes.values()),
            sections=self.sections,
            shapes=self.shapes,
            title=self.title,
            source=self.source,
            http_status=self.http_status,
            lint_ignore=self.lint_ignore,
        )
        return (made, ())
