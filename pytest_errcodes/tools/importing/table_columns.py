"""Which column of a table holds what: by its name, or by what stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, get_args

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools.importing.cell_reading import (
    CodeRangeError,
    looks_like_codes,
    read_codes,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_errcodes.tools.importing.source_document import Table

Role = Literal[
    "code",
    "message",
    "http_status",
    "description",
    "solution",
    "section",
    "section_title",
    "section_label",
    "open_ended",
    "tags",
    "exception",
]
ROLES: tuple[Role, ...] = get_args(Role)

#: The names of each role, without spaces and signs: first those that leave no doubt, then those
#: that count only where none of the first is there.
_NAMES: dict[Role, tuple[str, str]] = {
    "code": (
        """code codes errorcode errorcodes errcode errorid errno returncode retcode resultcode
        businesscode bizcode subcode 错误码 返回码 错误代码""",
        """error errornumber number no value id key statuscode status 状态码 代码""",
    ),
    "message": (
        """message messages messagetext msg errormessage errmsg errormsg returnmessage retmsg
        businessmessage 错误信息 提示信息 返回信息 错误消息""",
        "errortext text reason",
    ),
    "http_status": (
        "http httpstatus httpstatuscode httpcode httpresponsecode httpresponsestatus http状态码",
        "statuscode status responsestatus",
    ),
    "description": (
        "description desc errordescription meaning explanation 描述 说明 含义 错误描述",
        """detail details cause causes causedby possiblecause possiblecauses reason remark remarks
        note notes comment comments 备注 原因""",
    ),
    "solution": (
        """solution solutions resolution remedy action recommendedaction suggestedaction suggestion
        fix howtofix whattodo advice handling 解决方案 解决方法 处理建议""",
        "",
    ),
    "section": ("section sectionid category group module", ""),
    "section_title": ("sectiontitle", ""),
    "section_label": ("sectionlabel", ""),
    "open_ended": ("openended", ""),
    "tags": ("tags", ""),
    "exception": ("exceptionclass", ""),  # a column "exception" may well hold codes
}
_TIERS = {role: tuple(frozenset(tier.split()) for tier in tiers) for role, tiers in _NAMES.items()}
_STATUS = re.compile(r"(?:HTTP[ /]?)?[1-5][0-9]{2}(?![0-9])", re.IGNORECASE)
_NUMBERED = re.compile(r"-?[0-9]+|[A-Za-z]+[-_]?[0-9]+")
_LOOKED_AT = 500  # cells of a column; more would tell nothing new

#: Where the column of the codes is: its place, counted from 0, and whether it is one for sure.
CodeColumn = tuple[int, Literal["sure", "doubtful"]]


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """Return a column's name without what people write in different ways."""
    return re.sub(r"[\W_]+", "", name).casefold()


@lru_cache(maxsize=4096)
def tier_of(role: Role, name: str) -> int | None:
    """Return 0 for a name that surely tells a role, 1 for one that may, else None."""
    plain = plain_name(name)
    return next((tier for tier, names in enumerate(_TIERS[role]) if plain in names), None)


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """What the user says of the columns: names, or numbers counted from 1; None to find out."""

    code: str | None = None
    message: str | None = None


def code_column(table: Table, choice: ColumnChoice, place: str) -> CodeColumn | None:
    """Return where the codes of a table stand; None for a table without any.

    Doubtful are codes that may be something else: HTTP statuses, or the values of a field.

    Args:
        table: The table.
        choice: What the user says.
        place: How to name the table in an error, such as ``page.html:12``.

    Raises:
        ErrcodesUsageError: Several columns may hold the codes (``ambiguous-column``).
    """
    if choice.code is not None:
        at = _find_chosen(table, choice.code)
        return None if at is None else (at, "sure")
    sure = [at for at in _find_named(table, "code", 0) if _mostly(table, at, _is_code)]
    if len(sure) > 1:  # one of them may hold the HTTP statuses
        sure = [at for at in sure if not _mostly(table, at, _is_status)] or sure
    if len(sure) > 1:
        raise _ambiguous(table, "code", sure, place)
    if sure:
        return sure[0], "doubtful" if table.is_doubtful else "sure"
    for at in _find_named(table, "code", 1):
        if _mostly(table, at, looks_like_codes):
            return at, "doubtful"
    is_code = _is_numbered if table.names else looks_like_codes
    for at in range(_width(table)):
        if _mostly(table, at, is_code):
            return at, "doubtful" if table.names or table.is_doubtful else "sure"
    return None


