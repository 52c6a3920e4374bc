"""A duty of rule 13 on record, driven by the rules and without a workflow."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from activities.database.sessions import Sessions
from activities.record.recorder import Recorder
from local.samples import load_calendar, load_country
from models.calendar.country import COUNTRY
from models.duty.fold import apply_duty
from models.duty.rules import begin_duty, count_monitoring, record_publication, turn_period
from models.duty.state import DutyState
from models.duty.time import what_time_brings
from models.events import (
    Briefing,
    CountedReportPublished,
    Entry,
    Event,
    LetterSent,
    MonitoringCounted,
)
from models.proceeding.record import RecordOrder
from models.vocabulary.actors import SYSTEM
from models.vocabulary.editions import ORDER_192
from models.vocabulary.procedure import Id, Kind, Mark, duty_mark, duty_workflow_id


@dataclass
class DutyCase:
    """The duty of the sample country's first division; a year ends when a test says so."""

    sessions: Sessions
    organisation: Id = "td-sary"
    code: str = "SARY"
    kind: Kind = Kind.COMPREHENSIVE
    entries: list[Entry] = field(default_factory=list)
    known: DutyState | None = None

    @property
    def mark(self) -> Mark:
        return duty_mark(self.kind, self.code)

    @property
    def path(self) -> str:
        return f"/duties/{self.mark}"

    @property
    def workflow_id(self) -> str:
        return duty_workflow_id(self.organisation, self.kind)

    @property
    def state(self) -> DutyState:
        assert self.known is not None
        return self.known

    async def begins(self) -> None:
        briefing = Briefing(
            body=load_country().body(self.organisation, datetime.now(COUNTRY).date()),
            exists_from=date(2020, 1, 1),
            authorized_body="uo",
            edition=ORDER_192,
        )
        calendar = load_calendar().working_calendar()
        await self.happens(*begin_duty(self.mark, self.kind, briefing, calendar, date(2025, 1, 1)))

    async def counts(self, number: str, on: date) -> None:
        """A monitoring with an approved report."""
        counted = MonitoringCounted(
            number=number, version=1, counted_on=on, approved_on=on, publication_due=True
        )
        await self.happens(*count_monitoring(self.state, counted, correction_told=True))

    async def hears_of_publication(self, number: str, on: date) -> None:
        published = CountedReportPublished(number=number, version=1, published_on=on)
        await self.happens(*record_publication(self.state, published))

    async def year_ends(self) -> None:
        """With its verdict; what had to be said by then is said at once, and the letters leave."""
        await self.happens(*turn_period(self.state))
        assert self.state.period is not None
        soon = self.state.calendar.instant(self.state.period.begins_on + timedelta(days=20), time(12))
        await self.happens(*what_time_brings(self.state, soon))
        for letter in self.state.letters_due:
            await self.happens(LetterSent(letter=letter.id, attempt=letter.attempt))

    async def happens(self, *events: Event) -> None:
        for event in events:
            entry = Entry(seq=len(self.entries) + 1, at=datetime.now(UTC), actor=SYSTEM, event=event)
            self.known = apply_duty(self.known, entry)
            self.entries.append(entry)
        order = RecordOrder(
            number=self.mark, workflow_id=self.workflow_id, run_id="run", entries=tuple(self.entries)
        )
        await Recorder(self.sessions).record(order)


async def three_years(sessions: Sessions) -> DutyCase:
    """Not fulfilled, corrected late; fulfilled and published; a year in course."""
    duty = DutyCase(sessions)
    await duty.begins()
    await duty.year_ends()
    await duty.counts("2025-SARY-0009", date(2025, 12, 20))
    await duty.counts("2026-SARY-0001", date(2026, 5, 31))
    await duty.hears_of_publication("2026-SARY-0001", date(2026, 6, 10))
    await duty.year_ends()
    return duty
