"""The part of the Python module that does not depend on the codes, only on their type."""

from __future__ import annotations

from string import Template

#: What the templates say where all codes are integers.
OF_INTEGERS = {
    "type": "int",
    "enum": "IntEnum",
    "import_re": "import re\n",
    "read": """\
        if self.code_type != "integer" and isinstance(value, str):
            return int(value) if re.fullmatch("-?[1-9][0-9]{0,39}|0", value) else None
        if self.code_type != "string" and type(value) is int:
            return value
        return None
""",
}

#: The same where some or all are texts.
OF_TEXTS = {
    "type": "str",
    "enum": "StrEnum",
    "import_re": "",
    "read": """\
        if self.code_type != "integer" and isinstance(value, str):
            return value
        if self.code_type != "string" and type(value) is int:
            return str(value)
        return None
""",
}

HEAD = Template('''\
"""The error codes of $title, and an exception for each.

Made by ``errcodes export --format python``; do not edit it, but make it anew.
"""

from __future__ import annotations

${import_re}from collections.abc import Mapping
from enum import $enum
from typing import Any, NamedTuple


class ErrorCode($enum):
    """Every documented code."""

''')

BEHAVIOUR = Template('''\


class ApiError(Exception):
    """An answer of the API that tells of an error.

    Attributes:
        code: The code; a member of ``ErrorCode`` if it is documented.
        message: The message that came with it.
        data: The data that came with it, any JSON value; None if there was none.
    """

    code: $type

    def __init__(self, code: $type, message: str, data: Any = None) -> None:
        super().__init__(code, message, data)
        self.code = code
        self.message = message
        self.data = data

    def __init_subclass__(cls) -> None:
        if "code" in vars(cls):
            _CLASSES[cls.code] = cls

    def __str__(self) -> str:
        return f"{self.code} {self.message}"

    @staticmethod
    def from_envelope(envelope: Mapping[str, Any]) -> ApiError | None:
        """Return the error that an answer tells of; None if it tells of success.

        Args:
            envelope: The answer, parsed: a mapping with code and message.

        Returns:
            An error of the class of its code; a plain ApiError if that is not documented.

        Raises:
            ValueError: The answer has no code.
        """
        shape = _Shape.of(envelope)
        came = envelope[shape.code]
        message = str(envelope.get(shape.message, ""))
        data = envelope.get(shape.data)
        code = shape.read(came)
        if code is None or (code not in _CLASSES and code not in shape.success):
            return ApiError(came, message, data)
        if code in shape.success:
            return None
        error_class = _CLASSES[code]
        return error_class(error_class.code, message, data)


def raise_for_code(envelope: Mapping[str, Any]) -> None:
    """Raise the error that an answer tells of; do nothing if it tells of success.

    Args:
        envelope: The answer, parsed: a mapping with code and message.

    Raises:
        ApiError: The answer tells of an error; of the class of its code.
        ValueError: The answer has no code.
    """
    error = ApiError.from_envelope(envelope)
    if error is not None:
        raise error


class _Shape(NamedTuple):
    """Which fields of an answer carry what, and which codes mean success."""

    code: str
    message: str
    data: str
    code_type: str
    success: tuple[$type, ...]

    @staticmethod
    def of(envelope: Mapping[str, Any]) -> _Shape:
        """Return the first shape whose code and message are there, else whose code is."""
        for shape in _SHAPES:
            if shape.code in envelope and shape.message in envelope:
                return shape
        for shape in _SHAPES:
            if shape.code in envelope:
                return shape
        raise ValueError(f"not an envelope: it has no field {_SHAPES[0].code!r}")

    def read(self, value: Any) -> $type | None:
        """Return the code that an answer writes; None if it is not of the right type."""
$read

_SHAPES = (
$shapes)

_CLASSES: dict[$type, type[ApiError]] = {}
''')

#: What differs where a field is a path, or a success may lack a code.
OF_PATHS = (
    ("came = envelope[shape.code]", "came = _find(envelope, shape.code)"),
    ('str(envelope.get(shape.message, ""))', 'str(_find(envelope, shape.message) or "")'),
    (
        "data = envelope.get(shape.data)",
        'data = dict(envelope) if shape.data == "*" else _find(envelope, shape.data)',
    ),
    (
        "if shape.code in envelope and shape.message in envelope:",
        "if None not in (_find(envelope, shape.code), _find(envelope, shape.message)):",
    ),
    ("if shape.code in envelope:", "if _find(envelope, shape.code) is not None:"),
)

FIND = '''

def _find(value: Any, path: str) -> Any:
    """Return what stands at a path; None where it is missing."""
    for step in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value
'''

#: What stands first in ``from_envelope`` where a field tells success.
TOLD = """\
        if any(_find(envelope, path) == value for path, value in _SUCCESS_FIELDS):
            return None
"""

#: The same where a success has no code.
CODELESS = """\
        if all(_find(envelope, shape.code) is None for shape in _SHAPES):
            return None
"""
