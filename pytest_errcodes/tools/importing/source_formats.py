"""The formats that can be imported: how each is told, and what reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_errcodes._lazy import load_module
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from pytest_errcodes.tools.importing.import_source import Source
    from pytest_errcodes.tools.importing.source_document import Document


@dataclass(frozen=True, slots=True)
class Format:
    """One format of sources.

    Attributes:
        name: What ``--format`` calls it.
        module: The module that reads it; not loaded before it must, as it may load a library.
        reader: The function of the module that does.
        suffixes: Endings of file names that stand for it.
        looks: What a text of it holds, where the file name says nothing.
    """

    name: str
    module: str
    reader: str
    suffixes: tuple[str, ...]
    looks: re.Pattern[str]


def _format(name: str, module: str, suffixes: str, looks: str, reader: str = "read") -> Format:
    pattern = re.compile(looks, re.MULTILINE | re.IGNORECASE)
    return Format(name, module, reader, tuple(suffixes.split()), pattern)


#: In the order in which a text without a telling name is tried; the last fits anything. A reader
#: that is added has a row here.
FORMATS = (
    _format(
        "html",
        "pytest_errcodes.tools.importing.html_reader",
        ".html .htm .xhtml",
        r"\A\s*(?:<!--.*?-->\s*)?<(?:!doctype|html|head|body|meta|table|div|main|h[1-6]|p|dl|ul)\b",
    ),
    _format(
        "json",
        "pytest_errcodes.tools.importing.data_reader",
        ".json",
        r"\A\s*[\[{]",
        reader="read_json",
    ),
    _format(
        "yaml",
        "pytest_errcodes.tools.importing.data_reader",
        ".yaml .yml",
        # The name of a specification, or a key with another one below it, further in.
        r"\A(?:\s*#[^\n]*\n|---\n|\s*\n)*"
        r"(?:(?:openapi|swagger)\s*:|[\w'\"-]+:(?: +&\w+)?\n +['\"]?-?\w+['\"]?: +\S)",
        reader="read_yaml",
    ),
    _format(
        "openapi",
        "pytest_errcodes.tools.importing.data_reader",
        "",
        r"(?!)",  # told by what the JSON or YAML holds
        reader="read_openapi",
    ),
    _format(
        "rst",
        "pytest_errcodes.tools.importing.rst_reader",
        ".rst .rest",
        r"^\.\. [\w:-]+::|^[ \t]*\+(?:[-=]+\+)+[ \t]*$|^=+(?: +=+)+[ \t]*$"
        r"|^[^\s|#>`-][^\n]*\n(?:={3,}|~{3,}|\^{3,}|\"{3,})[ \t]*$",
    ),
    _format(
        "markdown",
        "pytest_errcodes.tools.importing.markdown_reader",
        ".md .markdown .mkd .mdx",
        r"\A---[ \t]*$|^[ \t]*\|?[ :]*-{3,}[ :]*\|[-|: ]*$|^(?:```|~~~)|^[-*] +[`*\[]|^#{1,6} +\S",
    ),
    _format(
        "python",
        "pytest_errcodes.tools.importing.python_reader",
        ".py .pyi",
        r"\A(?:#[^\n]*\n|\s)*"
        r"(?:\"\"\"|from [\w.]+ import |import \w|class \w+[(:]|[a-z_]\w* *(?::[^\n=]+)?= *\S)",
    ),
    _format(
        "csv",
        "pytest_errcodes.tools.importing.csv_reader",
        ".csv .tsv .tab .psv",
        # A header with a column of codes, or two lines that begin with a code and a separator.
        r"\A(?:[^\n]*\n){0,5}?(?:[^\n]*[,;\t|])? *\"?"
        r"(?:(?:error|err|return|business)[ _-]?)?(?:codes?|错误码|返回码)\"? *[,;\t|]"
        r"|\A(?:\"?-?\w+\"?[,;\t|][^\n]*\n){2}",
    ),
    _format("text", "pytest_errcodes.tools.importing.text_reader", ".txt .text", r""),
)
_LOOKED_AT = 100_000  # characters; a format that shows no mark by then shows none


def format_of(source: Source, name: str | None = None) -> Format:
    """Return a source's format: the one that was asked for, or the one it looks like.

    Raises:
        ErrcodesUsageError: No format has this name (``import-format``).
    """
    names = [one.name for one in FORMATS]
    if name is not None and name not in names:
        from pytest_errcodes.text.nearest import nearest_words

        near = nearest_words(name, names)
        raise ErrcodesUsageError(
            "import-format",
            f"no format is named {name!r}; there are {', '.join(names)}",
            f"did you mean {near[0]}?" if near else "leave it out: the format is found out",
        )
    if name is not None:
        return FORMATS[names.index(name)]
    for one in FORMATS:
        if source.suffix in one.suffixes:
            return one
    head = source.text[:_LOOKED_AT]
    return next(one for one in FORMATS if one.looks.search(head))


def read(source: Source, name: str | None = None) -> Document:
    """Return what a source holds.

    Args:
        source: What is to be read.
        name: Name of its format; found out if None.

    Raises:
        ErrcodesUsageError: No format has this name, or the source is not of its format.
    """
    chosen = format_of(source, name)
    document: Document = getattr(load_module(chosen.module), chosen.reader)(source)
    return document
