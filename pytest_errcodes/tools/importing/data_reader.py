"""JSON, YAML and OpenAPI: data of whatever shape, or what an OpenAPI document says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools.importing.data_tree import DEEPEST, Node, parse_json, too_deep
from pytest_errcodes.tools.importing.openapi_document import document_of, is_openapi, read_tree

if TYPE_CHECKING:
    from pytest_errcodes.tools.importing.import_source import Source
    from pytest_errcodes.tools.importing.source_document import Document

_LARGEST = 2_000_000  # values, those of anchors counted wherever they stand
_TAG = "tag:yaml.org,2002:"
_PLAIN = tuple(_TAG + kind for kind in ("int", "float", "bool", "timestamp"))


def read_json(source: Source) -> Document:
    """Return the codes that a JSON document holds, at whatever depth.

    Raises:
        ErrcodesUsageError: It is no JSON (``import-source``).
    """
    return document_of(parse_json(source))


def read_yaml(source: Source) -> Document:
    """Return the codes that a YAML document holds, at whatever depth.

    Raises:
        ErrcodesUsageError: It is no YAML (``import-source``).
    """
    return document_of(parse_yaml(source), keys_have_types=True)


def parse_yaml(source: Source) -> Node:
    """Return the tree of YAML; several documents are a list. No tag makes any object.

    Raises:
        ErrcodesUsageError: It is no YAML, or its anchors hold each other (``import-source``).
    """
    import yaml

    # The parser in C is ten times as fast; some builds are without it.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        documents = list(yaml.compose_all(source.text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise _no_yaml(source, place, error.problem or "it cannot be read") from None
    except yaml.YAMLError as error:
        raise _no_yaml(source, "", str(error).partition("\n")[0]) from None
    except UnicodeError:
        raise _no_yaml(source, "", "it holds half of a character") from None
    except RecursionError:
        raise too_deep(source.shown) from None
    made = _Trees(source.shown)
    nodes = [made.tree(document, 1) for document in documents]
    if made.size > _LARGEST:
        raise ErrcodesUsageError(
            "import-source",
            f"{source.shown} expands to {made.size:,} values through its anchors",
            "save only the part that documents the codes",
        )
    return nodes[0] if len(nodes) == 1 else Node(1, "list", items=tuple(nodes))


def _no_yaml(source: Source, place: str, problem: str) -> ErrcodesUsageError:
    return ErrcodesUsageError(
        "import-source",
        f"{source.shown}{place}: this is not YAML: {problem}",
        "mend the line, or say with --format what it is",
    )


class _Trees:
    """Makes trees of what the parser composed; what an anchor names is made once.

    Attributes:
        size: How many values there are, those of anchors counted wherever they stand.
    """

    def __init__(self, name: str) -> None:
        self.size = 0
        self._name = name
        self._made: dict[int, tuple[Node, int, int]] = {}  # the node, its size, its height
        self._open: set[int] = set()

    def tree(self, node: Any, depth: int) -> Node:
        """Return the tree of a composed node, and count it."""
        made, size, _ = self._make(node, depth)
        self.size += size
        return made

    def _make(self, node: Any, depth: int) -> tuple[Node, int, int]:
        known = self._made.get(id(node))
        if known is None:
            if id(node) in self._open:
                raise ErrcodesUsageError(
                    "import-source",
                    f"{self._name}:{node.start_mark.line + 1}: an anchor holds itself",
                    "save only the part that documents the codes",
                )
            if depth > DEEPEST:
                raise too_deep(self._name)
            self._open.add(id(node))
            known = self._made[id(node)] = self._new(node, depth)
            self._open.discard(id(node))
        elif depth + known[2] > DEEPEST:
            raise too_deep(self._name)
        return known

    def _new(self, node: Any, depth: int) -> tuple[Node, int, int]:
        line = node.start_mark.line + 1
        if node.id == "scalar":
            return _scalar(node, line), 1, 1
        if node.id == "sequence":
            made = [self._make(item, depth + 1) for item in node.value]
            tree = Node(line, "list", items=tuple(one for one, _, _ in made))
            return tree, *_sums(made)
        pairs: list[tuple[_Made, _Made]] = []
        merged: list[tuple[_Made, _Made]] = []
        for key, value in node.value:
            made_key, made_value = self._make(key, depth + 1), self._make(value, depth + 1)
            if key.tag == f"{_TAG}merge":
                merged += _merge(made_value)
            else:
                pairs.append((made_key, made_value))
        own = {key.text for (key, _, _), _ in pairs}
        pairs += [pair for pair in merged if pair[0][0].text not in own]
        keys = [key for key, _ in pairs]
        values = [value for _, value in pairs]
        tree = Node(
            line,
            "map",
            items=tuple(one for one, _, _ in values),
            keys=tuple(one for one, _, _ in keys),
        )
        return tree, *_sums([*keys, *values])


_Made = tuple[Node, int, int]


def _sums(made: list[_Made]) -> tuple[int, int]:
    """Return size and height of what holds some nodes."""
    size = 1 + sum(size for _, size, _ in made)
    return size, 1 + max((height for _, _, height in made), default=0)


def _merge(made: _Made) -> list[tuple[_Made, _Made]]:
    """Return the pairs that ``<<`` brings: those of a map, or of each map of a list."""
    node, size, height = made
    maps = node.items if node.kind == "list" else (node,)
    pairs = [pair for one in maps if one.kind == "map" for pair in one.pairs]
    share = 1 + size // max(len(pairs), 1)
    return [((key, 1, 1), (value, share, height)) for key, value in pairs]


def _scalar(node: Any, line: int) -> Node:
    """Return a scalar; a word without quotes is a text too, a number is not."""
    text = str(node.value)
    if node.style in ("|", ">"):
        return Node(line, "text", text.removesuffix("\n"))
    if not node.style and node.tag == f"{_TAG}null":
        return Node(line, "null")
    return Node(line, "plain" if not node.style and node.tag in _PLAIN else "text", text)


def read_openapi(source: Source) -> Document:
    """Return the codes of an OpenAPI document, in YAML or JSON.

    Raises:
        ErrcodesUsageError: It is no such document (``import-source``).
    """
    is_json = source.text.lstrip().startswith("{")
    root = parse_json(source) if is_json else parse_yaml(source)
    if not is_openapi(root):
        raise ErrcodesUsageError(
            "import-source",
            f"{source.shown} is no OpenAPI document: it has no field openapi or swagger",
            "leave --format out: other data is read for what it is",
        )
    return read_tree(root)
