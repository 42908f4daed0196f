"""``errcodes init``: what a project begins with."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from pytest_errcodes.cli.completion import complete_path
from pytest_errcodes.cli.files import check_output, write_outputs
from pytest_errcodes.cli.parsing import command, flag, one_of, option
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    from pytest_errcodes.catalog.model import CodeType
    from pytest_errcodes.catalog.placeholders import PlaceholderStyle
    from pytest_errcodes.tools.starting.beginning import StarterOptions
    from pytest_errcodes.tools.starting.starter_plan import StarterPlan


class Told(TypedDict):
    """What the options say, by the names of their parameters."""

    samples: Sequence[str]
    source: str | None
    suite: str | None
    examples: Sequence[str]
    name: str | None
    base_url: str | None
    code_field: str | None
    message_field: str | None
    data_field: str | None
    code_type: CodeType | None
    success: str | None
    placeholders: PlaceholderStyle | None
    http_status: str | None
    output: str | None
    test_file: str | None
    force: bool


@command("init", example="errcodes init --from error.json --from success.json --name shop")
@option(
    "--from samples",
    "ANSWER",
    "A file with an answer of the API, an error or a success; may be repeated. - reads one from a "
    "pipe.",
    multiple=True,
    shell_complete=complete_path,
)
@option(
    "--import source",
    "SOURCE",
    "A page, a table or source to import the codes from.",
    shell_complete=complete_path,
)
@option(
    "--harvest suite",
    "TESTS",
    "A suite that mocks the API: pytest runs it, and its answers are drafted into draft.toml.",
    shell_complete=complete_path,
)
@option("--example examples", "CODE=MESSAGE", "A code of the API; may be repeated.", multiple=True)
@option("--name", "NAME", "The catalog's name: errcodes if absent.")
@option("--base-url", "URL", "The address of the API.")
@option("--code-field", "PATH", "The field of the code: error.code.")
@option("--message-field", "PATH", "The field of the message.")
@option("--data-field", "PATH", "The field of the data; * for all that stands beside.")
@option(
    "--code-type", "TYPE", "integer, string or either.", **one_of("integer", "string", "either")
)
@option("--success", "RULE", "What means success: 0,200 or absent, http_status, ok=true.")
@option(
    "--placeholders",
    "STYLE",
    "How messages write placeholders: printf, format, dollar, angle or none.",
    **one_of("printf", "format", "dollar", "angle", "none"),
)
@option("--http-status", "STATUS", "The HTTP status of an error.")
@option(
    "--output -o", "FILE", "The catalog's file: NAME.toml if absent.", shell_complete=complete_path
)
@option(
    "--test test_file",
    "FILE",
    "The test's file: test_errcodes.py if absent, in tests where there is such a folder.",
    shell_complete=complete_path,
)
@flag("--force", "Replace catalog and test if they exist.")
def init(**told: Unpack[Told]) -> None:
    """Begin with an API: write its catalog, the setting, and a first test.

    On a terminal, asks for what the options do not say.
    """
    from pytest_errcodes.cli.init_dialogue import ask_for_rest, is_asked, print_plan
    from pytest_errcodes.tools.starting.starter_plan import plan_start

    force = told["force"]
    options = _read_options(told)
    if is_asked(options):
        options = ask_for_rest(options, partial(_harvest, source=None, force=force))
    plan = plan_start(options, Path.cwd())
    _write_files(plan, force=force)
    print_plan(plan)


def _read_options(told: Told) -> StarterOptions:
    """Return what the options say of the API, once what they name is harvested.

    Raises:
        ErrcodesUsageError: Two options say where the codes come from, or a value is none.
    """
    from pytest_errcodes.tools.starting.beginning import StarterOptions

    source, suite = told["source"], told["suite"]
    if suite is not None:
        source = _harvest(suite, source=source, force=told["force"])
    paths = {
        "code": told["code_field"],
        "message": told["message_field"],
        "data": told["data_field"],
    }
    return StarterOptions(
        samples=tuple(told["samples"]),
        source=source,
        examples=tuple(told["examples"]),
        name=told["name"],
        catalog_file=told["output"],
        test_file=told["test_file"],
        fields={name: path for name, path in paths.items() if path is not None},
        code_type=told["code_type"],
        success=told["success"],
        placeholders=told["placeholders"],
        http_status=_check_status(told["http_status"]),
        base_url=_check_url(told["base_url"]),
    )


def _write_files(plan: StarterPlan, *, force: bool) -> None:
    for path in (plan.catalog_file, plan.test_file):
        check_output(str(path), force=force)
    texts = {plan.catalog_file: plan.catalog_text, plan.test_file: plan.test_text}
    if plan.setting.text is not None:
        texts[plan.setting.file] = plan.setting.text
    write_outputs(texts, replaced={plan.setting.file}, force=force)


def _harvest(suite: str, *, source: str | None, force: bool) -> str:
    if source is not None:
        raise ErrcodesUsageError(
            "suite-to-harvest",
            f"--import={source} and --harvest={suite} both say where the codes come from",
            "give one of them",
        )
    from pytest_errcodes.cli.suite_harvest import harvest_suite

    return harvest_suite(suite, force=force)


def _check_url(url: str | None) -> str | None:
    if url is None or "://" in url:
        return url
    raise ErrcodesUsageError(
        "base-url",
        f"--base-url={url} has no scheme, so no route would match",
        "give a URL with its scheme, such as https://api.example.com",
    )


def _check_status(text: str | None) -> int | None:
    if text is None or (text.isdecimal() and 100 <= int(text) <= 599):
        return None if text is None else int(text)
    raise ErrcodesUsageError(
        "option-value", f"--http-status={text} is no HTTP status", "write a number from 100 to 599"
    )
