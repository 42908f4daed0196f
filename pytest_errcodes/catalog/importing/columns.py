"""Which column of a table holds what: by its name, or by what stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from pytest_errcodes.catalog.importing.codes import looks_like_codes
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from pytest_errcodes.catalog.importing.document import Table

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
]

#: The names of columns, without spaces and signs, that tell their role; the surest first.
_NAMES: dict[Role, tuple[str, ...]] = {
    "code": (
        "code",
        "errorcode",
        "errcode",
        "returncode",
        "retcode",
        "resultcode",
        "businesscode",
        "errorcodes",
        "codes",
        "errno",
        "errornumber",
        "error",
        "value",
        "number",
        "错误码",
        "返回码",
        "状态码",
    ),
    "message": (
        "message",
        "msg",
        "errormessage",
        "errmsg",
        "errormsg",
        "returnmessage",
        "retmsg",
        "messages",
        "errortext",
        "text",
        "reason",
        "错误信息",
        "提示信息",
    ),
    "http_status": (
        "httpstatus",
        "httpstatuscode",
        "httpcode",
        "http",
        "statuscode",
        "status",
        "responsestatus",
        "http状态码",
    ),
    "description": (
        "description",
        "desc",
        "errordescription",
        "meaning",
        "explanation",
        "details",
        "detail",
        "cause",
        "causes",
        "causedby",
        "possiblecause",
        "remarks",
        "remark",
        "notes",
        "note",
        "comment",
        "描述",
        "说明",
        "含义",
    ),
    "solution": (
        "solution",
        "solutions",
        "resolution",
        "remedy",
        "action",
        "recommendedaction",
        "suggestedaction",
        "suggestion",
        "fix",
        "howtofix",
        "whattodo",
        "advice",
        "handling",
        "解决方案",
        "解决方法",
    ),
    "section": ("section", "sectionid", "category", "group", "module"),
    "section_title": ("sectiontitle",),
    "section_label": ("sectionlabel",),
    "open_ended": ("openended",),
    "tags": ("tags",),
}


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """What the user says of the columns: names, or numbers counted from 1; None to find out."""

    code: str | None = None
    message: str | None = None


def find_columns(table: Table, choice: ColumnChoice, place: str) -> dict[Role, int] | None:
    """Return the place of each column that is there, counted from 0; None for a table of others.

    Args:
        table: The table.
        choice: What the user says.
        place: How to name the table in an error, such as ``page.html:12``.

    Raises:
        ErrcodesUsageError: Several columns may hold the message, or the code
            (``ambiguous-column``); there is no column that was chosen (``unknown-column``).
    """
    found: dict[Role, int] = {}
    for role, chosen in (("code", choice.code), ("message", choice.message)):
        if chosen is not None:
            at = _chosen(table, chosen)
            if at is None:
                return None
            found[role] = at  # type: ignore[index]  # one of the roles, by the line above
    taken = set(found.values())
    for role in get_args(Role):
        if role not in found and (at := _by_name(table, role, taken, place)) is not None:
            found[role] = at
            taken.add(at)
    return _by_content(table, found, place)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _chosen(table: Table, chosen: str) -> int | None:
    names = [_plain(name) for name in table.names]
    if _plain(chosen) in names:
        return names.index(_plain(chosen))
    number = int(chosen) if chosen.isascii() and chosen.isdigit() else 0
    return number - 1 if 0 < number <= _width(table) else None


def _width(table: Table) -> int:
    return max([len(table.names), *(len(row.cells) for row in table.rows)])


def _by_name(table: Table, role: Role, taken: set[int], place: str) -> int | None:
    """Return the column whose name tells the role."""
    names = [_plain(name) for name in table.names]
    known = _NAMES[role]
    fits = [at for at, name in enumerate(names) if name in known and at not in taken]
    if role == "code":
        fits = [at for at in fits if _holds_codes(table, at)]
        # "Status code" is the HTTP status, unless no other column holds codes.
    if len(fits) > 1 and role in ("code", "message"):
        best = min(known.index(names[at]) for at in fits)
        if best == 0 and [names[at] for at in fits].count(known[0]) == 1:
            return names.index(known[0])
        raise _ambiguous(role, [table.names[at] for at in fits], place)
    return fits[0] if fits else None


def _by_content(table: Table, found: dict[Role, int], place: str) -> dict[Role, int] | None:
    """Find what no name tells by what stands in the columns."""
    if "code" not in found:
        free = [at for at in range(_width(table)) if at not in found.values()]
        codes = [at for at in free if _holds_codes(table, at)]
        if not codes and "http_status" in found and _holds_codes(table, found["http_status"]):
            codes = [found.pop("http_status")]
        if not codes:
            return None
        found["code"] = codes[0]
    if "message" not in found:
        free = [at for at in range(_width(table)) if at not in found.values()]
        if "description" in found:  # then it is what the document has of a message
            found["message"] = found.pop("description")
        else:
            texts = [at for at in free if _holds_texts(table, at)]
            if len(texts) > 1:
                names = [_name_of(table, at) for at in texts]
                raise _ambiguous("message", names, place)
            if not texts:
                return None
            found["message"] = texts[0]
    return found


def _name_of(table: Table, at: int) -> str:
    return table.names[at] if at < len(table.names) else f"column {at + 1}"


def _cells(table: Table, at: int) -> list[str]:
    return [row.cells[at] for row in table.rows if at < len(row.cells) and row.cells[at].strip()]


def _holds_codes(table: Table, at: int) -> bool:
    """Whether most cells of a column can be codes."""
    cells = _cells(table, at)
    return bool(cells) and sum(map(looks_like_codes, cells)) > len(cells) / 2


def _holds_texts(table: Table, at: int) -> bool:
    """Whether most cells of a column hold words."""
    cells = _cells(table, at)
    wordy = [cell for cell in cells if any(character.isalpha() for character in cell)]
    return bool(cells) and len(wordy) > len(cells) / 2 and not _holds_codes(table, at)


def _ambiguous(role: str, names: list[str], place: str) -> ErrcodesUsageError:
    listed = " and ".join(repr(name) for name in names)
    return ErrcodesUsageError(
        "ambiguous-column",
        f"{place}: several columns may hold the {role}: {listed}",
        f"choose one with --{role}-column, by its name or its number",
    )
