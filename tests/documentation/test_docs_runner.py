"""The runner of the documentation's pages: right pages pass, and each kind of lie is caught."""

from __future__ import annotations

import subprocess
import sys
from textwrap import dedent
from typing import TYPE_CHECKING

import docs_runner
import pytest
from docs_pages import PageError
from docs_runner import check_page

if TYPE_CHECKING:
    from pathlib import Path

PASSING_TEST = """\
    ```python title="test_sum.py"
    def test_sum():
        assert 1 + 1 == 2
    ```
"""
FAILING_TEST = PASSING_TEST.replace("== 2", "== 3")


@pytest.fixture(autouse=True)
def bare_pytest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages' pytest load no plugin, which takes most of its time and shows in none."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


def run(tmp_path: Path, page: str) -> None:
    check_page(dedent(page), "page.md", tmp_path)


def refusal(tmp_path: Path, page: str) -> str:
    """Return the text of the error that the page is refused with."""
    with pytest.raises(PageError) as caught:
        run(tmp_path, page)
    return str(caught.value)


RIGHT = {
    "a script sees the names of the one before": """\
        ```python
        total = 1 + 1
        print("not shown again")
        ```

        Then:

        ```python
        print(total)
        ```

        <!-- output of: the block above -->
        ```text
        2
        ```
        """,
    "a command prints what the page shows": f"""{PASSING_TEST}
    ```console
    $ pytest test_sum.py
    ============================= test session starts ==============================
    collected 1 item

    test_sum.py .                                                            [100%]

    ============================== 1 passed in 12.34s ==============================
    ```
    """,
    "three dots stand for any lines": f"""{FAILING_TEST}
    ```console
    $ pytest
    ...
    E       assert (1 + 1) == 3
    ...
    ============================== 1 failed in 0.01s ===============================
    ```
    """,
    "a picture may stand above the file it is taken of": """\
        <!-- output of: python hello.py -->
        ```text
        hello
        ```

        ```python title="hello.py"
        print("hello")
        ```
        """,
    "a file that a test wrote is shown": """\
        ```python title="test_file.py"
        from pathlib import Path

        def test_file():
            Path("out.txt").write_text("one\\ntwo\\n")
        ```

        ```console
        $ pytest
        ...
        === 1 passed in 0.01s ===
        ```

        <!-- content of: out.txt -->
        ```text
        one
        ...
        ```
        """,
    "a hidden command leaves a file behind, and may fail": """\
        <!-- file: say.py
        open("said.txt", "w").write("hello")
        raise SystemExit(1)
        -->
        <!-- run: python say.py -->

        <!-- content of: said.txt -->
        ```text
        hello
        ```
        """,
    "a hidden file is there for the scripts": """\
        <!-- file: helper.py
        ANSWER = 42
        -->

        ```python
        from helper import ANSWER

        assert ANSWER == 42
        ```
        """,
    "a file of the repository is there for the scripts": """\
        <!-- uses: LICENSE -->

        ```python
        from pathlib import Path

        assert Path("LICENSE").is_file()
        ```
        """,
    "settings are accepted, with and without a test": """\
        ```ini title="pytest.ini"
        [pytest]
        addopts = -q
        ```
        """,
    "a file that something on the page names": """\
        ```toml title="mine.toml"
        name = "mine"
        ```

        ```python
        import tomllib

        with open("mine.toml", "rb") as file:
            assert tomllib.load(file) == {"name": "mine"}
        ```
        """,
    "an installation goes unrun": """\
        <!-- not run: installs from the network -->
        ```console
        $ pip install pytest-errcodes
        ```
        """,
    "JSON is read": """\
        ```json
        {"code": 200000}
        ```
        """,
    "a command shown without output succeeds": """\
        ```console
        $ python -c "print(1)"
        ```
        """,
}

