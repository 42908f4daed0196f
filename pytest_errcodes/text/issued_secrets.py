"""Secrets that begin as their issuer publishes it, and go on as no word does."""

from __future__ import annotations

_START = r"(?<![\w-])"
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"

#: As the table of ``secret_shapes``: what must stand in a text for a pattern to be tried, and the
#: pattern, whose group is the secret. What it finds is one if it has letters and digits.
ISSUED: tuple[tuple[tuple[str, ...], str], ...] = (
    (("dckr_oat_", "vcp_", "sb_secret_", "tfp_", "pnu_", "rdme_", "pcsk_", "tgp_v1_", "phx_"),
     _START + r"((?:dckr_oat|vcp|sb_secret|tfp|pnu|rdme|pcsk|tgp_v1|phx)_[\w-]{16,})"),
    (("shippo_", "zpka_", "expo_", "rootly_", "polar_", "unkey_", "lsv2_", "y0_"),
     (_START + r"((?:shippo_(?:live|test)|zpka|expo|rootly|polar_[a-z]{2,4}|unkey|lsv2_(?:pt|sk)"
     r"|y0)_[\w-]{16,})")),
    (("re_", "fw_", "sk_", "4b1d"),
     (_START + r"(re_[A-Za-z0-9]{6,12}_[A-Za-z0-9]{16,}|fw_[A-Za-z0-9]{20,}|sk_[A-Za-z0-9]{32,}"
     r"|4b1d(?=[a-z0-9]*[A-Z])[A-Za-z0-9]{38})(?![\w-])")),
    (("live_", "test_"), _START + r"((?:live|test)_[A-Za-z0-9]{28,})(?![\w-])"),
    (("pul-", "nvapi-", "csk-", "tvly-", "fc-", "pa-", "fio-u-", "tk-us-", "FLWSECK"),
     (_START + r"(pul-[0-9a-f]{40}|(?:nvapi|csk|tvly|fio-u|tk-us)-[\w-]{24,}|fc-[0-9a-f]{32}"
     r"|pa-[\w-]{40,}|FLWSECK(?:_TEST)?-[\w-]{16,})")),
    (("access-", "pat-", "secret-", "waka_", "amzn.mws."),
     (_START + rf"((?:access-(?:sandbox|development|production)-|pat-[a-z]{{2}}\d-|waka_"
     rf"|amzn\.mws\.){_UUID}|secret-(?:live|test)-[\w-]{{20,}}=*)")),
    (("Atzr|", "Atza|", "amzn1.oa2-cs."),
     _START + r"(Atz[ar]\|[\w+/=-]{20,}|amzn1\.oa2-cs\.v\d\.[0-9a-f]{40,})"),
    (("API-",), _START + r"(API-[A-Z0-9]{25,36})(?![\w-])"),
    (("GR1348941", "AQVN", "ATTA", "ABSK", "MDAx", "gAAAA", "cmVmdGtuOj"),
     (r"(?<![\w+-])((?:GR1348941|AQVN|ATTA|MDAx|cmVmdGtuOj)[\w-]{20,}={0,2}|ABSK[\w+/=-]{60,}"
     r"|gAAAA[\w-]{60,}={0,2})")),
    (("oy2", "EZAK", "EZTK", "AQE", "FFFFNRAL"),
     (r"(?<![\w+-])(oy2[a-z0-9]{43}|EZ[AT]K[A-Za-z0-9]{50,}|AQE[\w+/=-]{60,}"
     r"|[0-9a-f]{36}FFFFNRAL)(?![\w])")),
    (("st.", "dt0c01.", "sl.", "pat.", "v1.0-", "api_live.", "api_sandbox."),
     (r"(?<![\w.-])(st\.[0-9a-f-]{24,36}\.[0-9a-f]{32}\.[0-9a-f]{32}"
      r"|dt0[a-z]\d\d\.[A-Z0-9]{24}\.[A-Z0-9]{64}"
     r"|sl\.(?:u\.)?[\w-]{60,}|pat\.[\w-]{22}\.[0-9a-f]{24}\.\w{20}|v1\.0-[0-9a-f]{24}-[0-9a-f]{64,}"
     r"|api_(?:live|sandbox)\.[\w-]{8,}\.[\w-]{24,})")),
    ((".local.", ".public.", ".secret."),
     r"(?<![\w.-])([vk][1-4]\.(?:local|public|secret)\.[\w-]{20,}(?:\.[\w-]+)?)"),
    (("apiKeys/",), rf"organizations/{_UUID}/apiKeys/({_UUID})"),
    # money and identities
    (("nsec1", "0201036c6e64"), r"\b(nsec1[a-z0-9]{58}|0201036c6e64[0-9a-f]{40,})\b"),
    (("S",), r"(?<![\w-])(S[A-Z2-7]{55}|S[AUONCX][A-Z2-7]{56})(?![\w-])"),
    (("AGE-PLUGIN-", "AGE-SECRET-"), r"(AGE-(?:PLUGIN|SECRET)-[A-Z0-9-]{30,})"),
    # what passwords are kept as
    (("pbkdf2_", "SCRAM-SHA-", "scrypt:", "pbkdf2:"),
     r"(?:pbkdf2_\w+\$\d+|SCRAM-SHA-\d+\$\d+|scrypt:\d+:\d+:\d+|pbkdf2:\w+:\d+)[$:]([\w+/=.$:-]{30,})"),
    (("$P$", "$H$", "$y$", "$7$"), r"\$(?:[PH]\$|[y7]\$[\w./]+\$)([\w./$]{20,})"),
    (("*",), r"(?<![\w*])(\*[0-9A-F]{40})(?!\w)"),
    # keys in their files
    (("OpenVPN Static key",), r"OpenVPN Static key V1-----\s*((?:[0-9a-f]{16,}\s*)+)"),
    (("minisign", "untrusted comment"), r"secret key\s+(RW[\w+/=]{60,})"),
    (("<D>", "<P>", "<Q>", "<DP>", "<DQ>", "<InverseQ>"),
     r"<(?:D|P|Q|DP|DQ|InverseQ)>\s*([\w+/=\s]{16,})</"),
)  # fmt: skip

