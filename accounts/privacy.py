"""The room of how secret a field is; every model with personal data sorts each of its fields."""

from enum import StrEnum


class Privacy(StrEnum):
    """How secret a field is: export, API, audit and logs obey it [architecture 3]."""

    PUBLIC = "public"  # ids, codes, times: may stand in a log
    CASE = "case"  # for people who may see the case
    SAFE_CONTACT = "safe-contact"  # for people who must reach the person; never in audit values
    APART = (
        "apart"  # for whoever it is not about: never in audit values, where others would read it
    )
    SEALED = "sealed"  # encrypted in the database; recorded as changed, never as a value
