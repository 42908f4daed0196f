"""Texts and values in which a secret stands, one of each kind, and the secret in each."""

from __future__ import annotations

import base64
from urllib.parse import quote

S = "hunter2Zz9Qk4"
#: Long, random, and of nobody.
R = "9fK2mQx7Lb4Tz8Wc1Rv6Ny3Hd5Gs0Jp"
_HEX = "9f2c7b41d8e6a0359f2c7b41d8e6a035"
_PAIR = base64.b64encode(f"ann:{S}".encode()).decode()


def _pem(label: str) -> str:
    return f"-----BEGIN {label}-----\nMIIE{R}\nab{R}==\n-----END {label}-----"


#: Names of which each value is a secret.
NAMES = (
    "KEY", "apiKeys", "tokens", "accessTokens", "passwords", "totp", "PHPSESSID", "JSESSIONID",
    "sid", "connect.sid", "pass", "dbPass", "pin", "cvv", "cvc", "seed", "licenseKey",
    "Ocp-Apim-Subscription-Key", "privateKeyPem", "passwordConfirmation", "tradepwd",
    "X-MBX-APIKEY", "OK-ACCESS-SIGN", "OK-ACCESS-PASSPHRASE", "X-Amz-Signature", "AccountKey",
    "SharedAccessKey", "sig", "mnemonic", "seedPhrase", "otp", "otpCode", "salt", "cardNumber",
    "Proxy-Authorization", "aws_secret_access_key", "masterKey",
    "recoveryCodes", "codeVerifier", "X-Vault-Token",
    "signature",
)  # fmt: skip

