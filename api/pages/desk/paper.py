"""The form of a report that came on paper or by e-mail: filled in by a clerk, with its file (rule 17)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from api.commands.desk import CommandDesk, answered
from api.commands.idempotency import RequestKey, is_decided
from api.commands.paper import register_paper
from api.content.paper_reports import RegisterPaperReportBody, check_paper, paper_command
from api.pages.desk.desk_form import OfficeForm
from api.pages.desk.naming import body_choices, sphere_choices
from api.pages.desk.office import OfficeSitting
from api.pages.desk.paper_indicators import asked_of
from api.pages.desk.paper_reading import read_paper
from api.pages.desk.paper_rows import counted, with_more_rows
from api.pages.desk.paper_said import said_of_paper
from api.pages.forms.form import Line, Order, Reading, View
from api.pages.forms.typed import Typed
from api.pages.forms.uploads import ATTACHED, UPLOAD, files_by_id
from api.register.choices import Choice
from locales.catalogue import text
from models.commands import RegisterPaperReport
from models.consolidation.notices import ConsolidationReceipt


@dataclass(frozen=True)
class PaperView(View):
    """What can be chosen from, and how many rows of each kind there are."""

    bodies: tuple[Choice, ...] = ()
    senders: tuple[Choice, ...] = ()  # the authorized body does not send to itself
    spheres: tuple[Choice, ...] = ()
    objects: int = 0
    findings: int = 0
    indicators: int = 0
    items: int = 0
    bases: tuple[Choice, ...] = ()  # the findings, by their numbers
    meant: Mapping[int, tuple[tuple[str, str], ...]] = field(default_factory=dict)  # values of two readings


class PaperForm(OfficeForm[RegisterPaperReportBody]):
    """Register a report that came otherwise than by this system."""

    command = RegisterPaperReport
    path, template, key = "paper", "desk/paper.html", "paper"
    one_file = True
    fields_of_refusals = {
        "own_report_not_received": "sender",
        "paper_of_special_state_body": "sender",
        "paper_comprehensive_by_other_subject": "kind",
        "received_in_future": "received_on",
        "conduct_ends_before_it_starts": "ended_on",
        "received_before_conduct_ended": "received_on",
        "received_before_approval": "received_on",
        "report_registered_already": UPLOAD,
        "attachment_unknown": UPLOAD,
    }

    async def begin(self, sitting: OfficeSitting) -> Typed:
        return Typed(
            fields={"language": (sitting.language.value,), "received_on": (sitting.today.isoformat(),)}
        )

    def with_rows(self, typed: Typed) -> Typed:
        return with_more_rows(typed)

    async def view(self, typed: Typed, sitting: OfficeSitting) -> View:
        rows = counted(typed)
        bodies = await body_choices(sitting.session, sitting.language, sitting.today)
        return PaperView(
            bodies=bodies,
            senders=tuple(each for each in bodies if each.value != sitting.state.organisation),
            spheres=await sphere_choices(sitting.session, sitting.language),
            objects=rows.objects,
            findings=rows.findings,
            indicators=rows.indicators,
            items=rows.items,
            meant=asked_of(typed, rows.indicators, sitting.language),
            bases=tuple(
                Choice(value=f"f{row}", name=text(sitting.language, "page.desk.paper.finding", number=row))
                for row in range(1, rows.findings + 1)
            ),
        )

    async def read(self, typed: Typed, sitting: OfficeSitting) -> Reading[RegisterPaperReportBody]:
        bodies = await body_choices(sitting.session, sitting.language, sitting.today)
        spheres = await sphere_choices(sitting.session, sitting.language)
        files = await files_by_id(sitting, typed.all(ATTACHED))
        return read_paper(
            typed,
            frozenset(each.value for each in bodies),
            frozenset(each.value for each in spheres),
            tuple(file.id for file in files),
        )

    async def lines(self, answer: RegisterPaperReportBody, sitting: OfficeSitting) -> tuple[Line, ...]:
        bodies = await body_choices(sitting.session, sitting.language, sitting.today)
        spheres = await sphere_choices(sitting.session, sitting.language)
        names = {each.value: each.name for each in (*bodies, *spheres)}
        files = await files_by_id(sitting, (answer.file,))
        return said_of_paper(answer, sitting.language, names, files)

    async def order(self, answer: RegisterPaperReportBody, sitting: OfficeSitting, key: RequestKey) -> Order:
        session, today = sitting.session, sitting.today
        await check_paper(session, answer, today)
        return Order(await paper_command(session, sitting.state, key.id, sitting.actor(), answer, today))

    async def send(
        self, answer: RegisterPaperReportBody, order: Order, desk: CommandDesk, sitting: OfficeSitting
    ) -> str:
        """The number is given once per key, when nothing keeps it from being used."""
        command = order.command
        assert isinstance(command, RegisterPaperReport), "this form's own order"
        row = await desk.claimed(type(command), command.actor, None)
        if is_decided(row):
            answered(row, ConsolidationReceipt)  # raises a refusal
            return row.number or ""
        session, today, now = sitting.session, sitting.today, sitting.now
        registered = await register_paper(session, desk, sitting.to, row, command, answer, today, now)
        return registered.report
