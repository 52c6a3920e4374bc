"""What the link of a letter allows, one row for each purpose: who acts by it, on what, and what it shows.

A new purpose is its `Purpose`, its row, and the form of each command that is given by one
(`api/pages/links/forms.py`).
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from models.commands import (
    AcknowledgeReport,
    AddExcerpt,
    AmendReply,
    AnswerInformationRequest,
    AnswerInvitation,
    AnswerReport,
    AskMoreTime,
    ConfirmConduct,
    ExtendReplyTerm,
    HandOnLetter,
    RecordConsideration,
    ReportImplementation,
    WithdrawMember,
)
from models.commands.command import Command
from models.report.rendition import Rendition
from models.vocabulary.base import Model
from models.vocabulary.letters import Purpose
from models.vocabulary.procedure import Role


class LinkSubject(StrEnum):
    """What a letter with a link is about; the word is the field of the commands that name it."""

    MEMBER = "member"
    REQUEST = "request"
    ADDRESSEE = "addressee"
    ITEM = "item"  # of a council
    ORGANISATION = "organisation"  # that was named a co-conductor


MAIN_FORM: Final = "answer"
"""Under this name what is typed into the first form of a link is kept."""


class LinkRow(Model):
    """One purpose. What is not said of it is not so."""

    role: Role
    """Whoever holds the link acts in this role."""
    subject: LinkSubject
    forms: tuple[type[Command], ...]
    """What is done by a form behind the link."""
    besides: tuple[type[Command], ...] = ()
    """What its holder may also do."""
    shows: Rendition | None = None
    """The report one reads there: as filed the version that was sent, else the public text in force."""
    until_approval: bool = False
    """It is about the conduct of the monitoring: an approved report leaves nothing to answer."""
    until_correction: bool = False
    """It ends when a corrected report is approved, not only when that is sent."""
    takes_words: str | None = None
    """The field of its first form that takes an answer in words, as one by mail is."""
    days_of_items: bool = False
    """Each item has a day of its own: where the letter has none, none is missing."""

    @property
    def commands(self) -> tuple[type[Command], ...]:
        """All its holder may do."""
        return (*self.forms, *self.besides)


LINKS: Final[Mapping[Purpose, LinkRow]] = MappingProxyType(
    {
        # ——— rule 2: joint conduct ———
        Purpose.CONFIRM_CONDUCT: LinkRow(
            role=Role.CO_CONDUCTOR,
            subject=LinkSubject.ORGANISATION,
            forms=(ConfirmConduct,),
        ),
        # ——— rule 12: the working group ———
        Purpose.ANSWER_INVITATION: LinkRow(
            role=Role.MEMBER,
            subject=LinkSubject.MEMBER,
            forms=(AnswerInvitation,),
            besides=(WithdrawMember,),
            until_approval=True,
        ),
        Purpose.READ_AS_MEMBER: LinkRow(
            role=Role.MEMBER,
            subject=LinkSubject.MEMBER,
            forms=(WithdrawMember,),
        ),
        # ——— rules 7, 8: information ———
        Purpose.ANSWER_INFORMATION_REQUEST: LinkRow(
            role=Role.HOLDER,
            subject=LinkSubject.REQUEST,
            forms=(AnswerInformationRequest, HandOnLetter),
            takes_words="text",
            until_approval=True,
        ),
        # ——— rules 17, 20: replies, and what was accepted ———
        Purpose.ANSWER_REPORT: LinkRow(
            role=Role.ADDRESSEE,
            subject=LinkSubject.ADDRESSEE,
            forms=(AnswerReport, AmendReply, AcknowledgeReport, AskMoreTime, ExtendReplyTerm, HandOnLetter),
            takes_words="text",
            shows=Rendition.FILED,
        ),
        Purpose.REPORT_IMPLEMENTATION: LinkRow(
            role=Role.ADDRESSEE,
            subject=LinkSubject.ADDRESSEE,
            forms=(ReportImplementation, HandOnLetter),
            shows=Rendition.FILED,
            until_correction=True,
            days_of_items=True,
        ),
        # ——— rule 21: councils ———
        Purpose.RECORD_CONSIDERATION: LinkRow(
            role=Role.COUNCIL_SECRETARY,
            subject=LinkSubject.ITEM,
            forms=(RecordConsideration, AddExcerpt),
            shows=Rendition.PUBLIC,
        ),
    }
)


def purposes_about(subject: LinkSubject) -> tuple[Purpose, ...]:
    """Every purpose whose links are about this."""
    return tuple(purpose for purpose, row in LINKS.items() if row.subject is subject)
