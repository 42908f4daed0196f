"""``MessageTemplate``: rendering parameters into a message, and reading them out of one."""

from __future__ import annotations

import pickle
from decimal import Decimal

import pytest

from pytest_errcodes.catalog import Catalog, MessageTemplate
from pytest_errcodes.errors import ErrcodesUsageError

REPLACED = "%s reduce only order to %s was cancelled"


@pytest.mark.parametrize(
    ("text", "style", "placeholders"),
    [
        ("plain", "printf", ()),
        (REPLACED, "printf", ("%s", "%s")),
        ("%d of %.2f%%", "printf", ("%d", "%.2f")),
        ("%5d %-3s %+d %lld %x", "printf", ("%5d", "%-3s", "%+d", "%lld", "%x")),
        ("at most 50% discount, 100%", "printf", ()),
        ("{0} {name}", "printf", ()),
        ("{0} and {name}", "format", ("{0}", "{name}")),
        ("{1} before {0}", "format", ("{0}", "{1}")),
        ("{name} before {0}", "format", ("{0}", "{name}")),
        ("{} and {}", "format", ("{}", "{}")),
        ("{a} and {b} and {a}", "format", ("{a}", "{b}")),
        ("{0:.2f} {1!r}", "format", ("{0:.2f}", "{1!r}")),
        ('{{0}} and {"code": 1} and %s', "format", ()),
        ("%s {0}", "none", ()),
        ("${a} and ${b} and ${a}, $5, $$, ${}, ${a b}", "dollar", ("${a}", "${b}")),
        ("<order id> of <sym>, 1 < 2 > 1, <>, </b>", "angle", ("<order id>", "<sym>")),
    ],
)
def test_placeholders(text: str, style: str, placeholders: tuple[str, ...]) -> None:
    """They are given one for each parameter, in the order of the parameters."""
    assert MessageTemplate(text, style).placeholders == placeholders  # type: ignore[arg-type]  # one of the styles


@pytest.mark.parametrize(
    ("text", "style", "params", "message"),
    [
        ("plain", "printf", (), "plain"),
        (REPLACED, "printf", ("SELL", 5), "SELL reduce only order to 5 was cancelled"),
        ("100%% of %s", "printf", ("it",), "100% of it"),
        ("%d left", "printf", (3,), "3 left"),
        ("%d left", "printf", ("3",), "3 left"),
        ("%d left", "printf", (3.0,), "3 left"),
        ("%d left", "printf", (Decimal(3),), "3 left"),
        ("%.2f left", "printf", (0.5,), "0.50 left"),
        ("%.2f left", "printf", ("0.5",), "0.5 left"),
        ("%5d left", "printf", (3,), "    3 left"),
        ("%x left", "printf", (255,), "ff left"),
        ("%x left", "printf", (None,), "None left"),
        ("%s left", "printf", (None,), "None left"),
        ("{1} before {0}", "format", ("a", "b"), "b before a"),
        ("{a}, {b}, {a}", "format", (1, 2), "1, 2, 1"),
        ("{0:.2f} {{0}}", "format", (0.5,), "0.50 {0}"),
        ("{0:.2f}", "format", ("half",), "half"),
        ("%s {0}", "none", (), "%s {0}"),
        ("${a}, ${b}, ${a} $${a}", "dollar", (1, 2), "1, 2, 1 ${a}"),
        ("<order id> < 5", "angle", (7,), "7 < 5"),
    ],
)
def test_render(text: str, style: str, params: tuple[object, ...], message: str) -> None:
    """Parameters stand in the message as their placeholders write them; texts as they are."""
    template = MessageTemplate(text, style)  # type: ignore[arg-type]  # one of the styles
    assert template.render(*params) == message


@pytest.mark.parametrize(
    ("text", "params", "message"),
    [
        ("Expect input:", (), "Expect input:"),
        ("Expect input:", ("orders",), "Expect input: orders"),
        ("Expect input: ", ("orders",), "Expect input: orders"),
        ("Expect %s:", ("one",), "Expect one:"),
        ("Expect %s:", ("one", "two"), "Expect one: two"),
    ],
)
def test_render_open_ended(text: str, params: tuple[object, ...], message: str) -> None:
    """What follows an open-ended message is a parameter that may be left out."""
    assert MessageTemplate(text, open_ended=True).render(*params) == message


