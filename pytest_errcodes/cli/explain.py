"""``errcodes explain``: what is documented of one code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.cli.output import CatalogOption

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Catalog, Code, Section


def explain(
    code: Annotated[str, typer.Argument(help="A documented code.")],
    catalog: CatalogOption = "ltp",
) -> None:
    """Tell what is documented of one code, and how to expect and simulate it."""
    chosen = load_catalog(catalog)
    found = chosen.find(_as_code(chosen, code))
    params = "".join(f", {value!r}" for value in found.template.sample)
    rows = {
        "code": repr(found.code),
        "message": found.message,
        "section": _section(found.section),
        "parameters": " ".join(found.template.placeholders) or "none",
        "HTTP status": str(found.http_status),
        "expect": (
            "assert_success(...)"
            if chosen.is_success(found.code)
            else f"@pytest.mark.expects_code({found.code!r})"
        ),
        "simulate": f"errcodes.reply({found.code!r}{params})",
    }
    for name, value in rows.items():
        typer.echo(f"{name:<12} {value}")


def _section(section: Section) -> str:
    label = f", {section.label}" if section.label else ""
    return f"{section.id} ({section.title}{label})"


def _as_code(catalog: Catalog, text: str) -> Code:
    if catalog.shape.code_type == "string":
        return text
    try:
        return int(text)
    except ValueError:
        return text
