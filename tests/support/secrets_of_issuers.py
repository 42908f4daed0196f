"""Secrets as more issuers begin them, in command lines, forms and files; names in more scripts."""

from __future__ import annotations

R = "7Yq3Vn8Zk5Xw2Jd9Tf4Hb6Mc1Lp0Rg"
U = R.upper()
L = R.lower()
P = "hunterZzQkWx"
_HEX = "c3d9a17be40f5826c3d9a17be40f5826"
_UUID = "c3d9a17b-e40f-4826-8c3d-9a17be40f582"
_BASE32 = "QX7Z2KD4NBV5WT3HM6RPLYC7JFSA2GEU"

#: Names of which each value is a secret.
NAMES = (
    "rootpw", "ccn", "x-functions-key", "activation_code", "serialKey", "keyMaterial",
    "social_security_number", "secret_question_answer", "senha_usuario", "palavra_passe",
    "mdp", "jelszó", "jelszo", "sifre", "секретный_ключ", "ключ_api", "كلمة_المرور", "סיסמה",
    "รหัสผ่าน", "पासवर्ड", "κωδικός", "κωδικός_πρόσβασης", "lozinka", "geslo", "slaptažodis",
    "nenosiri", "gizli_anahtar", "geheimer_schluessel", "chiave_api", "llave_privada", "cle_api",
    "codigo_de_seguridad", "codigoVerificacion", "contrasen\u0303a", "\uff50\uff41\uff53\uff53",
)  # fmt: skip

