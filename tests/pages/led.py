"""For each form that leads a monitoring on: a story in which it is sent, one in which it is refused, and the
same asked of the API."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from api.content.building import DRAFT_ITEM
from api.content.store import Part, add_revision
from local.samples import ScenarioName, content_of
from models.agenda.deadline import DeadlineSubject, deadline_id
from models.commands import (
    AskMoreTime,
    BeginCorrection,
    CloseMonitoring,
    CompleteCollection,
    MarkConsidered,
    PauseDeadline,
    RecordHandDelivery,
    ReturnReport,
    WithdrawFromCouncil,
)
from models.monitoring.state import MonitoringState
from models.report.content import ReportContent
from models.report.notes import TextNote
from tests.leading import begun
from tests.pages.story import CLINIC, COUNCIL, HEAD, NOW, Story

Tells = Callable[[Story], Awaitable[None]]
TODAY: Final = NOW.date()
LATER: Final = date(2026, 10, 2)
REPLY: Final = deadline_id(DeadlineSubject.REPLY, CLINIC)
WORDS: Final = "Мұндай негізде жасалды."


@dataclass(frozen=True)
class Led:
    """`typed` is what a page is sent, `body` the same for the API at `api` below the monitoring's address."""

    key: str
    sent: Tells
    refused: Tells
    api: str
    about: Callable[[MonitoringState], str] = lambda state: ""
    who: str = "sary-analyst"
    typed: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, object] = field(default_factory=dict)
    scenario: ScenarioName = ScenarioName.B


async def just_begun(story: Story) -> None:
    """Nothing happened since."""


async def is_written(story: Story, content: ReportContent | None = None) -> None:
    """The content of the scenario stands in the database as its authors wrote it."""
    said = content or content_of(story.scenario)
    parts = (
        (Part.DRAFT, [(DRAFT_ITEM, said.draft)]),
        (Part.SOURCE, [(each.id, each) for each in said.sources]),
        (Part.INDICATOR, [(each.id, each) for each in said.indicators]),
        (Part.FINDING, [(each.id, each) for each in said.findings]),
    )
    async with story.sessions.begin() as session:
        for part, items in parts:
            for item, body in items:
                await add_revision(session, story.number, part, item, body, known=0, now=NOW)


async def is_analysed(story: Story) -> None:
    await is_written(story)
    await story.does(CompleteCollection, content=await story.freezes(content_of(story.scenario)))


async def is_returned(story: Story) -> None:
    """Submitted and given back."""
    await story.submits()
    await story.does(ReturnReport, HEAD, version=1, reason=await _words(story))


async def is_drafted(story: Story) -> None:
    """Given back, and what is written can be submitted again."""
    await is_written(story)
    await is_returned(story)


async def is_sent(story: Story) -> None:
    await story.approves()
    await story.dispatches()
    await story.letters_leave()


async def is_dispatched(story: Story) -> None:
    """Its letters have not left yet."""
    await story.approves()
    await story.dispatches()


async def more_time_is_asked(story: Story) -> None:
    await is_sent(story)
    await story.does(AskMoreTime, addressee=CLINIC, until=LATER, reason=await _words(story))


async def is_paused(story: Story) -> None:
    await is_sent(story)
    await story.does(PauseDeadline, deadline=REPLY, reason=await _words(story))


async def is_corrected_now(story: Story) -> None:
    await is_sent(story)
    await story.does(BeginCorrection, reason=await _words(story))


async def is_considered(story: Story) -> None:
    await is_sent(story)
    await story.does(MarkConsidered, note=await _words(story))


async def is_before_council(story: Story) -> None:
    await story.approves()
    await story.goes_to_council()


async def is_taken_back(story: Story) -> None:
    await is_before_council(story)
    await story.does(WithdrawFromCouncil, item="k1", reason=await _words(story))


async def is_handed_over(story: Story) -> None:
    await is_dispatched(story)
    letter = report_letter(await story.state())
    await story.does(RecordHandDelivery, letter=letter, delivered_on=TODAY, note=await _words(story))


async def nothing_is_open(story: Story) -> None:
    await story.approves()
    await story.dispatches(reply_by=None)
    await story.letters_leave()


async def is_closed(story: Story) -> None:
    await nothing_is_open(story)
    await story.does(CloseMonitoring)


async def steps_begin(story: Story) -> None:
    await story.registers()
    await story.is_led(begun(TODAY))


async def first_step_is_done(story: Story) -> None:
    """Its sources stand in the database, reached in time."""
    await steps_begin(story)
    content = content_of(story.scenario)
    sources = tuple(each.model_copy(update={"obtained_on": TODAY}) for each in content.sources)
    await is_written(story, content.model_copy(update={"sources": sources}))


async def _words(story: Story) -> str:
    return await story.keeps(TextNote(text=WORDS))


