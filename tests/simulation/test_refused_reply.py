"""What a reply cannot be made of is refused, with the place and the remedy."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

import pytest
from simulated_catalogs import BARE, LTP

from pytest_errcodes.catalog import UnknownCodeError, load_catalog, parse_catalog
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.simulation.reply import make_reply

DIGITS = 10**5000


class Endless(Mapping):
    """A mapping whose names have no end."""

    def __getitem__(self, name):
        """Return the same for each."""
        return 1

    def __iter__(self):
        """Yield one name after the other."""
        return map("name{}".format, count())

    def __len__(self):
        """Say that there are few."""
        return 1


def refusal(code, *params, catalog=LTP, **options):
    """Return slug and text of the refusal."""
    with pytest.raises(ErrcodesUsageError) as caught:
        make_reply(catalog, code, params, options)
    return caught.value.slug, str(caught.value)


def test_data_without_a_field():
    """Data that would be lost is refused."""
    assert refusal(51008, catalog=BARE, data=None) == (
        "reply-option",
        (
            "reply(51008, data=...): the envelope of catalog 'bare' has no field for data\n"
            "hint: name one in the catalog's [envelope], as in data = 'data', or leave out data="
        ),
    )


def test_unknown_code():
    """A code that the catalog lacks is refused as everywhere, and the hint tells how to send it."""
    with pytest.raises(UnknownCodeError) as caught:
        make_reply(LTP, 401999, (), {})
    with pytest.raises(UnknownCodeError) as expected:
        LTP[401999]
    assert caught.value.message == expected.value.message
    assert caught.value.hint == (
        "check the number against the document, or send it with undocumented=True, message='...'"
    )


REFUSALS = {
    "an option that does not exist": (
        (401009,),
        {"htp_status": 500},
        "reply-option",
        (
            "reply(...) knows no option 'htp_status'; it knows data, message, fields, code_type, "
            "alternative, shape, http_status, headers, undocumented, items, times\n"
            "hint: did you mean http_status=?"
        ),
    ),
    "an option that is like none": (
        (401112,),
        {"leverage": "20"},
        "reply-option",
        (
            "reply(...) knows no option 'leverage'; it knows data, message, fields, code_type, "
            "alternative, shape, http_status, headers, undocumented, items, times\n"
            "hint: parameters of the message go by position"
        ),
    ),
    "an option of respx's": (
        (401009,),
        {"side_effect": "x"},
        "reply-option",
        (
            "reply(...) knows no option 'side_effect'; it knows data, message, fields, code_type, "
            "alternative, shape, http_status, headers, undocumented, items, times\n"
            "hint: what respx's mock takes goes by position: then(httpx.ConnectTimeout)"
        ),
    ),
    "a message and parameters": (
        (401112, "20"),
        {"message": "no"},
        "message-and-parameters",
        (
            "reply(401112, ...) has both message= and parameters\n"
            "hint: give the parameters for the documented message, or the whole message="
        ),
    ),
    "a message that is no text": (
        (401009,),
        {"message": 5},
        "reply-message",
        (
            "message=5 is not text\n"
            "hint: give the whole message as text, or leave it out for the documented one"
        ),
    ),
    "a field in the place of the code": (
        (401009,),
        {"fields": {"code": 401009}},
        "envelope-fields",
        (
            "fields={'code': 401009} would replace the code of the envelope, which stands in code\n"
            "hint: the code is the first argument; code_type=str or int says how it is sent"
        ),
    ),
    "a field in the place of the message": (
        (401009,),
        {"fields": {"message": None}},
        "envelope-fields",
        (
            "fields={'message': None} would replace the message of the envelope, which stands in "
            "message\nhint: give the whole message as message="
        ),
    ),
    "a field in the place of the data": (
        (401009,),
        {"fields": {"requestId": "r1", "data": 1}},
        "envelope-fields",
        (
            "fields={'data': 1} would replace the data of the envelope, which stands in data\n"
            "hint: give it as data="
        ),
    ),
    "fields without a name": (
        (401009,),
        {"fields": {1: 2}},
        "envelope-fields",
        (
            "fields= has the name 1, which is no text\n"
            'hint: give names and JSON values: fields={"requestId": "r1"}'
        ),
    ),
    "fields without an end": (
        (401009,),
        {"fields": Endless()},
        "envelope-fields",
        (
            "fields= has more than 10,000 names\n"
            'hint: give names and JSON values: fields={"requestId": "r1"}'
        ),
    ),
    "fields that are none": (
        (401009,),
        {"fields": ["requestId"]},
        "envelope-fields",
        (
            "fields=['requestId'] is no dict\n"
            'hint: give names and JSON values: fields={"requestId": "r1"}'
        ),
    ),
    "fields that JSON cannot hold": (
        (401009,),
        {"fields": {"requestId": {1}}},
        "data-not-json",
        (
            "reply(401009, fields=...): JSON cannot hold this data: Object of type set is not JSON "
            "serializable\nhint: give strings, numbers, booleans, None, lists and dicts"
        ),
    ),
    "a code type that is none": (
        (401009,),
        {"code_type": "string"},
        "sent-code-type",
        (
            "reply(401009, code_type='string') is neither str nor int\n"
            "hint: give code_type=str, or code_type=int"
        ),
    ),
    "an alternative of one message": (
        (401009,),
        {"alternative": 0.0},
        "alternative",
        "alternative=0.0: 401009 has one message\nhint: leave it out",
    ),
    "a message and an alternative": (
        (401009,),
        {"alternative": 0, "message": "x"},
        "message-and-parameters",
        (
            "reply(401009, ...) has both message= and alternative=\n"
            "hint: give which one is the documented message, or the whole message="
        ),
    ),
    "success as undocumented": (
        (200,),
        {"undocumented": True, "message": "x"},
        "code-is-documented",
        (
            "reply(200, undocumented=True): 200 means success in catalog 'ltp'\n"
            "hint: leave out undocumented=True"
        ),
    ),
    "a documented code as undocumented": (
        (401009,),
        {"undocumented": True, "message": "x"},
        "code-is-documented",
        (
            "reply(401009, undocumented=True): catalog 'ltp' documents "
            "401009 clientOrderId already exists\n"
            "hint: leave out undocumented=True"
        ),
    ),
    "an undocumented code without its message": (
        (999999,),
        {"undocumented": True},
        "undocumented-without-message",
        (
            "reply(999999, undocumented=True) has no template to fill\n"
            "hint: give the whole message: "
            "reply(999999, undocumented=True, message='what the API says')"
        ),
    ),
    "an undocumented code with parameters": (
        (999999, "20"),
        {"undocumented": True, "message": "x"},
        "undocumented-without-message",
        (
            "reply(999999, undocumented=True) has no template to fill\n"
            "hint: give the whole message: "
            "reply(999999, undocumented=True, message='what the API says')"
        ),
    ),
    "an undocumented code of a wrong type": (
        (1.5,),
        {"undocumented": True, "message": "x"},
        "code-type",
        (
            "reply(1.5, undocumented=True): a code is an integer or text\n"
            "hint: write a code such as 400000"
        ),
    ),
    "an undocumented boolean": (
        (True,),
        {"undocumented": True, "message": "x"},
        "code-type",
        (
            "reply(True, undocumented=True): a code is an integer or text\n"
            "hint: write a code such as 400000"
        ),
    ),
    "an undocumented code too long for JSON": (
        (DIGITS,),
        {"undocumented": True, "message": "x"},
        "data-not-json",
        (
            "reply(an integer of 5,001 digits, data=...): JSON cannot hold this data: "
            "Exceeds the limit (4300 digits) for integer string conversion; "
            "use sys.set_int_max_str_digits() to increase the limit\n"
            "hint: give strings, numbers, booleans, None, lists and dicts"
        ),
    ),
    "data that JSON does not know": (
        (200000,),
        {"data": {1, 2}},
        "data-not-json",
        (
            "reply(200000, data=...): JSON cannot hold this data: "
            "Object of type set is not JSON serializable\n"
            "hint: give strings, numbers, booleans, None, lists and dicts"
        ),
    ),
    "a header that is no text": (
        (100429,),
        {"headers": {"retry-after": 1}},
        "headers",
        (
            "headers={'retry-after': 1} are not HTTP headers\n"
            "hint: give a mapping of text to text: headers={'retry-after': '1'}"
        ),
    ),
    "headers in one text": (
        (100429,),
        {"headers": "retry-after: 1"},
        "headers",
        (
            "headers='retry-after: 1' are not HTTP headers\n"
            "hint: give a mapping of text to text: headers={'retry-after': '1'}"
        ),
    ),
    "a header that HTTP cannot carry": (
        (100429,),
        {"headers": {"x": "币"}},
        "headers",
        (
            "headers={'x': '币'} are not HTTP headers\n"
            "hint: give a mapping of text to text: headers={'retry-after': '1'}"
        ),
    ),
    "headers of a compressed body": (
        (401009,),
        {"headers": {"Content-Encoding": "gzip", "x-request-id": "1"}},
        "headers",
        (
            "headers={'Content-Encoding': 'gzip'} would describe another body: a reply is sent as "
            "plain JSON of 68 bytes\n"
            "hint: leave Content-Encoding out; bytes of your own are sent by "
            ".respond(content=..., headers=...)"
        ),
    ),
    "all headers of another answer": (
        (401009,),
        {
            "headers": [
                ("content-encoding", "br"),
                ("transfer-encoding", "chunked"),
                ("content-length", "512"),
                ("server", "nginx"),
            ]
        },
        "headers",
        (
            "headers={'content-encoding': 'br', 'transfer-encoding': 'chunked', "
            "'content-length': '512'} would describe another body: a reply is sent as plain JSON "
            "of 68 bytes\n"
            "hint: leave content-encoding, transfer-encoding and content-length out; bytes of your "
            "own are sent by .respond(content=..., headers=...)"
        ),
    ),
}


@pytest.mark.parametrize(
    "headers",
    [
        {"content-encoding": "identity"},
        {"Content-Encoding": " Identity "},
        {"transfer-encoding": "identity"},
        {"content-length": "68"},
        {"accept-encoding": "gzip"},
        {"content-type": "application/json; charset=utf-8"},
    ],
    ids=str,
)
def test_headers_of_this_body(headers):
    """Headers that describe a body as it is are sent."""
    made = make_reply(LTP, 401009, (), {"headers": headers})
    ((name, value),) = headers.items()
    assert (name.encode(), value.encode()) in made.headers


# -- placeholders of another style -----------------------------------------------------------


def foreign(message, style="printf"):
    """Return a catalog whose one code has this message."""
    return parse_catalog(
        f'[envelope]\nplaceholders = "{style}"\n[sections.a.codes]\n1 = "{message}"\n'
    )


@pytest.mark.parametrize(
    ("message", "style", "text"),
    [
        (
            "Amount {amount} is low",
            "printf",
            (
                "reply(1) would send {amount} as it is: the message 'Amount {amount} is low' is "
                "read with placeholders of the style 'printf'\n"
                'hint: say placeholders = "format" in the catalog, under [envelope]; if the API '
                "does send {amount}, give the whole message="
            ),
        ),
        (
            "Amount ${amount} is low",
            "printf",
            (
                "reply(1) would send ${amount} as it is: the message 'Amount ${amount} is low' is "
                "read with placeholders of the style 'printf'\n"
                'hint: say placeholders = "dollar" in the catalog, under [envelope]; if the API '
                "does send ${amount}, give the whole message="
            ),
        ),
        (
            "Amount %s is low",
            "format",
            (
                "reply(1) would send %s as it is: the message 'Amount %s is low' is read with "
                "placeholders of the style 'format'\n"
                'hint: say placeholders = "printf" in the catalog, under [envelope]; if the API '
                "does send %s, give the whole message="
            ),
        ),
    ],
)
def test_placeholder_of_another_style(message, style, text):
    """A message is not sent with what looks like a placeholder in it."""
    assert refusal(1, catalog=foreign(message, style)) == ("foreign-placeholder", text)


def test_placeholders_of_two_styles():
    """Where the catalog's own style is in the message too, that style is no mistake."""
    assert refusal(1, "a", catalog=foreign("%s is below {least}")) == (
        "foreign-placeholder",
        (
            "reply(1) would send {least} as it is: the message '%s is below {least}' is read with "
            "placeholders of the style 'printf'\n"
            "hint: write %s and {least} in one style in the catalog; if the API does send {least}, "
            "give the whole message="
        ),
    )


