"""errcodes_secrets: more names whose values no text shows."""

from __future__ import annotations

import json

import pytest

SECRET = "hunter2Zz9Qk4"
SUITE = f"""
from pytest_errcodes import assert_code

ENVELOPE = {{
    "code": 401009, "message": "clientOrderId already exists",
    "data": {{"internalRef": "{SECRET}", "x-partner-id": "{SECRET}", "side": "BUY"}},
}}


def test_data():
    assert_code(ENVELOPE, 401009, data={{"internalRef": "other"}})


def test_text():
    assert_code("internal_ref={SECRET}&X-Partner-Id={SECRET}&side=BUY", 401009)


def test_snapshot(envelope_snapshot):
    assert ENVELOPE == envelope_snapshot
"""
INI = "[pytest]\nerrcodes_secrets = internalRef x-partner-*\n"


def test_names_are_added(project):
    """What the setting names is masked in failures and in snapshots, however it is written."""
    project.ini("errcodes_secrets = internalRef x-partner-*")
    project.file("test_orders.py", SUITE)
    outcome = project.run("--tb=line", "--snapshot-update", plugins=("syrupy",))

    assert outcome.outcomes == {"failed": 2, "passed": 1}
    stored = (project.path / "__snapshots__" / "test_orders.ambr").read_text("utf-8")
    assert SECRET not in stored + outcome.text
    assert "'side': 'BUY'" in stored


def test_names_are_those_of_the_run(project):
    """A run without the setting, within or after one with it, shows them."""
    project.file("test_orders.py", SUITE)

    assert f"internal_ref={SECRET}&X-Partner-Id={SECRET}" in project.run("-k", "test_text").text


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("pytest.ini", INI),
        (
            "pyproject.toml",
            '[tool.pytest.ini_options]\nerrcodes_secrets = ["internalRef", "x-partner-*"]\n',
        ),
        ("setup.cfg", "[tool:pytest]\nerrcodes_secrets =\n  internalRef\n  x-partner-*\n"),
    ],
)  # fmt: skip
def test_names_for_the_command(pytester, monkeypatch, capsys, file, text):
    """``errcodes explain`` reads the setting where pytest does."""
    from pytest_errcodes.cli.app import app

    (pytester.path / file).write_text(text, "utf-8")
    (pytester.path / "below").mkdir()
    monkeypatch.chdir(pytester.path / "below")
    message = f"no account, internalRef={SECRET} x_partner_id={SECRET}"
    app(["explain", json.dumps({"code": 401009, "message": message})], standalone_mode=False)

    told = capsys.readouterr().out
    assert "internalRef=<secret>" in told
    assert SECRET not in told