WRONG = {
    "output": (
        """\
        ```console
        $ python -c "print('came')"
        wanted
        ```
        """,
        """\
        page.md:1: `python -c "print('came')"` differs from the page:
        --- the page
        +++ the run
        @@ -1 +1 @@
        -wanted
        +came""",
    ),
    "a line too many after three dots": (
        """\
        ```console
        $ python -c "print('one\\ntwo\\nthree')"
        one
        ...
        two
        ```
        """,
        """\
        page.md:1: `python -c "print('one\\ntwo\\nthree')"` differs from the page:
        --- the page
        +++ the run
        @@ -1,3 +1,3 @@
         one
        -...
         two
        +three""",
    ),
    "the picture of a script": (
        """\
        ```python
        print(1)
        ```

        <!-- output of: the block above -->
        ```text
        2
        ```
        """,
        """\
        page.md:6: `the block above` differs from the page:
        --- the page
        +++ the run
        @@ -1 +1 @@
        -2
        +1""",
    ),
    "text of nothing": (
        "```text\nx\n```\n",
        "page.md:1: a text block needs `<!-- output of: COMMAND -->`",
    ),
    "text of no block": (
        "<!-- output of: the block above -->\n```text\nx\n```\n",
        "page.md:2: no untitled python block stands above",
    ),
    "text of no file": (
        "<!-- content of: gone.txt -->\n```text\nx\n```\n",
        "page.md:2: there is no file 'gone.txt' to compare with",
    ),
    "untitled settings": (
        "```ini\n[pytest]\n```\n",
        'page.md:1: a ini block needs title="name"',
    ),
    "JSON": (
        "```json\n<html>\n```\n",
        "page.md:1: not JSON: Expecting value: line 1 column 1 (char 0)",
    ),
    "test without a title": (
        "```python\ndef test_x():\n    assert False\n```\n",
        "page.md:1: nobody runs test_x; give the block a title",
    ),
    "title outside": (
        '```python title="../x.py"\n```\n',
        "page.md:1: the title leaves the page's folder: ../x.py",
    ),
    "written twice": (
        '```python title="test_x.py"\n```\n\n```python title="test_x.py"\n```\n',
        "page.md:1: written anew before anything ran it: test_x.py",
    ),
    "unread file": (
        '```toml title="mine.toml"\n```\n',
        "page.md:1: nothing on the page reads mine.toml",
    ),
    "unknown file of the repository": (
        "<!-- uses: docs/gone -->\n",
        "page.md:1: there is no docs/gone in the repository",
    ),
    "program": (
        "```console\n$ rm -r x\n```\n",
        "page.md:1: a page may run errcodes, pytest, python, not `rm`",
    ),
    "hidden program": (
        "<!-- run: rm -r x -->\n",
        "page.md:1: a page may run errcodes, pytest, python, not `rm`",
    ),
    "no command": (
        "```console\npytest\n```\n",
        "page.md:1: the block begins with no `$ ` command",
    ),
    "failing command": (
        "```console\n$ python -c 'raise SystemExit(3)'\n```\n",
        "page.md:1: `python -c 'raise SystemExit(3)'` ended with 3:\n",
    ),
    "failing script": (
        "```python\nraise SystemExit('no')\n```\n",
        "page.md:1: the block failed:\nno\n",
    ),
    "failing file": (
        '```python title="x.py"\nraise SystemExit("no")\n```\n',
        "page.md:1: x.py ended with 1:\nno\n",
    ),
}


@pytest.mark.parametrize("page", RIGHT.values(), ids=RIGHT)
def test_right_page(tmp_path: Path, page: str) -> None:
    """A page that tells the truth raises nothing."""
    run(tmp_path, page)  # it raises when something is wrong
    assert (tmp_path / "project").is_dir()


@pytest.mark.parametrize(("page", "message"), WRONG.values(), ids=WRONG)
def test_wrong_page(tmp_path: Path, page: str, message: str) -> None:
    """A page that lies, or that cannot be run, is refused with the place."""
    assert refusal(tmp_path, page) == dedent(message)


@pytest.mark.parametrize(
    ("command", "run_at_the_end"),
    [("pytest test_other.py", True), ("pytest test_sum.py::test_sum", False), ("pytest", False)],
)
def test_unrun_tests_run_at_the_end(tmp_path: Path, command: str, run_at_the_end: bool) -> None:
    """A test file that no command ran is run at the end, where it must pass."""
    page = dedent(FAILING_TEST) + dedent(f"""
        ```python title="test_other.py"
        def test_other():
            assert True
        ```

        ```console
        $ {command}
        ...
        ```

        ```console
        $ pytest test_other.py
        ```
        """)
    if run_at_the_end:
        text = refusal(tmp_path, page)
        assert text.startswith("page.md:1: pytest ended with exit code 1:\n")
        assert "FAILED test_sum.py::test_sum" in text
    else:
        run(tmp_path, page)


def test_refused_settings(tmp_path: Path) -> None:
    """Settings that pytest does not know fail the page."""
    text = refusal(tmp_path, '```ini title="pytest.ini"\n[pytest]\nno_such_setting = 1\n```\n')
    assert text.startswith("page.md:1: pytest ended with exit code 4:\n")
    assert "no_such_setting" in text


def test_inexact(tmp_path: Path) -> None:
    """Beside older libraries the commands run, but their output is not compared."""
    page = "```console\n$ python -c 'print(1)'\n2\n```\n"
    check_page(page, "page.md", tmp_path, exact=False)
    assert "differs from the page" in refusal(tmp_path / "again", page)


def runner(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the runner's own command line."""
    command = [sys.executable, docs_runner.__file__, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_command_line_prints_a_marked_command(tmp_path: Path) -> None:
    """CI gets a marked command without its prompts, and an error for a mark that is missing."""
    page = tmp_path / "page.md"
    page.write_text("<!-- command: tests -->\n```console\n$ one &&\n$ two\n```\n")
    assert runner("command", page, "tests").stdout == "one &&\ntwo\n"
    missing = runner("command", page, "demo")
    assert missing.returncode == 1
    assert missing.stderr == "page.md: 0 blocks are marked `command: demo`, not one\n"


def test_command_line_writes_an_example(tmp_path: Path) -> None:
    """CI gets the files up to the test file it names, and nothing after it."""
    page = tmp_path / "page.md"
    blocks = [("client.py", "A = 1\n"), ("test_a.py", "B = 2\n"), ("test_b.py", "C = 3\n")]
    page.write_text(
        "".join(f'```python title="{name}"\n{source}```\n\n' for name, source in blocks)
    )
    folder = tmp_path / "example"
    folder.mkdir()
    assert runner("example", page, "test_a.py", folder).returncode == 0
    assert {path.name: path.read_text() for path in folder.iterdir()} == dict(blocks[:2])
    assert runner("example", page, "test_c.py", folder).stderr == (
        "page.md: no block is titled test_c.py\n"
    )
