"""The conduct begins and its activities are recorded (rule 8)."""

from api.commands.filling import to_begin_collection
from api.commands.idempotency import RequestKey
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.question_form import MonitoringQuestions, stands
from api.pages.desk.questions import Answers, DayQuestion, TextQuestion
from api.pages.desk.term_questions import ChoiceQuestion
from api.pages.forms.typed import Typed
from models.commands import BeginCollection, RecordActivity
from models.monitoring.state import MonitoringState
from models.vocabulary.procedure import Activity, Stage

BEGAN_ON = DayQuestion("began_on")
ACTIVITY, DONE_ON = ChoiceQuestion("activity", Activity), DayQuestion("done_on")
NOTE = TextQuestion("note")
IN_CONDUCT = frozenset({Stage.COLLECTING, Stage.ANALYSING, Stage.DRAFTING})


class BeginCollectionForm(MonitoringQuestions):
    """Rule 8, form I.3: the first day of the period of conduct; it may lie back, not ahead."""

    command = BeginCollection
    path, key = "collection", "begin_collection"
    questions = (BEGAN_ON,)
    closing = frozenset({"monitoring_ended", "already_begun"})
    fields_of_refusals = {"date_in_future": "began_on", "began_before_the_rules": "began_on"}

    def offered(self, state: MonitoringState) -> bool:
        return state.stage is Stage.PLANNED

    async def begin(self, sitting: MonitoringSitting) -> Typed:
        return stands((BEGAN_ON, sitting.today))

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> BeginCollection:
        return await to_begin_collection(sitting.session, sitting.by(key), said[BEGAN_ON])


class RecordActivityForm(MonitoringQuestions):
    """Rule 8: one of the five activities was done; their order is free."""

    command = RecordActivity
    path, key = "activities", "record_activity"
    questions = (ACTIVITY, DONE_ON, NOTE)
    closing = frozenset({"monitoring_ended", "not_in_conduct"})
    fields_of_refusals = {"date_in_future": "done_on", "date_before_conduct": "done_on"}

    def offered(self, state: MonitoringState) -> bool:
        return state.stage in IN_CONDUCT

    async def begin(self, sitting: MonitoringSitting) -> Typed:
        return stands((DONE_ON, sitting.today))

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> RecordActivity:
        return RecordActivity(
            **sitting.by(key), activity=said[ACTIVITY], done_on=said[DONE_ON], note=said[NOTE].sha256
        )
