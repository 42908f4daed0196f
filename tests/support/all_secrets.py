"""All kinds of secrets that the tests know, and what is none: the tables in one."""

from __future__ import annotations

import kinds_of_secrets
import odd_secrets
import secrets_of_issuers
import secrets_of_services
from secrets_of_services import STRUCTURES

__all__ = ["NAMES", "PLAIN", "SECRET", "STRUCTURES", "TEXTS"]

_TABLES = (kinds_of_secrets, odd_secrets, secrets_of_services, secrets_of_issuers)

#: What stands under each of the names.
SECRET = kinds_of_secrets.S
#: Names that say of a value that it is secret.
NAMES = tuple(
    dict.fromkeys((*kinds_of_secrets.NAMES, *odd_secrets.NAMES, *secrets_of_issuers.NAMES))
)
#: By its kind, a text that holds a secret, and the secret.
TEXTS = {kind: row for table in _TABLES for kind, row in table.TEXTS.items()}
#: Texts that hold none.
PLAIN = tuple(text for table in _TABLES for text in table.PLAIN)

assert len(TEXTS) == sum(len(table.TEXTS) for table in _TABLES), "a kind stands in two tables"
