"""Hostile names and values: each text of them is valid UTF-8, and no line holds what it should not.

Secrets among them are seen in no text, and a part of a text shows no more than the whole.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import httpx
import respx
from all_secrets import NAMES, TEXTS

from pytest_errcodes import Envelope, IsCode, NotAnEnvelopeError
from pytest_errcodes.assertions.asserts import assert_code, assert_success
from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.catalog.files.loading import parse_catalog
from pytest_errcodes.errors import ErrcodesError
from pytest_errcodes.simulation.findings.descriptions import describe_sent
from pytest_errcodes.simulation.findings.finding_texts import finding_to_json, render_finding
from pytest_errcodes.simulation.findings.unmatched import make_finding
from pytest_errcodes.snapshot.extension import EnvelopeSnapshotExtension
from pytest_errcodes.text.json_values import json_value
from pytest_errcodes.text.json_writing import write_toml_text
from pytest_errcodes.text.secrets import mask_part, mask_text
from pytest_errcodes.text.wording import quote, show_argument, show_name, show_text, show_value
from pytest_errcodes.tools.explaining import explain
from pytest_errcodes.tools.exporting import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_PIECES = (
    "a", "code", "message", "data", "ключ", "中", " ", "\n", "\r", "\t", "\x1b[31m", "\x9b31m",
    "\x85", "\u2028", "\u2029", "\u202e", "\u2066", "\u200b", "\ufeff", "\ud800", "\udfff", "\x00",
    "\x7f", "\U000e0041", "{}", "%s", "{0}", "%2", "'", '"', "\\", "://", "=", ":", "&", "?", "#",
    "/", "<", ">", "@", "[", "]", "{", "}", ",", "token", "%0a", "\\n",
    "-----BEGIN PRIVATE KEY-----",
)  # fmt: skip
_SURROGATE = re.compile("[\ud800-\udfff]")
#: Beyond U+FFFF a character stays as it is where YAML reads JSON.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_FORMS = (
    '{{"a": "b", "token": "{}"}}',
    "token={}&a=1",
    "eyJ{0}.eyJ{0}",
    "Cookie: {}\n",
    "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----",
)
_SECRET = "hunter2Zz9Qk4"
_LINE = re.compile(r"[^\n]*")


def make_text(random: Random, most: int = 8) -> str:
    """Return a text of a few hostile pieces."""
    return "".join(random.choice(_PIECES) for _ in range(random.randint(0, most)))


def make_value(random: Random, depth: int = 3) -> Any:
    """Return a JSON value, or nearly one, of hostile keys and texts."""
    kind = random.randint(0, 9 if depth else 5)
    if kind < 3:
        return make_text(random)
    if kind < 6:
        return random.choice(
            (None, True, 0, -1.5, 10**40, make_text(random).encode("utf-8", "replace"))
        )
    members = [make_value(random, depth - 1) for _ in range(random.randint(0, 3))]
    if kind == 6:
        return tuple(members)
    return members if kind == 7 else {make_text(random, 3): one for one in members}


def make_type(random: Random, base: type = Exception) -> type:
    """Return a class with a hostile name, and members under hostile names."""
    name = make_text(random).replace("\x00", "").encode("utf-8", "replace").decode()
    return type(name or "X", (base,), {"__module__": make_text(random), "__str__": lambda _: name})


def check_line(text: str) -> None:
    """Raise if a text would do anything but stand on its line."""
    text.encode("utf-8")
    assert text.isprintable(), ascii(text)


def check_lines(text: str) -> None:
    """Raise if a text of lines would do anything but stand on them."""
    for line in text.split("\n"):
        check_line(line)


def tell(check: Callable[..., object], *arguments: Any, **options: Any) -> str:
    """Return the text with which something fails; empty where it does not."""
    try:
        check(*arguments, **options)
    except (AssertionError, ErrcodesError, NotAnEnvelopeError) as error:
        return str(error)
    return ""


def show_values(random: Random) -> None:
    """Show a value in each way."""
    value, text = make_value(random), make_text(random)
    for shown in (
        show_value(value), show_value(value, 40), show_name(text), show_name(make_type(random)),
        show_text(text, 40), quote(text), show_argument(value), show_value(make_type(random)()),
    ):  # fmt: skip
        check_line(shown)
    written = json.dumps(json_value(value), ensure_ascii=False)
    check_line(written)


def compare_envelopes(random: Random) -> None:
    """Fail with an envelope whose message and data are hostile."""
    envelope = {
        "code": random.choice((401009, 401009, make_text(random), 7)),
        "message": make_text(random),
        "data": make_value(random),
        make_text(random, 3): make_value(random),
    }
    other = make_value(random)
    check_lines(
        tell(assert_code, envelope | {"code": 401112}, 401112, make_text(random), data=other)
    )
    check_lines(tell(assert_code, envelope, 401009, message=make_text(random), data=other))
    check_lines(tell(assert_success, envelope))
    check_lines(repr(IsCode(401009, data=make_text(random))))
    check_line(repr(Envelope.of({"code": 1, "message": make_text(random), "data": other})))


def refuse_objects(random: Random) -> None:
    """Read what is no envelope, of hostile fields and classes."""
    error = make_type(random)()
    error.response = make_value(random)
    fields = {f"{make_text(random, 3)}code{make_text(random, 2)}": 7, make_text(random): 1}
    for obj in (fields, make_value(random), error, json.dumps(fields), make_type(random, object)()):
        check_lines(tell(assert_success, obj))
        check_lines(tell(assert_code, obj, 401009))
        check_lines(tell(Envelope.of, obj))


def describe_requests(random: Random) -> None:
    """Tell of a request without a route, with hostile names everywhere."""
    check_line(describe_sent(make_text(random), "https://a.test/" + make_text(random)))
    content = json.dumps(make_value(random), default=repr).encode()
    try:
        request = httpx.Request(
            random.choice(("GET", make_text(random) or "A")),
            f"https://a.test/{make_text(random)}",
            headers={make_text(random) or "a": make_text(random)},
            content=content,
        )
        router = respx.MockRouter()
        routes = [
            router.route(method=make_text(random) or "A"),
            router.route(url__regex=re.escape(make_text(random) or "b")),
            router.route(path=f"/{make_text(random)}", json={make_text(random): make_text(random)}),
            router.route(headers={make_text(random) or "a": make_text(random)}),
            router.route(params={make_text(random): make_text(random)}),
        ]
    except Exception:  # what httpx or respx refuses
        return
    finding = make_finding(request, routes)
    check_lines(render_finding(finding))
    check_lines(json.dumps(finding_to_json(finding), ensure_ascii=False))


def store_snapshots(random: Random) -> None:
    """Write a snapshot of hostile data."""
    envelope = {"code": 401009, "message": make_text(random), "data": make_value(random)}
    EnvelopeSnapshotExtension().serialize(envelope).encode("utf-8")


def explain_messages(random: Random) -> None:
    """Explain a hostile message."""
    envelope = json.dumps({"code": 401009, "message": make_text(random)})
    for one in explain(load_catalog("ltp"), envelope):
        check_lines(json.dumps(one.as_dict()))


def write_catalogs(random: Random) -> None:
    """Write a catalog of hostile texts in each format that has escapes, its own among them."""
    title, message, tag = (_SURROGATE.sub("", f"x{make_text(random)}") for _ in "tmg")
    lines = (
        f"title = {write_toml_text(title)}",
        f"[envelope]\nsuccess = [0]\n[sections.a]\ntitle = {write_toml_text(title)}",
        'label = ""\n[sections.a.codes]',
        f"1 = {{ message = {write_toml_text(message)}, tags = [{write_toml_text(tag)}] }}",
    )
    try:
        catalog = parse_catalog("\n".join(lines))
    except ErrcodesError as error:
        check_lines(str(error))
        return
    for one in FORMATS:
        if one.name != "csv":  # it has no escapes: its texts are to the letter
            written = one.write(catalog)
            assert not _UNSEEN.search(written), (one.name, ascii(written))


def hide_secrets(random: Random) -> None:
    """Mask a secret of each kind amid hostile text."""
    before, after = (
        " ".join(random.choices(("abc", "é", "中", "12", "x=1", ",;"), k=9)) for _ in "ab"
    )
    text, secret = TEXTS[random.choice(tuple(TEXTS))]
    whole = f"{before}\n{text}\n{after}"
    for shown in (mask_text(whole), show_value([whole]), show_text(whole, 300)):
        assert secret not in shown, shown
    assert mask_text(mask_text(whole)) == mask_text(whole), ascii(whole)
    name = random.choice(NAMES)
    structure = [{"headers": {name: _SECRET}}, [(name, _SECRET)], {"name": name, "value": _SECRET}]
    value = random.choice(structure)
    for shown in (show_value(value), mask_text(str(value)), mask_text(json.dumps(value))):
        assert _SECRET not in shown, shown


def cut_texts(random: Random) -> None:
    """Mask a part of a long text in which a secret is: however it is cut, it is not seen."""
    secret = "9fK2mQx7Lb" * random.randint(1, 900)
    form = random.choice(_FORMS)
    text = "x y " * random.randint(0, 2_000) + form.format(secret) + " z" * random.randint(0, 2_000)
    start = random.randint(0, len(text))
    shown = mask_part(text, start, start + random.randint(0, 3_000))
    assert "9fK2mQ" not in shown, shown[:300]
    assert "9fK2mQ" not in show_text(text, 200)
    assert "9fK2mQ" not in show_value({"a": text}, 200)


PLAYS = (
    show_values,
    compare_envelopes,
    refuse_objects,
    describe_requests,
    store_snapshots,
    explain_messages,
    write_catalogs,
    hide_secrets,
    cut_texts,
)
