"""What Python source does with its literals: compared, searched for, passed, stored."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from pytest_errcodes.tools.scanning.python_subjects import name_of
from pytest_errcodes.tools.scanning.source_facts import CodeRange, Use
from pytest_errcodes.tools.scanning.source_names import says_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_errcodes.catalog.model import Code
    from pytest_errcodes.tools.scanning.python_subjects import Subject, Variables
    from pytest_errcodes.tools.scanning.source_facts import UseKind

#: Our markers and helpers, with the position of their first code.
HELPERS = {
    "IsCode": 0,
    "assert_code": 1,
    "every_code": 0,
    "expects_code": 0,
    "raises_code": 0,
    "reply": 0,
    "then": 0,
}
# Of these all arguments are codes; of the other helpers the first one is, and parameters follow.
_ALL_ARE_CODES = frozenset({"every_code", "expects_code"})
_COLLECTIONS = frozenset({"frozenset", "list", "set", "tuple"})
_SEARCHES = frozenset({"count", "endswith", "find", "index", "rfind", "rindex", "startswith"})
_PATTERNS = frozenset({"findall", "finditer", "fullmatch", "match", "search"})
_ENVELOPE = frozenset({"data", "message", "msg"})  # one of these beside "code" makes an envelope
_UPWARD = (ast.Lt, ast.LtE)
_BOUND = (*_UPWARD, ast.Gt, ast.GtE)
_PLAIN = Use()


def literal_value(node: ast.AST) -> Code | None:
    """Return the integer or the text that an expression writes, else None."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = literal_value(node.operand)
        return -value if isinstance(value, int) else None
    if not isinstance(node, ast.Constant) or isinstance(node.value, bool):
        return None
    if isinstance(node.value, bytes):
        return node.value.decode("ascii", "replace")
    return node.value if isinstance(node.value, int | str) else None


