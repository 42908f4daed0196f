"""Snapshots of envelopes in other shapes than a flat one: nested, without a code, batches."""

from __future__ import annotations

import pytest
from snapshot_suite import Suite

NESTED = """
[envelope]
code = "error.code"
message = "error.message"
code_type = "string"
success = "absent"
[sections.a.codes]
no_funds = "No funds for %s"
"""
BATCH = """
[envelope]
success = [0]
items = "data"
item_shape = "order"
[envelope.order]
code = "sCode"
message = "sMsg"
data = "*"
[sections.a.codes]
51008 = "No balance"
"""


@pytest.mark.parametrize(
    ("catalog", "answer", "changed"),
    [
        pytest.param(
            NESTED,
            {"error": {"code": "no_funds", "message": "No funds for a1"}},
            {"error": {"code": "no_funds", "message": "Nothing for a1"}},
            id="nested",
        ),
        pytest.param(NESTED, {"id": "ch", "n": 1}, {"id": "ch", "n": 2}, id="without a code"),
        pytest.param(
            BATCH,
            {"code": 0, "message": "", "data": [{"sCode": 51008, "sMsg": "No balance"}]},
            {"code": 0, "message": "", "data": [{"sCode": 0, "sMsg": ""}]},
            id="a batch",
        ),
    ],
)
def test_a_shape(
    pytester, monkeypatch, catalog: str, answer: dict[str, object], changed: dict[str, object]
) -> None:
    """An answer is stored, passes as it is, and fails once it says something else."""
    suite = Suite(pytester, monkeypatch)
    (pytester.path / "api.toml").write_text(catalog)
    pytester.makeini("[pytest]\nerrcodes_catalog = api.toml\n")
    test = "def test_it(envelope_snapshot):\n    assert {} == envelope_snapshot\n"
    suite.write(test.format(answer))
    assert suite.run("--snapshot-update") == (0, ["1 snapshot generated."])
    assert suite.run() == (0, ["1 snapshot passed."])
    suite.write(test.format(changed))
    assert suite.run() == (1, ["1 snapshot failed."])
