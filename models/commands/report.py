"""The report from its first version to its publication (rules 15, 16, 19)."""

from datetime import date

from models.commands.command import Command
from models.report.facts import ContentPin
from models.vocabulary.procedure import Id
from models.vocabulary.texts import NoteHash, ShortText


class SubmitReport(Command):
    """Rules 15, 16, annex: the draft is complete; it is frozen as the next version and awaits approval.

    `person` is the author, by whichever account (A10).
    `disclosures`: at how many places of its public texts and files a person's data was found.
    """

    content: ContentPin
    person: Id | None = None
    disclosures: int = 0


class ReturnReport(Command):
    """Rule 15: the approver gives a version back to be worked on, and why.

    `tells_coordinator`: whoever coordinates is written to at once.
    """

    version: int
    reason: NoteHash
    tells_coordinator: bool = False


class ApproveReport(Command):
    """Rules 15, 16, A10: the head approves the version that was read, with the decision in it.

    `person` is who approves, by whichever account. Rule 5 is asked once more: `special_in_period` are the
    objects that were special state bodies in the period studied, `special_now` the addressees that are.
    `disclosures_seen`: whoever approves states that he has seen the places where a person's data stands.
    `once_each`: a corrected version goes once to a body that stands for several addressees.
    `terms_stand`: what time an addressee was granted to answer stays granted.
    `tells_asked`: whoever was asked and has not answered is told that no answer is needed any more.
    """

    version: int
    person: Id | None = None
    special_in_period: tuple[Id, ...] = ()
    special_now: tuple[Id, ...] = ()
    disclosures_seen: bool = False
    once_each: bool = False
    terms_stand: bool = False
    tells_asked: bool = False


class BeginCorrection(Command):
    """Reading A12: an approved report is not edited; a new version will correct it, and why."""

    reason: NoteHash


class GiveUpCorrection(Command):
    """Reading A12: a correction begun by mistake is given up, and why: the approved report stands."""

    reason: NoteHash


class PublishReport(Command):
    """Rule 19, A8, A11: the report stands on the authorized body's official web resource.

    `address` is its page there, `published_on` the local date; `disclosures_seen` as in the approval.
    `official_hosts` are the hosts of that resource as the registry knew them that day; None: was not asked.
    `conduct_asked`: a printed conductor that declined since keeps it from the public; earlier releases
    did not ask.
    """

    published_on: date
    address: ShortText
    official_hosts: tuple[ShortText, ...] | None = None
    conduct_asked: bool = False
    disclosures_seen: bool = False
