"""A Python module as ``ruff format`` writes it: an enum, an exception for each section and code."""

from __future__ import annotations

import builtins
from string import Template
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.documented_codes import group_by_section
from pytest_errcodes.catalog.model import other_spelling
from pytest_errcodes.text.wording import count_columns
from pytest_errcodes.tools.exporting.identifiers import class_names, constant_names
from pytest_errcodes.tools.exporting.json_writer import show_messages
from pytest_errcodes.tools.exporting.python_template import (
    BEHAVIOUR,
    CODELESS,
    FIND,
    HEAD,
    OF_INTEGERS,
    OF_PATHS,
    OF_TEXTS,
    TOLD,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
    from pytest_errcodes.catalog.model import Code

#: What the module imports or defines beside the exceptions.
_OF_MODULE = frozenset(
    ("Any", "ErrorCode", "IntEnum", "Mapping", "NamedTuple", "StrEnum", "raise_for_code", "re")
)
_TAKEN = frozenset(("ApiError", *dir(builtins)))
_WIDTH = 88


def write(catalog: Catalog) -> str:
    """Return a module that ``ruff format``, ``ruff check`` and ``mypy --strict`` agree with."""
    return "".join(_pieces(catalog))


def _pieces(catalog: Catalog) -> Iterator[str]:
    """Yield the module from its top down."""
    has_texts = any(isinstance(code, str) for code in catalog)
    kind = OF_TEXTS if has_texts else OF_INTEGERS
    members = constant_names(catalog)
    yield HEAD.substitute(kind, title=show_in_docstring(catalog.title))
    for code, name in members.items():
        yield assignment(name, str(code) if has_texts else code, "    ")
        yield f'    """{show_in_docstring(show_messages(catalog[code]))}"""\n'
    shapes = "".join(_shapes(catalog, has_texts=has_texts))
    yield _behave(catalog).substitute(kind, shapes=shapes)
    yield from _classes(catalog, members)


def _behave(catalog: Catalog) -> Template:
    """Return the part of the module that does not depend on the codes, for the shapes there are."""
    paths = [path for one in catalog.shapes for path in (one.code, one.message, one.data)]
    is_flat = not any("." in path or path in ("", "*") for path in paths if path != "")
    if is_flat and not any(one.may_lack_code for one in catalog.shapes):
        return BEHAVIOUR
    text = BEHAVIOUR.template
    for old, new in OF_PATHS:
        text = text.replace(old, new)
    told = {one.success_field: one.success_value for one in catalog.shapes if one.success_field}
    first = "        shape = _Shape.of(envelope)\n"
    if any(one.success_rule != "codes" for one in catalog.shapes):
        text = text.replace(first, CODELESS + first)
    if told:
        text = text.replace(first, TOLD + first)
        pairs = [f"({literal(field)}, {value!r})" for field, value in told.items()]
        text += f"\n_SUCCESS_FIELDS: tuple[tuple[str, Any], ...] = ({', '.join(pairs)},)\n"
    return Template(text.replace("\n\nclass _Shape(", f"{FIND}\n\nclass _Shape("))


def _shapes(catalog: Catalog, *, has_texts: bool) -> Iterator[str]:
    """Yield the envelope shapes, each as a call."""
    for shape in catalog.shapes:
        fields = (shape.code, shape.message, shape.data, shape.code_type)
        success = [literal(code) for code in _success(shape, has_texts=has_texts)]
        items = [*map(literal, fields), sequence(success, " " * 8)]
        yield explode("_Shape", items, "    ")


def _success(shape: EnvelopeShape, *, has_texts: bool) -> list[Code]:
    """Return the codes that mean success, of the type that the module gives all its codes."""
    if has_texts:
        return list(dict.fromkeys(map(str, shape.success)))
    spelled = (other_spelling(code) if isinstance(code, str) else code for code in shape.success)
    return [code for code in dict.fromkeys(spelled) if isinstance(code, int)]


def _classes(catalog: Catalog, members: dict[Code, str]) -> Iterator[str]:
    """Yield the exceptions, those of a section below its own.

    A class that the catalog names stands above those of its codes.
    """
    named = {code: _name_class(found.exception) for code, found in catalog.items()}
    above = dict.fromkeys(name for name in named.values() if name and name not in _TAKEN)
    of_sections, of_codes = class_names(catalog, _TAKEN | above.keys())
    for name in above:
        yield f"\n\n{class_line(name, 'ApiError')}"
        yield '    """An error of the class that the catalog names."""\n'
    for section, error_codes in group_by_section(catalog).items():
        codes, of_section = [found.code for found in error_codes], of_sections[section]
        label = f" ({show_in_docstring(section.label)})" if section.label else ""
        names = {named[code] for code in codes}
        shared = names.pop() if len(names) == 1 else ""
        bases = shared if shared in above else ", ".join(filter(None, ("ApiError", shared)))
        yield f"\n\n{class_line(of_section, bases)}"
        yield f'    """An error of the section {show_in_docstring(section.title)}{label}."""\n'
        for code in codes:
            own = "" if named[code] == shared else named[code]
            yield f"\n\n{class_line(of_codes[code], ', '.join(filter(None, (of_section, own))))}"
            yield f'    """{show_in_docstring(show_messages(catalog[code]))}"""\n\n'
            yield f"    code = ErrorCode.{members[code]}\n"


def _name_class(exception: str) -> str:
    """Return the name that a class of the module can have of one that the catalog names.

    Empty where that says nothing beside ApiError, or the name stands for something else here.
    """
    name = exception.rpartition(".")[2]
    if name in ("ApiError", "Exception", "BaseException") or name in _OF_MODULE:
        return ""
    known = getattr(builtins, name, Exception)
    is_class = isinstance(known, type) and issubclass(known, Exception)
    return name if is_class and name.isascii() else ""


def literal(value: Code) -> str:
    """Return a code or a text as a literal; double quotes, unless single ones save escapes."""
    if isinstance(value, int):
        return int.__repr__(value)
    quote = "'" if value.count('"') > value.count("'") else '"'
    return f"{quote}{escape_source(value).replace(quote, chr(92) + quote)}{quote}"


def escape_source(text: str) -> str:
    """Return a text with backslashes and all that does not print escaped; quotes stay."""
    if text.isprintable() and "\\" not in text:
        return text
    return "".join(
        character if character.isprintable() and character != "\\" else repr(character)[1:-1]
        for character in text
    )


def show_in_docstring(text: str) -> str:
    """Return a text as a docstring shows it to the letter, as code."""
    inner = escape_source(text)
    if '""' in inner:
        inner = inner.replace('"', '\\"')
    return f"``{inner}``"


def assignment(name: str, value: Code, indent: str) -> str:
    """Return a line that gives ``name`` a literal; in parentheses if only so it fits."""
    text = literal(value)
    line = f"{indent}{name} = {text}"
    if fits(line) or not fits(f"{indent}    {text}"):
        return f"{line}\n"
    return f"{indent}{name} = (\n{indent}    {text}\n{indent})\n"


def class_line(name: str, base: str) -> str:
    """Return the first line, or lines, of a class."""
    line = f"class {name}({base}):"
    return f"{line}\n" if fits(line) else f"class {name}(\n    {base}\n):\n"


def explode(name: str, items: Iterable[str], indent: str) -> str:
    """Return a call or, without a name, a tuple with one item a line, and a comma behind it.

    The comma after the last item keeps the formatter from joining the lines.
    """
    inner = "".join(f"{indent}    {item},\n" for item in items)
    return f"{indent}{name}(\n{inner}{indent}),\n"


def sequence(items: list[str], indent: str) -> str:
    """Return a tuple as an item that stands behind ``indent``: on one line if it fits."""
    text = f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"
    return text if fits(f"{indent}{text},") else explode("", items, indent).strip()[:-1]


def fits(line: str) -> bool:
    """Whether a line is no wider than the formatter allows."""
    return count_columns(line) <= _WIDTH
