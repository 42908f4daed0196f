"""Secrets that give themselves away by what they look like, wherever they stand.

Each pattern takes time linear in the text: none starts anew inside what it has read.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pytest_errcodes.text.issued_secrets import ISSUED, SURE
from pytest_errcodes.text.secret_names import looks_random

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Span = tuple[int, int]
    _Row = tuple[tuple[str, ...], str, Callable[[re.Match[str]], bool] | None]

_START = r"(?<![A-Za-z0-9])"

#: Up to how many characters of a text its pairs of them are looked at; in a longer one most pairs
#: stand, and to look for each needle takes less.
_MOST_PAIRED = 1_000
_FREQUENT = "etaoinsrhldcumfpgwybvkxjqz"

#: What must stand in a text for a pattern to be tried, and the pattern; its group, if it has one,
#: is the secret. Who issues them publishes how they begin.
_PATTERNS: tuple[tuple[tuple[str, ...], str], ...] = (
    # clouds
    (("AKIA", "ASIA", "ABIA", "ACCA", "AROA", "AIDA"),
     _START + r"A(?:KI|SI|BI|CC|RO|ID)A[A-Z0-9]{12,}"),
    (("AKID", "LTAI"), _START + r"(?:AKID|LTAI)[A-Za-z0-9]{12,}"),
    (("AIza",), r"AIza[\w-]{10,}"),
    (("ya29.",), r"ya29\.[\w.-]{6,}"),
    (("GOCSPX-",), r"GOCSPX-[\w-]{6,}"),
    (("1//0",), r"(?<![\w/])1//0[\w-]{16,}"),
    (("8Q~",), r"(?<![\w~.-])[\w-]{3}8Q~[\w.~-]{20,}"),
    (("_v1_",), r"do[opr]_v1_[A-Za-z0-9]{16,}"),
    (("dapi",), _START + r"dapi[0-9a-f]{32}"),
    (("HRKU-", "NRAK-", "PMAK-", "CFPAT-"), r"(?:HRKU|NRAK|PMAK|CFPAT)-[\w-]{10,}"),
    (("tskey-",), r"(?<![\w-])tskey-[\w-]{16,}"),
    (("fm1", "fm2"), r"(?<!\w)fm[12][ar]?_[\w+/=-]{20,}"),
    (("napi_", "rnd_", "sgp_", "aio_"), r"(?<!\w)(?:napi|rnd|sgp|aio)_[A-Za-z0-9]{20,}"),
    (("ops_eyJ",), r"(?<!\w)ops_eyJ[\w-]{20,}"),
    (("AKCp",), _START + r"AKCp[A-Za-z0-9]{30,}"),
    (("sdk-", "mob-", "api-"),
     r"(?<![\w-])(?:sdk|mob|api)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w-])"),
    (("$ANSIBLE_VAULT",), r"\$ANSIBLE_VAULT;[\w.;]+\s+([0-9a-f\s]{32,})"),
    # money
    (("duffel_",), r"(?<!\w)duffel_(?:live|test)_[\w-]{16,}"),
    (("%B",), r"%B(\d{13,19}(?:\^|%5[Ee])[^?\s]*)"),
    (("k_live_", "k_test_"), _START + r"[rs]k_(?:live|test)_\w{4,}"),
    (("whsec_",), r"whsec_[\w+/=-]{6,}"),
    (("sq0",), r"sq0[a-z]{3}-[\w-]{16,}"),
    (("EAA",), _START + r"EAA[A-Za-z0-9_-]{20,}"),
    (("rzp_",), r"rzp_(?:live|test)_[A-Za-z0-9]{8,}"),
    (("access_token$",), r"access_token\$\w+\$\w+\$\w+"),
    (("shp",), r"shp(?:at|ca|pa|ss|ua)_[A-Za-z0-9]{12,}"),
    # code
    (("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), r"gh[pousr]_[A-Za-z0-9]{6,}"),
    (("github_pat_",), r"github_pat_\w{6,}"),
    (("gl",), r"\bgl(?:pat|ptt|dt|rt|cbt|ft|imt|soat|agent|ffct|oas)-[\w.-]{8,}"),
    (("npm_",), r"(?<!\w)npm_[A-Za-z0-9]{16,}"),
    (("pypi-",), r"(?<![\w-])pypi-[\w-]{20,}"),
    (("rubygems_", "dckr_pat_"), r"(?:rubygems|dckr_pat)_[\w-]{10,}"),
    (("ATATT", "ATCTT", "ATBB"), r"AT(?:[AC]TT|BB)[\w=-]{10,}"),
    ((".atlasv1.",), r"\b\w{10,20}\.atlasv1\.[\w-]{20,}"),
    (("squ_", "sqa_", "sqp_"), r"(?<!\w)sq[uap]_[0-9a-f]{16,}"),
    (("CLOJARS_",), r"(?<!\w)CLOJARS_\w{20,}"),
    (("pat",), r"(?<!\w)pat\w{14}\.[0-9a-f]{40,}"),
    (("/",), r"(?<![\w/])\d/\d{13,20}(?:/\d{13,20})?:([0-9a-f]{32})\b"),
    (("dG9rO",), r"(?<![A-Za-z0-9+/])dG9rO[A-Za-z0-9+/]{20,}={0,2}"),
    (("lin_api_", "figd_", "ntn_", "sntry", "nfp_", "sbp_", "bkua_", "pscale_"),
     r"(?<!\w)(?:lin_api|figd|ntn|sntry[su]|nfp|sbp|bkua|pscale_\w{1,8})_[\w.=-]{16,}"),
    (("hvs.", "hvb.", "hvr."), r"\bhv[sbr]\.[\w-]{10,}"),
    (("dp.",), r"\bdp\.(?:pt|st|ct|sa|scim|audit)\.(?:[\w-]{1,40}\.)?[A-Za-z0-9]{10,}"),
    (("glc_", "glsa_"), r"\bgl(?:c|sa)_[\w+/=]{10,}"),
    (("CCIPAT_",), r"CCIPAT_[\w-]{10,}"),
    # talk
    (("xox",), r"xox[a-z](?:\.xox[a-z])?-[\w-]{6,}"),
    (("xapp-",), r"xapp-\d-[\w-]{6,}"),
    (("hooks.slack.com",), r"hooks\.slack\.com/\w+/([\w/-]+)"),
    (("hooks.zapier.com",), r"hooks\.zapier\.com/hooks/([\w/-]+)"),
    (("/webhooks/",), r"discord(?:app)?\.com/api/(?:v\d+/)?webhooks/([\w/-]+)"),
    (("webhook.office.com",), r"""webhook\.office\.com/\w+/([^\s"'<>]+)"""),
    (("SG.",), _START + r"SG\.[\w-]{6,}\.[\w-]{6,}"),
    (("AC",), r"\bAC[0-9a-f]{32}:([0-9a-f]{32})\b"),
    (("SK", "AC"), r"\b(?:SK|AC)[0-9a-f]{32}\b"),
    (("key-",), r"(?<![\w-])key-[0-9A-Za-z]{24,}"),
    (("-us",), r"\b[0-9a-f]{32}-us\d{1,2}\b"),
    (("xkeysib-",), r"xkeysib-[\w-]{10,}"),
    (("bot",), r"(?<![A-Za-z0-9])bot(\d+:[\w-]{3,})"),
    ((":",), r"(?<![\w:])\d{8,10}:[A-Za-z0-9_-]{30,}"),
    ((".",), r"(?<![\w-])[MNO][A-Za-z\d_-]{22,27}\.[\w-]{6,7}\.[\w-]{25,}"),
    # models
    (("hf_", "gsk_", "r8_"), _START + r"(?:hf|gsk|r8)_[A-Za-z0-9]{10,}"),
    (("xai-", "pplx-"), _START + r"(?:xai|pplx)-[A-Za-z0-9]{16,}"),
    (("secret_",), r"(?<!\w)secret_[A-Za-z0-9]{20,}"),
    # tokens and keys of any issuer
    (("eyJ",), r"(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*){0,3}"),
    (("eyJ",), r"(?<![\w-])eyJ[\w-]{80,}(?:\.[\w-]{0,7})?\Z"),
    (("PRIVATE",),
     (r"-{4,5} ?BEGIN[ +_][A-Z0-9 +_]{0,40}PRIVATE[ +_]KEY(?:[ +_]BLOCK)? ?-{4,5}+"
      r"((?:(?!-{4,5} ?END)(?!<secret>)[\s\S])+)")),
    (("Private-Lines",), r"Private-Lines: ?\d+((?:\s+[\w+/=]{20,})+)"),
    (("AGE-SECRET-KEY-",), r"AGE-SECRET-KEY-\w{10,}"),
    (("xprv", "yprv", "zprv"), r"\b[xyz]prv[A-Za-z0-9]{40,}"),
    (("5", "K", "L"), r"\b[5KL][1-9A-HJ-NP-Za-km-z]{50,51}\b"),
    (("$",), r"\$(?:2[abxy]|argon2(?:id|i|d)|apr1|[156y]|scrypt)\$([\w./$=,+-]{20,})"),
    (("kty",), (r"""(?<=["'])(?:k|d|p|q|dp|dq|qi)\\{0,8}["']\s{0,20}:\s{0,20}\\{0,8}["']"""
      r"""([A-Za-z0-9_-]{8,})""")),
    (("phrase", "mnemonic"), (r"(?i:(?:seed|recovery|secret|backup)[ _-]phrase|mnemonic)(?:[ ]is)?"
      r":?[ ](?:is[ ])?((?:[a-z]{3,8}[ ]){11,23}[a-z]{3,8})\b")),
    (("code=",), r"[?&]code=([\w.~%/-]{16,})(?=&(?:state|session_state|scope|iss)=)"),
    (("state=",), r"[?&](?:state|session_state)=[\w.~%/-]{1,200}&code=([\w.~%/-]{16,})"),
    # credentials in addresses
    ((":54",), r"(?<![\w.-])[\w.*-]{1,100}:54\d\d:[\w.*-]{1,64}:[\w.*-]{1,64}:([^\s:]{4,})"),
    (("://",), r"""(?<=://)(?!git@)[^\s/?#<>"'\\]+(?=@)"""),
    (("://",), r"""(?<=://)(?![^\s/:@<>"']{0,100}:\d{1,5}[/?#])[^\s/:@<>"']{0,100}:[^\s@<>"'&]{1,200}(?=@[\w.-])"""),
    (("://",), r"""(?<=://)[^\s/?#<>"'\\@]{256,}\Z"""),
    (("//",), r"""(?<![:/\w])//([^\s/?#<>"'\\:@]+:[^\s/?#<>"'\\@]+)(?=@)"""),
    ((":thin:",), r":thin:[^\s/@:]{1,64}/([^\s@]+)@"),
    (("mysql",), r"""\bmysql\w{0,20}[ ](?:[^\s"']{1,64}[ ]){0,8}?-p([^\s"']+)"""),
    (("@tcp(", "@unix("), r"(?<![\w.-])[\w.-]{1,64}:([^\s@/<>]+)@(?:tcp|unix)\("),
    # schemes of authorization
    (("Digest ",), r"""\bDigest[ ]+((?:\w+=(?:"[^"]*+"|[^\s,"]++),?[ ]*+){2,})"""),
    (("Negotiate ", "NTLM "), r"\b(?:Negotiate|NTLM)[ ]+([A-Za-z0-9+/]{16,}=*)"),
    (("SharedKey",), r"\bSharedKey(?:Lite)?[ ]+[\w-]+:([A-Za-z0-9+/=]{8,})"),
    (("AWS ",), r"\bAWS[ ]([A-Z0-9]{12,}:[\w+/=]{8,})"),
)  # fmt: skip


