"""The documented codes of one API, and what its document says of all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar, overload

from pytest_errcodes.catalog.model import ErrorCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
    from pytest_errcodes.catalog.model import Code, Section

Default = TypeVar("Default")


class DocumentedCodes(Mapping["Code", ErrorCode]):
    """What a catalog holds; ``Catalog`` adds what can be asked of it.

    It stands apart so that what answers for a catalog (selectors, labels, errors) can name the
    type of what it reads without importing ``Catalog``, which imports all of them.
    """

    __slots__ = (
        "_codes",
        "http_status",
        "lint_ignore",
        "name",
        "sections",
        "shapes",
        "source",
        "title",
    )

    name: str
    title: str
    source: str
    sections: tuple[Section, ...]
    shapes: tuple[EnvelopeShape, ...]
    http_status: int
    lint_ignore: tuple[str, ...]
    _codes: dict[Code, ErrorCode]

    def __init__(
        self,
        name: str,
        codes: Iterable[ErrorCode],
        *,
        sections: Iterable[Section],
        shapes: Iterable[EnvelopeShape],
        title: str = "",
        source: str = "",
        http_status: int = 200,
        lint_ignore: Iterable[str] = (),
    ) -> None:
        fill = super().__setattr__
        fill("name", name)
        fill("title", title or name)
        fill("source", source)
        fill("sections", tuple(sections))
        fill("shapes", tuple(shapes))
        fill("http_status", http_status)
        fill("lint_ignore", tuple(lint_ignore))
        ours, taken = self.shapes, {}
        for error_code in codes:
            is_ours = error_code.shapes is ours or error_code.shapes == ours
            own = error_code if is_ours else error_code.replaced(shapes=ours)
            taken[own.code] = own
        fill("_codes", taken)

    @property
    def shape(self) -> EnvelopeShape:
        """The default envelope shape."""
        return self.shapes[0]

    def __contains__(self, code: object) -> bool:
        return self._lookup(code) is not None

    def __iter__(self) -> Iterator[Code]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    @overload
    def get(self, code: Code, /) -> ErrorCode | None: ...
    @overload
    def get(self, code: Code, /, default: ErrorCode | Default) -> ErrorCode | Default: ...
    def get(self, code: Code, /, default: object = None) -> object:
        """Return the error code, or ``default``; quicker than asking and catching."""
        found = self._lookup(code)
        return default if found is None else found

    def find(self, code: Code | ErrorCode) -> ErrorCode:
        """Return what ``code`` stands for; ``Catalog`` does, and says what is wrong with it."""
        raise NotImplementedError

    def is_success(self, code: object) -> bool:
        """Whether ``code`` means success in the default envelope shape."""
        return self.shape.is_success(code)

    def _lookup(self, code: object) -> ErrorCode | None:
        """Return the error code, or None; True, 200.0 and Decimal(200) equal no code."""
        try:
            found = self._codes.get(code)  # type: ignore[call-overload]  # any object may be asked for
        except Exception:  # noqa: BLE001  # it has no hash, or is of a class that raises anything
            return None
        if found is None or type(code) is type(found.code):
            return found  # type: ignore[no-any-return]  # the overload above is lost with the ignore
        same = issubclass(type(code), type(found.code)) and type(code) is not bool
        return found if same else None


def group_by_section(catalog: DocumentedCodes) -> dict[Section, list[ErrorCode]]:
    """Return the codes of each section, in document order; a section without codes is there too."""
    codes: dict[str, list[ErrorCode]] = {section.id: [] for section in catalog.sections}
    for error_code in catalog.values():
        codes[error_code.section.id].append(error_code)
    return {section: codes[section.id] for section in catalog.sections}
