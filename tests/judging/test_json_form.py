"""Mismatches as JSON: the same facts as in their texts, and no secret."""

from __future__ import annotations

import json

import pytest
from envelopes import LTP, came
from hypothesis import given
from hypothesis import strategies as st

from pytest_errcodes import IsCode, raises_code
from pytest_errcodes.active.observation import Observation
from pytest_errcodes.assertions.matcher import compare_structures
from pytest_errcodes.catalog import Catalog, EnvelopeShape, ErrorCode, Section
from pytest_errcodes.envelope.reading import read
from pytest_errcodes.judging.comparison import compare, compare_refusal
from pytest_errcodes.judging.exception_codes import Codeless
from pytest_errcodes.judging.expectation import AnyCode, Expectation, ExpectedEnvelope
from pytest_errcodes.judging.json_form import to_json
from pytest_errcodes.judging.mismatch import Mismatch
from pytest_errcodes.judging.rendering import render
from pytest_errcodes.judging.sights import Sights
from pytest_errcodes.judging.verdict import judge

EXISTS = "clientOrderId already exists"
GOAL = {"title": "401009", "codes": [401009], "message": EXISTS, "catalog": "ltp"}

# It stands only where the words around it say that it is a secret.
SECRET = "hunter2hunter2"

pytestmark = pytest.mark.usefixtures("context")


def written(answer, expected):
    """Return the mismatch of an answer as JSON."""
    return to_json(compare(answer, expected))


def test_another_code():
    """Code and documented message of both sides are there, and what is near an unknown code."""
    assert written(came(401065, "Odd"), ExpectedEnvelope.of(401009)) == {
        "kind": "code",
        "field": "code",
        "expected": [401009],
        "came": 401065,
        "path": [],
        "at": None,
        "goal": GOAL,
        "answer": {
            "code": 401065,
            "message": "Odd",
            "http_status": None,
            "evidence": "envelope",
            "documented": None,
            "nearest": [
                {"code": 401064, "message": LTP[401064].message},
                {"code": 401066, "message": LTP[401066].message},
            ],
        },
        "seen_at": "",
        "hints": ["the catalog ltp does not document 401065"],
        "nested": [],
    }


def test_message():
    """A message stands beside its template, with the place where it leaves it."""
    found = written(came(401246, "Invalid price"), ExpectedEnvelope.of(401246))

    assert (found["kind"], found["expected"], found["came"], found["at"]) == (
        "message",
        "Invalid tpTriggerPrice , current price: %s",
        "Invalid price",
        [8, 8],
    )


def test_parameters():
    """Each parameter that differs is nested, with its number."""
    message = LTP[401068].template.render(*"12345")
    found = written(came(401068, message), ExpectedEnvelope.of(401068, tuple("12845")))

    assert (found["expected"], found["came"]) == (list("12845"), list("12345"))
    (nested,) = found["nested"]
    assert (nested["kind"], nested["path"], nested["expected"], nested["came"]) == (
        "parameter",
        [3],
        "8",
        "3",
    )


@pytest.mark.parametrize(
    ("expected", "data", "path", "values"),
    [
        ({"a": [{"b": 1}]}, {"a": [{"b": 2}]}, ["a", 0, "b"], {"expected": 1, "came": 2}),
        ({"a": 1}, {}, ["a"], {"expected": 1}),
        ({}, {"a": 1}, ["a"], {"came": 1}),
        ({"token": "a"}, {"token": "b"}, ["token"], {"expected": "<secret>", "came": "<secret>"}),
    ],
)
def test_data(expected, data, path, values):
    """A field is told by the way to it, and the value that is not there is left out."""
    found = written(came(401009, EXISTS, data), ExpectedEnvelope.of(401009, data=expected))

    assert (found["kind"], found["field"], found["path"]) == ("field", "data", path)
    assert {side: found[side] for side in ("expected", "came") if side in found} == values