def find_shapes(text: str) -> Iterator[Span]:
    """Yield where the secrets stand that have a shape of their own."""
    for needles, pattern, is_one in _find_rows(text):
        for needle in needles:
            if needle in text:
                for found in _compile(pattern).finditer(text):
                    if is_one is None or is_one(found):
                        yield found.span(1 if found.re.groups else 0)
                break


def _find_rows(text: str) -> Iterable[_Row]:
    """Return the rows of which a needle may stand in a text: in a short one, next to none."""
    rows, always, by_pair = _index_rows()
    if len(text) > _MOST_PAIRED:
        return rows
    chosen = set(always)
    for pair in by_pair.keys() & set(pairwise(text)):
        chosen.update(by_pair[pair])
    return [rows[number] for number in chosen]


@cache
def _index_rows() -> tuple[tuple[_Row, ...], frozenset[int], dict[tuple[str, str], list[int]]]:
    """Return all rows, the numbers of those with a needle of one character, and of the others.

    The others stand under two characters of each needle that follow each other, the rarest.
    """
    plain = ((needles, pattern, None) for needles, pattern in (*_PATTERNS, *SURE))
    issued = ((needles, pattern, _is_random) for needles, pattern in ISSUED)
    rows: tuple[_Row, ...] = (*plain, *_CHECKED, *issued)
    always: set[int] = set()
    by_pair: dict[tuple[str, str], list[int]] = {}
    for number, (needles, _, _) in enumerate(rows):
        for needle in needles:
            if len(needle) < 2:
                always.add(number)
            else:
                pair = max(pairwise(needle), key=_count_rareness)
                by_pair.setdefault(pair, []).append(number)
    return rows, frozenset(always), by_pair


