"""The form of a report that came on paper or by e-mail: filled in by a clerk, with its file (rule 17)."""

from dataclasses import dataclass

from starlette.datastructures import FormData

from api.access.policy import actor_of
from api.commands.idempotency import RequestKey
from api.content.paper_reports import RegisterPaperReportBody, check_paper, paper_command
from api.pages.desk.form import UNSENT, Answer, DeskForm, View, desk_of
from api.pages.desk.naming import body_choices, sphere_choices
from api.pages.desk.paper_files import keep_paper, kept_papers
from api.pages.desk.paper_reading import read_paper
from api.pages.desk.paper_rows import counted, with_more_rows
from api.pages.desk.paper_said import said_of_paper
from api.pages.desk.sitting import HOME, Sitting
from api.pages.forms.form import Line
from api.pages.forms.typed import Fault, Typed
from api.pages.forms.uploads import ATTACHED, UPLOAD
from api.register.choices import Choice
from api.routes.consolidation_reports import register_paper_report
from locales.catalogue import text
from models.consolidation.rules import decide_consolidation


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


class PaperForm(DeskForm[RegisterPaperReportBody]):
    """Register a report that came otherwise than by this system."""

    template, key, done = "desk/paper.html", "paper", "registered"
    fields_of_refusals = {
        "own_report_not_received": "sender",
        "received_in_future": "received_on",
        "conduct_ends_before_it_starts": "ended_on",
        "received_before_conduct_ended": "received_on",
        "received_before_approval": "received_on",
        "report_registered_already": UPLOAD,
        "attachment_unknown": UPLOAD,
    }

    @property
    def here(self) -> str:
        return f"{HOME}/paper"

    async def begin(self, sitting: Sitting) -> Typed:
        return Typed(
            fields={"language": (sitting.language.value,), "received_on": (sitting.today.isoformat(),)}
        )

    async def keep(self, form: FormData, typed: Typed, sitting: Sitting) -> tuple[Typed, tuple[Fault, ...]]:
        typed, faults = await keep_paper(form, typed, sitting)
        return with_more_rows(typed), faults

    async def view(self, typed: Typed, sitting: Sitting) -> View:
        rows = counted(typed)
        bodies = await body_choices(sitting.session, sitting.language, sitting.today)
        return PaperView(
            files={ATTACHED: await kept_papers(sitting, typed.all(ATTACHED))},
            bodies=bodies,
            senders=tuple(each for each in bodies if each.value != sitting.state.organisation),
            spheres=await sphere_choices(sitting.session, sitting.language),
            objects=rows.objects,
            findings=rows.findings,
            indicators=rows.indicators,
            items=rows.items,
            bases=tuple(
                Choice(value=f"f{row}", name=text(sitting.language, "page.desk.paper.finding", number=row))
                for row in range(1, rows.findings + 1)
            ),
        )

    async def read(self, typed: Typed, sitting: Sitting) -> Answer[RegisterPaperReportBody]:
        bodies = await body_choices(sitting.session, sitting.language, sitting.today)
        spheres = await sphere_choices(sitting.session, sitting.language)
        files = await kept_papers(sitting, typed.all(ATTACHED))
        return read_paper(
            typed,
            frozenset(each.value for each in bodies),
            frozenset(each.value for each in spheres),
            tuple(file.id for file in files),
        )

    async def lines(
        self, answer: RegisterPaperReportBody, typed: Typed, sitting: Sitting
    ) -> tuple[Line, ...]:
        bodies = await body_choices(sitting.session, sitting.language, sitting.today)
        spheres = await sphere_choices(sitting.session, sitting.language)
        names = {each.value: each.name for each in (*bodies, *spheres)}
        files = await kept_papers(sitting, (answer.file,))
        return said_of_paper(answer, sitting.language, names, files)

    async def ahead(self, answer: RegisterPaperReportBody, sitting: Sitting) -> None:
        await check_paper(sitting.session, answer, sitting.today)
        actor, mark = actor_of(sitting.access.caller), sitting.state.mark
        command = await paper_command(sitting.session, mark, UNSENT, actor, answer, sitting.today)
        decide_consolidation(sitting.state, command, sitting.now)

    async def send(self, answer: RegisterPaperReportBody, sitting: Sitting, key: RequestKey) -> str:
        registered = await register_paper_report(
            answer, sitting.access, desk_of(sitting, key), sitting.session, sitting.today, sitting.now
        )
        return registered.report
