"""The JSON objects that a client decodes: answers of mocks that stand in place of its sending.

Where a mock hands a response to the client that it made by hand, no adapter has seen an answer.
What the client decodes is one all the same.
"""

from __future__ import annotations

import sys
from functools import wraps
from json import JSONDecoder
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

#: Who decodes what is no answer: tests and their tools.
_TOOLS = frozenset([
    "_pytest", "aioresponses", "httmock", "pluggy", "pytest", "pytest_errcodes", "pytest_httpx",
    "requests_mock", "respx", "responses", "syrupy", "vcr", "xdist", "importlib", "botocore",
])  # fmt: skip
_LIBRARIES = ("json", "simplejson")
_LONGEST = 200_000
#: The functions of other libraries that decode JSON, by their modules.
_DECODING = {
    "orjson": ("loads",),
    "simplejson": ("loads",),
    "ujson": ("loads", "decode"),
    "rapidjson": ("loads",),
    "msgspec.json": ("decode",),
}


class DecodedJson:
    """Tells of each JSON object that a client decodes, from ``bind`` to ``unbind``.

    Args:
        take: Is called with the text, the object, and the name of the package that decoded it.
    """

    def __init__(self, take: Callable[[str, dict[str, Any], str], None]) -> None:
        self._take = take
        self._decode: Any = None
        self._functions = DecodingFunctions(self._tell)

    def bind(self) -> None:
        """Begin to watch."""
        if self._decode is not None:
            return
        decode = self._decode = JSONDecoder.decode

        def decode_and_tell(decoder: JSONDecoder, s: str, *args: Any, **named: Any) -> Any:
            value = decode(decoder, s, *args, **named)
            if isinstance(value, dict) and len(s) <= _LONGEST and (who := _find_caller()):
                self._take(s, value, who)
            return value

        self._functions.bind()
        JSONDecoder.decode = decode_and_tell  # type: ignore[method-assign, assignment]  # undone by unbind

    def unbind(self) -> None:
        """Leave the standard library as it was."""
        if self._decode is not None:
            JSONDecoder.decode = self._decode  # type: ignore[method-assign]  # as it was
            self._decode = None
            self._functions.unbind()

    def _tell(self, text: object, value: object) -> None:
        if not isinstance(value, dict) or not isinstance(text, str | bytes | bytearray):
            return
        if len(text) <= _LONGEST and (who := _find_caller(3)):
            shown = text if isinstance(text, str) else text.decode(errors="replace")
            self._take(shown, value, who)


class DecodingFunctions:
    """Watches the functions of other libraries wherever a module has them under a name.

    Args:
        tell: Is called with what was decoded, and what it came to.
    """

    def __init__(self, tell: Callable[[object, object], None]) -> None:
        self._tell = tell
        self._loaded = 0
        self._places: list[tuple[dict[str, Any], str, Any, Any]] = []

    def bind(self) -> None:
        """Begin to watch."""
        if len(sys.modules) != self._loaded:  # else each name is where it was in the test before
            self._loaded = len(sys.modules)
            self._places = list(self._find_places())
        for names, name, function, watched in self._places:
            if names.get(name) is function:  # else a fixture of a wider scope has put a mock there
                names[name] = watched

    def unbind(self) -> None:
        """Give each module its own function back, unless something else stands there by now."""
        for names, name, function, watched in self._places:
            if names.get(name) is watched:
                names[name] = function

    def _find_places(self) -> Iterator[tuple[dict[str, Any], str, Any, Any]]:
        """Yield the names of each module, the name, the function and what watches it."""
        watched: dict[int, tuple[Any, Any]] = {}
        for module, functions in _DECODING.items():
            for name in functions if module in sys.modules else ():
                if (function := getattr(sys.modules[module], name, None)) is not None:
                    watched[id(function)] = (function, self._watch(function))
        if not watched:
            return
        for module_ in list(sys.modules.values()):
            names: Any = getattr(module_, "__dict__", None)
            for name, value in list(names.items()) if type(names) is dict else ():
                if id(value) in watched:
                    yield (names, name, *watched[id(value)])

    def _watch(self, function: Any) -> Any:
        def decode_and_tell(*args: Any, **named: Any) -> Any:
            value = function(*args, **named)
            self._tell(args[0] if args else None, value)
            return value

        return wraps(function)(decode_and_tell)


def _find_caller(depth: int = 2) -> str:
    """Return the package that decodes; empty for a test and its tools.

    Args:
        depth: How many calls it is away.
    """
    frame: FrameType | None = sys._getframe(depth)  # noqa: SLF001  # inspect.currentframe is slower
    while frame is not None and frame.f_globals.get("__name__", "").partition(".")[0] in _LIBRARIES:
        frame = frame.f_back
    module = frame.f_globals.get("__name__", "") if frame is not None else ""
    package, last = module.partition(".")[0], module.rpartition(".")[2]
    is_of_tests = last.startswith("test_") or last.endswith("_test") or last == "conftest"
    return "" if is_of_tests or package in _TOOLS else package