def _count_rareness(pair: tuple[str, str]) -> int:
    """Return how rare two characters are in texts: letters as in English, all else rarer."""
    return sum(_FREQUENT.index(one) if one in _FREQUENT else len(_FREQUENT) for one in pair)


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def _is_random(found: re.Match[str]) -> bool:
    return looks_random(found[1].replace(" ", "").replace("\n", ""))


def _is_bearer(found: re.Match[str]) -> bool:
    return any(map(str.isdigit, found[1])) or (len(found[1]) >= 16 and not found[1].islower())


def _is_basic(found: re.Match[str]) -> bool:
    return "=" in found[1] or _holds_pair(found[1])


def _holds_pair(text: str) -> bool:
    """Return whether a text is a user and a password in base64, or the beginning of it."""
    from base64 import b64decode

    piece = text.rstrip("=").replace("-", "+").replace("_", "/")[:400]
    try:
        pair = b64decode(piece + "=" * (-len(piece) % 4)).decode("ascii")
    except ValueError:
        return False
    user, colon, password = pair.partition(":")
    return bool(user and colon and password) and pair.isprintable() and " " not in user


def _is_long_or_random(found: re.Match[str]) -> bool:
    return any(map(str.isdigit, found[1])) or len(found[1].rpartition("-")[2]) >= 20


