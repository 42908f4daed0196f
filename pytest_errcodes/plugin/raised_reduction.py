"""What a harvest keeps of an exception: what it says by itself, and the answer that it carries.

Nothing of the exception is called but its text: what its attributes do is their owner's.
"""

from __future__ import annotations

from contextlib import suppress
from enum import Enum
from typing import TYPE_CHECKING, Any

from pytest_errcodes.envelope.attribute_names import ANSWERS, HTTP_STATUSES, PERHAPS_ANSWERS
from pytest_errcodes.envelope.json_body import parse_object
from pytest_errcodes.envelope.refusal import Origin, Refused
from pytest_errcodes.text.secrets import mask_text
from pytest_errcodes.tools.harvesting.fact_reduction import keep_scalar, reduce_fields
from pytest_errcodes.tools.harvesting.harvest_facts import RaisedFacts

if TYPE_CHECKING:
    from types import ModuleType

    from pytest_errcodes.tools.harvesting.harvest_facts import Fields

_FOREIGN = frozenset([
    "aiohttp", "aioresponses", "asyncio", "botocore", "builtins", "concurrent", "httpcore",
    "httpcore2", "httpx", "httpx2", "http", "json", "pydantic", "pydantic_core", "pytest",
    "_pytest", "requests", "requests_mock", "respx", "responses", "simplejson", "socket", "ssl",
    "tenacity", "unittest", "urllib", "urllib3", "vcr", "xml", "jsonschema", "pytest_errcodes",
])  # fmt: skip
_MOST_ATTRIBUTES = 40
_LONGEST_TEXT = 1_000
_LONGEST_BODY = 200_000
#: Under these names, responses of all libraries have their bytes.
_BODIES = ("_content", "_body", "body", "content", "text")


def reduce_exception(error: BaseException, module: ModuleType | None) -> RaisedFacts:
    """Return what is kept of an exception.

    Args:
        error: The exception.
        module: The module of the test.
    """
    kind = type(error)
    attributes = _list_attributes(error)
    text = ""
    with suppress(Exception):  # the exception's own __str__ may raise
        text = mask_text(str(error)[:_LONGEST_TEXT])
    answer, status = _find_answer(error)
    return RaisedFacts(
        name=_name_class(kind, module),
        attributes=attributes,
        text=text,
        answer=answer,
        http_status=status,
        is_foreign=kind.__module__.partition(".")[0] in _FOREIGN,
    )


def _name_class(kind: type, module: ModuleType | None) -> str:
    """Return the name of a class, with its module unless that is one of tests."""
    home = kind.__module__
    last = home.rpartition(".")[2]
    is_of_tests = home == getattr(module, "__name__", None) or last.startswith("test_")
    if is_of_tests or last in ("builtins", "conftest", "__main__") or last.endswith("_test"):
        return kind.__name__
    return f"{home}.{kind.__name__}"


def _list_attributes(error: BaseException) -> Fields:
    """Return the scalar attributes of an exception, and constants of its class."""
    found: Fields = {}
    constants: dict[str, Any] = {}
    for kind in type(error).__mro__[::-1]:
        if kind.__module__ != "builtins":
            constants |= {name: one for name, one in vars(kind).items() if name[0] != "_"}
    own = getattr(error, "__dict__", {})
    for name, value in [*constants.items(), *own.items()][:_MOST_ATTRIBUTES]:
        plain = value.value if isinstance(value, Enum) else value
        if isinstance(plain, str | int | float) and (kept := keep_scalar(name, plain)) is not ...:
            found[name] = kept
    for number, value in enumerate(error.args):
        if isinstance(value, int | str) and (kept := keep_scalar("args", value)) is not ...:
            found[f"args.{number}"] = kept
    return found


def _find_answer(error: BaseException) -> tuple[Fields, int]:
    """Return the fields of the answer that an exception carries, and its HTTP status."""
    own = getattr(error, "__dict__", {})
    status = _find_status(own)
    candidates = [own[name] for name in (*ANSWERS, *PERHAPS_ANSWERS) if name in own]
    for one in (*candidates, *error.args):
        held = one if isinstance(one, str | bytes | dict) else _find_body(one)
        fields = _read(held)
        if fields:
            return fields, status or _find_status(getattr(one, "__dict__", {}))
    return {}, status


def _find_status(own: Any) -> int:
    for name in HTTP_STATUSES:
        value = own.get(name) if isinstance(own, dict) else None
        if isinstance(value, int) and 100 <= value <= 599:  # HTTP itself has no others
            return int(value)
    return 0


def _find_body(holder: object) -> Any:
    """Return the bytes that a response holds by now; asking for them might read them."""
    own = getattr(type(holder), "__dict__", None) and getattr(holder, "__dict__", None)
    if not isinstance(own, dict) or type(holder).__module__.startswith("unittest"):
        return None
    return next((own[name] for name in _BODIES if isinstance(own.get(name), str | bytes)), None)


def _read(held: object) -> Fields:
    if isinstance(held, dict):
        return reduce_fields(held)
    if isinstance(held, str | bytes) and len(held) <= _LONGEST_BODY:
        mark: Any = "{" if isinstance(held, str) else b"{"
        if held[:20].lstrip()[:1] == mark:
            with suppress(Refused):
                return reduce_fields(parse_object(held, Origin(held)))
    return {}