def find_columns(
    table: Table, code: int, choice: ColumnChoice, place: str
) -> dict[Role, int] | None:
    """Return the place of each column that is there, counted from 0; None without a message.

    Args:
        table: The table.
        code: The place of the codes.
        choice: What the user says.
        place: How to name the table in an error, such as ``page.html:12``.

    Raises:
        ErrcodesUsageError: Several columns may hold the message (``ambiguous-column``).
    """
    found: dict[Role, int] = {"code": code}
    if choice.message is not None:
        at = _find_chosen(table, choice.message)
        if at is None:
            return None
        found["message"] = at
    for role in ROLES:
        if role not in found:
            fits = _of_role(table, role, set(found.values()))
            if len(fits) > 1 and role == "message":
                raise _ambiguous(table, role, fits, place)
            if fits:
                found[role] = fits[0]
    return found if "message" in found else _with_message(table, found, place)


def _with_message(table: Table, found: dict[Role, int], place: str) -> dict[Role, int] | None:
    """Add the column of the messages where no name tells which one it is."""
    if "description" in found:
        found["message"] = found.pop("description")  # all that the document says
        return found
    texts = _texts(table, set(found.values()))
    if len(texts) > 1:
        raise _ambiguous(table, "message", texts, place)
    return found | {"message": texts[0]} if texts else None


def _texts(table: Table, taken: set[int]) -> list[int]:
    """Return the columns of texts that have no role."""
    free = [at for at in range(_width(table)) if at not in taken]
    return [at for at in free if _mostly(table, at, _is_text)]


def _of_role(table: Table, role: Role, taken: set[int]) -> list[int]:
    """Return the columns whose names tell a role: the sure ones, else those that may."""
    for tier in (0, 1):
        fits = [at for at in _find_named(table, role, tier) if at not in taken]
        if role == "http_status":
            fits = [at for at in fits if _mostly(table, at, _is_status)]
        if fits:
            return fits
    return []


def _find_named(table: Table, role: Role, tier: int) -> list[int]:
    return [at for at, name in enumerate(table.names) if tier_of(role, name) == tier]


def _find_chosen(table: Table, chosen: str) -> int | None:
    """Return the column that the user names, to the letter if one is called so, or by number."""
    plain = plain_name(chosen)
    for names, wanted in (
        (table.names, chosen),
        (tuple(map(plain_name, table.names)), plain),
    ):
        if wanted and wanted in names:
            return names.index(wanted)
    number = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 5 else 0
    return number - 1 if 0 < number <= _width(table) else None


def _width(table: Table) -> int:
    return max([len(table.names), *(len(row.cells) for row in table.rows)])


def _mostly(table: Table, at: int, fits: Callable[[str], bool]) -> bool:
    """Whether more than half of the cells of a column, empty ones aside, are of a kind."""
    cells = [
        cell
        for row in table.rows[:_LOOKED_AT]
        if at < len(row.cells) and (cell := row.cells[at]) and not cell.isspace()
    ]
    return sum(map(fits, cells)) > len(cells) / 2


def _is_code(cell: str) -> bool:
    try:
        return bool(read_codes(cell))
    except CodeRangeError:
        return True


def _is_numbered(cell: str) -> bool:
    """Whether a cell can hold a code, and no parameter such as ``order_id``, and no date."""
    return _NUMBERED.fullmatch(cell.strip()) is not None


def _is_status(cell: str) -> bool:
    return _STATUS.match(cell.strip()) is not None


def _is_text(cell: str) -> bool:
    return any(character.isalpha() for character in cell) and not looks_like_codes(cell)


def _ambiguous(table: Table, role: str, columns: list[int], place: str) -> ErrcodesUsageError:
    names = [table.names[at] if at < len(table.names) else "" for at in columns]
    if len(set(map(plain_name, names))) == len(names) and all(names):
        listed = " and ".join(map(repr, names))
    else:
        listed = " and ".join(f"column {at + 1}" for at in columns)
    return ErrcodesUsageError(
        "ambiguous-column",
        f"{place}: several columns may hold the {role}: {listed}",
        f"choose one with --{role}-column, by its name or its number",
    )