def test_no_envelope():
    """What is no envelope is told by the reason, and by what it was."""
    refusal = read(b"<html>token=abc</html>", LTP)
    found = to_json(compare_refusal(refusal, ExpectedEnvelope.of(401009)))

    assert found["answer"] is None
    assert found["came"] == {
        "reason": "the body is an HTML page, not JSON",
        "details": [["body", "<html>token=<secret></html>"]],
    }


def test_structure():
    """Each matcher that does not match is told by its place."""
    body = {"code": 401018, "message": "Order not found"}
    found = to_json(compare_structures("==", {"r": [body]}, {"r": [IsCode(401009)]}))

    assert (found["kind"], found["left"], found["right"]) == (
        "structure",
        {"r": [body]},
        {"r": ["IsCode(401009)"]},
    )
    assert [(one["place"], one["mismatch"]["kind"]) for one in found["members"]] == [
        ("['r'][0]", "code")
    ]


def see(code, message, source="route", place="POST https://api.test/order"):
    """Return an observation."""
    url = f"https://api.test/order?signature={SECRET}"
    return Observation(code, message, None, LTP.shape, 200, source, place, "POST", url)


LOST = Codeless("KeyError", "KeyError at client.py:7", is_foreign=True)


def test_unmet_expectation():
    """All that was seen is there, without the URLs that hold secrets."""
    wanted = Expectation((LTP[401009],))
    (unmet,) = judge([wanted], Sights([see(401009, EXISTS)], codeless=[LOST]))

    assert to_json(unmet) == {
        "kind": "not-surfaced",
        "codes": [{"code": 401009, "message": EXISTS}],
        "seen": [
            {
                "code": 401009,
                "message": EXISTS,
                "http_status": 200,
                "source": "route",
                "evidence": "envelope",
                "place": "POST https://api.test/order",
            }
        ],
        "times": None,
        "came": None,
        "how": "received",
        "narrowed": False,
        "retry": None,
        "hints": [
            f"{LOST.place} carries no code: the client broke on the answer, or lost the code"
        ],
        "no_envelopes": [],
    }


def test_hidden_retry():
    """How often a code came stands there, without what may be secret in the URL."""
    raised = see(401009, EXISTS, "exception", "raised")
    seen = [see(401009, EXISTS), see(401009, EXISTS), raised]
    (unmet,) = judge([Expectation((LTP[401009],))], Sights(seen))

    assert to_json(unmet)["retry"] == {
        "method": "POST",
        "address": "https://api.test/order",
        "received": 2,
        "surfaced": 1,
        "accounted": 0,
    }


def test_other_codes_that_would_have_done():
    """Each further code that was expected is nested."""
    codes = (LTP[401009], LTP[401019])
    (unexpected,) = judge(
        [Expectation(codes)], Sights([], [see(401018, "x", "exception", "raised")])
    )
    found = to_json(unexpected)

    assert found["seen_at"] == "raised"
    assert [one["expected"] for one in (found, *found["nested"])] == [[401009], [401019]]


def raised(monkeypatch, body, **options):
    """Return the mismatch of a block, as JSON."""
    found = []
    monkeypatch.setattr(
        "pytest_errcodes.judging.rendering.render", lambda one: found.append(one) or ""
    )
    with pytest.raises(AssertionError), raises_code(401009, **options):
        body()
    return to_json(found[0])


class ApiError(Exception):
    """What a client raises."""

    code, message = 401009, EXISTS


def raise_it():
    """Raise it."""
    raise ApiError("token=abc")


def test_exceptions(monkeypatch, context):
    """What was expected of an exception stands beside what came."""
    silence = raised(monkeypatch, lambda: context.see(401009, EXISTS, "route", "POST https://x"))
    assert (silence["kind"], silence["expected"]) == ("nothing-raised", None)
    assert [(one["code"], one["place"]) for one in silence["came"]] == [(401009, "POST https://x")]

    other_type = raised(monkeypatch, raise_it, exception=(KeyError, OSError))
    assert (other_type["kind"], other_type["expected"], other_type["came"]) == (
        "exception-type",
        ["KeyError", "OSError"],
        "ApiError",
    )
    other_text = raised(monkeypatch, raise_it, match="^a")
    assert (other_text["kind"], other_text["expected"], other_text["came"]) == (
        "exception-text",
        "^a",
        "token=<secret>",
    )


