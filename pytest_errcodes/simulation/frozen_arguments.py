"""What ``reply`` is called with, in a form by which equal calls are found; if it never changes."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from pytest_errcodes.text.true_kinds import is_one_of

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The parameters and the options of one call.
Frozen = tuple[Any, ...]

#: Equal values of one of these types are the same for good. Two floats may be equal and differ,
#: as 0.0 and -0.0 do.
_CONSTANTS = (str, int, bool, type(None), HTTPStatus, type)
#: Larger texts are not worth being kept for the rest of the run.
_LARGE = 1000


def freeze(params: tuple[object, ...], options: Mapping[str, object]) -> Frozen | None:
    """Return the arguments as a value with a hash; None if they may change, or are large.

    The type of each is a part of it: True equals 1, and is another value in JSON.
    """
    frozen: list[Any] = [len(params), *map(type, params), *params]
    if not all(map(_is_constant, params)):
        return None
    for name, value in options.items():
        if name == "times":  # the bytes are the same however often they are sent
            continue
        kind, kept = type(value), value
        if name == "headers" and is_one_of(kind, (dict, list, tuple)):
            kept = _freeze_pairs(value.items() if isinstance(value, dict) else value)
            if kept is None:
                return None
        elif not _is_constant(value):
            return None
        frozen.append((name, kind, kept))
    return tuple(frozen)


def thaw(frozen: Frozen) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return the parameters and the options again."""
    if not frozen:
        return (), {}
    count = frozen[0]
    options = {
        name: kind(kept) if isinstance(kept, tuple) else kept
        for name, kind, kept in frozen[1 + 2 * count :]
    }
    return frozen[1 + count : 1 + 2 * count], options


def _is_constant(value: object) -> bool:
    is_large = isinstance(value, str) and len(value) > _LARGE
    return is_one_of(type(value), _CONSTANTS) and not is_large


def _freeze_pairs(pairs: Any) -> tuple[tuple[str, str], ...] | None:
    """Return pairs of texts, as headers are given; None for anything else."""
    kept = tuple(pairs)
    for pair in kept:
        if type(pair) is not tuple or len(pair) != 2 or not all(type(one) is str for one in pair):
            return None
        if not all(map(_is_constant, pair)):
            return None
    return kept