@pytest.mark.parametrize(
    ("message", "style"),
    [
        ("Amount {amount} is low", "none"),
        ("An object such as {} is expected", "printf"),
        ("Between <low and high>", "printf"),
        ("50% discount", "format"),
        ("Write {{name}}", "format"),
        ("{ is missing }", "printf"),
    ],
)
def test_text_that_is_no_placeholder(message, style):
    """What is plain text, or may well be, is sent."""
    assert make_reply(foreign(message, style), 1, (), {}).code == 1


def test_whole_message_with_a_placeholder():
    """A whole message is sent to the letter."""
    made = make_reply(foreign("Amount {amount} is low"), 1, (), {"message": "Amount {amount}"})
    assert made.message == "Amount {amount}"


def test_parameters_for_a_placeholder_of_another_style():
    """Parameters for such a placeholder are not to be left out: the catalog is to be mended."""
    assert refusal(1, "500", catalog=foreign("Amount {amount} is low")) == (
        "parameter-count",
        (
            "message template 'Amount {amount} is low' takes no parameters, and got 1: '500'\n"
            "hint: if a parameter stands for {amount}, the catalog must say so: "
            'placeholders = "format" under [envelope]'
        ),
    )


# -- success ---------------------------------------------------------------------------------


def test_success_that_the_catalog_does_not_know(tmp_path):
    """A code that looks like success is to be declared, not to be sent as undocumented."""
    path = tmp_path / "cards.toml"
    path.write_text('[envelope]\ncode_type = "string"\n[sections.a.codes]\nB1 = "Low"\n', "utf-8")
    slug, text = refusal("0", catalog=load_catalog(path))
    assert (slug, text.splitlines()[-1]) == (
        "unknown-code",
        'hint: if "0" means success, cards.toml must say so: success = ["0"] under [envelope]',
    )


