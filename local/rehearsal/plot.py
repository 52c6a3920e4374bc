"""The plot: what people do on which day. Everything else is done by time and by the product."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Final

from temporalio.client import WorkflowHandle

from activities.bounds.within import within
from activities.keepers.consolidation_notices import ConsolidationPost
from activities.keepers.duty_notices import DutyPost
from activities.registries.received_reports import read_of_review
from local.rehearsal import conduct
from local.rehearsal.acting import ANSWER_SECONDS, Acting
from local.rehearsal.calendar import calendar_in_use, closes_a_day
from local.rehearsal.cast import AUTHORIZED_BODY, MISSING, PUNCTUAL, staff_of
from local.rehearsal.clocks import Clocks
from local.rehearsal.days import Days, days_from
from local.rehearsal.outage import goes_on_later, halts_everything
from local.rehearsal.records import Records
from local.rehearsal.stage import Stage
from local.samples import ScenarioName, load_scenario
from models.agenda.deadline import DeadlineSubject, ReplyPreset, deadline_id
from models.commands import CompleteReviewRound
from models.consolidation.state import ConsolidationState
from models.vocabulary.procedure import Id, Kind
from workflows import ConsolidationWorkflow

CLINIC: Final = "clinic-2"
LAND: Final = "land-sary"
BEFORE_NOON: Final = time(10)
NOON: Final = time(12)

Act = Callable[[], Awaitable[None]]
Says = Callable[[str], None]


@dataclass
class Plot:
    """Played once from beginning to end. `says` hears what is being played."""

    stage: Stage
    says: Says
    records: Records = field(init=False)
    clocks: Clocks = field(init=False)
    days: Days = field(init=False)
    acting: dict[str, Acting] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.records = Records(self.stage.sessions)
        self.clocks = Clocks(self.stage, self.records)

    async def play(self) -> None:
        """Leaves no worker behind. Raises `RehearsalFailed`, also where the rules refuse what is asked."""
        async with self.stage.working():
            await self._begins()
            await self._plays(self._before_the_outage())
            await self._until(self.days.outage_begins, NOON)
            self.says(f"{self.days.outage_over}: forty days without a worker")
            halted = await halts_everything(self.stage, self.records)
        await goes_on_later(self.stage, self.clocks, halted)
        async with self.stage.working():
            await self.clocks.jump(self.clocks.now())
            await self.clocks.settle()
            await self._plays(self._after_the_outage())
            await self._until(self.days.end, NOON)

    # ——— the beginning ———
    async def _begins(self) -> None:
        """What is owed is started by those who keep it, from what the registries say."""
        await DutyPost(self.stage.client, self.stage.sessions).settle()
        await ConsolidationPost(self.stage.client, self.stage.sessions).settle()
        calendar = await calendar_in_use(self.stage)
        await self.clocks.begin(len(Kind) * len((AUTHORIZED_BODY, PUNCTUAL, MISSING)) + 1)
        (inbox,) = await self.records.consolidations()
        assert inbox.round is not None, "a consolidation begins with a round"
        months = inbox.briefing.edition.switches.review_interval_months
        today = calendar.local_date(self.clocks.now())
        self.days = days_from(today, inbox.round.begins_on, months, calendar)

    # ——— what people do ———
    def _before_the_outage(self) -> list[tuple[date, Act]]:
        on, calendar = self.days.on, self.days.calendar
        report = on(1, 12)
        return [
            (report, self._thematic_report),
            (calendar.add_working_days(report, 5), self._reply_is_extended),
            (on(2, 10), self._clinic_answers),
            (on(2, 14), lambda: conduct.closes(self.acting["thematic"])),
        ]

    def _after_the_outage(self) -> list[tuple[date, Act]]:
        on, after = self.days.on, self.days.after_outage
        own, thematic = "own", "thematic"
        return [
            (after(4), lambda: conduct.is_considered(self.acting[thematic])),
            (after(6), lambda: conduct.reports_implementation(self.acting[thematic], CLINIC, "p1")),
            (after(9), lambda: conduct.judges(self.acting[thematic], "p1")),
            (after(15), self._round_is_completed),
            (on(7, 14), self._own_report),
            (on(7, 16), lambda: closes_a_day(self.stage, self.clocks, on(7, 27))),
            (on(7, 22), lambda: conduct.is_published(self.acting[own], on(7, 22))),
            (on(8, 4), self._land_office_answers),
            (on(11, 10), lambda: conduct.reports_implementation(self.acting[thematic], CLINIC, "q1")),
            (on(11, 12), lambda: conduct.judges(self.acting[thematic], "q1")),
            (on(12, 1), self._a_late_monitoring_begins),
            (on(12, 10), self._report_at_the_last_moment),
            (on(12, 20), lambda: conduct.is_published(self.acting["punctual"], on(12, 20))),
            (on(1, 18, after=1), self._report_after_the_year),
        ]

    async def _thematic_report(self) -> None:
        m = await self._registers("thematic", ScenarioName.B, PUNCTUAL)
        day = self._today()
        await conduct.begins(m, day)
        await conduct.has_an_approved_report(m, day, day)
        await conduct.dispatches(m, ReplyPreset.APPC_76)
        await conduct.is_received(m, CLINIC, "1-15/482")

    async def _reply_is_extended(self) -> None:
        m = self.acting["thematic"]
        reply = (await m.state()).deadlines[deadline_id(DeadlineSubject.REPLY, CLINIC)]
        await conduct.extends(m, reply.id, self.days.calendar.add_working_days(reply.due_on, 10))

    async def _clinic_answers(self) -> None:
        """One item for a day in the outage, one for a day in autumn."""
        planned = {"p1": self.days.missed_round_ends, "q1": self.days.on(10, 19)}
        await conduct.answers(self.acting["thematic"], CLINIC, planned)

    async def _round_is_completed(self) -> None:
        (inbox,) = await self.records.consolidations()
        assert inbox.round is not None, "one round follows the other"
        note = await self.acting["thematic"].keeps(conduct.said("Бір тоқсанның есептері талданды."))
        async with self.stage.sessions() as session:
            read = await read_of_review(session, inbox)
        actor = staff_of(AUTHORIZED_BODY).analyst
        command = CompleteReviewRound(
            id="review-1", actor=actor, round=inbox.round.serial, note=note, read=read
        )
        handle: WorkflowHandle[ConsolidationWorkflow, ConsolidationState]
        handle = self.stage.client.get_workflow_handle_for(ConsolidationWorkflow.run, inbox.workflow_id)
        asked = handle.execute_update(ConsolidationWorkflow.complete_review_round, command, id=command.id)
        await within(ANSWER_SECONDS, asked, "the round is completed")

    async def _own_report(self) -> None:
        m = await self._registers("own", ScenarioName.A, AUTHORIZED_BODY)
        day = self._today()
        await conduct.begins(m, day)
        await conduct.has_an_approved_report(m, day, day)
        await conduct.dispatches(m, ReplyPreset.APPC_76)
        await conduct.is_received(m, LAND, "77")

    async def _land_office_answers(self) -> None:
        await conduct.answers(self.acting["own"], LAND, {"p1": self.days.on(3, 1, after=1)})

    async def _a_late_monitoring_begins(self) -> None:
        m = await self._registers("missing", ScenarioName.A, MISSING)
        await conduct.begins(m, self._today())

    async def _report_at_the_last_moment(self) -> None:
        m = await self._registers("punctual", ScenarioName.A, PUNCTUAL)
        day = self._today()
        await conduct.begins(m, day)
        await conduct.has_an_approved_report(m, day, day)
        await conduct.dispatches(m)

    async def _report_after_the_year(self) -> None:
        """Approved in January, of a monitoring that ended in December: it counts for the year before."""
        m = self.acting["missing"]
        began, ended = self.days.on(12, 1), self.days.on(12, 20)
        await conduct.has_an_approved_report(m, began, ended)
        await conduct.dispatches(m)

    # ——— how it is played ———
    async def _plays(self, acts: list[tuple[date, Act]]) -> None:
        for day, act in sorted(acts, key=lambda each: each[0]):
            await self._until(day, BEFORE_NOON)
            await act()
            await self.clocks.settle()

    async def _until(self, day: date, at: time) -> None:
        self.says(f"{day}")
        await self.clocks.pass_until(self.days.calendar.instant(day, at))

    async def _registers(self, name: str, scenario: ScenarioName, conductor: Id) -> Acting:
        sample = load_scenario(scenario)
        code = conductor.removeprefix("td-").upper()
        taken = sum(m.staff.organisation == conductor for m in self.acting.values())
        number = f"{self._today().year}-{code}-{taken + 1:04d}"
        m = Acting(self.stage, self.clocks, self.records, sample, number, staff_of(conductor))
        await m.is_registered(await calendar_in_use(self.stage))
        self.acting[name] = m
        return m

    def _today(self) -> date:
        return self.days.calendar.local_date(self.clocks.now())
