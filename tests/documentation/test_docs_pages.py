"""The reader of the documentation's pages: what nobody would run is refused."""

from __future__ import annotations

import pytest
from docs_pages import PageError, read_blocks

WRONG = {
    "language": (
        "```ruby\nputs 1\n```\n",
        "page.md:1: nobody runs a `ruby` block; known: python, toml, ini, console, text, json, sh",
    ),
    "no language": (
        "```\nx\n```\n",
        "page.md:1: nobody runs a `` block; known: python, toml, ini, console, text, json, sh",
    ),
    "option": (
        "```python tilte=x.py\n```\n",
        "page.md:1: unknown option in the info string: tilte=x.py",
    ),
    "indented block": (
        "Text:\n\n    x = 1\n",
        "page.md:3: an indented block is not run; fence it",
    ),
    "fence inside a paragraph": (
        "!!! note\n    ```python\n    1 / 0\n    ```\n",
        "page.md:1: a fence inside other text is not run; set it on its own",
    ),
    "fence inside HTML": (
        "<details>\n```python\n1 / 0\n```\n</details>\n",
        "page.md:1: a fence inside other text is not run; set it on its own",
    ),
    "no reason": (
        "<!-- not run: -->\n```console\n$ pip install x\n```\n",
        "page.md:2: `not run:` gives no reason",
    ),
    "exemption of something else": (
        "<!-- not run: lazy -->\n```console\n$ pytest\n```\n",
        "page.md:2: only an installation may go unrun, not: $ pytest",
    ),
    "comment above nothing": (
        "<!-- output of: pytest -->\n\ntext\n",
        "page.md:3: the comment `output of:` above stands above no block",
    ),
    "comment at the end": (
        "<!-- not run: x -->\n",
        "page.md: the comment `not run:` at the end stands above no block",
    ),
    "shell without a mark": (
        "```sh\npytest\n```\n",
        "page.md:1: a `sh` block needs `<!-- command: NAME -->` above it",
    ),
}


@pytest.mark.parametrize(("page", "message"), WRONG.values(), ids=WRONG)
def test_wrong_page(page: str, message: str) -> None:
    """A block that would go unrun, or a comment that steers nothing, is refused with the place."""
    with pytest.raises(PageError) as caught:
        read_blocks(page, "page.md")
    assert str(caught.value) == message
