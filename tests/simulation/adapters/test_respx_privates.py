"""What we use of respx that it does not promise: in one file, and missed in words."""

from __future__ import annotations

import ast
from pathlib import Path
from types import SimpleNamespace

import pytest
import respx

import pytest_errcodes.simulation
from pytest_errcodes.simulation.adapters import respx_privates
from pytest_errcodes.simulation.adapters.respx_privates import (
    PRIVATES,
    find_missing,
    find_unknown,
    list_owners,
)

FOLDER = Path(pytest_errcodes.simulation.__path__[0])
#: All modules but the one for it, and one that has nothing to do with respx.
OTHERS = [path for path in FOLDER.rglob("*.py") if path.stem not in ("respx_privates", "patching")]
#: A setting of respx's that CodeRouter inherits, under the name that it has there.
INHERITED = {"router.py": {"_assert_all_called"}}

MISSING = """
respx 0.24 has no respx.patterns._And, which the index of routes needs because a route is found by \
the parts that must all match
respx 0.24 has no HTTPCoreMocker.routers, which the adapter of respx's mocks needs because they \
tell whether a mock is active
respx 0.24 has no HTTPCoreMocker.handler, which the adapter of respx's mocks needs because it is \
asked for what the mock does not know
respx 0.24 has no HTTPCoreMocker.async_handler, which the adapter of respx's mocks needs because \
it is asked for what it does not know
respx 0.24 has no HTTPCoreMocker.stop, which the adapter of respx's mocks needs because respx may \
put back what it found without us
""".strip()


def test_this_respx_lacks_nothing():
    """The respx that is installed has all that we need, and sets nothing that we leave out."""
    assert find_missing(respx.__version__, list_owners()) == []
    assert find_unknown(respx.__version__, list_owners()) == []


def test_what_a_new_respx_lacks():
    """Each name that is gone is told with who needs it, and what for."""
    fake = list_owners() | {
        "respx.patterns": SimpleNamespace(_Or=1, _Invert=1),
        "HTTPCoreMocker": None,
    }
    assert "\n".join(find_missing("0.24", fake)) == MISSING


@pytest.mark.parametrize("private", PRIVATES, ids=lambda one: f"{one.owner}.{one.name}")
def test_each_name_is_missed(private):
    """There is no name in the list whose absence nobody would notice."""
    fake = {**list_owners(), private.owner: SimpleNamespace()}
    sentence = (
        f"respx 0.24 has no {private.owner}.{private.name}, which {private.needed_by} needs "
        f"because {private.because}"
    )
    assert sentence in find_missing("0.24", fake)


def test_what_a_new_respx_adds():
    """What its constructors set and ours do not is told: its methods will look for it."""
    route, router = respx.Route(), respx.MockRouter()
    route._retries, router._clock = 0, None
    fake = list_owners() | {"Route": route, "MockRouter": router}
    assert find_unknown("0.24", fake) == [
        "respx 0.24 gives a Route the attribute _retries, which ours is made without",
        "respx 0.24 gives a MockRouter the attribute _clock, which ours is made without",
    ]


def test_refused_where_it_is_imported(monkeypatch):
    """A user with such a respx is told the same when our routes are imported."""
    monkeypatch.delattr(respx.patterns, "_And")
    with pytest.raises(ImportError) as caught:
        respx_privates._take(respx.patterns, "_And")
    assert str(caught.value) == (
        f"respx {respx.__version__} has no respx.patterns._And, which the index of routes needs "
        "because a route is found by the parts that must all match"
    )


def names(tree):
    """Yield each name that a module imports, or reads of an object, or writes to it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.ImportFrom):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in FOLDER.rglob("*.py")
        if path.name not in ("respx_privates.py", "patching.py")
    ],
    ids=lambda path: str(path.relative_to(FOLDER)),
)
def test_named_nowhere_else(path):
    """No other module of the simulation names a private name of respx."""
    private = {one.name for one in PRIVATES if one.name.startswith("_")}
    found = private & set(names(ast.parse(path.read_text("utf-8"))))
    assert found <= INHERITED.get(path.name, set())
