"""Responses of urllib3's, made of answers of the network."""

from __future__ import annotations

from inspect import signature
from typing import TYPE_CHECKING, Any

from pytest_errcodes.simulation.adapters.answer_file import open_answer
from pytest_errcodes.simulation.adapters.patching import find_classes

if TYPE_CHECKING:
    from types import ModuleType

    from pytest_errcodes.simulation.wire_answer import WireAnswer


class Responses:
    """Makes urllib3's responses.

    Args:
        urllib3: The library.

    Raises:
        LookupError: It has no such class.
    """

    def __init__(self, urllib3: ModuleType) -> None:
        self._response: Any
        self._headers: Any
        self._response, self._headers = find_classes(urllib3, "HTTPResponse", "HTTPHeaderDict")
        known = signature(self._response).parameters
        self._version = {"version_string": "HTTP/1.1"} if "version_string" in known else {}
        self._knows_url = "request_url" in known

    def make(self, answer: WireAnswer, method: str, url: str, options: dict[str, Any]) -> Any:
        """Return a response of urllib3's.

        Args:
            answer: What the network answers.
            method: The method of the request.
            url: The URL of the request.
            options: What else the response is made with, by name.
        """
        body = open_answer(answer, method)
        body.msg = headers = self._list(answer)
        if self._knows_url:
            options["request_url"] = url
        return self._response(
            body=body,
            headers=headers,
            status=answer.http_status,
            version=11,
            **self._version,
            reason=answer.reason,
            # Only for cookies: requests looks into it in each response, which takes time.
            original_response=body if "set-cookie" in headers else None,
            request_method=method,
            **options,
        )

    def make_bare(self, answer: WireAnswer, method: str) -> Any:
        """Return what http.client has in the place where urllib3 1.26 makes its response of it."""
        body = open_answer(answer, method)
        body.msg = self._list(answer)
        body.status, body.reason = answer.http_status, answer.reason
        body._method = method  # noqa: SLF001  # as http.client's own has it
        return body

    def _list(self, answer: WireAnswer) -> Any:
        headers = self._headers()  # given a list, it first asks what that is, which takes longer
        for name, value in answer.headers:
            headers.add(name.decode("latin-1"), value.decode("latin-1"))
        return headers
