"""Libraries that are imported while routes are active are found all the same."""

from __future__ import annotations

import sys

from pytest_errcodes.simulation.patched_libraries import LateImports

NAME = "errcodes_late_library"


def test_told_when_it_is_there(tmp_path, monkeypatch):
    """The module has been run when we are told of it, and keeps nothing of ours."""
    (tmp_path / f"{NAME}.py").write_text("value = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    seen = []
    late = LateImports({NAME}, lambda name: seen.append(sys.modules[name].value))
    late.start()
    try:
        module = __import__(NAME)
    finally:
        late.stop()
        sys.modules.pop(NAME, None)
    assert seen == [1]
    assert "exec_module" not in vars(module.__loader__)
    assert late not in sys.meta_path


def test_each_finder_is_asked(tmp_path, monkeypatch):
    """One inside another, as of a run inside a run: both are told."""
    (tmp_path / f"{NAME}.py").write_text("value = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    seen = []
    both = [LateImports({NAME}, lambda _, number=number: seen.append(number)) for number in (1, 2)]
    for one in both:
        one.start()
        one.start()
    try:
        __import__(NAME)
    finally:
        for one in both:
            one.stop()
        sys.modules.pop(NAME, None)
    assert sorted(seen) == [1, 2]
    assert set(sys.meta_path).isdisjoint(both)


def test_not_there():
    """A module that nobody finds is not found by us."""
    late = LateImports({NAME}, lambda _: None)
    late.start()
    try:
        assert late.find_spec(NAME) is None
        assert late.find_spec("json") is None
    finally:
        late.stop()