@pytest.mark.parametrize(
    ("text", "open_ended", "params", "error"),
    [
        (
            "plain",
            False,
            ("x",),
            (
                "message template 'plain' takes no parameters, and got 1: 'x'\n"
                "hint: leave the parameters out"
            ),
        ),
        (
            "at %s",
            False,
            (),
            (
                "message template 'at %s' takes 1 parameter (%s), and got none\n"
                "hint: pass one parameter for each placeholder, in order; "
                "*code.template.sample makes them up"
            ),
        ),
        (
            "%s to %d",
            False,
            (1, 2, 3),
            (
                "message template '%s to %d' takes 2 parameters (%s, %d), and got 3: 1, 2, 3\n"
                "hint: pass one parameter for each placeholder, in order"
            ),
        ),
        (
            "input:",
            True,
            (1, 2),
            (
                "message template 'input:' takes 0 to 1 parameter, and got 2: 1, 2\n"
                "hint: the last one, which is optional, follows the message"
            ),
        ),
        (
            "%s:",
            True,
            (),
            (
                "message template '%s:' takes 1 to 2 parameters (%s), and got none\n"
                "hint: the last one, which is optional, follows the message"
            ),
        ),
    ],
)
def test_wrong_number_of_parameters(
    text: str, open_ended: bool, params: tuple[object, ...], error: str
) -> None:
    """The error names the template, its placeholders and what came."""
    with pytest.raises(ErrcodesUsageError) as caught:
        MessageTemplate(text, open_ended=open_ended).render(*params)
    assert (caught.value.slug, str(caught.value)) == ("parameter-count", error)


@pytest.mark.parametrize(
    ("text", "value", "complaint"),
    [
        ("%d", "many", "takes an integer for %d, not 'many'"),
        ("%d", 3.7, "takes an integer for %d, not 3.7"),
        ("%d", "3.0", "takes an integer for %d, not '3.0'"),
        ("%d", None, "takes an integer for %d, not None"),
        ("%d", float("inf"), "takes an integer for %d, not inf"),
        pytest.param(
            "%d", 10**5000, "takes an integer for %d, not an integer of 5,001 digits", id="huge"
        ),
        ("%.2f", "half", "takes a number for %.2f, not 'half'"),
        ("%f", float("nan"), "takes a number for %f, not nan"),
        ("%f", "x" * 99, f"takes a number for %f, not '{'x' * 59}…"),
    ],
)
def test_a_parameter_that_is_no_number(text: str, value: object, complaint: str) -> None:
    """A placeholder for numbers refuses what it could not read back."""
    with pytest.raises(ErrcodesUsageError) as caught:
        MessageTemplate(text).render(value)
    noun = "an integer" if text == "%d" else "a number"
    assert caught.value.slug == "parameter-type"
    assert str(caught.value) == (
        f"message template '{text}' {complaint}\nhint: pass {noun}, or a text that writes one"
    )


@pytest.mark.parametrize(
    ("text", "message", "params"),
    [
        ("plain", "plain", ()),
        ("plain", "plain ", None),
        ("plain", "Plain", None),
        ("plain", "", None),
        ("at %s", "at 5", ("5",)),
        ("at %s", "at ", ("",)),
        ("at %s", "at", None),
        ("at %s now", "at 5 now", ("5",)),
        ("at %s now", "at now", None),
        ("at %s now", "at  now", ("",)),
        ("%s to %s", "a to b to c", ("a", "b to c")),
        ("%s%s", "ab", ("", "ab")),
        ("%s, %s.", "a, b, c.", ("a", "b, c")),
        ("aa%saa", "aaa", None),
        ("aa%saa", "aaaa", ("",)),
        ("at %s\nnow", "at 5\nnow", ("5",)),
        ("100%% of %s", "100% of it", ("it",)),
        ("100%% of %s", "100%% of it", None),
        ("100%%", "100%", ()),
    ],
)
def test_match(text: str, message: str, params: tuple[str, ...] | None) -> None:
    """Each parameter but the last is as short as it can be; the whole message must fit."""
    assert MessageTemplate(text).match(message) == params