@pytest.mark.parametrize(("arguments", "options", "slug", "text"), REFUSALS.values(), ids=REFUSALS)
def test_refusal(arguments, options, slug, text):
    """What a reply cannot be made of is refused with its place and its remedy."""
    assert refusal(*arguments, **options) == (slug, text)


@pytest.mark.parametrize("number", ["nan", "inf", "-inf"])
def test_a_number_that_json_does_not_know(number):
    """NaN and the infinities are refused: no API could send them."""
    slug, text = refusal(200000, data={"price": float(number)})
    assert slug == "data-not-json"
    assert text.startswith(
        "reply(200000, data=...): JSON cannot hold this data: Out of range float"
    )


def test_data_that_utf8_does_not_know():
    """Half of a surrogate pair is refused: no bytes stand for it."""
    slug, text = refusal(200000, data="\ud800")
    assert slug == "data-not-json"
    assert text.startswith("reply(200000, data=...): JSON cannot hold this data: 'utf-8' codec can")


def test_data_that_holds_itself():
    """Data without end is refused."""
    data = []
    data.append(data)
    assert refusal(200000, data=data) == (
        "data-not-json",
        (
            "reply(200000, data=...): JSON cannot hold this data: Circular reference detected\n"
            "hint: give strings, numbers, booleans, None, lists and dicts"
        ),
    )


@pytest.mark.parametrize("status", [99, 600, 401009, True, "200", 200.0], ids=repr)
def test_http_status_that_is_none(status):
    """Only a number from 100 to 599 is an HTTP status; the business code is not."""
    slug, text = refusal(401009, http_status=status)
    assert (slug, text) == (
        "http-status",
        (
            f"http_status={status!r} is not an HTTP status\n"
            "hint: give a number from 100 to 599; the business code is the first argument of reply"
        ),
    )


@pytest.mark.parametrize("params", [(), ("1", "2")])
def test_wrong_number_of_parameters(params):
    """A template says which placeholders it has."""
    with pytest.raises(ErrcodesUsageError) as expected:
        LTP[401112].template.render(*params)
    assert refusal(401112, *params) == ("parameter-count", str(expected.value))
    assert "%s" in str(expected.value)