#: By its kind, a text that holds a secret, and the secret.
TEXTS: dict[str, tuple[str, str]] = {
    "Bedrock": (f"ABSK{R}{R}{R}", R),
    "GitLab, registration": (f"GR1348941{R[:20]}", R[:20]),
    "Docker, organization": (f"dckr_oat_{R}", R),
    "crates.io": (f"cio{R}Ab"[:35], R),
    "NuGet": (f"oy2{L}{L}"[:46], L),
    "Vercel": (f"vcp_{R}", R),
    "Supabase, secret": (f"sb_secret_{R}", R),
    "Pulumi": (f"pul-{_HEX}{_HEX[:8]}", _HEX),
    "Infisical": (f"st.{_UUID}.{_HEX}.{_HEX}", _HEX),
    "New Relic, license": (f"{_HEX}a1b2FFFFNRAL", _HEX),
    "Dynatrace": (f"dt0c01.{U[:24]}.{U}{U}AB12", U),
    "JFrog, reference": (f"cmVmdGtuOjAxOj{R}{R}", R),
    "HubSpot": (f"pat-na1-{_UUID}", _UUID),
    "Yandex": (f"AQVN{R}abcde and y0_{R}abcdefgh", R),
    "Typeform": (f"tfp_{R}", R),
    "Prefect": (f"pnu_{R}", R),
    "ReadMe": (f"rdme_{R}", R),
    "Shippo": (f"shippo_live_{_HEX}", _HEX),
    "EasyPost": (f"EZAK{R}{R}", R),
    "Flutterwave": (f"FLWSECK_TEST-{_HEX}-X", _HEX),
    "Adyen, by shape": (f"AQE{R}{R}-{R}=-{R}", R),
    "Mollie": (f"live_{R}", R),
    "Plaid, access": (f"access-sandbox-{_UUID}", _UUID),
    "Frame.io": (f"fio-u-{R}", R),
    "Dropbox": (f"sl.u.{R}{R}", R),
    "Onfido": (f"api_live.{R[:11]}.{R}ab", R),
    "Resend": (f"re_{R[:8]}_{R}", R),
    "ElevenLabs": (f"sk_{_HEX}{_HEX[:16]}", _HEX),
    "LangSmith": (f"lsv2_pt_{_HEX}_c3d9a17be4", _HEX),
    "Pinecone": (f"pcsk_{R}{R}", R),
    "Voyage": (f"pa-{R}{R[:13]}", R),
    "NVIDIA": (f"nvapi-{R}", R),
    "Tavily": (f"tvly-dev-{R}", R),
    "Firecrawl": (f"fc-{_HEX}", _HEX),
    "PostHog": (f"phx_{R}", R),
    "Coinbase": (f"organizations/a{_UUID[1:]}/apiKeys/{_UUID}", f"/{_UUID}"),
    "Trello": (f"ATTA{R}{R}", R),
    "Expo": (f"expo_{R}", R),
    "Aiven": (f"AVNS_{R}", R),
    "Octopus": (f"API-{U[:26]}", U[:26]),
    "Polar": (f"polar_oat_{R}", R),
    "WakaTime": (f"waka_{_UUID}", _UUID),
    "Stytch": (f"secret-live-{R}=", R),
    "Amazon, refresh": (f"Atzr|{R}{R}", R),
    "PASETO": (f"v4.local.{R}{R}", R),
    "Fernet": (f"gAAAAABn{R}{R}==", R),
    "macaroon": (f"MDAx{R}{R}", R),
    "age, plugin": (f"AGE-PLUGIN-YUBIKEY-1{_BASE32}", _BASE32),
    "Nostr": (f"nsec1{L[:29]}{L[:29]}", L[:29]),
    "Stellar": (f"S{_BASE32}{_BASE32[:23]}", _BASE32),
    "Django's hash": (f"pbkdf2_sha256$600000$abcdef$ {R}".replace(" ", R), R),
    "LDAP's hash": (f"{{SSHA}}{P}{P}", P),
    "MySQL's hash": (f"*{_HEX.upper()}ABCDEF12", _HEX.upper()),
    "Werkzeug's hash": (f"scrypt:32768:8:1$ab${_HEX}{_HEX}", _HEX),
    "OpenVPN": (f"-----BEGIN OpenVPN Static key V1-----\n{_HEX}\n{_HEX}\n-----END", _HEX),
    "RSA in XML": (f"<RSAKeyValue><Modulus>ab</Modulus><D>{R}==</D></RSAKeyValue>", R),
    "Hawk, alone": (f'Hawk id="x", ts="1", mac="{R}="', R),
    "Oracle": (f"scott/{P}@//db:1521/XE", P),
    "docker login": (f"docker login -u ann -p {P} r.test", P),
    "sshpass": (f"sshpass -p {P} ssh h", P),
    "redis-cli": (f"redis-cli -h h -a {P} ping", P),
    "openssl": (f"openssl rsa -passin pass:{P} -in k", P),
    "SQL, MySQL": (f"CREATE USER ann IDENTIFIED BY '{P}'", P),
    "SQL, PostgreSQL": (f"ALTER ROLE ann WITH PASSWORD '{P}'", P),
    "netrc in a line": (f"log: machine h login ann password {P} (retry)", P),
    "form, spaces": (f"a=1&text=mysql+-u+root+-p{P}+db&b=2", P),
    "form, escapes and spaces": (f"text=api_key+%3D+{P}&b=2", P),
    "bytes in another script": (repr({"пароль".encode(): P.encode()}), P),
    "XML in another script": (f"<contraseña>{P}</contraseña>", P),
    "option in another script": (f"tool --пароль {P} x", P),
    "pair of words": (repr([("password", P.lower())]), P.lower()),
    "codes as a text": ('{"backup_codes": "92172345"}', "92172345"),
}  # fmt: skip

#: Texts that hold none.
PLAIN = (
    "pi_3MtwBwLkdIwHu7ix28a3tqPa", "chatcmpl-7QyqpwdfhqwajicIEznoc6Q47XAyW", "pa-rt-1",
    "test_order_client_error_code_http2_v1", "re_calculate_total_amount_v2", "API-1234", "sl.no",
    "fc-barcelona-2026", "a+b=c&d=e+f", "2 * 3 = 6 + 1", "*bold* *ABCDEF*", "st.1.2",
    "KeyError('password', 'username')", "['token', 'user']", "total_tokens=4500000",
    "docker login failed", "sold 5 shares with password reset", "v1.local.test",
)  # fmt: skip
