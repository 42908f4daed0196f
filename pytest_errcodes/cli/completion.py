"""What the shell offers when a code or a selector is half typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.shell_completion import CompletionItem

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    import click

    from pytest_errcodes.catalog import Catalog

    Offers = list[CompletionItem[str]]


def complete_code(context: click.Context, _: click.Parameter, incomplete: str) -> Offers:
    """Offer the codes that begin so, each with its message."""
    return _offers(context, incomplete, with_groups=False)


def complete_selector(context: click.Context, _: click.Parameter, incomplete: str) -> Offers:
    """Offer sections and tags too, and what follows a ``!``."""
    return _offers(context, incomplete, with_groups=True)


def complete_path(_: click.Context, __: click.Parameter, incomplete: str) -> Offers:
    """Let the shell offer files and folders."""
    return [CompletionItem(incomplete, type="file")]


def _offers(context: click.Context, incomplete: str, *, with_groups: bool) -> Offers:
    sign = "!" if with_groups and incomplete.startswith("!") else ""
    word = incomplete.removeprefix(sign)
    known = _words(_catalog(context), with_groups=with_groups)
    return [
        CompletionItem(sign + text, help=escape(help_text))
        for text, help_text in known
        if text.startswith(word)
    ]


def _catalog(context: click.Context) -> Catalog | None:
    """Return the catalog that the line names so far, or None where it cannot be used."""
    from pytest_errcodes.cli.catalog_in_force import load_named, name_catalog

    try:
        return load_named(name_catalog(context.params.get("catalog")))
    except ErrcodesUsageError:
        return None


def _words(catalog: Catalog | None, *, with_groups: bool) -> Iterator[tuple[str, str]]:
    if catalog is None:
        return
    if with_groups:
        yield from ((section.id, section.title) for section in catalog.sections)
        tags = dict.fromkeys(tag for code in catalog.values() for tag in code.tags)
        yield from ((tag, "tag") for tag in tags)
    yield from ((str(code.code), code.message) for code in catalog.values())
