"""By which way the word of somebody who was asked came: by a letter's link, by an account, on paper."""

from enum import StrEnum
from typing import Final

from models.events import (
    ConductConfirmed,
    ConductDeclined,
    ConsiderationRecorded,
    Entry,
    ExcerptAdded,
    ImplementationReported,
    InformationRequestAnswered,
    InvitationAnswered,
    MoreTimeAsked,
    ReplyAmended,
    ReplyTermExtended,
    ReportAcknowledged,
    ReportAnswered,
)
from models.vocabulary.actors import Actor
from models.vocabulary.procedure import Id
from models.vocabulary.succession import Successions, along

_OF_BODIES: Final = (
    ReportAcknowledged,
    ReportAnswered,
    ReplyAmended,
    MoreTimeAsked,
    ReplyTermExtended,
    ImplementationReported,
)
_OF_CO_CONDUCTORS: Final = (ConductConfirmed, ConductDeclined)
_OF_OTHERS: Final = (InvitationAnswered, InformationRequestAnswered, ConsiderationRecorded, ExcerptAdded)


class AnswerWay(StrEnum):
    """The word names the phrase, `history.<word>`."""

    BY_LETTER = "by_letter"  # whoever holds the link of that letter
    BY_ACCOUNT = "by_account"  # an account of the body that was asked
    ON_PAPER = "on_paper"  # somebody of the conductor recorded what came


def way_of(entry: Entry, successions: Successions) -> AnswerWay | None:
    """None for what is nobody's answer."""
    event, actor = entry.event, entry.actor
    if actor.letter is not None:
        return AnswerWay.BY_LETTER
    if isinstance(event, _OF_BODIES):
        own = _itself(actor, event.addressee, successions) and actor.on_behalf is None
        return AnswerWay.BY_ACCOUNT if own else AnswerWay.ON_PAPER
    if isinstance(event, _OF_CO_CONDUCTORS):
        own = _itself(actor, event.organisation, successions)
        return AnswerWay.BY_ACCOUNT if own else AnswerWay.ON_PAPER
    # Members, holders and councils have no account to answer by.
    return AnswerWay.ON_PAPER if isinstance(event, _OF_OTHERS) else None


def _itself(actor: Actor, asked: Id, successions: Successions) -> bool:
    """Whether an account is of the body that was asked, or of one that came after it."""
    return actor.organisation in {asked, *(each.successor for each in along(successions, [asked]))}
