"""What the names of fields and attributes tell: which may hold a code, a message, the payload."""

from __future__ import annotations

_CODES = frozenset([
    "code", "errorcode", "errcode", "retcode", "rtncode", "resultcode", "returncode",
    "respcode", "responsecode", "statuscode", "bizcode", "businesscode", "apicode",
    "apierrorcode", "servercode", "servicecode", "scode", "subcode", "faultcode", "reasoncode",
    "msgcode", "messagecode", "ecode", "errno", "errorno", "errornumber", "errorid", "errorkey",
    "msgcd", "errcd", "errorcd", "rspcode", "rspcd",
])  # fmt: skip
#: Of those, the names under which exceptions are not asked for their code by themselves.
_UNUSUAL_ATTRIBUTES = frozenset([
    "statuscode", "rtncode", "scode", "subcode", "errorid", "errorkey", "msgcd", "errcd",
    "errorcd", "rspcode", "rspcd",
])  # fmt: skip
#: Names that hold a code in some APIs, and in others anything else.
_PERHAPS_CODES = frozenset([
    "error", "errortype", "type", "status", "ret", "result", "reason", "errorname", "name", "key",
    "label", "category",
])  # fmt: skip
_MESSAGES = (
    "message", "msg", "errormessage", "errormsg", "errmessage", "errmsg", "retmsg", "rtnmsg",
    "resultmessage", "resultmsg", "returnmsg", "respmsg", "responsemessage", "smsg", "submsg",
    "apimessage", "errordescription", "description", "detail", "errordetail", "title", "desc",
    "errortext", "reason", "error", "info", "explanation", "text", "hint", "note",
)  # fmt: skip
#: The usual ones come first; what stands behind this one may be more text beside the message.
_SURE_MESSAGES = frozenset(_MESSAGES[: _MESSAGES.index("detail") + 1])
_PAYLOADS = ("data", "result", "payload", "content", "response", "body", "results", "value")
_SURE_FLAGS = frozenset(["ok", "success", "succ", "issuccess", "succeeded", "successful"])
_SURE_FLAGS |= {"issuccessful", "stat", "rc"}
#: Of these a payload may have one: the status of a job.
_PERHAPS_FLAGS = frozenset(["status", "result"])
#: Names of what holds an error.
_ERRORS = ("error", "errors", "err")
_HTTP_STATUSES = frozenset(["status", "statuscode", "httpstatus", "httpcode", "httpstatuscode"])


def plain_name(path: str) -> str:
    """Return the last name of a path in small letters alone: ``retcode`` for ``a.Ret_Code``."""
    steps = path.split(".")
    name = steps[-1] if not steps[-1].isdigit() or len(steps) == 1 else steps[-2]
    return "".join(letter for letter in name.lower() if letter not in "_- ")


def is_code_name(path: str) -> bool:
    """Return whether what stands there is a code, by its name."""
    return plain_name(path) in _CODES


def is_usual_attribute(name: str) -> bool:
    """Return whether an exception is asked for its code under this name by itself."""
    return plain_name(name) in _CODES - _UNUSUAL_ATTRIBUTES and name[0] != "_"


def may_be_code_name(path: str) -> bool:
    """Return whether it may be one."""
    return plain_name(path) in _CODES | _PERHAPS_CODES


def is_status_name(path: str) -> bool:
    """Return whether it may be the HTTP status, by its name."""
    return plain_name(path) in _HTTP_STATUSES


def rank_message(path: str) -> int:
    """Return how well a name fits a message, from 0 on; -1 for one that does not."""
    name = plain_name(path)
    return _MESSAGES.index(name) if name in _MESSAGES else -1


def is_message_name(path: str) -> bool:
    """Return whether what stands there is a message, by its name."""
    return plain_name(path) in _SURE_MESSAGES


def rank_payload(path: str) -> int:
    """Return how well a name fits the payload, from 0 on; -1 for one that does not."""
    name = plain_name(path)
    return _PAYLOADS.index(name) if name in _PAYLOADS else -1


def is_flag_name(path: str) -> bool:
    """Return whether what stands there may say that the answer is a success."""
    return plain_name(path) in _SURE_FLAGS | _PERHAPS_FLAGS


def is_sure_flag(path: str) -> bool:
    """Return whether nothing else stands under such a name."""
    return plain_name(path) in _SURE_FLAGS


def holds_error(path: str) -> bool:
    """Return whether what stands there is an error, or a list of them, by its name."""
    return plain_name(path) in _ERRORS


def parent_of(path: str) -> str:
    """Return the path to what holds a field; empty for the object itself."""
    return path.rpartition(".")[0]
