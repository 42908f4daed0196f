"""Which names stand for secrets: of fields, headers, parameters, cookies and options."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The ini setting that adds names.
SETTING = "errcodes_secrets"

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_LONGEST = 200

# A name that ends so is a secret, however its words are joined, and so is its plural: apiKey,
# X-MBX-APIKEY, api_keys.
_KEYS = (
    "access", "account", "activation", "aes", "api", "app", "application", "auth", "backup",
    "client", "consumer", "functions",
    "crypto", "customer", "decryption", "google", "mailgun", "maps", "openai", "pem", "sendgrid",
    "ssl", "stripe", "tls", "twilio", "deploy", "encryption", "function", "hmac", "host",
    "license", "licence", "listen", "master", "pass", "priv", "private", "product", "recovery",
    "rsa", "sec", "secret", "serial", "server", "service", "session", "shared", "signing", "ssh",
    "storage",
    "subscription", "trade", "trading", "unseal", "user", "wallet", "webhook",
)  # fmt: skip
_CODES = (
    "2fa", "activation", "auth", "authenticator", "authorization", "backup", "device", "email",
    "google", "mfa",
    "otp", "pin", "recovery", "reset", "security", "sicherheits", "sms", "tfa", "totp", "twofactor",
    "verification", "verify", "zugangs",
)  # fmt: skip
_ENDINGS = tuple(
    ending + plural
    for ending in (
        *(f"{word}key" for word in _KEYS), *(f"{word}code" for word in _CODES),
        "accesskeyid", "aspxauth", "authorization", "cardno", "cardnum", "cardnumber", "ccnum",
        "ccnumber", "clientassertion",
        "codeverifier", "cookie", "credential", "creditcard", "mnemonic", "mnemonicphrase",
        "passcode", "passphrase",
        "passwd", "passwort", "password", "pswd", "pwd", "recoveryphrase", "secret",
        "adminpw", "dbpw", "rootpw", "userpw", "keymaterial", "questionanswer",
        "socialsecuritynumber", "codigodeseguridad", "codigodeverificacion", "codigoverificacion",
        "chiaveapi", "cleapi", "clesecrete", "geheimerschluessel", "gizlianahtar", "jelszo",
        "llaveprivada", "lozinka", "nenosiri", "palavrapasse", "senhausuario", "sifre",
        "adminpass", "dbpass", "keypass", "rootpass", "storepass", "userpass", "samlresponse",
        "xpriv",
        "contrasena", "haslo", "kennwort", "losenord", "motdepasse", "senha", "wachtwoord",
        *(f"{word}schluessel" for word in ("api", "geheim", "privat", "zugangs", "zugriffs")),
        *(f"clave{word}" for word in ("api", "privada", "secreta")),
        *(f"chave{word}" for word in ("api", "privada", "secreta")),
        "adgangskode", "chiavesegreta", "dockerconfigjson", "geheimnis", "geheimzahl", "katasandi",
        "matkhau", "rememberme", "salasana", "tokenhint", "wpnonce",
        "secretanswer", "securityanswer", "seedphrase", "seedwords", "sessid", "sessionid",
        "signature", "token",
    )
    for plural in ("", "s")
)  # fmt: skip
# Too short to be trusted as an ending ("design" ends with "sign"): they must be the last word.
_LAST_WORDS = frozenset({
    "auth", "bearer", "creds", "csc", "csrf", "cvc", "cvn", "cvv", "hmac", "hotp", "jwe", "jws",
    "ccn", "geslo", "heslo", "jeton", "jwt", "mdp", "oauth", "otp", "otps", "parola", "pass",
    "passwrd",    "pin", "pins",
    "psk", "psw", "puk", "pw", "pword", "salt",
    "seed", "seeds", "sess", "sid", "sig", "sign", "ssn", "totp", "wif", "xprv",
    "xsrf",
})  # fmt: skip
# A name stays a secret with one of these behind it, or a number: passwordHash, apiKey2.
_FORMS = frozenset({
    "again", "b", "base", "base64", "binary", "bytes", "confirm", "confirmation", "current",
    "data", "der", "digest", "ed", "encoded", "encrypted", "hash", "header", "hex", "new",
    "old", "pem", "pkcs", "plain", "plaintext", "previous", "raw", "repeat", "repeated",
    "retype", "sha", "string", "value", "verify",
})  # fmt: skip
#: In scripts of their own, whose words are not joined by case; a name ends with one of them.
_FOREIGN = tuple(normalize("NFC", word.casefold()) for word in (
    "contraseña", "hasło", "lösenord", "şifre", "пароль", "секрет", "токен", "密码", "密碼", "口令",
    "密钥", "密鑰", "パスワード", "비밀번호", "令牌", "私钥", "私鑰", "验证码", "驗證碼", "助记词",
    "jelszó", "slaptažodis", "parolă", "ключ_api", "api_ключ", "apiключ", "секретный_ключ",
    "секретныйключ", "κωδικός", "κωδικός_πρόσβασης", "סיסמה", "סיסמא", "كلمة_المرور",
    "كلمةالمرور", "كلمة_السر", "الرمز_السري", "รหัสผ่าน", "पासवर्ड",
    "助記詞", "暗証番号", "秘密鍵", "トークン", "apiキー", "토큰", "비밀키", "인증번호", "clé_api",
    "cléapi", "clé_secrète", "clésecrète", "mật_khẩu", "mậtkhẩu",
    *(f"{word}schlüssel" for word in ("api", "geheim", "privat", "zugangs", "zugriffs")),
))  # fmt: skip
#: Cookies of frameworks and of balancers, whose names go on.
_COOKIES = re.compile(
    r"(?:\.AspNetCore\.|wordpress_(?:logged_in|sec)_|remember_web_|AWSALB|cf_clearance|__Host-"
    r"|__Secure-)",
    re.ASCII,
)
#: What exchanges call the header of an API key, KEY or X-BM-KEY; in lower case it is any key.
_BARE_KEY = re.compile(
    r"(?:(?!IDEMPOTENCY|PUBLIC|PRIMARY|FOREIGN|SORT|PARTITION)[A-Z0-9]+-)*KEY\Z", re.ASCII
)
#: Names that are a secret only with a value that looks like one.
_VAGUE = frozenset({"2fa", "authentication", "key", "mfa", "session", "tfa"})
#: Names under which a number as long as a card's is one.
_CARDS = frozenset({"card", "pan"})
#: A number under one of these is how many there are: ``total_tokens``.
_COUNTED = ("tokens", "keys", "cookies", "codes", "credentials", "secrets", "passwords")

_CARD = re.compile(r"(?:\d[ -]?){13,19}", re.ASCII)
_HAS_DIGIT = re.compile(r"\d", re.ASCII)
_HAS_LETTER = re.compile(r"[A-Za-z]")
_RANDOM = 16

#: Names that the settings of the innermost run add. The settings themselves are the context's,
#: which stands above this room and tells them here.
_added: tuple[re.Pattern[str], ...] = ()


def looks_secret(key: object) -> bool:
    """Tell whether the value of a field, header or parameter named ``key`` must not be printed.

    Case, ``_``, ``-`` and camel case make no difference: ``apiKey``, ``api_key`` and
    ``X-MBX-APIKEY`` are one name. What merely describes a secret is none: ``tokenCount``,
    ``token_type``, ``passwordRequired``. Bytes are read as text; nothing else is a name.
    """
    name = _read_name(key)
    return bool(name) and (_is_known(name) or bool(_added and _is_added(name)))


def is_vague(key: object) -> bool:
    """Tell whether it depends on the value that stands under a name if it must be hidden."""
    name = _read_name(key)
    return (
        _join(name) in _VAGUE
        or _join(name) in _CARDS
        or name.lower().endswith(("_session", "-session"))
    )


def is_secret(key: object, value: object) -> bool:
    """Tell whether the value that stands under a name must not be printed.

    None and booleans only say whether a secret is there; a number under ``tokens`` says how many;
    ``key`` is the name of a secret where its value looks like one.
    """
    kind = type(value)  # its __class__ may say anything
    if value is None or kind is bool:
        return False
    if looks_secret(key):
        name = _read_name(key)
        is_count = issubclass(kind, int | float) and _join(name).endswith(_COUNTED)
        return not is_count or bool(_added and _is_added(name))
    if not is_vague(key):
        return False
    if _join(_read_name(key)) in _CARDS:
        return _is_card(value)
    return issubclass(kind, str) and looks_random(str.__str__(value))


def _is_card(value: Any) -> bool:
    kind = type(value)  # its __class__ may say anything
    if issubclass(kind, str):
        return _CARD.fullmatch(str.__str__(value)) is not None
    return issubclass(kind, int) and 10**12 <= int.__int__(value) < 10**19


def looks_random(text: str) -> bool:
    """Tell whether a text is a long run of letters and digits, as no word and no number is."""
    return (
        len(text) >= _RANDOM
        and text.isascii()
        and not any(character.isspace() for character in text[:_LONGEST])
        and bool(_HAS_DIGIT.search(text) and _HAS_LETTER.search(text))
    )


def read_names(names: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """Return what finds the names that the setting adds.

    Args:
        names: Names, or patterns with ``*`` and ``?``; case, ``_``, ``-`` make no difference.

    Returns:
        A pattern for each.

    Raises:
        ValueError: One of them has neither letter nor digit, so that it would hide all there is;
            its only argument is that one.
    """
    from fnmatch import translate

    found = []
    for name in names:
        if not any(character.isalnum() for character in name):
            raise ValueError(name)
        found.append(re.compile(translate(_flatten(name))))
    return tuple(found)


def add_names(added: tuple[re.Pattern[str], ...]) -> None:
    """Let these names, and no others beside those that are always known, stand for secrets."""
    global _added  # noqa: PLW0603  # the run in force changes, as it does in active.context
    _added = added


def _read_name(key: Any) -> str:
    if type(key) is str:
        return key[-_LONGEST:]
    kind = type(key)  # its __class__ may say anything
    if issubclass(kind, str):
        return str.__str__(key)[-_LONGEST:]
    if not issubclass(kind, bytes | bytearray):
        return ""
    return bytes(memoryview(key)[-_LONGEST:]).decode("latin-1")


@lru_cache(maxsize=4096)
def _is_known(name: str) -> bool:
    if not name.isascii():
        name = normalize("NFKC", name)  # one letter for a letter and its accent, and for a wide one
        if normalize("NFC", name.casefold()).rstrip("0123456789_-").endswith(_FOREIGN):
            return True
    if _COOKIES.match(name):
        return True
    words = _split(name)
    while words and (words[-1] in _FORMS or words[-1].isdigit()):
        words.pop()
    if not words:
        return False
    is_last = words[-1] in _LAST_WORDS or _BARE_KEY.match(name.strip()) is not None
    return is_last or "".join(words).endswith(_ENDINGS)


@lru_cache(maxsize=4096)
def _join(name: str) -> str:
    return "".join(_split(name))


def _split(name: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(name)]


def _is_added(name: str) -> bool:
    flat = _flatten(name)
    return any(pattern.match(flat) for pattern in _added)


def _flatten(name: str) -> str:
    return re.sub(r"[\s_.-]", "", name).casefold()
