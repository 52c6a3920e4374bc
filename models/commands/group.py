"""The working group (rule 12)."""

from datetime import date

from models.commands.command import Command
from models.vocabulary.base import Model
from models.vocabulary.bodies import Body
from models.vocabulary.procedure import Agreement, Community, Id
from models.vocabulary.texts import NoteHash, ShortText


class HeadDecision(Model):
    """Rule 12: the decision of the head that creates the working group, of a local date."""

    head: Id
    post: ShortText
    decided_on: date
    decision_number: ShortText


class NewMember(Model):
    """Whom the head's decision names, and which community the person represents.

    `organisation` is whose employee the decision says the person is, `employer` whose the registry does.
    """

    member: Id
    person: Id
    community: Community
    organisation: Id | None = None
    employer: Body | None = None


class CreateWorkingGroup(Command):
    """Rule 12: the head's decision creates a working group. Its officials are appointed, others invited.

    `rules_since` is the local date on which the Rules came into force.
    """

    decision: HeadDecision
    members: tuple[NewMember, ...]
    rules_since: date | None = None


class InviteMember(Command):
    """Rule 12: one more person is asked to take part, in the place of a member who left or in addition."""

    invited: NewMember
    replaces: Id | None = None


class AnswerInvitation(Command):
    """Rule 12, «by consent»: the invited person consents or refuses.

    `agreement` is what the person says of the own organisation; it is kept apart from the consent.
    """

    member: Id
    consents: bool
    agreement: Agreement = Agreement.UNKNOWN
    note: NoteHash | None = None


class WithdrawMember(Command):
    """Rule 12: a member leaves the group, by the own word or by the coordinator's, with a reason."""

    member: Id
    note: NoteHash


class RecordOrganisationAgreement(Command):
    """Rule 12: whether a member's organisation agrees to the membership, as its own letter says."""

    member: Id
    agreement: Agreement
    note: NoteHash | None = None
