"""A monitoring is handed over to a colleague of the body that leads it (beyond the Rules)."""

from api.commands.filling import to_reassign_monitoring
from api.commands.idempotency import RequestKey
from api.pages.desk.colleagues import colleagues
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.question_form import MonitoringQuestions
from api.pages.desk.questions import Answers, PickQuestion, TextQuestion
from api.pages.desk.sitting import Sitting
from api.pages.forms.typed import Typed
from api.register.choices import Choice
from models.commands import ReassignMonitoring
from models.monitoring.rules.handing import COORDINATES, nobody_to_hand_to
from models.monitoring.state import MonitoringState
from models.vocabulary.access import Action
from models.vocabulary.refusal import Refused, refuse_if


async def _colleagues(sitting: MonitoringSitting) -> tuple[Choice, ...]:
    """Whoever may coordinate it."""
    return await colleagues(sitting.session, sitting.language, sitting.state.responsible, COORDINATES)


class _OtherQuestion(PickQuestion):
    """Neither whoever coordinates it already nor who stepped aside is offered; at a second press it is who
    was chosen."""

    async def options(self, sitting: Sitting, typed: Typed) -> tuple[Choice, ...]:
        assert isinstance(sitting, MonitoringSitting)
        known = await super().options(sitting, typed)
        state = sitting.state
        return tuple(each for each in known if each.value not in {state.coordinator, *state.stepped_aside})


TO, REASON = _OtherQuestion("to", _colleagues), TextQuestion("reason")


class ReassignForm(MonitoringQuestions):
    """By the head, or by whoever coordinates it: who has handed it over still sees that it was done."""

    command = ReassignMonitoring
    path, key = "reassigning", "reassign_monitoring"
    questions = (TO, REASON)
    afterwards = (Action.RECORD_ACTIVITY,)
    closing = frozenset({"monitoring_ended", "not_the_coordinator"})
    fields_of_refusals = dict.fromkeys(
        ("cannot_coordinate", "coordinates_already", "colleague_stepped_aside"), TO.name
    )

    async def possible(self, sitting: MonitoringSitting) -> None:
        refuse_if(Action.REASSIGN_MONITORING not in sitting.access.may, "not_the_coordinator")
        options = await TO.options(sitting, Typed())
        if not options:
            raise Refused(nobody_to_hand_to())

    def any_answer(self, sitting: MonitoringSitting) -> None:
        """To whom it can be handed, the rules judge by what is answered."""
        return

    def offered(self, state: MonitoringState) -> bool:
        return state.leading is not None and not state.ended

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> ReassignMonitoring:
        return await to_reassign_monitoring(sitting.session, sitting.by(key), said[TO], said[REASON].sha256)
