"""Who signs in and by which way, and what became of a letter with a sign-in link."""

from enum import StrEnum
from typing import Final, Literal

from models.vocabulary.procedure import Role

StaffRole = Literal[Role.ANALYST, Role.HEAD, Role.WEB_EDITOR, Role.ADMIN, Role.AUDITOR, Role.OVERSIGHT]
"""Roles that sign in. Everybody else acts by the link of a letter, and the system by itself."""
LINK_MINUTES: Final = 15
"""How long a sign-in link works, from when its letter left; so long a letter is tried to be sent, too."""


class WayIn(StrEnum):
    """By what somebody signed in. `term.way_in.<way>` in the catalogues."""

    TOKEN = "token"
    LINK = "link"
    PROVIDER = "provider"


class SignInLetterKind(StrEnum):
    """What a letter about signing in brings."""

    LINK = "link"
    ADDRESS_CHANGED = (
        "address_changed"  # to the former address: whoever reads it learns that it opens nothing
    )
    TOKEN_EXPIRES = "token_expires"  # to whose account it is, some working days before
    WEBHOOK_DISABLED = "webhook_disabled"  # to whoever registered it: nothing is taken there


class SignInLetterOutcome(StrEnum):
    """What became of a letter that was asked for."""

    WAITS = "waits"
    SENT = "sent"
    NOBODY = "nobody"  # no account in force has this address: nothing was sent
    REFUSED = "refused"  # the mail server refused the address for good
    GIVEN_UP = "given_up"  # the mail server took it in none of the tries
