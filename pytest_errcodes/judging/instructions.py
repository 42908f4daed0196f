"""What compiled code does next: an answer that needs no source, and takes microseconds."""

from __future__ import annotations

from functools import lru_cache
from inspect import CO_GENERATOR
from itertools import islice
from opcode import opmap, opname
from typing import TYPE_CHECKING

from pytest_errcodes.judging.function_source import list_nested_codes

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from dis import Instruction
    from types import CodeType, FrameType

_POP_TOP, _STORE_FAST, _LOAD_CONST = map(opmap.get, ("POP_TOP", "STORE_FAST", "LOAD_CONST"))
_CACHE = {opmap["CACHE"]}  # room for the interpreter, which does nothing
#: What makes up an ``await``.
_AWAIT = {
    opmap.get(name)
    for name in ("CACHE", "YIELD_VALUE", "RESUME", "JUMP_BACKWARD_NO_INTERRUPT", "END_SEND")
}
_RETURN_VALUE = opmap["RETURN_VALUE"]
_RAISE = opmap["RAISE_VARARGS"]
_RETURN_CONST = opmap.get("RETURN_CONST", _RETURN_VALUE)  # since Python 3.12
#: What reads variables that it does not name.
_VIEWS = frozenset(["locals", "vars", "eval", "exec", "dir"])
_COMPARISONS = (opmap["COMPARE_OP"], opmap["CONTAINS_OP"])
_CALLS = [opmap[name] for name in ("CALL", "CALL_KW", "CALL_FUNCTION_EX") if name in opmap]


@lru_cache(maxsize=256)  # all tests that parametrize makes of one function ask with the same code
def is_last_of_function(code: CodeType, instruction: int) -> bool:
    """Return whether nothing is left to do, in plain code, once an instruction is done.

    Args:
        code: The code.
        instruction: Where the instruction is in it, in bytes, as ``tb_lasti`` says.
    """
    if list_nested_codes(code):
        return False
    after = [one for one, _ in islice(_list_following(code, instruction, _AWAIT), 3)]
    if after and after[0] in (_POP_TOP, _STORE_FAST):
        del after[0]
    is_return = after[:1] in ([_RETURN_VALUE], [_RETURN_CONST])
    return is_return or after[:2] == [_LOAD_CONST, _RETURN_VALUE]


def is_last_of_block(code: CodeType, instruction: int) -> bool:
    """Return whether nothing is left to do in a ``with`` block once an instruction is done."""
    if list_nested_codes(code) or code.co_flags & CO_GENERATOR:
        return False
    after = list(islice(_list_following(code, instruction, _AWAIT), 4))
    kinds = [one for one, _ in after]
    if kinds[1:] != [_LOAD_CONST] * 3 or kinds[0] not in (_POP_TOP, _STORE_FAST):
        return False
    return all(code.co_consts[argument] is None for _, argument in after[1:])  # for __exit__


def is_raise(code: CodeType, instruction: int) -> bool:
    """Return whether an instruction is a ``raise``, below which nothing was to run."""
    return code.co_code[instruction] == _RAISE


def throws_comparison_away(frame: FrameType) -> bool:
    """Return whether a frame compares now, and does nothing with what comes of it."""
    at = frame.f_lasti
    if at < 0 or frame.f_code.co_code[at] not in _COMPARISONS:
        return False
    return _throws_away(frame, _COMPARISONS) or _stores_unread(frame)


def keeps_result(frame: FrameType) -> bool:
    """Return whether what a frame does now goes into a variable, as in each rewritten assertion."""
    following = next(_list_following(frame.f_code, frame.f_lasti, _CACHE), None)
    return following is not None and opname[following[0]].startswith("STORE_FAST")


def returns_comparison(frame: FrameType) -> bool:
    """Return whether a frame compares now, and returns what comes of it."""
    code, at = frame.f_code.co_code, frame.f_lasti
    if at < 0 or code[at] not in _COMPARISONS:
        return False
    following = next(_list_following(frame.f_code, at, _CACHE), None)
    return following is not None and following[0] == _RETURN_VALUE


def throws_call_away(frame: FrameType) -> bool:
    """Return whether a frame calls something now, and does nothing with what comes of it."""
    return _throws_away(frame, _CALLS)


def _throws_away(frame: FrameType, kinds: Container[int]) -> bool:
    code, at = frame.f_code.co_code, frame.f_lasti
    while at > 0 and code[at] in _CACHE:  # where Python 3.11 and 3.12 leave who calls a function
        at -= 2
    if at < 0 or code[at] not in kinds:
        return False
    following = next(_list_following(frame.f_code, at, _CACHE), None)
    return following is not None and following[0] == _POP_TOP


def _stores_unread(frame: FrameType) -> bool:
    """Return whether a frame keeps the result of a comparison in a variable that nothing reads."""
    code, step = frame.f_code.co_code, frame.f_lasti + 2
    while code[step] in _CACHE:
        step += 2
    kind, argument = opname[code[step]], code[step + 1]
    if not kind.startswith("STORE_FAST"):  # one variable, or two in one instruction
        return False
    stored = frame.f_code.co_varnames[argument if kind == "STORE_FAST" else argument >> 4]
    # Those that pytest makes of an assertion are read.
    return not stored.startswith("@") and is_never_read(frame.f_code, stored)


@lru_cache(maxsize=256)
def is_never_read(code: CodeType, stored: str) -> bool:
    """Return whether a function keeps something in a variable of its own that it never reads."""
    from dis import get_instructions

    steps = list(get_instructions(code))
    if any(one.opname == "LOAD_GLOBAL" and one.argval in _VIEWS for one in steps):
        return False
    return not any(
        stored in _list_names(one)[one.opname.startswith("STORE") :]
        for one in steps
        if "LOAD_FAST" in one.opname
    )


def _list_names(step: Instruction) -> tuple[str, ...]:
    """Return the variables of an instruction, which may name two."""
    return step.argval if isinstance(step.argval, tuple) else (step.argval,)


def _list_following(
    code: CodeType, instruction: int, passed_over: Container[int | None]
) -> Iterator[tuple[int, int]]:
    """Yield the instructions behind one: what each does, and its argument."""
    compiled = code.co_code
    for at in range(instruction + 2, len(compiled), 2):
        if compiled[at] not in passed_over:
            yield compiled[at], compiled[at + 1]
