"""Wrong calls: both checkers refuse each line that has an ignore of each.

An ignore that refuses nothing is an error of its own, so a call that is let through fails too.
The comment at the end of each says what is wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes import (
    Envelope,
    IsCode,
    assert_code,
    assert_documented,
    assert_success,
    load_catalog,
    raises_code,
    unmasked,
)
from pytest_errcodes.catalog import (
    Catalog,
    EnvelopeShape,
    ErrorCode,
    MessageTemplate,
    Section,
    parse_catalog,
    write_catalog,
)
from pytest_errcodes.tools import (
    Finding,
    ImportOptions,
    Place,
    Rule,
    diff,
    explain,
    export_catalog,
    import_catalog,
    lint,
    scan,
)

if TYPE_CHECKING:
    from pytest_errcodes import CodeRouter
    from pytest_errcodes.catalog import CatalogError
    from pytest_errcodes.tools import Change, Imported


def catalogs(catalog: Catalog, code: ErrorCode) -> None:
    load_catalog(401009)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: a catalog has a name or a path
    catalog[401009] = code  # type: ignore[index]  # pyright: ignore[reportIndexIssue]  # refused: a catalog does not change
    _ = catalog[401.009]  # type: ignore[index]  # pyright: ignore[reportArgumentType]  # refused: a code is no float
    catalog.get()  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]  # refused: which code?
    catalog.select(1.5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: a selector is a text or a code
    catalog.search(401009)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: words are a text
    catalog.match_message(code)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: a message is a text
    catalog.secton_for(401009)  # type: ignore[attr-defined]  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]  # refused: no such method
    code.template.render(params="20")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # refused: parameters have no names
    code.template.match(401009)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: a message is a text


def parts(section: Section, code: ErrorCode, shape: EnvelopeShape, error: CatalogError) -> None:
    parse_catalog(None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: the content of a file is text or bytes
    parse_catalog("", name="mine")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # refused: the file says its name
    write_catalog("ltp")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: a catalog, not its name
    Section("trading")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # refused: a section has a title and a label
    section.title = "Trading"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]  # refused: a section does not change
    ErrorCode(401009, "Order exists")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # refused: a code stands in a section
    ErrorCode(401009, "Order exists", "trading")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: a section, not its id
    EnvelopeShape(code_type="number")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: integer, string or either
    shape.success = (200,)  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]  # refused: a shape does not change
    Catalog("mine", [code], sections=[section])  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # refused: a catalog has a shape
    MessageTemplate("%s", "percent")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: no such style
    error.mistakes[0].line = 1  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]  # refused: a mistake does not change


def envelopes(envelope: Envelope) -> None:
    Envelope.of(envelope, "websocket")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: a shape, not its name
    envelope.code = 1  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]  # refused: an envelope does not change
    envelope.is_success()  # type: ignore[operator]  # pyright: ignore[reportCallIssue]  # refused: a property is no method
    _ = envelope.status  # type: ignore[attr-defined]  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType, reportAttributeAccessIssue]  # refused: it is called http_status


def assertions(obj: object, catalog: Catalog) -> None:
    assert_code(obj)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # refused: which code?
    assert_code(obj, 401.009)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: a code is no float
    assert_code(obj, 401009, mesage="x")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # refused: no such option
    assert_code(obj, 401009, catalog="ltp")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: a catalog, not its name
    assert_code(obj, 401009, message=True)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: a policy or a text
    assert_success(obj, 200)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # refused: it takes no code
    assert_documented(obj, 401009)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # refused: it takes no code
    IsCode()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # refused: which code?
    IsCode(401.009)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: a code is no float
    unmasked(1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: names of fields are texts


def raising() -> None:
    raises_code()  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]  # refused: which code?
    raises_code(401009, exception="ApiError")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]  # refused: a class, not its name
    raises_code(401009, exception=int)  # type: ignore[type-var]  # pyright: ignore[reportCallIssue, reportArgumentType]  # refused: a class of exceptions
    raises_code(401009, match=b"twice")  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]  # refused: a text is searched
    with raises_code(401009, exception=KeyError) as raised:
        pass
    _ = raised.value.code  # type: ignore[attr-defined]  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType, reportAttributeAccessIssue]  # refused: KeyError has no code
    _ = raised.exception  # type: ignore[attr-defined]  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType, reportAttributeAccessIssue]  # refused: it is called value


def routes(errcodes: CodeRouter, code: ErrorCode) -> None:
    errcodes.post("/order").reply(401.009)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]  # refused: a code is no float
    errcodes.post("/order").reply(401009, status=400)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]  # refused: it is called http_status
    errcodes.post("/order").reply(401009, times="2")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]  # refused: a number
    errcodes.post("/order").reply(code, headers={"retry-after": 1})  # type: ignore[dict-item]  # pyright: ignore[reportArgumentType]  # refused: a header is text
    errcodes.post("/order").optional(True)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # refused: it takes nothing
    errcodes.reply([401009, 401018])  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]  # refused: one code, then another


def importing(base: Catalog, imported: Imported) -> None:
    import_catalog(base)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: a path, not a catalog
    import_catalog("page.html", base=base)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # refused: options stand in one object
    import_catalog("page.html", ImportOptions(column="Code"))  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # refused: which column?
    ImportOptions("markdown")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # refused: options have names
    ImportOptions(code_type="number")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: integer, string or either
    imported.catalog = base  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]  # refused: what was imported does not change
    export_catalog("ltp", "json")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: a catalog, not its name
    export_catalog(base)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # refused: which format?


def checking(catalog: Catalog, found: Finding, change: Change) -> None:
    explain(catalog, 401009)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: a text
    lint(["my.toml"])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: one file
    lint("my.toml", ignore=[1])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]  # refused: rules have slugs
    scan("src", catalog, ignored=["gap"])  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # refused: it is called ignore
    scan("src", catalog, progress=print)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: an object that is told of each step
    scan(["src"], "ltp")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: a catalog, not its name
    diff("ltp", catalog)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: catalogs, not their names
    found.message = "x"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]  # refused: a finding does not change
    found.place.line = 1  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]  # refused: a place does not change
    change.kind = "breaking"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]  # refused: a change does not change
    Rule("mine", "info", "Mine.")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: error, warning or note
    Place(1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused: a file has a name
