"""``errcodes init``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
import pytest
from commands import refused

from pytest_errcodes.catalog import load_catalog

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Command
    from project import Project

BINANCE = {"code": -1121, "msg": "Invalid symbol."}
STRIPE = {"error": {"type": "card_error", "code": "card_declined", "message": "It was declined."}}
TOLD = """\
read an error in error.json, a success in ok.json
  code     error.code, a text
  message  error.message
  data     all that stands beside
  success  an answer without error.code

nobody told
  the address of the API: the test calls https://api.example.com; --base-url names yours
  the HTTP status of an error: 200 is taken; --http-status says another
  the other codes: errcodes import reads them out of a page, a table or source, and
    pytest --errcodes-harvest=draft.toml out of a suite that you have

written
  cards.toml              1 code
  tests/test_errcodes.py  expects card_declined
  pyproject.toml          [tool.errcodes] catalog = "cards.toml"

next: pytest tests/test_errcodes.py
  then put your client into that test
"""
CATALOG = """\
name = "cards"

[envelope]
code = "error.code"
message = "error.message"
data = "*"
code_type = "string"
success = "absent"

[sections.errors]
title = "Errors"

[sections.errors.codes]
card_declined = "It was declined."
"""
TEST = '''\
"""A first test of error codes: a client that swallows the code turns it red."""

import httpx
import pytest

BASE_URL = "https://api.example.com"


class ApiError(Exception):  # replace it by the exception that your client raises
    def __init__(self, code, message):
        super().__init__(f"{code} {message}")
        self.code = code
        self.message = message


def place_order():  # replace it by your client: import it, and call it in the test
    response = httpx.post(BASE_URL + "/orders", json={"symbol": "BTC"})
    answer = response.json()
    if "error" in answer:
        raise ApiError(answer["error"]["code"], answer["error"]["message"])
    return answer


@pytest.mark.expects_code("card_declined")  # It was declined.
def test_an_error_surfaces(errcodes):
    errcodes.post(BASE_URL + "/orders").reply("card_declined")
    place_order()
'''


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder with a pytest.ini, in which the command runs."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    return tmp_path


def save(folder: Path, *answers: object) -> list[str]:
    """Save answers of an API; return the options that name them."""
    options = []
    for number, answer in enumerate(answers):
        text = answer if isinstance(answer, str) else json.dumps(answer)
        (folder / f"a{number}.json").write_text(text)
        options += ["--from", f"a{number}.json"]
    return options


def files(folder: Path) -> dict[str, str]:
    """Return what stands in each file of a folder."""
    return {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}


def test_all_that_is_written_and_told(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two answers make a catalog, the setting and a test, and what nobody told is told."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tests").mkdir()
    (tmp_path / "pyproject.toml").write_text("[project] # ours\nname = 'x'")
    (tmp_path / "error.json").write_text(json.dumps(STRIPE))
    (tmp_path / "ok.json").write_text('{"id": "ch_1"}')
    called = ("init", "--from", "error.json", "--from", "ok.json", "--name", "cards")
    assert command(*called) == (0, TOLD, "")
    assert (tmp_path / "cards.toml").read_text() == CATALOG
    assert (tmp_path / "tests" / "test_errcodes.py").read_text() == TEST
    assert (tmp_path / "pyproject.toml").read_text() == (
        "[project] # ours\nname = 'x'\n\n[tool.errcodes]\ncatalog = \"cards.toml\"\n"
    )


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param([BINANCE], id="flat integers"),
        pytest.param([STRIPE], id="nested"),
        pytest.param([STRIPE, {"id": "ch_1", "status": "succeeded"}], id="nested, and a success"),
        pytest.param([{"ok": False, "error": "channel_not_found"}], id="a flag"),
        pytest.param(
            [{"ok": False, "error": "no_text"}, {"ok": True, "channel": "C1"}], id="flag, success"
        ),
        pytest.param(
            [{"retCode": 10001, "retMsg": "params error: 5% off {x} %s", "result": {}}],
            id="retCode",
        ),
        pytest.param([{"code": "51008", "msg": "", "data": []}], id="an empty message"),
        pytest.param(
            [{"errors": [{"status": "422", "code": "bad", "detail": "It is"}]}, {"data": {}}],
            id="a list",
        ),
        pytest.param(
            [{"errors": [{"message": "No", "extensions": {"code": "BAD_INPUT"}}], "data": None}],
            id="GraphQL",
        ),
        pytest.param([{"status": "error", "code": "X1", "message": "No"}], id="a word"),
        pytest.param(
            [
                {"status": "error", "code": "X1", "message": "No", "data": None},
                {"status": "success", "data": {"a": 1}},
            ],
            id="a word, and a success",
        ),
        pytest.param(
            [
                {"success": False, "code": 3001, "message": "No"},
                {"success": True, "code": 0, "message": "ok", "data": 1},
            ],
            id="a flag beside a code",
        ),
        pytest.param(
            [
                {"code": 0, "msg": "", "data": [{"sCode": 0, "sMsg": ""}]},
                {"code": 1, "msg": "Failed", "data": [{"sCode": 7, "sMsg": "No"}]},
            ],
            id="a batch",
        ),
        pytest.param(
            [{"results": [{"code": 0}, {"code": 51008, "message": "No"}]}], id="a batch alone"
        ),
        pytest.param(
            [
                {
                    "code": "1",
                    "msg": "All failed",
                    "data": [{"sCode": "51008", "sMsg": "No"}, {"sCode": "0", "sMsg": ""}],
                }
            ],
            id="a batch of a refused request, with an item that went well",
        ),
        pytest.param([BINANCE, STRIPE, {"code": 0, "msg": "ok", "data": {}}], id="two shapes"),
    ],
)
def test_the_test_passes_and_can_fail(
    command: Command, project: Project, answers: list[object]
) -> None:
    """Whatever the envelope, the test is green as it stands, and red once the client swallows."""
    assert command("init", *save(project.path, *answers))[0] == 0
    test = project.path / "test_errcodes.py"
    lines = test.read_text().splitlines(keepends=True)
    (raising,) = (at for at, line in enumerate(lines) if line.startswith("        raise ApiError("))
    lines[raising] = "        return None\n"
    (project.path / "test_swallowing.py").write_text("".join(lines))
    outcome = project.run()
    assert outcome.outcomes == {"passed": 1, "failed": 1}
    assert "\nFAILED test_swallowing.py::" in outcome.text


def test_a_list_of_answers_with_headers(command: Command, folder: Path) -> None:
    """What ``curl -i`` printed has the HTTP status, and a file may hold several answers."""
    (folder / "all.txt").write_text(
        f"HTTP/1.1 400 Bad Request\r\nX: 1\r\n\r\n{json.dumps(BINANCE)}\n"
        'HTTP/2 400\n\n{"code": -1100, "msg": "Illegal characters"}'
    )
    assert command("init", "--from", "all.txt")[0] == 0
    catalog = load_catalog(str(folder / "errcodes.toml"))
    assert {code: one.http_status for code, one in catalog.items()} == {-1121: 400, -1100: 400}


def test_guesses_are_told(command: Command, folder: Path) -> None:
    """What one error alone does not tell is taken as most APIs have it, and said."""
    lines = command("init", *save(folder, BINANCE))[1].splitlines()
    assert lines[1:5] == [
        "  code     code, an integer",
        "  message  msg",
        "  data     data  (a guess: no answer with a success was seen)",
        "  success  0  (a guess: no answer with a success was seen)",
    ]


def test_an_answer_that_the_user_says_is_an_error(command: Command, folder: Path) -> None:
    """Where the user names the field of the code, an answer that has it is read as an error."""
    answer = {"type": "error", "error": {"type": "overloaded", "message": "Try later"}}
    output = command("init", *save(folder, answer), "--code-field", "error.type")[1]
    assert output.splitlines()[:2] == ["read an error in a0.json", "  code     error.type, a text"]


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (
            [{"response": {"code": 0, "data": {}}}, {"response": {"code": 5, "message": "No"}}],
            ["response.code, an integer", "response.message", "response.data", "0"],
        ),
        (
            [{"code": "0012", "msg": "a"}],
            ["code, a text", "msg", "data  (a guess: {})", '"0000"  (a guess: {})'],
        ),
        (
            [{"code": 12, "msg": "a"}, STRIPE],
            ["code, an integer or a text", "msg", "data  (a guess: {})", "0  (a guess: {})"],
        ),
    ],
)
def test_odd_answers(
    command: Command, folder: Path, answers: list[object], told: list[str]
) -> None:
    """An envelope in one field, numbers with zeros in front, and two shapes are told apart."""
    lines = command("init", *save(folder, *answers))[1].splitlines()
    guess = "no answer with a success was seen"
    assert [line[11:] for line in lines[1:5]] == [one.format(guess) for one in told]
    assert "an error in" in lines[0]


def test_a_batch_and_a_further_shape_are_told(command: Command, folder: Path) -> None:
    """Items with codes of their own, and answers in another shape, are read and told of."""
    batch = {"code": 1, "msg": "Failed", "data": [{"sCode": 7, "sMsg": "No"}]}
    fine = {"code": 0, "msg": "", "data": [{"sCode": 0, "sMsg": ""}]}
    guess = "  (a guess: no answer with a success was seen)"
    lines = command("init", *save(folder, batch, fine, STRIPE))[1].splitlines()
    assert lines[1:8] == [
        "  code     code, an integer or a text",
        "  message  msg",
        "  data     data",
        "  success  0",
        "  items    data, each with a code of its own",
        "  item     another shape: code sCode, message sMsg",
        f"  shape2   another shape: code error.code, message error.message{guess}",
    ]
    catalog = load_catalog(str(folder / "errcodes.toml"))
    assert {code: one.shape_name for code, one in catalog.items()} == {
        1: "",
        7: "",
        "card_declined": "shape2",
    }


def test_options_go_before_guesses(command: Command, folder: Path) -> None:
    """Whoever knows better says so, and nothing is called a guess then."""
    said = ("--success", "0,200", "--data-field", "result", "--base-url", "https://api.test/v1")
    status, output, _ = command("init", *save(folder, BINANCE), *said, "--http-status", "400")
    assert status == 0
    assert "guess" not in output
    shape = load_catalog(str(folder / "errcodes.toml")).shape
    assert (shape.success, shape.data) == ((0, 200), "result")
    assert files(folder)["pytest.ini"] == (
        "[pytest]\nerrcodes_catalog = errcodes.toml\nerrcodes_base_url = https://api.test/v1\n"
    )


def test_a_code_and_its_message(command: Command, project: Project) -> None:
    """Without an answer, options tell the fields and a first code."""
    said = ("--message-field", "msg", "--success", "ok=true", "--code-field", "err.code")
    assert command("init", "--example", "7=Busy", "--success", "status=ok", "--name", "b")[0] == 0
    assert project.run("--errcodes-catalog=b.toml").outcomes == {"passed": 1}
    for name in ("test_errcodes.py", "pytest.ini"):
        (project.path / name).unlink()
    example = ("--example", "E7=At most {} orders", "--placeholders", "format")
    assert command("init", *said, *example, "--base-url", "https://api.test/v1")[0] == 0
    assert project.run().outcomes == {"passed": 1}


def test_an_imported_page(command: Command, project: Project) -> None:
    """The codes come from a page, and the envelope from an answer."""
    page = "| Code | Message |\n| --- | --- |\n| -1000 | Unknown |\n| -1121 | Invalid symbol. |\n"
    (project.path / "codes.md").write_text(page)
    called = ("init", *save(project.path, BINANCE), "--import", "codes.md", "--name", "shop")
    status, output, _ = command(*called)
    assert status == 0
    assert "  shop.toml         2 codes\n  test_errcodes.py  expects -1121\n" in output
    assert load_catalog(str(project.path / "shop.toml")).shape.message == "msg"
    assert project.run().outcomes == {"passed": 1}


CLASSES = """\
class ShopError(Exception): ...
class NoOrder(ShopError): ...
class NoFunds(ShopError): ...
CODES = {{{first}: NoOrder, {second}: NoFunds}}
"""


@pytest.mark.parametrize(("first", "second"), [(1001, 1002), ("'no_order'", "'no_funds'")])
def test_imported_classes(
    command: Command, project: Project, first: object, second: object
) -> None:
    """The stand-in of the client is called as the catalog calls the class of the code."""
    (project.path / "client.py").write_text(CLASSES.format(first=first, second=second))
    status, output, _ = command("init", "--import", "client.py")
    assert status == 0
    assert project.run().outcomes == {"passed": 1}
    test = (project.path / "test_errcodes.py").read_text()
    assert "class NoOrder(Exception):  # replace it by the exception" in test
    swallowing = test.replace("        raise NoOrder(", "        return (")
    (project.path / "test_swallowing.py").write_text(swallowing)
    assert project.run("test_swallowing.py").outcomes == {"failed": 1}
    guess = "(a guess: nobody told; --from answer.json does)"
    assert [line.partition("  (")[2] for line in output.splitlines()[1:4]] == [guess[1:]] * 3


def test_a_class_with_its_module(command: Command, project: Project) -> None:
    """A stand-in is no class of that module, and the test says so."""
    (project.path / "own.toml").write_text(
        '[sections.a.codes]\n7 = { message = "Busy", exception = "shop.errors.Busy" }\n'
    )
    command("export", "--catalog", "./own.toml", "--format", "json", "--output", "all.json")
    assert command("init", "--import", "all.json")[0] == 0
    assert "expects_code(7, exception=Busy)" in (project.path / "test_errcodes.py").read_text()
    assert project.run().outcomes == {"passed": 1}


def test_what_samples_tell_of_imported_codes(command: Command, project: Project) -> None:
    """Words come in the shape in which words came, with the message that came with one."""
    (project.path / "client.py").write_text(CLASSES.format(first="'no_order'", second="'no_funds'"))
    numbered = {"errorCode": 403042, "errorMessage": "Invalid login"}
    worded = {"errors": [{"errorCode": "no_funds", "errorMessage": "Not enough funds"}]}
    said = save(project.path, numbered, {"errorCode": 0, "errorMessage": ""}, worded)
    assert command("init", *said, "--import", "client.py")[0] == 0
    catalog = load_catalog(str(project.path / "errcodes.toml"))
    assert {code: (one.message, one.shape_name) for code, one in catalog.items()} == {
        "no_order": ("NoOrder", "shape2"),
        "no_funds": ("Not enough funds", "shape2"),
    }
    assert project.run().outcomes == {"passed": 1}


def test_codes_that_may_be_http_statuses(command: Command, folder: Path) -> None:
    """Classes that have an HTTP status each are no catalog of codes, perhaps, and that is said."""
    (folder / "client.py").write_text(CLASSES.format(first=403, second=404))
    output = command("init", "--import", "client.py")[1]
    assert "  whether these are codes of the API: each may be an HTTP status\n" in output
    assert "  the HTTP status of an error: 200 is taken; --http-status says another\n" in output


def test_the_fields_that_may_have_the_code(command: Command, folder: Path) -> None:
    """Where no field seems to have the code, the fields that there are are named."""
    spotify = {"error": {"status": 401, "message": "The access token expired"}}
    refusal = command("init", *save(folder, spotify, {"id": "1"}))[2]
    assert refusal == (
        "errcodes: no answer of a0.json, a1.json seems to be an error with a code\n"
        "hint: give one that has a code; --code-field names its field where that has an unusual "
        "name: error.status and error.message\n"
    )


def test_nothing_is_known(command: Command, folder: Path) -> None:
    """In a pipe nobody can be asked: what is missing is said, and nothing is written."""
    before = files(folder)
    assert command("init", "--base-url", "https://api.test") == refused(
        "errcodes: init knows no code of the API\n"
        "hint: add --from answer.json, --import page.html, --harvest tests or "
        "--example '1001=Unknown symbol'\n"
    )
    assert files(folder) == before


@pytest.mark.parametrize("taken", ["errcodes.toml", "test_errcodes.py"])
def test_a_file_is_there(command: Command, folder: Path, taken: str) -> None:
    """Neither catalog nor test is replaced without --force, and then nothing is written at all."""
    (folder / taken).write_text("mine")
    options = save(folder, BINANCE)
    before = files(folder)
    hint = "hint: add --force to replace it, or name another file\n"
    told = refused(f"errcodes: {taken} exists already\n{hint}")
    assert command("init", *options) == told
    assert files(folder) == before
    assert command("init", *options, "--force")[0] == 0
    assert files(folder)[taken] != "mine"


def test_a_setting_is_there(command: Command, folder: Path) -> None:
    """A project that names another catalog keeps it."""
    (folder / "pytest.ini").write_text("[pytest]\nerrcodes_catalog = mine.toml\n")
    options = save(folder, BINANCE)
    before = files(folder)
    assert command("init", *options) == refused(
        "errcodes: pytest.ini:2: errcodes_catalog = mine.toml: catalog is set already, and init "
        "would set errcodes.toml\n"
        "hint: take that line out, or give what it says\n"
    )
    assert files(folder) == before
    assert command("init", *options, "-o", "mine.toml")[0] == 0
    assert files(folder)["pytest.ini"] == before["pytest.ini"]


def test_a_rule_that_no_answer_can_meet(command: Command, folder: Path) -> None:
    """What no catalog may hold is told as of a catalog, and nothing is written."""
    before = set(files(folder))
    options = save(folder, BINANCE)
    status, output, told = command("init", *options, "--success", "code=0")
    assert (status, output) == (2, "")
    assert "success_field" in told
    assert set(files(folder)) == before | {"a0.json"}


def test_a_disk_that_is_full(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the last file cannot be written, the first ones are taken back."""
    from pytest_errcodes.cli import files as cli_files

    options = save(folder, BINANCE)
    before = files(folder)
    write = cli_files.write_file

    def write_all_but_one(target: Path, data: bytes, **options: bool) -> None:
        if target.name == "pytest.ini" and b"errcodes" in data:
            raise OSError(28, "No space left on device")
        write(target, data, **options)

    monkeypatch.setattr(cli_files, "write_file", write_all_but_one)
    status, _, told = command("init", *options)
    assert (status, told) == (
        2,
        (
            f"errcodes: {folder}/pytest.ini cannot be written, so nothing was: "
            "No space left on device\n"
            "hint: make room on the disk, or name a file on another\n"
        ),
    )
    assert files(folder) == before


