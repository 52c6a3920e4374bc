"""One country in which everything is under way: whatever form or page there is, it stands open somewhere."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from httpx import AsyncClient

from activities.registries.received_reports import read_of_report
from api.content.store import Part, add_revision
from api.sheets.importing.importing import Tally
from local.sample_scenario import Scenario
from local.samples import ScenarioName, content_of, load_scenario
from models.agenda.deadline import ReplyPreset
from models.commands import (
    AnswerInvitation,
    CancelMonitoring,
    DeclareConflict,
    MarkConsidered,
    PublishReport,
    RegisterPaperReport,
    TakeOverMonitoring,
)
from models.consolidation.rules import register_paper_report
from models.mail.keys import Role as MailRole
from models.report.notes import TextNote
from models.tables.commands import CommandRow
from models.vocabulary.actors import Actor
from models.vocabulary.commands import CommandOutcome
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Kind, Number, Role
from tests.api import inbox
from tests.api.duties import three_years
from tests.browser import beside
from tests.browser.site import STRANGER, Site
from tests.models.mail.corpus.ground import DOMAIN, with_file, written
from tests.pages import led
from tests.pages.answering import INFORMATION, REPLY, answered
from tests.pages.given import accounts_given
from tests.pages.led import LED
from tests.pages.reports import report_of
from tests.pages.story import ANALYST, NOW, Story, body
from tests.pages.test_bodies_that_passed import passes_on
from tests.pages.test_delivery import MESSAGE
from tests.pages.test_from_paper import place, records
from tests.pages.test_implementation import REPLY as ACCEPTS
from tests.pages.test_implementation import REPORT
from tests.pages.test_joint_conduct import asked as asks_another_body
from tests.pages.test_mail import SAID, address, comes

WORDS: Final = "Мұндай негізде жасалды."
RECEIPT: Final = {"incoming_number": "1-15/482", "received_on": "04.09.2026"}
PAPER: Final = "P-2026-0001"
PASSED: Final = "akimat-sary"
IMPORTED: Final = {"sources": "imported-sources", "indicators": "imported-indicators"}
OFFICER: Final = Actor(role=Role.ANALYST, account="a-uo-analyst", organisation="uo")
CHAIR: Final = Actor(role=Role.HEAD, account="a-uo-head", organisation="uo")
EDITOR: Final = Actor(role=Role.WEB_EDITOR, account="a-uo-web", organisation="uo")
REPORTED: Final = "reported"
"""The story in which what was accepted is reported, and waits to be judged."""
TAKEN: Final = "taken over"
YESTERDAY: Final = "yesterday"
"""The story that can be looked at as it was on the day before."""
ON_PAPER: Final = "on paper"
LONG: Final = "long"
"""The story in which a reply on seven items is begun, and not sent."""
COMPREHENSIVE: Final = "comprehensive"
LED_BY: Final = {"complete_step": "ashyk-analyst", COMPREHENSIVE: "uo-analyst"}
"""Who conducts where it is not the division."""


@dataclass
class Everything:
    """All stories, by what is going on in each; a form's key for the one in which it is sent."""

    site: Site
    stories: dict[str, Story] = field(default_factory=dict)
    way_in: str = ""
    """What opens an account, as it stands in a letter."""
    alerts: dict[str, str] = field(default_factory=dict)
    """What confirms and what ends alerts by mail, as they stand in letters."""

    async def story(self, name: str, tells: Callable[[Story], Awaitable[object]]) -> Story:
        """Scenario B once more, under a number of its own."""
        told = self.another(name, load_scenario(ScenarioName.B))
        await told.starts()
        await tells(told)
        return told

    def another(self, name: str, scenario: Scenario) -> Story:
        head, _, _ = scenario.number.rpartition("-")
        number: Number = f"{head}-{101 + len(self.stories):04}"
        told = Story(self.site.sessions, self.site.clerk, scenario.model_copy(update={"number": number}))
        self.stories[name] = told
        return told


