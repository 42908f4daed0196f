"""The private names of respx that we use: all are listed, and one that is gone is told in words."""

from __future__ import annotations

import re
from types import SimpleNamespace

import respx
from docs_runner import TOP

from pytest_errcodes.simulation.adapters import respx_privates
from pytest_errcodes.simulation.adapters.respx_privates import (
    PRIVATES,
    find_missing,
    find_unknown,
    owners,
)


def test_this_respx_has_them_all():
    """Each of the names is there in the respx that is installed."""
    assert "\n".join(find_missing(respx.__version__, owners())) == ""


def test_this_respx_gives_its_objects_nothing_more():
    """What respx's constructors set, ours set too: they do without respx's."""
    assert "\n".join(find_unknown(respx.__version__, owners())) == ""


def test_a_name_that_is_gone():
    """A respx without a name is told with who needs it and why."""
    lacking = {**owners(), "RouteList": SimpleNamespace(_names={})}
    (text,) = find_missing("0.99.0", lacking)
    assert text == (
        "respx 0.99.0 has no RouteList._routes, which the index of routes needs because a route in "
        "the list is replaced in its place"
    )


def test_an_attribute_that_is_new():
    """What a newer respx gives its routes, and ours lack, is told."""
    route = respx.Route()
    route._retries = 0
    assert find_unknown("0.99.0", {**owners(), "Route": route}) == [
        "respx 0.99.0 gives a Route the attribute _retries, which ours is made without"
    ]


def test_no_other_module_uses_one():
    """The names of the list stand in its file alone, as does the import of anything private."""
    names = {one.name for one in PRIVATES if one.name.startswith("_")}
    # Names that our own classes have for things of their own.
    ours = {"_name", "_pattern", "_routes", "_names"}
    here = TOP / "pytest_errcodes" / "simulation"
    found = [
        f"{path.relative_to(TOP)}: {line.strip()}"
        for path in sorted(here.rglob("*.py"))
        if path.name != f"{respx_privates.__name__.rpartition('.')[2]}.py"
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"from respx.* import .*\b_[A-Za-z]", line)
        or any(re.search(rf"\w\.{name}\b", line) and "self." not in line for name in names - ours)
    ]
    assert found == []