class UsesOfLiterals:
    """The uses that were noted so far; a parent is noted before its children are asked for."""

    def __init__(self) -> None:
        self.ranges: list[CodeRange] = []
        self._uses: dict[int, Use] = {}

    def of(self, node: ast.expr) -> Use:
        """Return the use of a literal."""
        return self._uses.get(id(node), _PLAIN)

    def note(self, node: ast.AST, variables: Variables, owner: str, owner_line: int) -> None:
        """Note what a node does with the literals in it.

        Args:
            node: Any node of a tree that is kept until the end.
            variables: The variables of the function that it stands in.
            owner: The class whose body it stands in; empty elsewhere.
            owner_line: The line on which that class begins.
        """
        match node:
            case ast.Compare():
                self._compare(node, variables)
            case ast.Call():
                self._call(node, variables)
            case ast.Match():
                self._match(node, variables)
            case ast.Dict():
                self._dict(node)
            case ast.Assign(targets=[target, *_]) | ast.AnnAssign(target=target):
                name = name_of(target)
                self._store(node.value, owner or name, owner_line)

    def _mark(self, node: ast.expr, use: Use, *, again: bool = False) -> None:
        """Note the use of a literal, or of each literal of a collection; the first note stays."""
        if literal_value(node) is not None:
            if again or id(node) not in self._uses:
                self._uses[id(node)] = use
            return
        for part in _elements(node):
            self._mark(part, use, again=again)

    def _compare(self, node: ast.Compare, variables: Variables) -> None:
        """Note ``code == 1``, ``code in (1, 2)``, ``1 <= code < 2`` and ``"text" in message``."""
        sides = [node.left, *node.comparators]
        for left, operator, right in zip(sides, node.ops, node.comparators, strict=False):
            if isinstance(operator, _BOUND):
                for side in (left, right):
                    self._mark(side, Use("bound"))
            elif isinstance(operator, ast.In | ast.NotIn) and literal_value(left) is not None:
                self._mark(left, _use("searched", variables.subject(right)))
            else:
                use = _use("compared", variables.subject(left))
                self._mark(right, use)
                if literal_value(left) is not None:
                    self._mark(left, _use("compared", variables.subject(right)))
        self._chain(node, variables)

    def _chain(self, node: ast.Compare, variables: Variables) -> None:
        """Note the range of ``low <= code < high``."""
        if len(node.ops) != 2 or not all(isinstance(operator, _UPWARD) for operator in node.ops):
            return
        middle, end = node.comparators
        low, high = literal_value(node.left), literal_value(end)
        named = says_code(variables.subject(middle).name)
        if named and isinstance(low, int) and isinstance(high, int):
            above, below = (isinstance(operator, ast.Lt) for operator in node.ops)
            self.ranges.append(CodeRange(low + above, high - below))

    def _call(self, node: ast.Call, variables: Variables) -> None:
        """Note the arguments of a call."""
        function = name_of(node.func)
        for keyword in node.keywords:
            if keyword.arg is not None and says_code(keyword.arg):
                self._mark(keyword.value, Use("keyword", keyword.arg))
            elif keyword.arg is not None:
                self._store(keyword.value, keyword.arg)
        if function == "range" and len(node.args) == 2:
            self._range(node.args)
        elif function in HELPERS:
            self._helper(function, node)
        elif isinstance(node.func, ast.Attribute) and node.args:
            of_re = name_of(node.func.value) in ("re", "regex")
            if function in _SEARCHES:
                subject = variables.subject(node.func.value)
                self._mark(node.args[0], _use("searched", subject))
            elif function in _PATTERNS and of_re and len(node.args) > 1:
                self._mark(node.args[0], _use("searched", variables.subject(node.args[1])))

    def _range(self, bounds: Sequence[ast.expr]) -> None:
        """Note ``range(low, high)``; what it is for is not known, but its bounds are no codes."""
        low, high = map(literal_value, bounds)
        for bound in bounds:
            self._mark(bound, Use("bound"))
        if isinstance(low, int) and isinstance(high, int):
            self.ranges.append(CodeRange(low, high - 1))

    def _helper(self, function: str, node: ast.Call) -> None:
        """Note the codes that one of our markers and helpers is given."""
        if any(keyword.arg == "undocumented" for keyword in node.keywords):
            return
        start = HELPERS[function]
        end = None if function in _ALL_ARE_CODES else start + 1
        for argument in node.args[start:end]:
            self._mark(argument, Use("argument", function))

    def _match(self, node: ast.Match, variables: Variables) -> None:
        """Note ``case 1 | 2``, ``case {"code": 1}`` and ``case ApiError(code=1)``."""
        for case in node.cases:
            waiting = [(case.pattern, _use("compared", variables.subject(node.subject)))]
            while waiting:
                pattern, use = waiting.pop()
                match pattern:
                    case ast.MatchValue():
                        self._mark(pattern.value, use)
                    case ast.MatchOr():
                        waiting += [(part, use) for part in pattern.patterns]
                    case ast.MatchAs(pattern=ast.pattern() as part):
                        waiting.append((part, use))
                    case ast.MatchMapping():
                        for key, part in zip(pattern.keys, pattern.patterns, strict=True):
                            name = str(literal_value(key) or "")
                            waiting.append((part, Use("compared", name, "wire")))
                    case ast.MatchClass():
                        for name, part in zip(pattern.kwd_attrs, pattern.kwd_patterns, strict=True):
                            waiting.append((part, Use("compared", name, "attribute")))

    def _dict(self, node: ast.Dict) -> None:
        """Note the code of an envelope that is written out."""
        keys = {
            literal_value(key): value
            for key, value in zip(node.keys, node.values, strict=True)
            if key
        }
        if not _ENVELOPE & {str(key).lower() for key in keys}:
            return
        for key, value in keys.items():
            if isinstance(key, str) and says_code(key):
                self._mark(value, Use("envelope", key), again=True)

    def _store(self, value: ast.expr | None, name: str, group: int = 0) -> None:
        """Note what is stored under a name: a constant, or what a collection holds."""
        if value is None:
            return
        if literal_value(value) is not None:
            self._mark(value, Use("stored", name, group=group))
            return
        for part in _elements(value):
            self._mark(part, Use("stored", name, group=value.lineno))


def _elements(node: ast.expr) -> Iterable[ast.expr]:
    """Return the elements of a collection, or the keys of a mapping."""
    match node:
        case ast.List() | ast.Set() | ast.Tuple():
            return node.elts
        case ast.Dict():
            return [key for key in node.keys if key is not None]
        case ast.Call(func=ast.Name(id=name), args=[argument]) if name in _COLLECTIONS:
            return _elements(argument)
    return ()


def _use(kind: UseKind, subject: Subject) -> Use:
    """Return a use with something that has a name and a type."""
    return Use(kind, subject.name, subject.type)
