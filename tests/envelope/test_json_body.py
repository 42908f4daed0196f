"""The charset in which a body is read."""

from __future__ import annotations

import json

import httpx
import pytest

from pytest_errcodes.envelope.envelope import Envelope
from pytest_errcodes.envelope.refusal import NotAnEnvelopeError

pytestmark = pytest.mark.usefixtures("context")

BODY = {"code": 401009, "message": "clientOrderId already exists", "data": "中文"}
TEXT = json.dumps(BODY, ensure_ascii=False)


@pytest.mark.parametrize(
    ("encoding", "content_type"),
    [
        ("gbk", "application/json; charset=GBK"),
        ("gb18030", 'application/json; charset="gb18030"'),
        ("shift_jis", "application/json;charset=shift_jis"),
        ("iso-2022-jp-2", "application/json; Charset=iso-2022-jp-2"),
        ("utf-16", "application/json; charset=utf-16"),
        ("utf-16-le", "application/json"),
        ("utf-8", "application/json; charset=iso-8859-1"),
        ("utf-8-sig", "application/json; charset=utf-8"),
        ("utf-8", "application/json; charset=no-such-charset"),
    ],
)
def test_charset(encoding, content_type):
    """A body is read in UTF-8, whatever its header says, else in the charset that it names."""
    response = httpx.Response(
        200, content=TEXT.encode(encoding), headers={"content-type": content_type}
    )
    assert Envelope.of(response).data == "中文"


@pytest.mark.parametrize(
    ("charset", "hint"),
    [
        ("", ""),
        ("; charset=utf-8", ""),
        (
            "; charset=x-odd",
            "\nhint: Python does not know the charset 'x-odd', which its header names",
        ),
        (
            "; charset=ascii",
            "\nhint: its header names the charset 'ascii', which it is not in either",
        ),
    ],
)
def test_no_charset(charset, hint):
    """What is in no charset that is known is refused, with what its header says of it."""
    headers = {"content-type": f"application/json{charset}"}
    response = httpx.Response(200, content=TEXT.encode("gbk"), headers=headers)
    with pytest.raises(NotAnEnvelopeError) as caught:
        Envelope.of(response)

    assert str(caught.value) == (
        "not an envelope: the body is not UTF-8: byte 0xd6 at offset 69\n"
        "  HTTP status   200\n"
        f"  content type  application/json{charset}\n"
        '  body          {"code": 401009, "message": "clientOrderId already exists", '
        f'"data": "\\xd6\\xd0\\xce\\xc4"}}{hint}'
    )
