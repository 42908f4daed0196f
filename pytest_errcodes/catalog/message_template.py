"""Message templates: documented messages that may hold placeholders or go on freely."""

from __future__ import annotations

import re
from functools import cached_property

from pytest_errcodes.catalog.facts import Facts
from pytest_errcodes.catalog.placeholders import (
    PATTERNS,
    PlaceholderStyle,
    advise_on_foreign,
    cover_foreign,
    is_plain,
)
from pytest_errcodes.catalog.template_matching import Kind, split
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import show_argument

_INTEGER_LETTERS = frozenset("diu")
_NUMBER_LETTERS = frozenset("fFeEgG")


class Placeholder(Facts):
    """One place in a message where a parameter stands.

    Attributes:
        text: The placeholder as the message writes it.
        parameter: Position of the parameter that fills it.
        kind: What the parameter may be.
        spec: How a number is written: ``%.2f`` or ``.2f``; empty for no particular way.
    """

    text: str
    parameter: int
    kind: Kind
    spec: str


class MessageTemplate(Facts):
    """A documented message, with the parameters it takes.

    Attributes:
        text: The message to the letter.
        style: How it writes placeholders: ``printf`` (``%s``), ``format`` (``{0}``), ``dollar``
            (``${name}``), ``angle`` (``<name>``), ``none``.
        open_ended: Whether anything may follow the message.
    """

    text: str
    style: PlaceholderStyle = "printf"
    open_ended: bool = False

    @cached_property
    def _parts(self) -> tuple[tuple[str, ...], tuple[Placeholder, ...]]:
        return _parse(self.text, self.style)

    @cached_property
    def literals(self) -> tuple[str, ...]:
        """What stands before, between and after the placeholders; one more than those."""
        return self._parts[0]

    @cached_property
    def gaps(self) -> tuple[Placeholder, ...]:
        """The placeholders, in the order of the text."""
        return self._parts[1]

    @property
    def has_tail(self) -> bool:
        """Whether a tail may follow; after a placeholder there is none, as it takes the rest."""
        return self.open_ended and not (self.gaps and not self.literals[-1])

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The placeholders, one for each parameter, in the order of the parameters."""
        if not self.gaps:
            return ()
        named: dict[int, str] = {}
        for gap in self.gaps:
            named.setdefault(gap.parameter, gap.text)
        return tuple(named[parameter] for parameter in sorted(named))

    @property
    def sample(self) -> tuple[str, ...]:
        """Made-up parameters that render and match: "1", "2" and so on."""
        return tuple(str(number) for number, _ in enumerate(self.placeholders, 1))

    def takes(self, count: int) -> bool:
        """Return whether so many parameters can be filled in."""
        wanted = len(self.placeholders)
        return count == wanted or (self.has_tail and count == wanted + 1)

    @property
    def count_text(self) -> str:
        """How many parameters it takes, in words: ``2``, ``0 to 1``, ``none``."""
        wanted = len(self.placeholders)
        return f"{wanted} to {wanted + 1}" if self.has_tail else str(wanted or "none")

    def render(self, *params: object) -> str:
        """Return the message with ``params`` in place of its placeholders.

        An open-ended message takes one more, which follows after a space.

        Raises:
            ErrcodesUsageError: The number of parameters is wrong (``parameter-count``), or one
                is not the number its placeholder wants (``parameter-type``).
        """
        __tracebackhide__ = True
        if not self.takes(len(params)):
            raise _explain_count(self, params)
        pieces = [self.literals[0]]
        for gap, literal in zip(self.gaps, self.literals[1:], strict=True):
            pieces += (_write_parameter(self, gap, params[gap.parameter]), literal)
        message = "".join(pieces)
        if len(params) == len(self.placeholders):
            return message
        return f"{message.removesuffix(' ')} {params[-1]}"

    def match(self, text: str) -> tuple[str, ...] | None:
        """Return the parameters that stand in ``text``, or None when it does not fit.

        Takes time linear in the text. Where several readings fit, each parameter but the last
        is as short as it can be; of a placeholder that occurs twice, the first is returned.
        """
        if type(text) is not str:
            from pytest_errcodes.catalog.foreign_arguments import take_text

            text = take_text("match(...)", text, "pass the message as the API sends it")
        if not self.gaps and not self.open_ended:
            return () if text == self.literals[0] else None
        pieces = split(
            text, self.literals, tuple(gap.kind for gap in self.gaps), has_tail=self.has_tail
        )
        if pieces is None:
            return None
        found: dict[int, str] = {}
        for gap, piece in zip(self.gaps, pieces, strict=False):
            found.setdefault(gap.parameter, piece)
        tail = pieces[-1].lstrip(" ") if self.has_tail else ""
        return (*(found[parameter] for parameter in sorted(found)), *((tail,) if tail else ()))

    def stands_in(self, text: str) -> bool:
        """Return whether a text holds a message that fits, among other words.

        Takes time linear in the text.
        """
        if not self.gaps:
            return stands_in(self.literals[0], text)
        kinds: tuple[Kind, ...] = ("text", *(gap.kind for gap in self.gaps))
        return split(text, ("", *self.literals), kinds, has_tail=True) is not None


def stands_in(words: str, text: str) -> bool:
    """Return whether whole words stand in a text: ``No order`` does not in ``No orders``."""
    start = text.find(words)
    while start >= 0 and words:
        end = start + len(words)
        if _parts(text[start - 1 : start], words[0]) and _parts(words[-1], text[end : end + 1]):
            return True
        start = text.find(words, start + 1)
    return False


def _parts(left: str, right: str) -> bool:
    """Whether a word ends between two characters, of which one may be missing."""
    return not (left.isalnum() and right.isalnum())


def _parse(text: str, style: PlaceholderStyle) -> tuple[tuple[str, ...], tuple[Placeholder, ...]]:
    """Split a message into its literal parts and the placeholders between them."""
    if is_plain(text, style):
        return (text,), ()
    literals = [""]
    found: list[re.Match[str]] = []
    end = 0
    for match in re.finditer(PATTERNS[style], text):
        literals[-1] += text[end : match.start()]
        end = match.end()
        if escape := match["escape"]:
            literals[-1] += escape[0]
        else:
            found.append(match)
            literals.append("")
    literals[-1] += text[end:]
    return tuple(literals), tuple(_read_printf(found) if style == "printf" else _read_named(found))


def _read_printf(found: list[re.Match[str]]) -> list[Placeholder]:
    """Return one parameter for each printf placeholder."""
    return [
        Placeholder(match[0], position, _printf_kind(match), match[0])
        for position, match in enumerate(found)
    ]


def _printf_kind(match: re.Match[str]) -> Kind:
    """Return what a printf placeholder may hold; with a width, padding may surround a number."""
    padded = match["width"] and "0" not in match["flags"]
    if match["letter"] in _INTEGER_LETTERS and not padded:
        return "integer"
    if match["letter"] in _NUMBER_LETTERS and not padded:
        return "number"
    return "text"


def _read_named(found: list[re.Match[str]]) -> list[Placeholder]:
    """Return placeholders with names; one name is one parameter, however often it occurs.

    Numbers come in their own order, before names in order of appearance; each ``{}`` counts as
    a name of its own.
    """
    keys: list[tuple[int, int, str]] = []
    for position, match in enumerate(found):
        name = match["name"]
        if name.isdigit():
            keys.append((0, int(name), ""))
        elif name:
            keys.append((1, next(i for i, m in enumerate(found) if m["name"] == name), name))
        else:
            keys.append((1, position, ""))
    order = {key: parameter for parameter, key in enumerate(sorted(set(keys)))}
    return [
        Placeholder(match[0], order[key], "text", match.groupdict().get("spec") or "")
        for match, key in zip(found, keys, strict=True)
    ]


def _write_parameter(template: MessageTemplate, gap: Placeholder, value: object) -> str:
    """Return ``value`` as it stands in the message; a text goes in as it is."""
    try:
        text = _spell_parameter(gap, value)
    except Exception:  # noqa: BLE001  # the __str__ of a foreign object may raise anything
        message = f"message template {template.text!r} takes what has a text for {gap.text}, not "
        hint = "pass a text or a number"
        raise ErrcodesUsageError("parameter-type", message + show_argument(value), hint) from None
    if gap.kind != "text" and split(text, ("", ""), (gap.kind,), has_tail=False) is None:
        noun = "an integer" if gap.kind == "integer" else "a number"
        message = f"message template {template.text!r} takes {noun} for {gap.text}, not "
        hint = f"pass {noun}, or a text that writes one"
        raise ErrcodesUsageError("parameter-type", message + show_argument(value), hint)
    return text


def _spell_parameter(gap: Placeholder, value: object) -> str:
    """Return ``value`` as a text; empty where its placeholder cannot hold it."""
    if not gap.spec or issubclass(type(value), str):
        return str(value)
    try:
        is_float = issubclass(type(value), float)
        if is_float and gap.kind == "integer" and not float.is_integer(value):  # type: ignore[arg-type]  # it is one
            return ""
        return _by_spec(gap.spec, value)
    except (TypeError, ValueError, OverflowError):
        return "" if gap.kind != "text" else str(value)


def _by_spec(spec: str, value: object) -> str:
    """Write ``value`` as the placeholder says, such as ``%.2f``."""
    return spec % (value,) if spec.startswith("%") else format(value, spec)


def _explain_count(template: MessageTemplate, params: tuple[object, ...]) -> ErrcodesUsageError:
    """Say which placeholders there are, and what came for them."""
    wanted = len(template.placeholders)
    most = wanted + 1 if template.has_tail else wanted
    needs = f"{wanted} to {most}" if most > wanted else f"{wanted}"
    noun = "parameter" if most == 1 else "parameters"
    holds = f" ({', '.join(template.placeholders)})" if wanted else ""
    came = f"{len(params)}: {', '.join(map(show_argument, params))}" if params else "none"
    if most == 0:
        message = f"message template {template.text!r} takes no parameters, and got {came}"
        foreign = cover_foreign(template.text, template.style)[1]
        hint = advise_on_foreign(foreign[0]) if foreign else "leave the parameters out"
        return ErrcodesUsageError("parameter-count", message, hint)
    message = f"message template {template.text!r} takes {needs} {noun}{holds}, and got {came}"
    if template.has_tail:
        hint = "the last one, which is optional, follows the message"
    else:
        made_up = "" if params else "; *code.template.sample makes them up"
        hint = f"pass one parameter for each placeholder, in order{made_up}"
    return ErrcodesUsageError("parameter-count", message, hint)


def slug_of(template: MessageTemplate) -> str:
    """Return the words of a message in kebab case; empty when it has none."""
    plain = " ".join(template.literals).replace("'", "").replace("’", "")
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", plain)
    return re.sub(r"[\W_]+", "-", parted).strip("-").lower()
