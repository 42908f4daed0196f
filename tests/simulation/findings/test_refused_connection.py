"""Who connects is read off the frames that led there."""

from __future__ import annotations

import email.mime.text as standard
import sys

import yaml

from pytest_errcodes.simulation.findings.refused_connection import find_library


class Frame:
    """A frame, as far as it is looked at."""

    def __init__(self, module, above=None):
        self.f_globals = vars(module)
        self.f_code = self
        self.co_filename = getattr(module, "__file__", "")
        self.f_back = above


def test_library():
    """The innermost library is it, whatever of Python stands between."""
    here = Frame(sys.modules[__name__])
    assert find_library(Frame(sys.modules["socket"], Frame(yaml, here))) == "yaml"


def test_standard_library():
    """A module of Python is, where the user's own function calls it."""
    here = Frame(sys.modules[__name__], Frame(yaml))
    assert find_library(Frame(sys.modules["socket"], Frame(standard, here))) == "email"


def test_nobody():
    """The user's own function is no library."""
    assert not find_library(Frame(sys.modules[__name__]))
    assert not find_library(None)
