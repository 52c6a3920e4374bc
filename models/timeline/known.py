"""What ids in a journal stand for, by the state it folds to. Unknown ids stay ids: a reading never fails."""

from models.agenda.deadline import Deadline, DeadlineSubject
from models.duty.state import DutyState
from models.events import DutyPeriod
from models.letters.letter import Letter
from models.monitoring.items import position_of
from models.monitoring.state import Member, MonitoringState
from models.proceeding.state import Proceeding
from models.timeline.sayings import Mention, Numbered, Saying, organisation, person
from models.vocabulary.base import Model
from models.vocabulary.letters import RecipientKind
from models.vocabulary.procedure import Id


class Known(Model):
    """`state` is the end of the journal; None where it could not be folded at all.

    Deadlines and letters are of every proceeding, members, requests and councils of a monitoring only.
    """

    state: Proceeding | None = None

    def member(self, member: Id) -> Saying:
        """A working-group member is called by the person's name."""
        found = self._member(member)
        return person(found.person) if found else member

    def holder(self, request: Id) -> Saying:
        """Whom a request for information went to."""
        found = self.monitoring.requests.get(request) if self.monitoring else None
        return organisation(found.holder) if found else request

    def council(self, item: Id) -> Saying:
        """Before which council an item is."""
        found = self.monitoring.council_items.get(item) if self.monitoring else None
        return Mention(registry=RecipientKind.COUNCIL, id=found.council) if found else item

    def item(self, item: Id) -> Saying:
        """Which proposal or recommendation of the report it is."""
        if self.monitoring is None or item not in self.monitoring.items:
            return item
        kind = self.monitoring.items[item].kind
        return Numbered(kind=kind, position=position_of(self.monitoring, item))

    def letter(self, letter: Id) -> Letter | None:
        return self.state.letters.get(letter) if self.state else None

    def deadline(self, deadline: Id) -> Deadline | None:
        return self.state.deadlines.get(deadline) if self.state else None

    def awaited_from(self, deadline: Deadline) -> Saying:
        """Whom a deadline waits for; nobody in particular where it is the conductor's own."""
        match deadline.subject_kind:
            case DeadlineSubject.INVITATION:
                return self.member(deadline.subject)
            case DeadlineSubject.INFORMATION_REQUEST:
                return self.holder(deadline.subject)
            case DeadlineSubject.REPLY | DeadlineSubject.RECEIPT:
                return organisation(deadline.subject)
            case DeadlineSubject.IMPLEMENTATION:
                return self._carries_out(deadline.subject)
        return organisation(self.state.responsible) if self.state else None

    def period(self, period: Id) -> DutyPeriod | None:
        """A period of a duty, in course or past, by its name."""
        if not isinstance(self.state, DutyState):
            return None
        current = (self.state.period,) if self.state.period else ()
        known = (*current, *(past.period for past in self.state.past))
        return next((each for each in known if each.id == period), None)

    def _carries_out(self, item: Id) -> Saying:
        """Who undertook an item."""
        found = self.monitoring.items.get(item) if self.monitoring else None
        return organisation(found.addressee) if found else item

    @property
    def monitoring(self) -> MonitoringState | None:
        return self.state if isinstance(self.state, MonitoringState) else None

    def _member(self, member: Id) -> Member | None:
        group = self.monitoring.working_group if self.monitoring else None
        return group.members.get(member) if group else None