#: Texts, with what must not be seen of them.
TEXTS: dict[str, tuple[str, str]] = {
    "AWS id": ("no access for AKIAIOSFODNN7EXAMPLE here", "AKIAIOSFODNN7EXAMPLE"),
    "Stripe": (f"charged with sk_live_{R}", R),
    "Stripe, restricted": (f"rk_live_{R} may not", R),
    "Stripe, webhook": (f"signed by whsec_{R}", R),
    "GitHub": (f"remote: ghp_{R}abcd", R),
    "GitHub, OAuth": (f"gho_{R}abcd", R),
    "GitHub, fine": (f"github_pat_11ABC_{R}", R),
    "GitLab": (f"glpat-{R}", R),
    "npm": (f"npm_{R}abcd", R),
    "PyPI": (f"pypi-AgEIcHlwaS5vcmc{R}", R),
    "Slack": (f"xoxb-123456789012-{R}", R),
    "Slack, webhook": (f"https://hooks.slack.com/services/T00000000/B00000000/{R}", R),
    "Discord, webhook": (f"https://discord.com/api/webhooks/123456/{R}", R),
    "Google": (f"AIzaSyA-{R}", R),
    "Google, OAuth": (f"ya29.a0Af{R}", R),
    "JWT": ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcDEF123", "eyJzdWIiOiIxMjM0In0"),
    "OpenAI": (f"sk-proj-{R}", R),
    "sk-, in three parts": (f"sk-abc-api03-{R}", R),
    "Hugging Face": (f"hf_{R}ab", R),
    "DigitalOcean": (f"dop_v1_{_HEX}{_HEX}", _HEX),
    "Shopify": (f"shpat_{_HEX}", _HEX),
    "SendGrid": (f"SG.{R[:22]}.{R}", R),
    "Twilio": (f"SK{_HEX}", _HEX),
    "Mailgun": (f"key-{_HEX}", _HEX),
    "Telegram": (f"https://api.telegram.org/bot123456:{R}abc/getMe", R),
    "hex private key": (f"signed with 0x{_HEX}{_HEX}", _HEX),
    "card": ("paid with 4111 1111 1111 1111 today", "1111 1111"),
    "PEM": (_pem("RSA PRIVATE KEY"), R),
    "OpenSSH": (_pem("OPENSSH PRIVATE KEY"), R),
    "PGP": (_pem("PGP PRIVATE KEY BLOCK"), R),
    "PEM, percent-encoded": (f"key%3D{quote(_pem('PRIVATE KEY'))}", R),
    "PEM, in a query": (quote(_pem("PRIVATE KEY")).replace("%20", "+"), R),
    "PEM, in JSON": (_pem("PRIVATE KEY").replace("\n", "\\n"), R),
    "Basic": (f"sent Basic {_PAIR}", _PAIR.rstrip("=")),
    "Basic, alone": (f"got {_PAIR} back", _PAIR.rstrip("=")),
    "Bearer": (f"sent Bearer {S}", S),
    "Bearer, in a query": (f"/orders?auth2=Bearer+{S}", S),
    "Bearer, percent-encoded": (f"/orders?x=Bearer%20{S}", S),
    "Digest": (f'Digest username="ann", response="{_HEX}"', _HEX),
    "option": (f"client --api-key={S} --side=BUY", S),
    "option, apart": (f"client --api-key {S}", S),
    "curl's user": (f"curl -u ann:{S} host", S),
    "redis": (f"redis://:{S}@host:6379/0", S),
    "user and password": (f"postgres://ann:{S}@host/db", S),
    "user and password, encoded": (f"/login?next=https%3A%2F%2Fann%3A{S}%40host%2F", S),
    "token as user": (f"https://{R}@host/repo.git", R),
    "cookies": (f"Cookie: theme=dark; session={S}", S),
    "cookies, as a field": (f"cookie=theme=dark; session={S}", S),
    "Set-Cookie": (f"Set-Cookie: sid={S}; Path=/", S),
    "form": (f"user=ann&password={S}&side=BUY", S),
    "form, nested": (f"user[name]=ann&user[password]={S}", S),
    "multipart": (f'--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n{S}\r\n--b--', S),
    "query in a query": (f"/login?next=https%3A%2F%2Fx%2F%3Ftoken%3D{S}%26a%3D1", S),
    "JSON, percent-encoded": (quote(f'{{"apiKey": "{S}"}}'), S),
    "JSON in JSON": (f'{{"body": "{{\\"apiKey\\": \\"{S}\\"}}"}}', S),
    "JSON in HTML": (f"<p>{{&quot;apiKey&quot;: &quot;{S}&quot;}}</p>", S),
    "pairs": (f'[["X-API-Key", "{S}"], ["Host", "x"]]', S),
    "pairs, of Python": (f"[('x-api-key', '{S}'), ('host', 'x')]", S),
    "pairs of bytes": (f"[(b'x-api-key', b'{S}')]", S),
    "bytes": (f"{{b'token': b'{S}'}}", S),
    "name and value": (f'{{"name": "X-API-Key", "value": "{S}"}}', S),
    "value and name": (f'{{"value": "{S}", "name": "X-API-Key"}}', S),
    "connection string": (f"Endpoint=https://x;AccountKey={R}==;Suffix=y", R),
    "SAS": (f"https://x.blob/y?sv=2024&sig={R}%3D", R),
    "XML": (f"<login><password>{S}</password></login>", S),
    "XML, CDATA": (f"<password><![CDATA[{S}]]></password>", S),
    "XML, setting": (f'<add key="ApiKey" value="{S}"/>', S),
    "property list": (f"<key>apiKey</key><string>{S}</string>", S),
    "words": (f"API key: {S}", S),
    "sentence": (f"the API key {S} is revoked", S),
    "phrase": ("seed phrase: correct horse battery staple", "battery"),
    "npmrc": (f"//registry.example/:_authToken={S}", S),
    "very long": (f"token={R * 200}", R),
    "very long, in JSON": (f'{{"a": "{"x" * 150}", "token": "{R * 200}"}}', R),
}

#: What is no secret, and must stay readable.
PLAIN = (
    "Invalid API key", "password must be 8 characters", "password: must be 8 characters",
    "Bearer authentication failed", "Basic authentication is not supported", "token expired",
    "token: expired", "order 7f3a9c1e-5b2d-4e8f-9a6b-1c2d3e4f5a6b not found",
    "order 2024112800000001 filled", "the token is missing", '{"token_count": 7, "pinned": true}',
    '{"passed": 12, "authorName": "ann", "keyboard": "us", "sidebar": 1, "seeded": 3}',
    '{"total_tokens": 512, "max_tokens": 4096}', '{"key": "BTCUSD", "value": "3"}',
    '["password", "token"]', '{"name": "side", "value": "BUY"}', "https://example.com/@ann/post",
    f'{{"txHash": "0x{_HEX}{_HEX}"}}', f"transaction 0x{_HEX}{_HEX} failed",
    "design=flat&assign=ann", "ssh://git@github.com/a/b.git", "time: 12:30",
    "task-force, risk-averse-investment",
    "401009 clientOrderId already exists", "nonce 1764297367123", "http://127.0.0.1:8080/a?b=c@d",
)  # fmt: skip