async def everything(site: Site) -> Everything:
    """Told from the beginning."""
    all_of_it = Everything(site)
    await all_of_it.story("whole", _whole)
    await all_of_it.story("written", _written)
    await all_of_it.story("joint", asks_another_body)
    await all_of_it.story("grouped", _grouped)
    await _comprehensive(all_of_it)
    site.clerk.now = NOW - timedelta(days=1)
    await all_of_it.story(YESTERDAY, _grouped)
    site.clerk.now = NOW
    for each in LED:
        await _led(all_of_it, each)
    await all_of_it.story("by the code", _by_the_code)
    await all_of_it.story("cancelled", _cancelled)
    somebody = await site.client(STRANGER)
    await all_of_it.story("answered", lambda story: _answered(story, somebody))
    await all_of_it.story(REPORTED, lambda story: _reported(story, somebody))
    await all_of_it.story(LONG, lambda story: _begun_in_parts(story, somebody))
    clerk = await site.client("sary-analyst")
    await all_of_it.story(ON_PAPER, lambda story: _on_paper(story, clerk))
    await all_of_it.story("lift_conflict", _stepped_aside)
    all_of_it.way_in = await beside.way_in(site)
    all_of_it.alerts = await beside.alerts(site)
    await _a_body_passed(all_of_it)
    await three_years(site.sessions)
    await beside.a_moment_is_missed(site)
    await _the_office(all_of_it)
    await _mail(all_of_it)
    await beside.another_system(site)
    await beside.files_on_a_schedule(site)
    await beside.an_incident(site)
    await beside.a_body_is_gone(site)
    await accounts_given(site.sessions)
    return all_of_it


async def _led(all_of_it: Everything, form: led.Led) -> None:
    scenario = ScenarioName.C if form.scenario is ScenarioName.C else ScenarioName.B
    story = all_of_it.another(form.key, load_scenario(scenario))
    if form.scenario is ScenarioName.B:
        await story.starts()
    await form.sent(story)


async def _comprehensive(all_of_it: Everything) -> None:
    """Rule 10: it has its three tasks."""
    story = all_of_it.another(COMPREHENSIVE, load_scenario(ScenarioName.A))
    await story.registers()
    await led.is_written(story)


async def _whole(story: Story) -> None:
    """From a working group to the publication, with letters of every family."""
    await _grouped(story)
    await story.does(AnswerInvitation, member="m2", consents=True)
    await led.is_written(story)
    await story.approves()
    await story.dispatches()
    await story.goes_to_council()
    published = {"published_on": NOW.date(), "address": "https://example.kz/reports/1"}
    await story.does(PublishReport, EDITOR, **published)
    await story.letters_leave()
    await story.is_delivered(await story.letter(LetterKind.REPORT_FOR_CONSIDERATION), MESSAGE)
    await story.does(MarkConsidered, OFFICER, note=await story.keeps(TextNote(text=WORDS)))


async def _written(story: Story) -> None:
    """By its authors, of which some came from files."""
    await led.is_written(story)
    by = ANALYST.model_dump(mode="json")
    uncited = content_of(story.scenario).sources[0].model_copy(update={"id": "s9"})
    async with story.sessions.begin() as session:
        await add_revision(session, story.number, Part.SOURCE, "s9", uncited, known=0, now=NOW)
        session.add_all(
            CommandRow(
                id=IMPORTED[part],
                number=story.number,
                name=f"import_{part}",
                actor=by,
                request_sha256="0" * 64,
                outcome=CommandOutcome.DONE.value,
                answer=Tally(entered=(item,)).model_dump(mode="json"),
                at=NOW,
            )
            for part, item in (("sources", "s9"), ("indicators", "i1"))
        )


async def _grouped(story: Story) -> None:
    """One has consented and reads as a member, the other has not answered."""
    await story.invites()
    await story.does(AnswerInvitation, member="m1", consents=True)
    await story.asks()
    await story.letters_leave()


