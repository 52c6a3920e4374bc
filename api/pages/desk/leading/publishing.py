"""The report stands on the authorized body's official web resource (rule 19, A8, A11)."""

from datetime import date
from typing import Annotated, Final

from pydantic import HttpUrl, TypeAdapter, UrlConstraints, ValidationError

from api.commands.filling import to_publish_report
from api.commands.idempotency import RequestKey
from api.http.problems import sentence
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.leading.approving import SEEN
from api.pages.desk.leading.reading import read_version
from api.pages.desk.question_form import NOT_SENT, MonitoringQuestions, stands
from api.pages.desk.questions import Answers, AnyQuestion, Asking, DayQuestion, LineQuestion
from api.pages.forms.form import Line, View
from api.pages.forms.typed import Typed
from locales.catalogue import text
from models.commands import PublishReport
from models.monitoring.rules.publication import publication_warnings
from models.monitoring.state import MonitoringState
from models.report.rendition import Rendition

PageAddress = Annotated[HttpUrl, UrlConstraints(max_length=400)]
_ADDRESS: Final[TypeAdapter[HttpUrl]] = TypeAdapter(PageAddress)


class AddressQuestion(LineQuestion):
    """A page on the web, as the API takes it."""

    async def read(self, asking: Asking) -> str | None:
        typed = await super().read(asking)
        if not typed:
            return None
        try:
            return str(_ADDRESS.validate_python(typed))
        except ValidationError:
            asking.reader.fault(self.name, "desk_address_unreadable", question=asking.label)
            return None

    def any(self, today: date) -> str:
        return "https://example.kz/"


PUBLISHED_ON, ADDRESS = DayQuestion("published_on"), AddressQuestion("address")


class PublishReportForm(MonitoringQuestions):
    """Anywhere but on the official web resource it is recorded, and rule 19 is not fulfilled by it."""

    command = PublishReport
    path, template, key = "publication", "desk/report_read.html", "publish_report"
    questions = (PUBLISHED_ON, ADDRESS, SEEN)
    closing = frozenset({"monitoring_ended", "report_not_approved", "correction_under_way"})
    fields_of_refusals = {
        "date_in_future": PUBLISHED_ON.name,
        "published_before_approval": PUBLISHED_ON.name,
        "published_already": ADDRESS.name,
        "disclosures_not_seen": SEEN.name,
    }

    def offered(self, state: MonitoringState) -> bool:
        return state.current is not None and not state.correcting and not state.ended

    def asked_at(self, sitting: MonitoringSitting) -> tuple[AnyQuestion, ...]:
        current = sitting.state.current
        return self.questions if current is not None and current.disclosures else (PUBLISHED_ON, ADDRESS)

    async def begin(self, sitting: MonitoringSitting) -> Typed:
        return stands((PUBLISHED_ON, sitting.today))

    async def view(self, typed: Typed, sitting: MonitoringSitting) -> View:
        asked = await super().view(typed, sitting)
        return await read_version(sitting, asked, sitting.state.current, Rendition.PUBLIC)

    async def outcome(self, said: Answers, sitting: MonitoringSitting) -> tuple[Line, ...]:
        """Why rule 19 would not be fulfilled by this address."""
        language = sitting.language
        command = await self.filled(said, sitting, NOT_SENT)
        label = text(language, "page.desk.publish_report.warning")
        warnings = publication_warnings(sitting.state, command)
        warned = (Line(label=label, value=sentence(language, each)) for each in warnings)
        return (*warned, *await super().outcome(said, sitting))

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> PublishReport:
        return await to_publish_report(
            sitting.session,
            sitting.by(key),
            sitting.state,
            said[PUBLISHED_ON],
            said[ADDRESS],
            sitting.today,
            disclosures_seen=said[SEEN],
        )