#: What stands before a hash that is none of a private key.
_HASHES = re.compile(
    r"(?:hash|tx|txn|transaction|block|root|topic|digest|receipt|order|id|commit|parent|txid)s?"
    r"""["'\]]*[\s:=/\["'([{,]*\Z""",
    re.IGNORECASE,
)


def _is_private_hex(found: re.Match[str]) -> bool:
    return not _HASHES.search(found.string[max(0, found.start() - 24) : found.start()])


def _is_card(found: re.Match[str]) -> bool:
    digits = [int(digit) for digit in found[1] if digit.isdigit()]
    doubled = (digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2])
    if (sum(digits[-1::-2]) + sum(doubled)) % 10 or len(set(digits)) == 1:
        return False
    if len(digits) < len(found[1]):
        return True
    # One number of ten is as a card's; an order's may be.
    before = found.string[max(0, found.start() - 30) : found.start()].lower()
    after = found.string[found.end() : found.end() + 60].lower()
    return "card" in before or "pan" in before or "cvc" in after or "cvv" in after


def _is_spoken(found: re.Match[str]) -> bool:
    value = found[1].rstrip(".,;:!?")
    if not looks_random(value + "x" * 6):  # so that ten characters are enough
        return False
    return len(value) >= 20 or not (value.islower() or value.isupper())


_CHECKED: tuple[tuple[tuple[str, ...], str, Callable[[re.Match[str]], bool]], ...] = (
    (("earer", "EARER"), r"\b(?i:bearer)[ +\t]+([\w.~+/-]{8,}=*)", _is_bearer),
    (("asic", "ASIC"), r"\b(?i:basic)[ +]+([A-Za-z0-9+/_-]{6,}={0,2})", _is_basic),
    (("",), r"(?<![A-Za-z0-9+/=_-])([A-Za-z0-9+/]{12,}={0,2})(?![A-Za-z0-9+/=_-])",
     lambda found: len(found[1]) % 4 == 0 and _holds_pair(found[1])),
    (("sk-",), r"(?<![\w-])(sk-[\w-]{10,})", _is_long_or_random),
    (("0x",), r"(?<![0-9A-Za-z])(0x[0-9a-fA-F]{64})(?![0-9A-Za-z])", _is_private_hex),
    (("",), (r"(?<![\w.-])((?:\d{4}[ -]){3}\d{4}|3[47]\d\d[ -]\d{6}[ -]\d{5}"
      r"|(?:4\d{3}|5[1-5]\d\d|6011|65\d\d)\d{12}|3[47]\d{13})(?![\w-]|\.\d)"), _is_card),
    ((" ",), (r"""\b(?i:api[ _-]?keys?|access[ _-]?keys?|tokens?|secrets?|passwords?|passphrases?"""
     r"""|apikey|credentials?|ssws|geniekey)(?:[ ](?:is|was))?[ ]["'`(]?"""
     r"""([^\s"'`()<>,;=:]{10,}=*)"""), _is_spoken),
    (("密", "令", "口", "私", "パ", "ト", "пар", "ток"),
     (r"(?:密[码碼钥鑰]|令牌|口令|私[钥鑰]|パスワード|トークン|пароль|токен)[ 是は]{0,2}"
      r"([A-Za-z0-9_.~+/-]{10,}=*)"), _is_spoken),
    (("/",), (r"(?i:/(?:api[_-]?keys?|tokens?|secrets?|passwords?|reset|verify|invite)/)"
      r"([\w.~=-]{16,})"), lambda found: looks_random(found[1]) and "-" not in found[1][8:9]),
)  # fmt: skip
