"""Who was asked and has not answered, told before the report is decided on: afterwards no answer counts."""

from api.history.names import names_for
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.forms.form import Line
from locales.catalogue import text
from locales.dates import say_date
from models.agenda.deadline import DeadlineSubject, deadline_id
from models.monitoring.state import MonitoringState
from models.timeline.sayings import Mention
from models.vocabulary.letters import RecipientKind
from models.vocabulary.procedure import Consent, Id


async def unanswered_lines(sitting: MonitoringSitting) -> tuple[Line, ...]:
    """Holders of information and persons invited to the working group (rules 7, 8, 12); each with its day."""
    state, language = sitting.state, sitting.language
    waits = _waiting(state)
    names = await names_for(sitting.session, language, sitting.today, (who for who, _ in waits))
    said = "; ".join(_said(sitting, names.of(who), deadline) for who, deadline in waits)
    if not said:
        return ()
    return (
        Line(label=text(language, "page.desk.unanswered"), value=said),
        Line(
            label=text(language, "page.desk.unanswered.after"),
            value=text(language, "page.desk.unanswered.told"),
        ),
    )


def _waiting(state: MonitoringState) -> tuple[tuple[Mention, Id], ...]:
    """Whom is waited for, and the deadline each has."""
    if not state.before_approval:
        return ()
    members = state.working_group.members.values() if state.working_group else ()
    return (
        *(
            (Mention(registry=RecipientKind.ORGANISATION, id=each.holder), each.deadline)
            for each in state.requests.values()
            if each.open
        ),
        *(
            (
                Mention(registry=RecipientKind.PERSON, id=each.person),
                deadline_id(DeadlineSubject.INVITATION, each.id),
            )
            for each in members
            if each.consent is Consent.INVITED
        ),
    )


def _said(sitting: MonitoringSitting, name: str, deadline: Id) -> str:
    known = sitting.state.deadlines.get(deadline)
    if known is None:
        return name
    day = say_date(sitting.language, known.due_on)
    return text(sitting.language, "page.desk.unanswered.until", name=name, date=day)
