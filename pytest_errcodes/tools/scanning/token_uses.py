"""What source in any language does with its literals, by the tokens around each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pytest_errcodes.tools.scanning.source_facts import Use
from pytest_errcodes.tools.scanning.source_names import says_code
from pytest_errcodes.tools.scanning.source_tokens import Brackets
from pytest_errcodes.tools.scanning.token_words import (
    ASSERTIONS,
    BETWEEN,
    CASES,
    COLLECTIONS,
    CONVERSIONS,
    EQUAL,
    EQUALS,
    GIVES,
    HOLDERS,
    JOINTS,
    LOOSE,
    ORDER,
    SEARCH_FUNCTIONS,
    SEARCHES,
    STRICT,
    SWITCHES,
    TYPES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.tools.scanning.source_facts import UseKind, ValueType
    from pytest_errcodes.tools.scanning.source_tokens import SourceToken

_DEEPEST = 20  # parentheses around a comparison that are looked at
_LONGEST_BLOCK = 5000  # tokens of one block of cases without braces
_PLAIN = Use()


class TokenUses:
    """The uses of the literals of one file."""

    def __init__(self, tokens: Sequence[SourceToken], language: str) -> None:
        self.tokens = tokens
        self.language = language
        self.brackets = Brackets(tokens)
        # For each token, the position of what stands before the values that it is one of: of
        # ``case`` for each value and each comma in ``case 1, 2, 3``; for any other its own.
        self.before_list: list[int] = []
        for position in range(len(tokens)):
            is_between = position > 0 and self._is_between(position)
            self.before_list.append(self.before_list[-1] if is_between else position)

    def of(self, position: int) -> Use:
        """Return the use of the literal at a position."""
        first = position
        if self._text(position - 1) == "-" and self.tokens[position].kind == "number":
            first -= 1  # its sign
        return (
            self._operand(first, position)
            or self._case(first)
            or self._argument(position)
            or self._read_name(position)
            or self._element(position)
            or _PLAIN
        )

    def _operand(self, first: int, position: int) -> Use | None:
        """Return the use of one side of a comparison."""
        before, after = self._text(first - 1), self._text(position + 1)
        if before in EQUAL:
            return self._read_comparison(first - 2, before)
        if after in EQUAL:
            return self._read_comparison(self._end_of_chain(position + 2), after)
        if before in ("=~", "!~"):
            return self._read_chain("searched", first - 2)
        return Use("bound") if before in ORDER or after in ORDER else None

    def find_declared(self) -> dict[str, frozenset[ValueType]]:
        """Return the types of the names that say code: ``code: string``, ``string $code``."""
        types: dict[str, set[ValueType]] = defaultdict(set)
        for position, token in enumerate(self.tokens):
            name = token.text.strip("?!$@")
            if token.kind == "word" and says_code(name):
                after = [self._text(position + step) for step in (1, 2, 3)]
                type_ = TYPES.get(self._text(position - 1))
                if after[0] == ":":
                    type_ = TYPES.get(after[1], type_)
                elif after[:2] == ["?", ":"] or token.text.endswith("?"):
                    type_ = TYPES.get(after[2], TYPES.get(after[1], type_))
                if type_ is not None:
                    types[name].add(type_)
        return {name: frozenset(found) for name, found in types.items()}

    def _text(self, position: int) -> str:
        return self.tokens[position].text if 0 <= position < len(self.tokens) else ""

    def _read_comparison(self, end: int, operator: str) -> Use:
        """Return the use of what is compared with the chain that ends at a position."""
        use = self._read_chain("compared", end)
        converts = operator in ("==", "!=") and self.language in LOOSE
        return replace(use, other="unknown") if converts else use

    def _read_chain(self, kind: UseKind, end: int) -> Use:
        """Return a use with the chain that ends at a position: ``error?.code``, ``e["code"]``."""
        name, type_ = self._chain(end)
        if self.language not in STRICT:
            type_ = "unknown"
        return Use(kind, name, type_, decides=self._decides(end))

    def _chain(self, end: int) -> tuple[str, ValueType]:
        """Return the last name of a chain and its type."""
        if self._text(end) == "!" and end > 0:  # what TypeScript knows not to be null
            end -= 1
        text = self._text(end)
        if text == ")":
            return self._of_call(end)
        if text == "]":
            start = self.brackets.partner.get(end, end)
            key = self.tokens[start + 1].value if end - start == 2 else None
            if isinstance(key, str):
                return key, "wire"
            end, text = start - 1, self._text(start - 1)
        name = text.strip("?!$@")
        if name in CONVERSIONS and self._text(end - 1) in JOINTS:  # code.to_s
            return self._chain(end - 2)[0], CONVERSIONS[name]
        is_word = bool(text) and self.tokens[end].kind == "word"
        return (name, "attribute") if is_word else ("", "unknown")

    def _of_call(self, end: int) -> tuple[str, ValueType]:
        """Return what a call stands for: ``String(e.code)``, ``e.getCode()``, ``get("code")``."""
        start = self.brackets.partner.get(end, end)
        inner = self.tokens[start + 1 : end]
        function = self._text(start - 1).strip("?!$")
        if function in CONVERSIONS:
            chain = end - 1 if inner else start - 3
            return self._chain(chain)[0], CONVERSIONS[function]
        if len(inner) == 1 and isinstance(inner[0].value, str):
            return inner[0].value, "unknown"
        return function or self._chain(end - 1)[0], "attribute"

    def _end_of_chain(self, start: int) -> int:
        """Return where a chain ends that begins at a position."""
        position = start
        while position + 1 < len(self.tokens):
            following = self._text(position + 1)
            if following in ("(", "["):
                position = self.brackets.partner.get(position + 1, len(self.tokens))
            elif following in JOINTS:
                position += 2
            elif following == "!" and self._text(position + 2) in JOINTS:
                position += 1
            else:
                break
        return min(position, len(self.tokens) - 1)

    def _decides(self, position: int) -> bool:
        """Whether a position stands in no assertion."""
        bracket = self.brackets.around[position] if 0 <= position < len(self.tokens) else -1
        for _ in range(_DEEPEST):
            if self._text(bracket) != "(":
                return True
            if self._text(bracket - 1).lower().startswith(ASSERTIONS):
                return False
            bracket = self.brackets.around[bracket]
        return True

    def _case(self, position: int) -> Use | None:
        """Return the use of a case of ``switch``, ``match``, ``when`` or ``case``."""
        start = self.before_list[position - 1] if position > 0 else -1
        is_case = self._text(start) in CASES
        around = self.brackets.around[position]
        if around >= 0 and self._text(around) == "{":
            header = self.brackets.header(around)
            words = {token.text for token in header}
            arrow = self._text(position + 1) in ("=>", "->") or self._text(start) in "{};"
            if words & SWITCHES and (is_case or arrow):
                return self._of_switch(around - 1, header)
        if is_case and self.language in ("ruby", "elixir"):
            return self._of_line("case", start)
        return None

    def _is_between(self, position: int) -> bool:
        """Whether a token stands between the values of one case, or is one of them."""
        if self._text(position) in BETWEEN:
            return True
        is_value = position > 0 and self.tokens[position].value is not None
        return is_value and self._text(position + 1) in BETWEEN

    def _of_switch(self, end: int, header: list[SourceToken]) -> Use:
        """Return the use of a case below the header that ends at a position."""
        start = self.brackets.partner.get(end, 0)
        if self._text(end) == ")" and self._text(start - 1) in SWITCHES:
            end -= 1  # the parentheses are no call: what counts stands inside them
        use = self._read_chain("compared", end)
        converts = self.language == "php" and any(token.text == "switch" for token in header)
        return replace(use, other="unknown") if converts else use

    def _of_line(self, keyword: str, position: int) -> Use | None:
        """Return the use of a case whose subject stands after the nearest keyword before it."""
        for start in range(position, max(position - _LONGEST_BLOCK, -1), -1):
            if self._text(start) == keyword:
                return self._read_chain("compared", self._end_of_chain(start + 1))
        return None

    def _argument(self, position: int) -> Use | None:
        """Return the use of an argument of a call that compares or searches."""
        if self._text(position + 1) == "." and self._text(position + 2) in EQUALS:
            return self._read_chain("compared", self._end_of_chain(position + 4))
        bracket = self.brackets.around[position]
        function = self._text(bracket - 1) if bracket > 0 else ""
        end = -1
        kind: UseKind = "searched"
        if function in SEARCH_FUNCTIONS and self._text(position - 1) == ",":
            end = position - 2
        elif self._text(position - 1) == "(" and self._text(bracket - 2) in JOINTS:
            if function in EQUALS:
                end, kind = bracket - 3, "compared"
            elif function in SEARCHES and self.tokens[bracket - 3].kind != "pattern":
                end = bracket - 3
        return self._read_chain(kind, end) if end >= 0 else None

    def _read_name(self, position: int) -> Use | None:
        """Return the use of what is passed or stored under a name: ``code: 1``, ``CODE = 1``."""
        mark, name = self._text(position - 1), self.tokens[position - 2] if position > 1 else None
        if name is None or mark not in (":", "=", "=>") or name.kind not in ("word", "text"):
            return None
        word = str(name.value) if name.kind == "text" else name.text.strip("?!$@")
        if self._text(position - 3) == "?":  # x ? code : 1
            return None
        if says_code(word) and mark != "=":
            return Use("keyword", word)
        around = self.brackets.around[position]
        owner = self._owner(around) if self._text(around) == "{" else ""
        return Use("stored", owner, group=around + 1) if owner else Use("stored", word)

    def _element(self, position: int) -> Use | None:
        """Return the use of an element or a key of a collection that is written out."""
        around = self.brackets.around[position]
        before, after = self._text(position - 1), self._text(position + 1)
        if around < 0 or before not in "{[(," or after not in (",", "]", "}", ")", ":", "=>"):
            return None
        end = self.brackets.partner.get(around, -1)
        is_searched = self._text(around) == "[" and self._text(end + 1) in JOINTS
        if is_searched and self._text(end + 2) in SEARCHES and self._text(end + 3) == "(":
            return self._read_chain("compared", self.brackets.partner.get(end + 3, end) - 1)
        if self._text(around) == "(" and self._text(around - 1) not in COLLECTIONS:
            around = self.brackets.around[around]  # ORDER_EXISTS(401009, "...") in an enum
            if around < 0 or "enum" not in {token.text for token in self.brackets.header(around)}:
                return None
        owner = self._owner(around)
        return Use("stored", owner, group=around + 1) if owner else None

    def _owner(self, bracket: int) -> str:
        """Return the name of what a bracket holds: of a constant, an enum, a map."""
        header = self.brackets.header(bracket)
        around = self.brackets.around[bracket]
        if not header and self._text(around) == "(" and self._text(around - 1) in COLLECTIONS:
            return self._owner(around)  # new Set([...])
        pairs = list(pairwise(header))
        for token, following in pairs:
            if token.text in HOLDERS:
                return following.text
        named = [
            token.text.strip("?!$@")
            for token, following in pairs
            if token.kind == "word" and following.text in GIVES
        ]
        if not named:
            return ""
        # The value of the last of several fields, or of a constant whose type comes first.
        return named[-1] if header[-1].text in (":", "=>") else named[0]
