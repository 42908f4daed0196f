"""The site: the page of the codes, and a build that fetches nothing from elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from html import escape
from html.parser import HTMLParser
from importlib.util import module_from_spec, spec_from_file_location
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from docs_runner import TOP
from required import require

from pytest_errcodes.catalog import load_catalog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# What a browser fetches by itself when it opens a page; links that a reader may follow are free.
FETCHED = {
    "audio": ("src",),
    "embed": ("src",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src", "srcset"),
    "input": ("src",),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
UNFETCHED_LINKS = {"canonical", "next", "prev", "alternate"}
CSS_ADDRESS = re.compile(r"""(?:url\(|@import)\s*['"]?([^'")\s;]+)""")


class Fetches(HTMLParser):
    """Collects the addresses that one HTML page makes a browser fetch."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.styles = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the tag's attributes fetch."""
        values = {name: value or "" for name, value in attrs}
        self.styles = tag == "style"
        self.addresses += CSS_ADDRESS.findall(values.get("style", ""))
        if tag == "link" and values.get("rel") in UNFETCHED_LINKS:
            return
        for name in FETCHED.get(tag, ()):
            for candidate in values.get(name, "").split(","):
                self.addresses += candidate.split()[:1]

    def handle_data(self, data: str) -> None:
        """Note what a style sheet inside the page fetches."""
        if self.styles:
            self.addresses += CSS_ADDRESS.findall(data)


def elsewhere(site: Path) -> Iterator[str]:
    """Yield each address outside the site that a page or a style sheet of it fetches."""
    for path in sorted(site.rglob("*")):
        if path.suffix == ".html":
            addresses = Fetches(path.read_text("utf-8")).addresses
        elif path.suffix == ".css":
            addresses = CSS_ADDRESS.findall(path.read_text("utf-8"))
        else:
            continue
        for address in addresses:
            if urlsplit(address).netloc:
                yield f"{path.relative_to(site)}: {address}"


def test_elsewhere(tmp_path: Path) -> None:
    """A script, a style sheet, a font or an image from elsewhere is found; a link is not one."""
    (tmp_path / "page.html").write_text(
        '<link rel="stylesheet" href="//a.example/x.css"><link rel="canonical" href="https://b">'
        '<style>@import "https://c.example/x.css";</style><a href="https://d.example">d</a>'
        '<img srcset="x.png 1x, https://e.example/x.png 2x"><script src="x.js"></script>'
        '<p style="background: url(https://f.example/x.png)">url(https://g.example)</p>'
    )
    (tmp_path / "style.css").write_text(
        "@font-face { src: url('https://h.example/x.woff2') } a { background: url(data:x) }"
    )
    assert list(elsewhere(tmp_path)) == [
        "page.html: //a.example/x.css",
        "page.html: https://c.example/x.css",
        "page.html: https://e.example/x.png",
        "page.html: https://f.example/x.png",
        "style.css: https://h.example/x.woff2",
    ]


def test_site_fetches_nothing_from_elsewhere(tmp_path: Path) -> None:
    """The strict build succeeds, and its pages open whole without a network."""
    require("mkdocs", "requirements/docs.txt brings it, and CI's step `site` runs this")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(tmp_path)]
    built = subprocess.run(command, cwd=TOP, capture_output=True, encoding="utf-8", check=False)
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "codes.html").is_file()
    assert list(elsewhere(tmp_path)) == []


def test_codes_page_lists_every_code_once() -> None:
    """The generated page holds each documented code with its message, in document order."""
    spec = spec_from_file_location("pages", TOP / "docs" / "_hooks" / "generated_pages.py")
    assert spec is not None
    assert spec.loader is not None
    hook = module_from_spec(spec)
    spec.loader.exec_module(hook)
    catalog = load_catalog("ltp")
    rows = [line for line in hook.codes_page(catalog).splitlines() if line.startswith("<tr><td>")]
    assert [row.replace(" <em>…</em>", "") for row in rows] == [
        f'<tr><td><code id="{error.code}">{error.code}</code></td>'
        f"<td>{escape(error.message)}</td></tr>"
        for error in catalog.values()
    ]
    (open_ended,) = (row for row in rows if "<em>" in row)
    assert open_ended.endswith("<td>Mismatched input, Expect input: <em>…</em></td></tr>")
