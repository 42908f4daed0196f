"""What a run keeps of the answers and exceptions of its tests: small, without secrets, as JSON."""

from __future__ import annotations

import json
from typing import Any, Literal, NamedTuple

#: A value that stands in a field: of objects and lists only that they are there.
Scalar = str | int | float | bool | None
Fields = dict[str, Any]
Batches = dict[str, list[Fields]]
BodyKind = Literal["object", "list", "other JSON", "no JSON", "nothing", "long", "item"]


class AnswerFacts(NamedTuple):
    """One answer that a client got.

    Attributes:
        method: The HTTP method; empty where nobody knows.
        place: Host and path of its URL; empty where nobody knows.
        http_status: The HTTP status; 0 where nobody knows.
        library: Whose response it was: ``requests``.
        kind: What its body holds; ``item`` for one of the items that an answer's body holds.
        fields: The values of its JSON by their paths: ``error.code``; an empty dict or list stands
            for what is one.
        echoed: Words of its texts that the client has sent in the URL.
        batches: The items of its lists whose items may have codes, each with its own fields, by
            the path of the list.
    """

    method: str
    place: str
    http_status: int
    library: str
    kind: BodyKind
    fields: Fields
    echoed: tuple[str, ...] = ()
    batches: Batches = {}  # noqa: RUF012  # nobody changes one


class RaisedFacts(NamedTuple):
    """One exception that ended a test, or that a test caught.

    Attributes:
        name: Its class, with the module unless that is of the tests: ``client.errors.OrderError``.
        attributes: The values of its attributes, and of constants of its class.
        text: Its text.
        answer: The fields of the answer that it carries.
        http_status: The HTTP status of that answer; 0 where nobody knows.
        is_foreign: Whether it is Python's, or of a library for HTTP or tests.
    """

    name: str
    attributes: Fields
    text: str
    answer: Fields
    http_status: int = 0
    is_foreign: bool = False


Fact = AnswerFacts | RaisedFacts


class SeenByTest(NamedTuple):
    """What one attempt of one test has seen, in its order.

    Attributes:
        test: The node id of the test.
        facts: The answers and exceptions.
    """

    test: str
    facts: tuple[Fact, ...]

    @property
    def http_statuses(self) -> frozenset[int]:
        """The HTTP statuses of its answers, as far as they are known."""
        answers = (one for one in self.facts if isinstance(one, AnswerFacts))
        return frozenset(one.http_status for one in answers if one.http_status)


def write_facts(facts: SeenByTest) -> str:
    """Return what one attempt has seen as one line of JSON."""
    rows = [[isinstance(one, RaisedFacts), *one] for one in facts.facts]
    return json.dumps([facts.test, rows], ensure_ascii=False, separators=(",", ":")) + "\n"


def read_whole_line(line: bytes) -> SeenByTest | None:
    """Return what one attempt has seen; None of a line that a process did not write to its end."""
    if not line.endswith(b"\n"):
        return None
    try:
        test, rows = json.loads(line)
        return SeenByTest(test, tuple(_read_fact(*row) for row in rows))
    except (ValueError, TypeError):  # another line was written behind one that was cut off
        return None


def _read_fact(is_raised: bool, *values: Any) -> Fact:  # noqa: FBT001  # a fact of the row
    if is_raised:
        return RaisedFacts(*values)
    answer = AnswerFacts(*values)
    return answer._replace(echoed=tuple(answer.echoed))
