"""What columns are called, and what that says of what they hold."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, get_args

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


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """Return a column's name without what people write in different ways."""
    return re.sub(r"[\W_]+", "", name).casefold()


@lru_cache(maxsize=4096)
def tier_of(role: Role, name: str) -> int | None:
    """Return 0 for a name that surely tells a role, 1 for one that may, else None."""
    plain = plain_name(name)
    return next((tier for tier, names in enumerate(_TIERS[role]) if plain in names), None)
