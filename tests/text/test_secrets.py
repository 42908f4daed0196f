"""What looks like a secret, and that none is printed."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from time import process_time_ns

import pytest

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.text.secrets import looks_secret, mask_part, mask_text
from pytest_errcodes.text.value_copies import mask_data

SECRET = "hunter2Zz9"


@pytest.mark.parametrize(
    "key",
    [
        "apiKey", "api_key", "API-KEY", "apikey", "X-MBX-APIKEY", "x-api-key", "OK-ACCESS-KEY",
        "OK-ACCESS-SIGN", "X-BAPI-SIGN", "sign", "signature", "Signature", "secret", "secretKey",
        "clientSecret", "client_secret", "privateKey", "listenKey", "password", "passwd", "pwd",
        "passwordHash", "db.password", "passphrase", "OK-ACCESS-PASSPHRASE", "token", "accessToken",
        "access_token", "refreshtoken", "apiKey2", "authorization", "Proxy-Authorization", "Cookie",
        "Set-Cookie", "sessionId", "jwt", "csrf", "credentials", "mnemonic", "X-Auth",
    ],
)  # fmt: skip
def test_secret_names(key):
    """A name that ends as secrets do is secret, in whatever case and joined however."""
    assert looks_secret(key)


@pytest.mark.parametrize(
    "key",
    [
        "tokenCount", "token_type", "tokenExpiresAt", "passwordRequired", "cookiePolicy",
        "design", "assign", "author", "key", "symbol", "clientOrderId", "signedAt", "apiKeyId",
        "code", "message", "secretary", "", "42", "-", "данные",
    ],
)  # fmt: skip
def test_harmless_names(key):
    """A name that only describes a secret, or merely contains its letters, is none."""
    assert not looks_secret(key)


def test_mask_data_masks_every_depth():
    """Secrets are masked at every depth, in a copy; what tells nothing is kept."""
    data = {
        "apiKey": "abc",
        "orders": [{"token": 7, "qty": "1"}, ({"secret": {"a": 1}},)],
        "password": None,
        "sign": True,
        "note": "token=abc",
        1: 2.5,
    }

    assert mask_data(data) == {
        "apiKey": "<secret>",
        "orders": [{"token": "<secret>", "qty": "1"}, ({"secret": "<secret>"},)],
        "password": None,
        "sign": True,
        "note": "token=<secret>",
        1: 2.5,
    }
    assert data["apiKey"] == "abc"


def test_mask_data_of_a_cycle_ends():
    """Data that contains itself is cut off where it does, not followed for ever."""
    data: dict[str, object] = {}
    data["children"] = [{"parent": data}] * 50
    assert mask_data(data) == {"children": [{"parent": "<nested too deep to show>"}] * 50}


def test_mask_data_that_is_deep():
    """Data within data is cut off at a depth."""
    data: object = "x"
    for _ in range(150):
        data = [data]
    masked = mask_data(data)
    for _ in range(101):
        masked = masked[0]
    assert masked == "<nested too deep to show>"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f'{{"apiKey": "{SECRET}", "side": "BUY"}}', '{"apiKey": "<secret>", "side": "BUY"}'),
        (f'{{"token":"a\\"{SECRET}","x":1}}', '{"token":"<secret>","x":1}'),
        (f'{{"token":"{SECRET}', '{"token":"<secret>'),
        ('{"token": 123456, "x": 1}', '{"token": <secret>, "x": 1}'),
        (f'{{"cookies": ["{SECRET}", "]"], "x": 1}}', '{"cookies": <secret>, "x": 1}'),
        (f'{{"credentials": {{"a": ["{SECRET}"]}}}}', '{"credentials": <secret>}'),
        (f'{{"credentials": {{"a": "{SECRET}', '{"credentials": <secret>'),
        ('{"token": null, "secret": false}', '{"token": null, "secret": false}'),
        (f"{{'token': b'{SECRET}', 'x': 1}}", "{'token': b'<secret>', 'x': 1}"),
        (
            f'"{{\\"token\\": \\"{SECRET}\\", \\"x\\": 1}}"',
            '"{\\"token\\": \\"<secret>\\", \\"x\\": 1}"',
        ),
        (f"Settings(api_key='{SECRET}', size=1)", "Settings(api_key='<secret>', size=1)"),
        (f"/order?symbol=BTC&signature={SECRET}&a=1", "/order?symbol=BTC&signature=<secret>&a=1"),
        (f"X-MBX-APIKEY: {SECRET}\r\nHost: x", "X-MBX-APIKEY: <secret>\r\nHost: x"),
        (f'Cookie: a="{SECRET}"; b=1\nHost: x', "Cookie: <secret>\nHost: x"),
        (f"curl -H 'X-API-Key: {SECRET}' host", "curl -H 'X-API-Key: <secret>' host"),
        (f"Authorization: Basic {SECRET}", "Authorization: <secret>"),
        (f"authorization=Bearer {SECRET}, x", "authorization=<secret>, x"),
        (f"sent Bearer {SECRET} to it", "sent Bearer <secret> to it"),
        (f"https://me:{SECRET}@host/path", "https://<secret>@host/path"),
        ("got eyJhbGciOiJI.eyJzdWIiOiIx.abc_-1 back", "got <secret> back"),
        (f"-----BEGIN PRIVATE KEY-----\n{SECRET}\n", "-----BEGIN PRIVATE KEY-----<secret>"),
        (
            f'<input name="password" value="{SECRET}"><p>x</p>',
            '<input name="password" value="<secret>"><p>x</p>',
        ),
        (f"<meta name=csrf-token content={SECRET}>", "<meta name=csrf-token content=<secret>>"),
        (f"<a><apiKey>{SECRET}</apiKey></a>", "<a><apiKey><secret></apiKey></a>"),
        (f"<a><apiKey id='1'>{SECRET}", "<a><apiKey id='1'><secret>"),
        (f'<p data-token="{SECRET}">x</p>', '<p data-token="<secret>">x</p>'),
    ],
)
def test_mask_text(text, masked):
    """Secrets are masked in JSON, headers, queries and HTML; a second time changes nothing."""
    assert mask_text(text) == masked
    assert mask_text(masked) == masked


@pytest.mark.parametrize(
    "text",
    [
        '{"code": 401009, "message": "clientOrderId already exists", "data": {"tokenCount": 3}}',
        "Bearer authentication failed",
        "time: 12:30, https://host/a?b=c#d=e",
        '<input name="symbol" value="BTC"><form action="/x">',
        "token",
        "token=",
        'token=""',
        "",
    ],
)
def test_mask_text_leaves_the_rest(text):
    """A text without secrets stays as it is."""
    assert mask_text(text) == text


def test_no_documented_message_is_masked():
    """No message of the embedded catalog looks like a secret."""
    messages = [error_code.message for error_code in load_catalog("ltp").values()]

    assert [mask_text(message) for message in messages] == messages


@pytest.mark.parametrize(
    "piece",
    [
        "a", "-a", "--a", "a ", "a=", "a:", "token=", '"token":"', '"token":[', "{", "<a ",
        "<key>a", "://", "//a:b", "eyJ", "eyJa.", "%41", "\\", "\\n", "&#65;", "Bearer ", "Basic a",
        "name=a\n\n", "-----BEGIN PRIVATE KEY-----", "4111 ", "0x", "Digest a=b,", '["token",',
        '{"name":"token",', '{"name":"token","value":[', '{"value":[{"name":"token",',
        "1:", "a.", "SG.a.", "bot1:", "password ", "-u a:", "@tcp(", "cookie: ", "x y",
    ],
)  # fmt: skip
def test_time_is_linear(piece):
    """Ten times the text takes no more than some ten times the time, whatever it repeats."""
    short, long = (piece * (size // len(piece)) for size in (3_000, 30_000))
    bound = 60 * min(measure(short) for _ in range(3)) + 50_000
    times = []
    while len(times) < 3 and (not times or times[-1] >= bound):  # the best of three counts
        times.append(measure(long))
    assert times[-1] < bound, times


def measure(text: str) -> int:
    """Return how many microseconds of this process a text takes."""
    start = process_time_ns()
    mask_text(text)
    return (process_time_ns() - start) // 1_000


@pytest.mark.parametrize("form", ['{{"a": 1, "token": "{}"}}', "token={}&a=1", "eyJ{0}.eyJ{0}"])
@pytest.mark.parametrize("start", [0, 10, 700, 6_000, 9_000])
def test_part_of_a_long_secret(form, start):
    """A part of a text that begins or ends in a secret of any length shows nothing of it."""
    text = form.format("9fK2mQx7Lb" * 1_000)
    assert "9fK2" not in mask_part(text, start, start + 200)


def test_mapping_without_an_end():
    """A mapping that has no end, nor those in it, is only named."""

    class Endless(Mapping):
        def __getitem__(self, key):
            return self if key % 2 else Endless()

        def __iter__(self):
            return itertools.count()

        def __len__(self):
            return 2**62

        def __contains__(self, key):
            return False

        def get(self, key, default=None):
            return default

    assert mask_data(Endless()) == "<cannot be read>"
    assert mask_data([7, Endless()]) == [7, "<cannot be read>"]


@pytest.mark.parametrize("end", range(9))
def test_token_whose_second_part_is_cut(end):
    """A token is hidden where the part that is looked at ends behind its first dot."""
    text = f"x eyJ{SECRET * 130}.eyJ{SECRET * 130}"
    piece = text[: text.index(".") + end]
    assert SECRET not in mask_text(piece)
