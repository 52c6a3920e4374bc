"""Somebody steps aside for a conflict of interest; the head gives the monitoring back (beyond the Rules)."""

from collections.abc import Iterable

from activities.registries.lookup import Lookup
from api.commands.idempotency import RequestKey
from api.pages.desk.colleagues import colleagues
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.question_form import MonitoringQuestions
from api.pages.desk.questions import Answers, TextQuestion
from api.pages.forms.form import Line
from locales.catalogue import text
from models.commands import DeclareConflict, LiftConflict
from models.monitoring.state import MonitoringState
from models.vocabulary.access import Action
from models.vocabulary.procedure import Id, Role
from models.vocabulary.refusal import refuse_if

REASON = TextQuestion("reason")


class DeclareConflictForm(MonitoringQuestions):
    """Of oneself alone; afterwards it is read that it was done, and nothing else can be."""

    command = DeclareConflict
    path, key = "conflict", "declare_conflict"
    questions = (REASON,)
    afterwards = (Action.READ_OWN,)
    closing = frozenset({"monitoring_ended", "stepped_aside", "conflict_of_the_lead_only"})

    async def possible(self, sitting: MonitoringSitting) -> None:
        refuse_if(sitting.caller.account in sitting.state.stepped_aside, "stepped_aside")

    async def about_lines(self, sitting: MonitoringSitting) -> tuple[Line, ...]:
        """Of a head: who decides from then on."""
        if sitting.caller.role is not Role.HEAD:
            return ()
        language, state = sitting.language, sitting.state
        heads = await colleagues(sitting.session, language, state.responsible, {Role.HEAD})
        others = [
            each.name for each in heads if each.value not in {sitting.caller.account, *state.stepped_aside}
        ]
        nobody = text(language, "page.desk.declare_conflict.nobody_decides")
        label = text(language, "page.desk.declare_conflict.decides")
        return (Line(label=label, value="; ".join(others) or nobody),)

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> DeclareConflict:
        return DeclareConflict(**sitting.by(key), reason=said[REASON].sha256)


class LiftConflictForm(MonitoringQuestions):
    """About one who stepped aside."""

    command = LiftConflict
    path, key = "conflicts/{about}/lifting", "lift_conflict"
    questions = (REASON,)
    closing = frozenset({"monitoring_ended", "not_stepped_aside"})

    def things(self, state: MonitoringState) -> Iterable[Id]:
        """At a second press it is lifted already."""
        return (*state.stepped_aside, *state.given_back)

    def abouts(self, state: MonitoringState) -> Iterable[Id]:
        return state.stepped_aside

    async def about_lines(self, sitting: MonitoringSitting) -> tuple[Line, ...]:
        name = await Lookup(sitting.session, sitting.language, sitting.today).account(sitting.about)
        return (Line(label=text(sitting.language, "page.desk.lift_conflict.who"), value=name),)

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> LiftConflict:
        return LiftConflict(**sitting.by(key), account=sitting.about, reason=said[REASON].sha256)