#: What needs no digit to be one: also a password behind an option of a command whose letter alone
#: says so, and in a statement of SQL.
SURE: tuple[tuple[tuple[str, ...], str], ...] = (
    (("SHA}", "MD5}", "CRYPT}"),
     r"\{(?:S?SHA(?:256|512)?|S?MD5|CRYPT)\}([\w+/=.$]{16,})"),
    (("AVNS_", "cio"),
     _START + r"(AVNS_[\w-]{16,}|cio(?=[a-z0-9]*[A-Z])(?=[A-Z0-9]*[a-z])[A-Za-z0-9]{32}(?![\w-]))"),
    (("password ",), r"""\blogin[ ]+[^\s"']{1,100}[ ]+password[ ]+([^\s"']+)"""),
    (("login ",),
     r"""\b(?:docker|podman|helm|az|oc|buildah)[ ](?:[^\s"']{1,64}[ ]){0,8}?-p[ ]?([^\s"']+)"""),
    (("sshpass",), r"""\bsshpass[ ]+-p[ ]?["']?([^\s"']+)"""),
    (("redis-cli",), r"""\bredis-cli[ ](?:[^\s"']{1,64}[ ]){0,8}?-a[ ]([^\s"']+)"""),
    (("pass:",), r"""-(?:pass|passin|passout)[ ]pass:([^\s"']+)"""),
    (("dentified", "DENTIFIED"), r"""(?i:identified)[ ]+(?i:by)[ ]+['"]([^'"]+)"""),
    (("assword", "ASSWORD"), r"""(?i:(?:with|encrypted|set)[ ]+password)[ ]+['"]([^'"]+)"""),
    (("@//",), r"""(?<![\w/:.@-])[A-Za-z]\w{0,63}/([^\s/@:"']{4,})@//[\w.-]"""),
    (("Hawk ", "SCRAM-"),
     r"""\b(?:Hawk|SCRAM-SHA-\d+)[ ]+((?:\w+=(?:"[^"]*+"|[^\s,"]{16,}+),?[ ]*+)+)"""),
)  # fmt: skip
