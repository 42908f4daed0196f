"""Stubs: a module whose types know the codes, so that a type checker refuses a wrong one."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from pytest_errcodes.tools.exporting.python_writer import fits, literal, show_in_docstring

if TYPE_CHECKING:
    from collections.abc import Collection

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.model import Code

HEAD = Template('''\
"""The codes of $title, as types: a wrong one is an error of the type checker.

Tests take markers and helpers from here. While they run, these are those of pytest and of
pytest_errcodes. Made by ``errcodes export --format stubs``; do not edit it, but make it anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ${typing}TypeAlias

import pytest
import pytest_errcodes

if TYPE_CHECKING:
    import re
    from typing import Any, TypedDict, TypeVar, Unpack, overload

    from pytest_errcodes.simulation.reply import ReplyOptions
    from pytest_errcodes.simulation.script import RespxAnswer
    from respx.patterns import Pattern
    from respx.types import URLPatternTypes

''')

TYPES = '''\
AnyCode: TypeAlias = Code | SuccessCode | pytest_errcodes.ErrorCode

if TYPE_CHECKING:
    Address: TypeAlias = URLPatternTypes | None
    Class: TypeAlias = type[BaseException] | str
    Raised = TypeVar("Raised", bound=BaseException)

    class ExpectsOptions(TypedDict, total=False):
        """What expects_code may say beside its codes."""

        argument: str | None
        any_of: bool
        params: tuple[object, ...] | None
        message: str | None
        exception: Class | tuple[Class, ...] | None
        times: int | None
        surfaced: bool | None
        received: bool
        early: bool
        undocumented: bool

    class EveryOptions(TypedDict, total=False):
        """What every_code may say beside its selectors."""

        expects: bool
        surfaced: bool | None
        exception: Class | tuple[Class, ...] | None
        times: int | None
        early: bool

    class AssertOptions(TypedDict, total=False):
        """What assert_code may say beside code and parameters."""

        data: Any
        message: str | None
        catalog: pytest_errcodes.Catalog | None
        undocumented: bool

    class RaisesOptions(TypedDict, total=False):
        """What raises_code may say beside code, parameters and exception."""

        match: str | re.Pattern[str] | None
        message: str | None
        catalog: pytest_errcodes.Catalog | None
        times: int | None
        received: bool
        early: bool
        undocumented: bool

    def expects_code(
        *codes: Code, **options: Unpack[ExpectsOptions]
    ) -> pytest.MarkDecorator: ...

    def every_code(
        *selectors: Code | str, **options: Unpack[EveryOptions]
    ) -> pytest.MarkDecorator: ...

    def assert_code(
        obj: object, code: AnyCode, *params: object, **options: Unpack[AssertOptions]
    ) -> pytest_errcodes.Envelope: ...

    @overload
    def raises_code(
        code: Code | pytest_errcodes.ErrorCode,
        *params: object,
        exception: None = None,
        **options: Unpack[RaisesOptions],
    ) -> pytest_errcodes.RaisesCode[BaseException]: ...

    @overload
    def raises_code(
        code: Code | pytest_errcodes.ErrorCode,
        *params: object,
        exception: type[Raised] | tuple[type[Raised], ...],
        **options: Unpack[RaisesOptions],
    ) -> pytest_errcodes.RaisesCode[Raised]: ...

    def raises_code(code: Any, *params: object, **options: Any) -> Any: ...

    class IsCode(pytest_errcodes.IsCode):
        """The matcher, of a documented code."""

        def __init__(
            self,
            code: AnyCode,
            /,
            *params: object,
            catalog: pytest_errcodes.Catalog | None = None,
            **fields: Any,
        ) -> None: ...

    class CodeRoute(pytest_errcodes.CodeRoute):
        """A route that answers with documented codes."""

        def reply(  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
            self,
            code: AnyCode | RespxAnswer,
            *params: object,
            **options: Unpack[ReplyOptions],
        ) -> CodeRoute: ...

        def then(  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
            self,
            code: AnyCode | RespxAnswer,
            *params: object,
            **options: Unpack[ReplyOptions],
        ) -> CodeRoute: ...

    class CodeRouter(pytest_errcodes.CodeRouter):
        """What the fixture errcodes is; its routes answer with documented codes."""

        def reply(  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
            self,
            code: AnyCode | RespxAnswer,
            *params: object,
            **options: Unpack[ReplyOptions],
        ) -> CodeRoute: ...

        def route(
            self, *patterns: Pattern, name: str | None = None, **lookups: Any
        ) -> CodeRoute: ...

        def request(
            self,
            method: str,
            url: Address = None,
            *,
            name: str | None = None,
            **lookups: Any,
        ) -> CodeRoute: ...

        def get(
            self, url: Address = None, *, name: str | None = None, **lookups: Any
        ) -> CodeRoute: ...

        def post(
            self, url: Address = None, *, name: str | None = None, **lookups: Any
        ) -> CodeRoute: ...

        def put(
            self, url: Address = None, *, name: str | None = None, **lookups: Any
        ) -> CodeRoute: ...

        def patch(
            self, url: Address = None, *, name: str | None = None, **lookups: Any
        ) -> CodeRoute: ...

        def delete(
            self, url: Address = None, *, name: str | None = None, **lookups: Any
        ) -> CodeRoute: ...

        def head(
            self, url: Address = None, *, name: str | None = None, **lookups: Any
        ) -> CodeRoute: ...

        def options(
            self, url: Address = None, *, name: str | None = None, **lookups: Any
        ) -> CodeRoute: ...

else:
    CodeRoute = pytest_errcodes.CodeRoute
    CodeRouter = pytest_errcodes.CodeRouter
    IsCode = pytest_errcodes.IsCode
    assert_code = pytest_errcodes.assert_code
    every_code = pytest.mark.every_code
    expects_code = pytest.mark.expects_code
    raises_code = pytest_errcodes.raises_code
'''


def write(catalog: Catalog) -> str:
    """Return a module that tests import markers and helpers from.

    While tests run, its names are those of pytest and of the package themselves; what the types
    say is for the type checker alone.
    """
    unions = _union("Code", catalog) + _union("SuccessCode", catalog.shape.success)
    marks = {"Literal": "= Literal[", "Never": "= Never\n"}
    typing = "".join(f"{name}, " for name, mark in marks.items() if mark in unions)
    return HEAD.substitute(title=show_in_docstring(catalog.title), typing=typing) + unions + TYPES


def _union(name: str, codes: Collection[Code]) -> str:
    """Return a name for the type of all ``codes``, one a line."""
    if not codes:
        return f"{name}: TypeAlias = Never\n"
    if len(codes) == 1:  # without a comma: to the formatter, Literal[1,] holds a tuple
        line = f"{name}: TypeAlias = Literal[{literal(*codes)}]"
        if fits(line):
            return f"{line}\n"
    comma = "," if len(codes) > 1 else ""
    lines = "".join(f"    {literal(code)}{comma}\n" for code in codes)
    return f"{name}: TypeAlias = Literal[\n{lines}]\n"
