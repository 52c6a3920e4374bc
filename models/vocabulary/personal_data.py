"""Kinds of personal data, and which rights reach them.

The Law of 21 May 2013 № 94-V on personal data and their protection, and the Rules for measures of protecting
them (order № 179/НҚ of 12 June 2023, as amended by № 672/НҚ of 22 December 2025): whoever keeps such data
determines who has access to it. The acts name no such kinds: they are the product's own.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final

from models.vocabulary.access import Action, Relation, allowed
from models.vocabulary.procedure import Role
from models.vocabulary.scopes import EVERY_SCOPE, Scope, scope_of


class PersonalData(StrEnum):
    """`term.personal_data.<kind>` in the catalogues."""

    PEOPLE = "people"  # names and posts, wherever somebody is named
    MEMBERS = "members"  # who was asked to take part in a working group, and what they answered
    CONTACTS = "contacts"  # addresses that letters go to
    LETTERS = "letters"  # letters as they were sent, to whom, and what proves it
    REPLIES = "replies"  # who answered, by which post, what they wrote and enclosed
    MAIL = "mail"  # what came back by mail
    SIGN_INS = "sign_ins"  # accounts, their tokens, who came in when, who read what


class AccessWay(StrEnum):
    """By what somebody has access. `term.access_way.<way>`."""

    ACCOUNT = "account"
    DEPUTY = "deputy"  # in the stead of somebody, within the days of an act
    TOKEN = "token"  # a program, or a person by it, with no more than its account's rights


_WHOLE: Final = frozenset({Action.READ_OWN, Action.READ_ALL, Action.READ_BUNDLE})
REACHED_BY: Final[Mapping[PersonalData, frozenset[Action]]] = MappingProxyType(
    {
        PersonalData.PEOPLE: _WHOLE
        | {
            Action.READ_REGISTRIES,
            Action.READ_SENT,
            Action.READ_NAMING,
            Action.READ_AS_MEMBER,
            Action.READ_CONSOLIDATION,
            Action.READ_COMMANDS,
            Action.WRITE_REGISTRIES,
        },
        PersonalData.MEMBERS: _WHOLE | {Action.READ_AS_MEMBER},
        PersonalData.CONTACTS: _WHOLE | {Action.WRITE_REGISTRIES},
        PersonalData.LETTERS: _WHOLE,
        PersonalData.REPLIES: _WHOLE | {Action.READ_SENT},
        PersonalData.MAIL: _WHOLE | {Action.WRITE_REGISTRIES},
        PersonalData.SIGN_INS: frozenset({Action.READ_COMMANDS, Action.WRITE_REGISTRIES}),
    }
)
"""By which actions each kind is reached; `tests/api/test_personal_reads.py` holds the API's routes to it."""


@cache
def reached(role: Role, scopes: frozenset[Scope] = EVERY_SCOPE) -> tuple[PersonalData, ...]:
    """The kinds that a role reaches in any relation it may come to have, within what a token is for."""
    rights = {action for action in allowed(role, frozenset(Relation)) if scope_of(action) in scopes | {None}}
    return tuple(kind for kind in PersonalData if not rights.isdisjoint(REACHED_BY[kind]))