async def _by_the_code(story: Story) -> None:
    await story.approves()
    await story.dispatches(ReplyPreset.APPC_76, reply_by=None)
    await story.letters_leave()


async def _cancelled(story: Story) -> None:
    await story.asks()
    await story.letters_leave()
    await story.does(CancelMonitoring, reason=await story.keeps(TextNote(text=WORDS)))


async def _answered(story: Story, somebody: AsyncClient) -> None:
    """Every letter that asks was answered by its link."""
    await story.asks()
    await story.letters_leave()
    await answered(somebody, await story.link(LetterKind.INFORMATION_REQUEST), INFORMATION)
    await led.is_sent(story)
    link = await story.link(LetterKind.REPORT_FOR_CONSIDERATION)
    await answered(somebody, f"{link}/form/receipt", RECEIPT)
    await answered(somebody, link, REPLY)


async def _on_paper(story: Story, clerk: AsyncClient) -> None:
    """Receipt and reply came on paper."""
    await led.is_sent(story)
    for form, typed in (("receipt", RECEIPT), ("", REPLY)):
        await records(clerk, await place(story, LetterKind.REPORT_FOR_CONSIDERATION, form=form), typed)


async def _reported(story: Story, somebody: AsyncClient) -> None:
    await led.is_sent(story)
    await answered(somebody, await story.link(LetterKind.REPORT_FOR_CONSIDERATION), ACCEPTS)
    await answered(somebody, await story.link(LetterKind.IMPLEMENTATION_AWAITED), REPORT)


async def _begun_in_parts(story: Story, somebody: AsyncClient) -> None:
    """Of a reply on many items one is answered, one begun."""
    await story.approves(report_of(story, 6))
    await story.dispatches()
    await story.letters_leave()
    link = await story.link(LetterKind.REPORT_FOR_CONSIDERATION)
    for item, typed in (("n1", {"response-n1": "accepted"}), ("n3", {"reason-n3": WORDS})):
        await somebody.post(f"{link}/items/{item}", data={**typed, "action": "list"})


async def _stepped_aside(story: Story) -> None:
    await story.does(DeclareConflict, reason=await story.keeps(TextNote(text=WORDS)))


async def _a_body_passed(all_of_it: Everything) -> None:
    """Nobody leads any more: it can be taken over."""
    scenario = load_scenario(ScenarioName.B).model_copy(update={"conductors": (PASSED,)})
    for name in ("take_over", TAKEN):
        story = all_of_it.another(name, scenario)
        await story.registers()
        await passes_on(story, PASSED, None)
    reason = await story.keeps(TextNote(text=WORDS))
    await story.does(TakeOverMonitoring, CHAIR, reason=reason)


async def _the_office(all_of_it: Everything) -> None:
    """A report came from a division, and one on paper."""
    sessions, whole = all_of_it.site.sessions, all_of_it.stories["whole"]
    await inbox.arrives(sessions, await whole.state())
    state = await inbox.begun(sessions)
    day = NOW.date() - timedelta(days=3)
    async with sessions() as session:
        read = await read_of_report(session, inbox.WORKFLOW_ID, PAPER)
    command = RegisterPaperReport(
        id="paper",
        actor=ANALYST,
        report=PAPER,
        read=read,
        conductor=body("td-koko"),
        kind=Kind.THEMATIC,
        received_on=day,
        started_on=day,
        ended_on=day,
        approved_on=day,
        content=(await whole.freezes(content_of(whole.scenario))).sha256,
        file=await whole.file(b"%PDF-1.7 paper"),
    )
    await inbox.happens(sessions, state.seq, *register_paper_report(state, command, NOW.date()))


async def _mail(all_of_it: Everything) -> None:
    """An answer with a file; and a message that names no letter."""
    story = all_of_it.stories["grouped"]
    letter = await story.letter(LetterKind.INFORMATION_REQUEST)
    await comes(story, with_file(SAID), address(story, letter, MailRole.REPLY))
    await comes(story, written(SAID, subject="Жауап", head="", to="x"), f"reply.2026@{DOMAIN}")