def report_letter(state: MonitoringState) -> str:
    return state.addressees[CLINIC].letter


REASON: Final = {"reason": WORDS}
LED: Final = (
    Led(
        "begin_collection",
        sent=Story.registers,
        refused=Story.starts,
        api="collection",
        who="koko-analyst",
        typed={"began_on": "01.09.2026"},
        body={"began_on": "2026-09-01"},
        scenario=ScenarioName.D,
    ),
    Led(
        "record_activity",
        sent=just_begun,
        refused=Story.approves,
        api="activities",
        typed={"activity": "collect", "note": WORDS},
        body={"activity": "collect", "done_on": TODAY.isoformat(), "note": WORDS},
    ),
    Led("complete_collection", sent=is_written, refused=just_begun, api="collection/completion"),
    Led("complete_analysis", sent=is_analysed, refused=just_begun, api="analysis/completion"),
    Led(
        "complete_step",
        sent=first_step_is_done,
        refused=steps_begin,
        api="steps",
        who="ashyk-analyst",
        body={"step": 1, "completed_on": TODAY.isoformat()},
        scenario=ScenarioName.C,
    ),
    Led("submit_report", sent=is_drafted, refused=is_returned, api="report/versions"),
    Led(
        "approve_report",
        sent=Story.submits,
        refused=Story.approves,
        api="report/versions/1/approval",
        about=lambda state: "1",
        who="sary-head",
    ),
    Led(
        "return_report",
        sent=Story.submits,
        refused=Story.approves,
        api="report/versions/1/return",
        about=lambda state: "1",
        who="sary-head",
        typed=REASON,
        body=REASON,
    ),
    Led(
        "begin_correction",
        sent=Story.approves,
        refused=just_begun,
        api="report/correction",
        typed=REASON,
        body=REASON,
    ),
    Led(
        "give_up_correction",
        sent=is_corrected_now,
        refused=just_begun,
        api="report/correction/abandonment",
        typed=REASON,
        body=REASON,
    ),
    Led(
        "omit_addressee",
        sent=Story.approves,
        refused=is_sent,
        api=f"addressees/{CLINIC}/omission",
        about=lambda state: CLINIC,
        typed=REASON,
        body=REASON,
    ),
    Led(
        "publish_report",
        sent=is_sent,
        refused=is_corrected_now,
        api="publications",
        who="uo-web-editor",
        typed={"address": "https://uo.example.kz/reports/3"},
        body={"published_on": TODAY.isoformat(), "address": "https://uo.example.kz/reports/3"},
    ),
    Led(
        "mark_considered",
        sent=is_sent,
        refused=is_considered,
        api="review",
        who="uo-analyst",
        typed={"note": WORDS},
        body={"note": WORDS},
    ),
    Led(
        "submit_to_council",
        sent=Story.approves,
        refused=just_begun,
        api="council-items",
        typed={"council": COUNCIL, "meeting_at": "10.12.2026 15:00"},
        body={"council": COUNCIL},
    ),
    Led(
        "withdraw_from_council",
        sent=is_before_council,
        refused=is_taken_back,
        api="council-items/k1/withdrawal",
        about=lambda state: "k1",
        typed=REASON,
        body=REASON,
    ),
    Led(
        "resend_letter",
        sent=is_sent,
        refused=is_dispatched,
        api="letters/{about}/resending",
        about=report_letter,
    ),
    Led(
        "record_hand_delivery",
        sent=is_dispatched,
        refused=is_handed_over,
        api="letters/{about}/hand-delivery",
        about=report_letter,
        typed={"note": WORDS},
        body={"delivered_on": TODAY.isoformat(), "note": WORDS},
    ),
    Led(
        "extend_deadline",
        sent=is_sent,
        refused=is_paused,
        api="deadlines/{about}/extension",
        about=lambda state: REPLY,
        typed={"until": "02.10.2026", **REASON},
        body={"until": LATER.isoformat(), **REASON},
    ),
    Led(
        "refuse_extension",
        sent=more_time_is_asked,
        refused=is_sent,
        api="deadlines/{about}/extension-refusal",
        about=lambda state: REPLY,
        typed=REASON,
        body=REASON,
    ),
    Led(
        "pause_deadline",
        sent=is_sent,
        refused=is_paused,
        api="deadlines/{about}/pause",
        about=lambda state: REPLY,
        typed=REASON,
        body=REASON,
    ),
    Led(
        "resume_deadline",
        sent=is_paused,
        refused=is_sent,
        api="deadlines/{about}/resumption",
        about=lambda state: REPLY,
    ),
    Led("close_monitoring", sent=nothing_is_open, refused=is_sent, api="closing"),
    Led(
        "end_follow_up",
        sent=is_closed,
        refused=is_sent,
        api="follow-up/end",
        typed=REASON,
        body=REASON,
    ),
)
