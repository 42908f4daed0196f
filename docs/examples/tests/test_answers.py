"""Answers that the documentation does not promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ltp_client import ApiError, InvalidAnswerError, TradingError

if TYPE_CHECKING:
    from ltp_client import Client

    from pytest_errcodes import CodeRouter

PORTFOLIOS = "/api/v1/portfolios"


@pytest.mark.parametrize(
    ("code", "exception"),
    [(401065, TradingError), (999999, ApiError)],
    ids=["in-a-section", "in-none"],
)
def test_undocumented_code_surfaces(
    errcodes: CodeRouter, client: Client, code: int, exception: type[ApiError]
) -> None:
    """A code that the catalog lacks is not lost: its range, or the base class, takes it."""
    errcodes.get(PORTFOLIOS).reply(code, undocumented=True, message="Something new")
    with pytest.raises(ApiError, match=rf"^{code} Something new$") as caught:
        client.list_portfolios()
    assert type(caught.value) is exception


@pytest.mark.parametrize(
    ("http_status", "body", "fault"),
    [
        (502, "<html><title>Bad gateway</title></html>", "the body is not JSON"),
        (200, '["code", "message"]', "the body has no code and message"),
        (200, '{"code": true, "message": "Success"}', "the body has no code and message"),
        (200, '{"code": 200000, "message": "Success"}', "the data is not a list"),
    ],
    ids=["html", "list", "bool", "no-data"],
)
def test_answer_that_is_no_envelope(
    errcodes: CodeRouter, client: Client, http_status: int, body: str, fault: str
) -> None:
    """The client says what came; a route answers with whatever respx can answer with."""
    errcodes.get(PORTFOLIOS).respond(http_status, text=body)
    with pytest.raises(InvalidAnswerError) as caught:
        client.list_portfolios()
    assert str(caught.value) == f"{fault}: HTTP {http_status}, '{body}'"


def test_drifted_message_is_kept(errcodes: CodeRouter, client: Client) -> None:
    """The API words an error anew: the client passes on what came, not what is documented."""
    errcodes.get(PORTFOLIOS).reply(405001, message="No such apiKey")
    with pytest.raises(ApiError, match=r"^405001 No such apiKey$"):
        client.list_portfolios()


@pytest.mark.expects_code(405001, message="ignore")
def test_drifted_message_is_tolerated(errcodes: CodeRouter, client: Client) -> None:
    """An expectation judges the message by its template, unless it says otherwise."""
    errcodes.get(PORTFOLIOS).reply(405001, message="No such apiKey")
    client.list_portfolios()