def answer(monkeypatch: pytest.MonkeyPatch, *lines: str) -> list[str]:
    """Let a person at a terminal answer with lines; return the questions as they come."""
    given, asked = iter(lines), []

    def ask(question: str, default: str = "", **_: object) -> str:
        asked.append(f"{question} [{default}]")
        return next(given) or default

    monkeypatch.setattr("pytest_errcodes.cli.init_dialogue.is_asked", lambda _: True)
    monkeypatch.setattr(click, "prompt", ask)
    return asked


def test_questions_with_an_answer_at_hand(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has a saved answer is asked for little else."""
    save(folder, BINANCE)
    asked = answer(monkeypatch, "a0.json", "", "", "", "https://api.test")
    assert command("init")[0] == 0
    assert asked == [
        "File with an answer that is an error, as JSON []",
        "File with an answer that is a success []",
        "Page, table or source with the codes []",
        "Placeholders in messages: printf (%s), format ({}), dollar, angle, none [none]",
        "Address of the API, such as https://api.example.com []",
    ]


def test_questions_without_an_answer(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has none is asked for fields, type, success and a first code."""
    lines = ("", "", "", "error.code", "", "", "string", "absent", "E1", "Bad", "", "")
    asked = answer(monkeypatch, *lines)
    assert command("init")[0] == 0
    assert asked[2:] == [
        "Tests that mock the API, to run for its codes []",
        "Field of the code, or a path such as error.code [code]",
        "Field of the message, or a path such as error.message [message]",
        "Field of the data, or a path such as error.data [data]",
        "Codes are [integer]",
        "Success: codes (0,200), absent, http_status or a field (ok=true) [0]",
        "One code of the API [1001]",
        "Its message [Unknown symbol]",
        "Placeholders in messages: printf (%s), format ({}), dollar, angle, none [printf]",
        "Address of the API, such as https://api.example.com []",
    ]
    assert load_catalog(str(folder / "errcodes.toml"))["E1"].message == "Bad"


HARVESTED = """
import httpx
import pytest


class BankError(Exception):
    def __init__(self, code):
        super().__init__(f"bank says {code}")
        self.code = code


@pytest.mark.parametrize("account", [12, 99])
def test_refused(account):
    body = {"retCode": 40001, "retMsg": f"Account {account} is blocked", "result": None}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=body))
    with httpx.Client(transport=transport) as client, pytest.raises(BankError):
        raise BankError(client.post("https://bank.test/pay").json()["retCode"])
"""


@pytest.fixture
def bank(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a suite, which is run without the other plugins of this environment."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p errcodes")
    (folder / "test_bank.py").write_text(HARVESTED)
    return folder


RUNNING = "running pytest test_bank.py -q --errcodes-harvest=draft.toml"


def test_a_suite_to_harvest(command: Command, bank: Path) -> None:
    """A suite is run, and what its answers tell is begun with; its draft stays."""
    status, told, progress = command("init", "--harvest", "test_bank.py", "--name", "bank")
    assert (status, progress) == (0, f"{RUNNING}\n")
    # The run has seen the envelope: nothing of it is a guess but what the draft's comments say.
    assert told.splitlines()[:8] == [
        "an envelope of the API",
        "  code     retCode, an integer",
        "  message  retMsg",
        "  data     result",
        "  success  0",
        "",
        "nobody told",
        "  the address of the API: the test calls https://api.example.com; --base-url names yours",
    ]
    assert "  what draft.toml calls doubtful: its comments are not in the new catalog" in told
    code = load_catalog(str(bank / "bank.toml"))[40001]
    assert (code.message, code.exception) == ("Account %s is blocked", "BankError")
    assert (bank / "draft.toml").is_file()

    assert command("init", "--harvest", "test_bank.py") == refused(
        "errcodes: draft.toml exists already\n"
        "hint: add --force to replace it, or name another file\n"
    )
    (bank / "pytest.ini").unlink()
    assert command("init", "--harvest", "test_bank.py", "--name", "bank", "--force")[0] == 0


def test_a_suite_to_harvest_beside_an_older_draft(command: Command, bank: Path) -> None:
    """What an earlier run has drafted is not taken for what this one saw."""
    (bank / "test_bank.py").write_text("def test_nothing(): pass")
    (bank / "draft.toml").write_text('[sections.a.codes]\n1 = "of an earlier run"\n')
    before = files(bank)
    status, _, told = command("init", "--harvest", "test_bank.py", "--force")
    assert (status, told.splitlines()[1]) == (
        2,
        "errcodes: pytest test_bank.py drafted no catalog",
    )
    assert files(bank) == before


def test_a_suite_to_harvest_where_a_catalog_is_set(command: Command, bank: Path) -> None:
    """A run drafts only what the catalog in force lacks: nothing that a project begins with."""
    (bank / "pytest.ini").write_text("[pytest]\nerrcodes_catalog = bank.toml\n")
    assert command("init", "--harvest", "test_bank.py", "--force") == refused(
        "errcodes: a catalog is set already, and a run drafts only what it lacks\n"
        "  pytest.ini:2: errcodes_catalog = bank.toml\n"
        "hint: draft that, and move it there: pytest test_bank.py --errcodes-harvest=missing.toml\n"
    )


def test_a_suite_that_is_named_at_a_question(
    command: Command, bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever names one is asked for no field."""
    asked = answer(monkeypatch, "", "", "test_bank.py", "https://bank.test")
    assert command("init")[0] == 0
    assert asked == [
        "File with an answer that is an error, as JSON []",
        "Page, table or source with the codes []",
        "Tests that mock the API, to run for its codes []",
        "Address of the API, such as https://api.example.com []",
    ]
    assert list(load_catalog(str(bank / "errcodes.toml"))) == [40001]


def test_a_suite_that_tells_nothing(command: Command, bank: Path) -> None:
    """Nothing is written where no answer had a code, or there is no such suite."""
    (bank / "test_bank.py").write_text("def test_nothing(): pass")
    before = files(bank)
    status, _, told = command("init", "--harvest", "test_bank.py")
    assert (status, told) == (
        2,
        (
            f"{RUNNING}\n"
            "errcodes: pytest test_bank.py drafted no catalog\n"
            "hint: see what it says: pytest test_bank.py --errcodes-harvest=draft.toml\n"
        ),
    )
    assert files(bank) == before


def test_an_interrupted_question(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C at a question writes nothing."""
    before = files(folder)
    answer(monkeypatch)

    def interrupt(*_: object, **__: object) -> str:
        raise click.Abort

    monkeypatch.setattr(click, "prompt", interrupt)
    assert command("init")[0] == 130
    assert files(folder) == before
