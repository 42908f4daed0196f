"""Hostile input put together of parts that are made once: quick enough for a million in minutes.

The makers of the modules beside this one take their time: classes, mocks, tables of other libraries
are slow to make. So a stock of what they make is laid in, and each input is a few parts of it, put
together anew, that passes one way of reading, telling, comparing or masking. The stock is renewed
with every ``RENEWED`` seeds, so that a seed alone makes an input again.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import json
import re
import traceback
from typing import TYPE_CHECKING, Any

import all_secrets
import comparisons
import httpx
import liars
import objects
import respx
import texts

from pytest_errcodes import Envelope, IsCode, NotAnEnvelopeError, raises_code
from pytest_errcodes.active.context import current
from pytest_errcodes.assertions.asserts import assert_code, assert_documented, assert_success
from pytest_errcodes.assertions.matcher import compare_structures
from pytest_errcodes.envelope.equal_values import are_equal, differ
from pytest_errcodes.envelope.reading import read
from pytest_errcodes.envelope.refusal import Refusal
from pytest_errcodes.errors import ErrcodesError
from pytest_errcodes.judging.exception_codes import find_codeless, observe_exception
from pytest_errcodes.judging.json_form import to_json
from pytest_errcodes.judging.rendering import render
from pytest_errcodes.simulation.findings.descriptions import describe_sent
from pytest_errcodes.simulation.findings.finding_texts import finding_to_json, render_finding
from pytest_errcodes.simulation.findings.unmatched import make_finding
from pytest_errcodes.snapshot.extension import EnvelopeSnapshotExtension
from pytest_errcodes.text.json_values import json_value
from pytest_errcodes.text.secrets import mask_part, mask_text
from pytest_errcodes.text.value_copies import mask_data
from pytest_errcodes.text.wording import show_argument, show_name, show_text, show_value
from pytest_errcodes.tools.explaining import explain

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

#: So many seeds have one stock.
RENEWED = 10_000
_PARTS = 150
_FORGED = "1 passed in 0.01s"
_PIECES = (
    *texts._PIECES, f"\n{_FORGED}", f"\r{_FORGED}", f"\x1b[1G{_FORGED}", f"\u2028{_FORGED}",
    f"\x85{_FORGED}", f"\v{_FORGED}", "\f", "\x08" * 9, "::error::", "]]>", "</failure>", "<b>",
    "x" * 700, "\U0001f600", "e\u0301", "\ufffe", "\ud83d\ude00", "401009", "200", "\u0661",
    "İ", "clientOrderId already exists", '{"code": 401009}', "Bearer ", "eyJ", "%ff", "&#x1b;",
)  # fmt: skip
_NAMES = (
    "code", "message", "data", "msg", "error", "errcode", "error_code", "status", "status_code",
    "response", "body", "content", "envelope", "text", "args", "value", "headers", "_body", "json",
    "errno", "detail", "shape", "exception", "exceptions",
)  # fmt: skip
_PATHS = ("/api/v1/trading/order", "/a", "/api/v1/trading/orders")


class Stock:
    """Parts that are made once, and of which inputs are put together.

    Attributes:
        classes: Classes of which members raise or lie, and what an object of each is made of.
        errors: Exceptions, and classes of them.
        values: Values and objects that are not to be trusted.
        routes: Routes that ask for hostile names and values, a few together.
        compared: Values that cannot be compared simply, some of them of numpy.
    """

    def __init__(self, random: Random) -> None:
        self.values = [liars.make_value(random, 2) for _ in range(_PARTS)]
        self.values += [objects.make_object(random, 2) for _ in range(_PARTS)]
        self.values = list(filter(_is_quick, self.values))
        self.values += [make_text(random) for _ in range(_PARTS)]
        self.values += [*objects._CODES, *liars._VALUES, *objects._STATUSES]
        self.classes = list(filter(None, (_make_class(random) for _ in range(2 * _PARTS))))
        self.errors = [
            make(random, 2)
            for _ in range(_PARTS)
            for make in (liars.make_error, objects.make_error)
        ]
        self.errors = list(filter(_is_quick, self.errors))
        self.compared = [comparisons.make_value(random) for _ in range(_PARTS)]
        self.compared += [liars._make_table(random, 0) for _ in range(_PARTS // 4)]
        self.routes = list(filter(None, (_make_routes(random) for _ in range(_PARTS // 2))))
        gc.unfreeze()
        gc.collect()
        gc.freeze()  # or each collection walks through all of it


def _is_quick(value: object) -> bool:
    """Return whether Python itself shows a value in no time: ten thousand levels take a second."""
    try:
        return len(repr(value)) < 20_000
    except RecursionError:
        return False
    except BaseException:
        return True


def _make_class(random: Random) -> tuple[type, tuple[Any, ...]] | None:
    base = random.choice(liars._BASES)
    with contextlib.suppress(BaseException):  # its own members make it impossible
        kind = liars.make_class(random, base, 2)
        given = liars._choose_arguments(random, base, {"code": 401009, "message": "m"}, 1)
        if type(kind(*given)) is kind:
            return kind, given
    return None


def _make_routes(random: Random) -> list[Any] | None:
    word = functools.partial(make_text, random)
    router = respx.MockRouter()
    makers: tuple[Callable[[], Any], ...] = (
        lambda: router.route(method=word() or "A"),
        lambda: router.route(url__regex=re.escape(word() or "b")),
        lambda: router.post(random.choice(_PATHS), json={word(): word()}),
        lambda: router.route(headers={word() or "a": word()}),
        lambda: router.route(params={word(): word()}),
        lambda: router.get(f"https://a.test/{word()}"),
        lambda: router.route(host=word(), path__startswith=f"/{word()}"),
        lambda: router.post(data={word(): word()}),
        lambda: router.post(content=word().encode("utf-8", "replace")),
        lambda: router.route(cookies={word() or "c": word()}),
    )
    routes = []
    for make in random.sample(makers, random.randint(1, 4)):
        with contextlib.suppress(Exception):  # what httpx or respx refuses
            routes.append(make())
    return routes or None


def make_text(random: Random, most: int = 5) -> str:
    """Return a text of a few hostile pieces."""
    return "".join(random.choices(_PIECES, k=random.randint(0, most)))


def make_fields(random: Random, stock: Stock) -> dict[Any, Any]:
    """Return the fields of an envelope, of which one or two are odd."""
    fields: dict[Any, Any] = {"code": 401009, "message": "clientOrderId already exists"}
    for _ in range(random.randint(1, 3)):
        chance = random.random()
        name = random.choice(_NAMES) if chance < 0.7 else make_text(random, 2)
        fields[name] = random.choice(stock.values)
    if random.random() < 0.1:
        del fields[next(iter(fields))]
    return fields


def make_object(random: Random, stock: Stock) -> Any:
    """Return an object that is not to be trusted."""
    kind = random.randint(0, 9)
    if kind == 0:
        return random.choice(stock.values)
    if kind < 3:
        return make_fields(random, stock)
    if kind == 3:
        return make_error(random, stock)
    if kind == 4:
        return make_body(random)
    if kind == 5:
        body = make_body(random)
        return httpx.Response(random.choice((200, 400, 500)), content=body)
    try:
        made_of, given = random.choice(stock.classes)
        made = made_of(*given)
        if random.random() < 0.5:
            members = made.__dict__
            for name in random.sample(_NAMES, 2):
                members[name] = random.choice(stock.values)
    except BaseException:  # it is another time that its members make it impossible
        return random.choice(stock.values)
    return made


def make_error(random: Random, stock: Stock) -> BaseException:
    """Return an exception whose arguments and members are odd."""
    error = random.choice(stock.errors)
    if random.random() < 0.5:
        with contextlib.suppress(BaseException):
            kind = type(error)
            made = kind(random.choice(stock.values), *error.args[1:])
            if type(made) is kind:
                error = made
    with contextlib.suppress(BaseException):
        for name in random.sample(_NAMES, 2):
            if name != "args":
                setattr(error, name, random.choice(stock.values))
    return error


def make_data(random: Random, depth: int = 2) -> Any:
    """Return a JSON value of hostile keys and texts."""
    kind = random.randint(0, 7)
    if kind < 4 or not depth:
        return make_text(random, 3)
    if kind == 4:
        return random.choice((None, True, 0, -1.5, 10**40, 401009, ""))
    members = [make_data(random, depth - 1) for _ in range(random.randint(0, 3))]
    if kind == 5:
        return members
    return {make_text(random, 2): one for one in members}


def make_envelope(random: Random) -> dict[str, Any]:
    """Return an envelope whose names and values are hostile."""
    envelope = {
        "code": random.choice((401009, 401009, 401112, "401009", 7, 200, make_text(random, 2))),
        "message": make_text(random),
        "data": make_data(random),
    }
    if random.random() < 0.3:
        envelope[make_text(random, 3)] = make_data(random)
    if random.random() < 0.15:
        del envelope[random.choice(tuple(envelope))]
    return envelope


def make_body(random: Random) -> bytes:
    """Return an envelope as it comes from the wire, now and then cut off or not UTF-8."""
    text = json.dumps(make_envelope(random), ensure_ascii=random.random() < 0.5)
    body = text.encode("utf-8", "surrogatepass")
    chance = random.random()
    if chance < 0.1:
        return body[: random.randint(0, len(body))]
    if chance < 0.15:
        return body.replace(b"a", b"\xff\xfe")
    return body.replace(b"a", b"\x1b[31m") if chance < 0.2 else body


def check_text(text: object) -> None:
    """Raise if a text would do anything but stand on its lines, or lets a line be forged."""
    assert type(text) is str, type(text)
    text.encode("utf-8")
    assert len(text) < 20_000, len(text)
    if not text.replace("\n", "").isprintable():
        raise AssertionError(ascii(text))
    assert f"\n{_FORGED}" not in text, ascii(text)


def check_line(text: object) -> None:
    """Raise if a text would do anything but stand on its one line."""
    check_text(text)
    assert "\n" not in text, ascii(text)  # type: ignore[operator]  # it is a text


def _tell(check: Callable[[], object], *kinds: type[BaseException]) -> Any:
    """Return what a call returns; where it raises one of these kinds, check its text."""
    try:
        return check()
    except kinds as error:
        check_text(str(error))
    except BaseException as error:
        if not _is_meant(error):
            raise
    return None


def _is_meant(error: BaseException) -> bool:
    """Return whether an exception ends what runs, or says that its caller mixed arguments up."""
    return liars._leaves(error) or getattr(error, "slug", "") == "swapped-arguments"


# -- the plays: each makes one input, and lets it pass one way ------------------------------------


def _read_as_envelope(obj: Any) -> None:
    envelope = _tell(lambda: Envelope.of(obj), NotAnEnvelopeError)
    if envelope is not None:
        assert envelope is obj or type(envelope.code) in (int, str, type(None))
        check_line(_tell(lambda: repr(envelope)) or "")


def _read_or_refuse(obj: Any) -> None:
    found = _tell(lambda: read(obj, current().catalog))
    if isinstance(found, Refusal):
        check_text(str(found.error()))


def _match(obj: Any) -> None:
    matcher = IsCode(401009, a=1)
    assert _tell(lambda: matcher == obj) in (True, False, None)
    why = _tell(lambda: matcher.why_not(obj))
    assert why is None or type(why) is str
    check_text(why or "")


def _compare_in_structure(obj: Any) -> None:
    found = _tell(lambda: compare_structures("==", [IsCode(401009)], [obj]))
    if found is not None:
        check_text(render(found))
        json.dumps(to_json(found))


def _store(obj: Any) -> None:
    written = _tell(lambda: EnvelopeSnapshotExtension().serialize(obj), NotAnEnvelopeError)
    (written or "").encode("utf-8")


def _show(obj: Any) -> None:
    for shown in (
        _tell(lambda: show_value(obj, 60)), _tell(lambda: show_argument(obj)),
        _tell(lambda: show_name(obj)),
    ):  # fmt: skip
        check_line(shown or "")
    check_line(_tell(lambda: json.dumps(json_value([obj]), ensure_ascii=False)) or "")


def _mask(obj: Any) -> None:
    _tell(lambda: mask_data({"a": [obj]}))


_READERS: tuple[Callable[[Any], object], ...] = (
    _read_as_envelope,
    _read_as_envelope,
    _read_or_refuse,
    lambda obj: _tell(lambda: assert_code(obj, 401009), AssertionError),
    lambda obj: _tell(lambda: assert_code(obj, 401009, data={"a": obj}), AssertionError),
    lambda obj: _tell(lambda: assert_success(obj), AssertionError),
    lambda obj: _tell(lambda: assert_documented(obj), AssertionError),
    _match,
    _compare_in_structure,
    _store,
    _show,
    _mask,
)


def read_object(random: Random, stock: Stock) -> None:
    """Read one object in one way."""
    given = make_object(random, stock)
    random.choice(_READERS)(given)


def _leave_block(error: BaseException) -> None:
    try:
        with raises_code(401009, early=True):
            raise error
    except AssertionError as failure:
        if failure is not error:
            check_text(str(failure))
    except BaseException as left:
        if left is not error and not liars._leaves(left):
            raise


def _observe(error: BaseException) -> None:
    seen = _tell(lambda: observe_exception(error, __file__, None, is_caught=True))
    for one in seen or ():
        one.place.encode("utf-8", "backslashreplace")


def _end_test(error: BaseException) -> None:
    seen = _tell(lambda: observe_exception(error, __file__, None))
    if not seen:
        for one in _tell(lambda: find_codeless(error, __file__, None)) or ():
            one.place.encode("utf-8", "backslashreplace")


def read_exception(random: Random, stock: Stock) -> None:
    """Read one exception as an expectation does, or a block of ``raises_code``."""
    given = make_error(random, stock)
    random.choice((_leave_block, _observe, _end_test, _read_as_envelope))(given)


def _fail(check: Callable[[], object]) -> None:
    try:
        check()
    except (AssertionError, NotAnEnvelopeError, ErrcodesError) as error:
        check_text(str(error))


def _explain(given: dict[str, Any], random: Random) -> None:
    message = given.get("message")
    is_alone = random.random() < 0.3 and type(message) is str
    text: Any = message if is_alone else json.dumps(given)
    try:
        for one in explain(current().catalog, text):
            check_line(json.dumps(one.as_dict()))
            check_line(one.came or "") if (one.came or "").isprintable() else None
    except ErrcodesError as error:
        check_text(str(error))


_TELLERS: tuple[Callable[[dict[str, Any], Random], object], ...] = (
    lambda given, random: _fail(lambda: assert_code(given, 401112, make_text(random))),
    lambda given, random: _fail(lambda: assert_code(given, 401009, data=make_data(random))),
    lambda given, random: _fail(lambda: assert_code(given, 401009, message=make_text(random))),
    lambda given, random: _fail(lambda: assert_success(given)),
    lambda given, random: _fail(lambda: assert_success(json.dumps(given))),
    lambda given, random: _fail(lambda: Envelope.of(given | {"code": make_data(random)})),
    lambda given, random: check_line(repr(Envelope.of(given | {"code": 1, "message": "m"}))),
    lambda given, random: check_text(repr(IsCode(401009, data=make_data(random)))),
    lambda given, random: _compare_in_structure(given),
    lambda given, random: _store(given),
    lambda given, random: _show(given),
    lambda given, random: _match(given),
    _explain,
)


def tell_of_envelope(random: Random, _: Stock) -> None:
    """Fail with, store, or explain one envelope."""
    given = make_envelope(random)
    random.choice(_TELLERS)(given, random)


def tell_of_request(random: Random, stock: Stock) -> None:
    """Tell of one request that no route matches."""
    path = random.choice(_PATHS) if random.random() < 0.5 else "/" + make_text(random)
    try:
        given = httpx.Request(
            random.choice(("GET", "POST", make_text(random, 2) or "A")),
            f"https://a.test{path}?{make_text(random, 2)}",
            headers={make_text(random, 1) or "a": make_text(random, 3)},
            content=make_body(random),
        )
    except Exception:  # what httpx refuses
        check_line(describe_sent(make_text(random), f"https://a.test{path}"))
        return
    finding = make_finding(given, random.choice(stock.routes))
    if random.random() < 0.5:
        check_text(render_finding(finding))
    else:
        check_line(json.dumps(finding_to_json(finding), ensure_ascii=False))


def compare_values(random: Random, stock: Stock) -> None:
    """Compare one value with another, as data, as a field or by itself."""
    one, other = random.choice(stock.compared), random.choice(stock.compared)
    if random.random() < 0.3:
        one = [one, {"a": other}]
    if random.random() < 0.3:
        other = random.choice((one, random.choice(stock.values), None, {"a": other}))
    body = {"code": 401009, "message": "clientOrderId already exists", "data": one, "a": one}
    kind = random.randint(0, 4)
    if kind == 0:
        assert _tell(lambda: are_equal(one, other)) in (True, False, None)
        assert _tell(lambda: differ(one, other)) in (True, False, None)
    elif kind == 1:
        _tell(lambda: assert_code(body, 401009, data=other), AssertionError)
    elif kind == 2:
        matcher = IsCode(401009, a=other)
        mismatch = _tell(lambda: matcher.find_mismatch(body))
        if mismatch is not None:
            json.dumps(to_json(mismatch))
            check_text(render(mismatch))
    elif kind == 3:
        found = _tell(lambda: compare_structures("==", [IsCode(401009), other], [body, one]))
        check_text("" if found is None else render(found))
    else:
        second = body | {"data": other}
        assert _tell(lambda: Envelope.of(body) == Envelope.of(second)) in (True, False, None)


_ALL_TEXTS = tuple(all_secrets.TEXTS.values())
_AROUND = ("abc", "é", "中", "12", "x=1", ",;", "\n", "a: b", "(", "401009", "ok.")
_SECRET = all_secrets.SECRET


def _make_secret(random: Random) -> tuple[Any, str]:
    """Return a text or structure in which a secret stands, and the secret."""
    if random.random() < 0.6:
        text, secret = random.choice(_ALL_TEXTS)
        before, after = (" ".join(random.choices(_AROUND, k=random.randint(0, 5))) for _ in "ab")
        return f"{before}\n{text}\n{after}", secret
    name = random.choice(all_secrets.NAMES)
    structure: Any = random.choice((
        {"headers": {name: _SECRET}}, [(name, _SECRET)], [[name, _SECRET], ["side", "BUY"]],
        {"name": name, "value": _SECRET}, {name: [_SECRET]}, {name: {"a": _SECRET}},
        json.dumps({name: _SECRET}), f"{name}={_SECRET}&a=1", f"{name}: {_SECRET}",
        {"deep": [{"a": json.dumps({name: _SECRET})}]},
    ))  # fmt: skip
    return structure, _SECRET


_MASKERS: tuple[Callable[[Any], str], ...] = (
    show_value,
    lambda given: show_value(given, 60),
    lambda given: json.dumps(json_value({"a": given})),
    lambda given: mask_text(given if type(given) is str else json.dumps(given)),
    lambda given: show_text(given if type(given) is str else repr(given), 200),
    lambda given: mask_part("x " * 400 + str(given), 700, 3_000),
    lambda given: EnvelopeSnapshotExtension().serialize({"code": 1, "message": "m", "data": given}),
    lambda given: repr(Envelope.of({"code": 1, "message": "m", "data": given})),
    lambda given: describe_sent("GET", f"https://a.test/a?{given}"),
    lambda given: repr(mask_data(given)),
)


def hide_secret(random: Random, _: Stock) -> None:
    """Show, mask or store one secret, of whatever kind and form: it is not seen."""
    given, secret = _make_secret(random)
    shown = random.choice(_MASKERS)(given)
    assert secret not in shown, f"{given!a} is shown as {shown!a}"


def make_plays(seed: int) -> tuple[Callable[[Random], None], ...]:
    """Return the plays, with the stock that inputs from this seed on are made of."""
    from random import Random

    stock = Stock(Random(seed // RENEWED))
    plays = (
        read_object, read_exception, tell_of_envelope, tell_of_request, compare_values, hide_secret
    )  # fmt: skip
    return tuple(_bind(play, stock) for play in plays)


def _bind(play: Callable[[Random, Stock], None], stock: Stock) -> Callable[[Random], None]:
    def bound(random: Random) -> None:
        try:
            play(random, stock)
        except liars.LEAVING as error:
            # What ends a run goes through whatever we do; but for Ctrl-C, a liar has raised it.
            *_, (frame, _) = traceback.walk_tb(error.__traceback__)
            if frame.f_code.co_filename != liars.__file__:
                raise

    bound.__name__, bound.__doc__ = play.__name__, play.__doc__
    return bound
