"""The JSON objects that a client decodes: answers of mocks that stand in place of its sending.

Where a mock hands a response to the client that it made by hand, no adapter has seen an answer.
What the client decodes is one all the same.
"""

from __future__ import annotations

import sys
from json import JSONDecoder
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

#: Who decodes what is no answer: tests and their tools.
_TOOLS = frozenset([
    "_pytest", "aioresponses", "httmock", "pluggy", "pytest", "pytest_errcodes", "pytest_httpx",
    "requests_mock", "respx", "responses", "syrupy", "vcr", "xdist", "importlib", "botocore",
])  # fmt: skip
_LONGEST = 200_000


class DecodedJson:
    """Tells of each JSON object that a client decodes, from ``bind`` to ``unbind``.

    Args:
        take: Is called with the text, the object, and the name of the package that decoded it.
    """

    def __init__(self, take: Callable[[str, dict[str, Any], str], None]) -> None:
        self._take = take
        self._decode: Any = None

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

        JSONDecoder.decode = decode_and_tell  # type: ignore[method-assign, assignment]  # undone by unbind

    def unbind(self) -> None:
        """Leave the standard library as it was."""
        if self._decode is not None:
            JSONDecoder.decode = self._decode  # type: ignore[method-assign]  # as it was
            self._decode = None


def _find_caller() -> str:
    """Return the package that decodes; empty for a test and its tools."""
    frame: FrameType | None = sys._getframe(2)  # noqa: SLF001  # inspect.currentframe is slower
    while frame is not None and frame.f_globals.get("__name__", "").partition(".")[0] == "json":
        frame = frame.f_back
    module = frame.f_globals.get("__name__", "") if frame is not None else ""
    package, last = module.partition(".")[0], module.rpartition(".")[2]
    is_of_tests = last.startswith("test_") or last.endswith("_test") or last == "conftest"
    return "" if is_of_tests or package in _TOOLS else package