@pytest.mark.parametrize(
    ("text", "message", "params"),
    [
        ("%d left", "3 left", ("3",)),
        ("%d left", "-3 left", ("-3",)),
        ("%d left", "3.5 left", None),
        ("%d left", "many left", None),
        ("%d left", " left", None),
        ("%d left", "+ left", None),
        ("%d left", "٣ left", None),
        ("%f left", "3 left", ("3",)),
        ("%f left", "-3.5e-7 left", ("-3.5e-7",)),
        ("%f left", "3. left", None),
        ("%f left", "3e left", None),
        ("%f left", "1.2.3 left", None),
        ("%5d left", "    3 left", ("    3",)),
        ("%s to %d x", "a to b to 5 x", ("a to b", "5")),
        ("%s%d", "abc5", ("abc", "5")),
        ("%d%s", "123", ("1", "23")),
        ("%d%d", "12", ("1", "2")),
        ("%d%d", "1", None),
        ("%d-%d", "1--2", ("1", "-2")),
        ("%f.%d", "1.5.2", ("1.5", "2")),
        ("%f%s", "1e5", ("1", "e5")),
        ("%fe%d", "1e5e7", ("1e5", "7")),
        ("%d,%s,%d", "1,2,3,4", ("1", "2,3", "4")),
        ("at %d", "at", None),
        ("x%dx%sx", "x1x", None),
        ("%d of %d", "5 on 6", None),
        ("%d%%", "50%", ("50",)),
    ],
)
def test_match_numbers(text: str, message: str, params: tuple[str, ...] | None) -> None:
    """A placeholder for numbers holds one, wherever that makes the message fit."""
    assert MessageTemplate(text).match(message) == params


@pytest.mark.parametrize(
    ("text", "message", "params"),
    [
        ("{1} before {0}", "b before a", ("a", "b")),
        ("{a}, {b}, {a}", "1, 2, 1", ("1", "2")),
        ("{a} and {a}", "1 and 2", ("1",)),
        ("{{{a}}}", "{5}", ("5",)),
    ],
)
def test_match_format(text: str, message: str, params: tuple[str, ...] | None) -> None:
    """Parameters come in the order in which they are rendered; of a repeated one, the first."""
    assert MessageTemplate(text, "format").match(message) == params


@pytest.mark.parametrize(
    ("text", "message", "params"),
    [
        ("input:", "input:", ()),
        ("input:", "input:   ", ()),
        ("input:", "input: a b", ("a b",)),
        ("input:", "input:a", ("a",)),
        ("input:", "Input: a", None),
        ("%s:", "a: b: c", ("a", "b: c")),
        ("%s:", "a:", ("a",)),
        ("%d:", "1:2: x", ("1", "2: x")),
        ("%s to %d:", "a to b to 5: x", ("a to b", "5", "x")),
        ("%d:", "one: x", None),
        ("%s", "a b", ("a b",)),
        ("at %d", "at 5", ("5",)),
        ("at %d", "at 5 x", None),
    ],
)
def test_match_open_ended(text: str, message: str, params: tuple[str, ...] | None) -> None:
    """What follows is one more parameter; after a placeholder at the end nothing can."""
    assert MessageTemplate(text, open_ended=True).match(message) == params


def test_without_placeholders_percent_signs_are_themselves() -> None:
    """The style ``none`` reads nothing into a message."""
    template = MessageTemplate("100%% of %s", "none")
    assert template.match("100%% of %s") == ()
    assert template.match("100% of it") is None


def test_every_documented_message_takes_its_sample(ltp: Catalog) -> None:
    """The sample of each of the 252 templates renders, and matches what it rendered."""
    for found in ltp.values():
        assert found.template.match(found.template.render(*found.template.sample)) is not None


@pytest.mark.parametrize(
    ("text", "sample"), [("plain", ()), (REPLACED, ("1", "2")), ("%d of %.2f", ("1", "2"))]
)
def test_sample(text: str, sample: tuple[str, ...]) -> None:
    """A sample has a parameter for each placeholder."""
    template = MessageTemplate(text)
    assert template.sample == sample
    assert template.match(template.render(*sample)) == sample


def test_it_is_a_value() -> None:
    """Templates are equal by content, hash alike, survive pickling, and cannot be changed."""
    template = MessageTemplate(REPLACED)
    assert {template: 1}[MessageTemplate(REPLACED)] == 1
    assert template != MessageTemplate(REPLACED, "none")
    assert pickle.loads(pickle.dumps(template)).match("a reduce only order to b was cancelled")
    assert repr(template).startswith(f"MessageTemplate(text='{REPLACED}', style='printf'")
    with pytest.raises(AttributeError):
        template.text = "other"  # type: ignore[misc]  # refused on purpose
