"""Who takes part in a monitoring: who leads it, who conducts it jointly, the working group (rules 2, 12)."""

from collections.abc import Iterator

from activities.letters.conductor import leading_name
from activities.registries.lookup import Lookup
from api.history.names import Names
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.forms import Way, ways_about
from locales.catalogue import text
from locales.dates import say_day
from locales.terms import term
from models.monitoring.state import Member, MonitoringState
from models.timeline.sayings import Mention, account
from models.vocabulary.base import Model
from models.vocabulary.letters import RecipientKind


class Line(Model):
    """Somebody or something of the monitoring: its name, what is to be said of it, the forms about it."""

    id: str
    name: str
    said: str
    ways: tuple[Way, ...] = ()
    answer: str = ""  # where what it said stands


class People(Model):
    lead: str
    coordinator: str
    entrusted: str  # to whom it was handed over
    aside: tuple[Line, ...]  # for a conflict of interest
    co_conductors: tuple[Line, ...]
    decision: str
    members: tuple[Line, ...]


def people_mentioned(state: MonitoringState) -> Iterator[Mention]:
    if state.started_by.account:
        yield account(state.started_by.account)
    if state.handed_to:
        yield account(state.handed_to.account)
    yield from map(account, state.stepped_aside)
    for organisation in state.co_conductors:
        yield Mention(registry=RecipientKind.ORGANISATION, id=organisation)
    for member in state.working_group.members.values() if state.working_group else ():
        yield Mention(registry=RecipientKind.PERSON, id=member.person)
        if member.organisation:
            yield Mention(registry=RecipientKind.ORGANISATION, id=member.organisation)


async def people_said(sitting: MonitoringSitting, names: Names) -> People:
    """A member is one by consent only: what is known of it stands beside each (rule 12)."""
    language, state = sitting.language, sitting.state
    started, handed = state.started_by.account, state.coordinator if state.handed_to else None
    group = state.working_group
    decision = group.decision if group else None
    return People(
        lead=await leading_name(Lookup(sitting.session, language, sitting.today), state),
        coordinator=names.of(account(started)) if started else "",
        entrusted=names.of(account(handed)) if handed else "",
        aside=tuple(
            Line(
                id=known,
                name=names.of(account(known)),
                said="",
                ways=tuple(ways_about(state, sitting.access.may, known, "conflicts")),
            )
            for known in state.stepped_aside
        ),
        co_conductors=tuple(
            Line(
                id=known,
                name=names.of(Mention(registry=RecipientKind.ORGANISATION, id=known)),
                said=term(language, named.conducting),
                ways=tuple(ways_about(state, sitting.access.may, known, "co-conductors")),
            )
            for known, named in state.co_conductors.items()
        ),
        decision=(
            text(
                language,
                "page.workplace.people.decision",
                number=decision.decision_number,
                date=say_day(language, decision.decided_on),
            )
            if decision
            else ""
        ),
        members=tuple(_member(sitting, member, names) for member in group.members.values()) if group else (),
    )


def _member(sitting: MonitoringSitting, member: Member, names: Names) -> Line:
    language, state = sitting.language, sitting.state
    organisation = member.organisation
    of = names.of(Mention(registry=RecipientKind.ORGANISATION, id=organisation)) if organisation else ""
    said = (term(language, member.community), of, term(language, member.consent))
    return Line(
        id=member.id,
        name=names.of(Mention(registry=RecipientKind.PERSON, id=member.person)),
        said=" · ".join(filter(None, said)),
        ways=tuple(ways_about(state, sitting.access.may, member.id, "members")),
    )