SECTION = Section("all", "All", "")
CODES = [
    ErrorCode(7, "No such apiKey: %s", SECTION),
    ErrorCode(8, "%s to %s", SECTION),
    ErrorCode(9, "Bad input:", SECTION, open_ended=True),
    ErrorCode(10, "Plain", SECTION),
]
CATALOG = Catalog("c", CODES, sections=[SECTION], shapes=[EnvelopeShape(success=(0,))])
pieces = st.sampled_from(
    [
        f"apiKey={SECRET}",
        f'{{"token": "{SECRET}"}}',
        f"Bearer {SECRET}",
        "a",
        "\n",
        "\ud800",
        "x" * 300,
    ]
)
texts = st.one_of(st.text(max_size=5), st.lists(pieces, max_size=3).map(" ".join))
messages = st.one_of(
    st.none(),
    texts,
    st.just(f"No such apiKey: {SECRET}"),
    st.builds("{} to {}".format, texts, texts),
    st.builds("Bad input:{}".format, texts),
    st.just("Plain"),
)
codes = st.one_of(st.sampled_from([0, 7, 8, 9, 10]), st.integers(), st.just(10**5000), texts)
values = st.recursive(
    st.one_of(st.none(), st.integers(), st.floats(), texts),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(texts, st.integers()), inner, max_size=3),
        st.builds(lambda value: {"password": [value, SECRET]}, inner),
    ),
    max_leaves=8,
)
answers = st.builds(came, codes, messages, values, st.just(CATALOG.shape))


def test_secret_among_parameters():
    """A parameter that the words before it call a secret is masked."""
    answer = came(7, f"No such apiKey: {SECRET}", shape=CATALOG.shape)
    found = written(answer, ExpectedEnvelope(CODES[0], ("0000",), catalog=CATALOG))

    assert (found["expected"], found["came"]) == (["<secret>"], ["<secret>"])


@st.composite
def goals(draw):
    """Draw what is expected of an envelope."""
    code = draw(st.sampled_from([*CODES, *AnyCode]))
    params = None
    if isinstance(code, ErrorCode) and draw(st.booleans()):
        params = tuple(draw(texts) for _ in code.template.placeholders) or None
    message = draw(st.one_of(st.none(), st.sampled_from(["template", "ignore"]), texts))
    return ExpectedEnvelope(code, params, message, draw(st.one_of(st.just(...), values)), CATALOG)


def check(mismatch):
    """Check that a mismatch has a text, and is JSON of no great size without the secret."""
    text = json.dumps(to_json(mismatch), allow_nan=False)

    assert json.loads(text) == to_json(mismatch)
    assert SECRET not in text
    assert len(text) < 50_000
    assert render(mismatch)


@given(answers, goals())
def test_whatever_differs(answer, goal):
    """Any mismatch of an envelope is JSON, and shows no secret."""
    mismatch = compare(answer, goal)
    if isinstance(mismatch, Mismatch):
        check(mismatch)


@given(st.lists(st.builds(see, codes, messages, st.sampled_from(["route", "exception"]))), goals())
def test_whatever_was_seen(seen, goal):
    """So is any expectation that was not met."""
    code = goal.code if isinstance(goal.code, ErrorCode) else CODES[0]
    wanted = Expectation((code, CODES[3]), False, None, goal.message, 2, surfaced=True)
    for unmet in judge([wanted], Sights(seen, seen[:1])):
        check(unmet)


@given(values)
def test_whatever_is_no_envelope(value):
    """So is anything that is no envelope."""
    refusal = read(value, CATALOG)
    if not hasattr(refusal, "code"):
        check(compare_refusal(refusal, ExpectedEnvelope(CODES[0], None, None, ..., CATALOG)))
