"""``expects_code(…, undocumented=True)``: a code that the catalog lacks must surface."""

from __future__ import annotations

import pytest

CLIENT = """
import httpx
import pytest


class ApiError(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code, self.message = code, message


def ask(change=None):
    answer = httpx.get("https://api.example.com/a").json()
    raise ApiError(change or answer["code"], answer["message"])


def swallow():
    try:
        ask()
    except ApiError:
        return None


def send(errcodes):
    errcodes.reply(999999, undocumented=True, message="Gone wild")
"""


#: Options of the marker, what the test does, and how it ends.
TESTS = [
    ("", "ask()", "passed"),
    (", message='Gone wild'", "ask()", "passed"),
    (", message='Gone mild'", "ask()", "failed"),
    ("", "ask(change=999998)", "failed"),
    ("", "ask(change=401009)", "failed"),
    ("", "ask(change='999999')", "failed"),
    ("", "swallow()", "failed"),
    (", surfaced=False", "swallow()", "passed"),
    (", times=2", "ask()", "failed"),
]


def test_what_passes(project):
    """The code must surface as it came, with the message that is given; nothing else passes."""
    rows = {
        (options, body): (
            f"{CLIENT}\n@pytest.mark.expects_code(999999, undocumented=True{options})\n"
            f"def test_it(errcodes):\n    send(errcodes)\n    {body}\n"
        )
        for options, body, _ in TESTS
    }
    assert len(rows) == len(TESTS)
    ended = {row: one.outcomes for row, one in project.run_rows(rows).items()}
    assert ended == {(options, body): {word: 1} for options, body, word in TESTS}


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        ("swallow()", "(then assert result == IsCode(999999, undocumented=True))"),
        (
            "with pytest.raises(ApiError):\n        retry()",
            "say so: expects_code(999999, undocumented=True, times=2)",
        ),
    ],
)
def test_what_is_advised(project, body, hint):
    """What a hint says to write is taken: with a code that the catalog lacks, the option too."""
    project.tests(
        f"{CLIENT}\n\ndef retry():\n    swallow()\n    ask()\n\n\n"
        "@pytest.mark.expects_code(999999, undocumented=True)\n"
        f"def test_it(errcodes):\n    send(errcodes)\n    {body}\n"
    )
    failure = project.run().failure("test_it")
    assert [line for line in failure.splitlines() if line.startswith("hint: ") and hint in line]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("{code}: {message}", {"passed": 1}),
        ("the broker refused: code {code} ({message})", {"passed": 1}),
        ("order {code} of 7 refused", {"failed": 1}),
        ("code 999998: {message}", {"failed": 1}),
        ("code 401009: {message}", {"failed": 1}),
        ("{message}", {"failed": 1}),
    ],
)
def test_a_code_that_stands_in_a_text_alone(project, text, outcome):
    """An exception that says the code in its text surfaces it, as it does a documented one."""
    project.tests(
        f"{CLIENT}\n@pytest.mark.expects_code(999999, undocumented=True)\n"
        "def test_it(errcodes):\n    send(errcodes)\n"
        "    answer = httpx.get('https://api.example.com/a').json()\n"
        f"    raise RuntimeError({text!r}.format(**answer))\n"
    )
    assert project.run().outcomes == outcome


def test_the_message_of_a_code_in_a_text(project):
    """What the test says of its message is judged in that text too."""
    marks = (
        f"@pytest.mark.expects_code(999999, undocumented=True, message={message!r})\n"
        f"def test_{name}(errcodes):\n    send(errcodes)\n"
        "    answer = httpx.get('https://api.example.com/a').json()\n"
        "    raise RuntimeError('{code}: {message}'.format(**answer))\n\n\n"
        for name, message in (("right", "Gone wild"), ("wrong", "Gone mild"))
    )
    project.tests(f"{CLIENT}\n\n{''.join(marks)}")
    assert project.run().outcomes == {"passed": 1, "failed": 1}
