"""How pytest shows a failed ``==`` that an ``IsCode`` takes part in."""

from __future__ import annotations


def explained(project, comparison, before="pass"):
    """Return the lines with which pytest explains a failed comparison."""
    project.tests(f"""
        BODY = {{"code": 401018, "message": "Order not found", "data": None}}

        def test_order():
            {before}
            assert {comparison}
    """)
    lines = project.run().failure("test_order").splitlines()
    return [line.removeprefix("E").removeprefix("       ") for line in lines if line[:1] == "E"]


def test_on_either_side(project):
    """The matcher says why it did not match, wherever it stands."""
    reason = [
        "  expected 401009, came 401018",
        "    expected  401009  clientOrderId already exists",
        "    came      401018  Order not found",
        "                  ^",
    ]
    body = "{'code': 401018, 'message': 'Order not found', 'data': None}"
    assert explained(project, "BODY == IsCode(401009)") == [
        f"AssertionError: assert {body} == IsCode(401009)",
        *reason,
    ]
    assert explained(project, "IsCode(401009) == BODY") == [
        f"AssertionError: assert IsCode(401009) == {body}",
        *reason,
    ]


def test_inside_a_structure(project):
    """Where nothing else differs, it says so for its place in the structure."""
    assert explained(project, "{'orders': [BODY]} == {'orders': [IsCode(401009)]}")[1:] == [
        "  at ['orders'][0]:",
        "  expected 401009, came 401018",
        "    expected  401009  clientOrderId already exists",
        "    came      401018  Order not found",
        "                  ^",
    ]


def test_in_a_list(project):
    """Each member says in one line why it is not the one, as pytest shows but a few lines."""
    members = "[BODY, [], BODY | {'code': 401009}]"
    assert explained(project, f"IsCode(401009) in {members}")[1:] == [
        "  [0]: expected 401009, came 401018",
        "  [1]: expected 401009, came no envelope: list has no attribute 'code'",
        "  [2]: expected the documented message of 401009, came another",
    ]


def test_in_a_long_list(project):
    """Of many members the first five say so."""
    assert explained(project, "IsCode(401009) in (BODY,) * 9")[1:] == [
        *(f"  [{index}]: expected 401009, came 401018" for index in range(5)),
        "  and 4 more",
    ]


def test_in_what_holds_nothing(project):
    """An empty list, a text and ``not in`` are explained by pytest alone."""
    assert explained(project, "IsCode(401009) in []")[0] == "assert IsCode(401009) in []"
    assert explained(project, "IsCode(401018) not in [BODY]")[0].startswith(
        "AssertionError: assert {'code': 401018, "
    )
    assert explained(project, "[IsCode(401009)] in [[BODY]]")[0].startswith(
        "AssertionError: assert [IsCode(401009)] in [[{'code': 401018"
    )


def test_beside_another_difference(project):
    """Where something else differs too, pytest's own diff is shown."""
    assert "At index 1 diff: 2 != 3" in "\n".join(
        explained(project, "[IsCode(401018), 2] == [BODY, 3]")
    )


def test_without_a_matcher(project):
    """A comparison without a matcher is explained by pytest alone, and compared no second time."""
    before = """
            class Once:
                compared = 0
                def __eq__(self, other):
                    Once.compared += 1
                    assert Once.compared == 1
                    return False
            matcher = IsCode(401009)
    """.strip()
    lines = explained(project, "Once() == [Once()]", before)
    assert lines[0].startswith("AssertionError: assert <test_orders.test_order.<locals>.Once")


def test_beside_what_has_no_truth(project):
    """What answers ``==`` with something that has no truth value, as arrays do, does no harm."""
    before = """
            class Array:
                def __eq__(self, other):
                    return Array()
                def __bool__(self):
                    if len(BODY) == 3:
                        BODY["seen"] = 1
                        return True
                    raise ValueError("ambiguous")
    """.strip()
    lines = explained(project, "[Array(), BODY] == [Array(), IsCode(401009)]", before)
    assert lines[0].startswith("AssertionError: assert [<test_orders.")


def test_structure_that_holds_itself(project):
    """A tree whose branches know their root is looked through once, with a matcher and without."""
    before = """
            tree = {"children": []}
            tree["children"] += [{"parent": tree} for _ in range(50)]
    """.strip()
    assert explained(project, "tree == {}", before)[0].startswith("AssertionError: assert {'child")
    before += "\n            tree['answer'], other = BODY, dict(tree)"
    before += "\n            other['answer'] = IsCode(401009)"
    assert "  at ['answer']:" in explained(project, "tree == other", before)


def test_containers_with_a_will_of_their_own(project):
    """A container that raises when it is walked does not hide the failure of its test."""
    before = """
            class Lazy(dict):
                __hash__ = None
                def values(self):
                    raise RuntimeError("not loaded")
                def __eq__(self, other):
                    return False
            class Once(list):
                __hash__ = None
                def __iter__(self):
                    raise RuntimeError("used up")
                def __eq__(self, other):
                    return False
            matcher = IsCode(401009)
    """.strip()
    assert explained(project, "Lazy(a=1) == 1", before)[0] == "AssertionError: assert {'a': 1} == 1"
    assert explained(project, "Once([1]) == 1", before)[0] == "AssertionError: assert [1] == 1"
