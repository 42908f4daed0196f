"""The package is cheap to import, and asks for nothing that it does not need."""

from __future__ import annotations

import subprocess
import sys

import pytest

import pytest_errcodes.catalog as package
from pytest_errcodes.catalog import load_catalog


def loaded_by(code: str) -> set[str]:
    """Return the modules that a fresh interpreter has after running ``code``."""
    script = f"{code}\nimport sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}\n{script}"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(done.stdout.split())


def test_importing_it_loads_next_to_nothing() -> None:
    """The listing of names brings no module of the package, and none that costs time."""
    loaded = loaded_by("import pytest_errcodes.catalog") - loaded_by("import typing")
    assert not loaded & {"dataclasses", "tomllib", "difflib", "inspect", "re", "pathlib"}
    ours = {name for name in loaded if name.startswith("pytest_errcodes")}
    assert ours <= {"pytest_errcodes", "pytest_errcodes.catalog"}


def test_using_it_needs_the_standard_library_only() -> None:
    """Loading, looking up, matching, writing and failing bring nothing else."""
    use = (
        "from pytest_errcodes.catalog import *\n"
        "catalog = load_catalog()\n"
        "catalog.select('trading'); catalog.match_message('x')\n"
        "write_catalog(parse_catalog('[sections.a.codes]\\n1 = \\'a \"quote\"\\''))\n"
        "for source in ('nope', 401065):\n"
        "    try: catalog[source] if source == 401065 else load_catalog(source)\n"
        "    except Exception: pass\n"
        "try: parse_catalog('x')\n"
        "except CatalogError: pass\n"
    )
    ours = tuple(
        f"pytest_errcodes.{name}" for name in ("_lazy", "catalog", "disk", "errors", "text")
    )
    foreign = {
        name
        for name in loaded_by(use)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith(ours)
    }
    assert foreign <= {"__main__", "pytest_errcodes"}


def test_loading_brings_no_module_for_errors() -> None:
    """What only a refusal needs is not there while all is well."""
    loaded = loaded_by("from pytest_errcodes.catalog import load_catalog; load_catalog()[401009]")
    errors = {"catalog_mistakes", "diagnosis", "toml_outline", "toml_statements"}
    modules = {f"pytest_errcodes.catalog.files.{name}" for name in errors}
    assert not loaded & {"difflib", "pytest_errcodes.catalog.unknown", *modules}


def test_scanning_python_needs_the_standard_library_only() -> None:
    """Pygments is there for the other languages alone, click for the command."""
    loaded = loaded_by(
        "from pytest_errcodes.catalog import load_catalog\n"
        "from pytest_errcodes.tools import scan\n"
        f"scan([{__file__!r}], load_catalog())"
    )
    assert "pytest_errcodes.tools.scanning.python_syntax" in loaded
    assert not {name for name in loaded if name.split(".")[0] in ("pygments", "click")}


@pytest.mark.parametrize("name", package.__all__)
def test_every_public_name_is_there(name: str) -> None:
    """Each name of the listing resolves, and ``dir`` shows it."""
    assert getattr(package, name) is not None
    assert name in dir(package)


def test_names_are_sorted() -> None:
    """The listing is a listing, constants first."""
    assert package.__all__ == sorted(package.__all__, key=lambda name: (not name.isupper(), name))
    assert load_catalog is package.load_catalog


def test_an_unknown_name_is_refused() -> None:
    """A name that is not there is an AttributeError, as of any module."""
    with pytest.raises(
        AttributeError, match=r"^module 'pytest_errcodes.catalog' has no attribute 'nope'$"
    ):
        package.nope  # noqa: B018  # asking for it is the test
