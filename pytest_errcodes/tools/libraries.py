"""The libraries that only some tools need, and what is said where one is not installed."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What each is called in an index of packages, and the extra that brings it, by what is imported.
LIBRARIES = {
    "click": ("click", "cli"),
    "docutils": ("docutils", "import"),
    "lxml": ("lxml", "import"),
    "markdown_it": ("markdown-it-py", "import"),
    "pygments": ("pygments", "cli"),
    "yaml": ("pyyaml", "import"),
}


@contextmanager
def needed_for(task: str) -> Iterator[None]:
    """Tell of a library that is missing inside the block as a mistake that says what to install.

    Args:
        task: What the block does, as ``reading page.html``.

    Raises:
        ErrcodesUsageError: A library of ``LIBRARIES`` is not installed (``missing-library``).
    """
    try:
        yield
    except ModuleNotFoundError as error:
        name = (error.name or "").partition(".")[0]
        if name not in LIBRARIES:
            raise
        library, extra = LIBRARIES[name]
        raise ErrcodesUsageError(
            "missing-library",
            f"{task} needs {library}",
            f"pip install 'pytest-errcodes[{extra}]'",
        ) from None
