"""Prints what is installed beside this Python, and fails if it is more than the base installation.

Run by CI with the Python of an environment in which nothing but the package was installed.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, distributions

#: The package, what it declares, and what that needs on any Python and with any release.
EXPECTED = {
    "pytest-errcodes",
    *("pytest", "iniconfig", "packaging", "pluggy", "pygments"),
    *("httpx", "httpcore", "h11", "anyio", "idna", "certifi", "sniffio", "typing-extensions"),
    *("respx", "syrupy"),
}


def size_of(distribution: Distribution) -> int:
    """Return how many bytes the files of a distribution have, without what Python compiled."""
    paths = (path.locate() for path in distribution.files or () if path.suffix != ".pyc")
    return sum(path.stat().st_size for path in paths if path.is_file())


def main() -> None:
    """Print a line for each distribution, and their sum."""
    sizes = {
        re.sub(r"[-_.]+", "-", found.metadata["Name"]).lower(): size_of(found)
        for found in distributions()
    }
    for name in sorted(sizes):
        print(f"{sizes[name] / 1e6:6.2f} MB  {name}")
    print(f"{sum(sizes.values()) / 1e6:6.2f} MB  {len(sizes)} distributions")
    if unexpected := sizes.keys() - EXPECTED:
        sys.exit(f"unexpected in the base installation: {', '.join(sorted(unexpected))}")


if __name__ == "__main__":
    main()
