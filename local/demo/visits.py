"""What recipients do behind the links of their letters: open, read, fill in, check the answers, send."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Final

from local.demo.caller import DemoFailed, Gone, NotThere
from local.demo.letterbox import Letterbox
from local.demo.visitor import Answers, Page, Visitor
from local.sample_scenario import (
    SampleConsideration,
    SampleImplementation,
    SampleInformationAnswer,
    SampleInvitationAnswer,
    SampleReply,
)
from models.calendar.country import COUNTRY
from models.report.content import Source
from models.vocabulary.procedure import Agreement

CHECK: Final = {"action": "check"}
SEND: Final = {"action": "send"}
RECEIPT: Final = "/form/receipt"
AMENDMENT: Final = "/form/amendment"
INCOMING: Final = "1-15/482"


class Visits:
    """Visits to the links in letters, one after another."""

    def __init__(self, visitor: Visitor, letterbox: Letterbox) -> None:
        self._visitor = visitor
        self._letterbox = letterbox

    async def answer_invitation(self, address: str, number: str, answer: SampleInvitationAnswer) -> None:
        answers = {"consent": "consent" if answer.consents else "refuse", "reason": answer.note.kk}
        if answer.agreement is Agreement.AGREED:
            answers["agreement"] = Agreement.AGREED.value
        await self._answer(address, number, answers)

    async def answer_information_request(
        self, address: str, number: str, answer: SampleInformationAnswer, source: Source
    ) -> None:
        answers = {
            "outcome": answer.outcome.value,
            "text": answer.answer.kk,
            "access": source.access.value,
            "reference": source.reference,
            "respondent": "Үлгі Жауапты",
            "post": "бас маман",
        }
        await self._answer(address, number, answers)

    async def acknowledge(self, address: str, number: str) -> None:
        """Confirm receipt, by an incoming number and its day. Not every letter is a report's: a day may have
        moved meanwhile."""

        async def is_a_report_s(link: str) -> bool:
            try:
                return (await self._visitor.opens(_below(link, RECEIPT))).asks_for("incoming_number")
            except (Gone, NotThere):
                return False

        await self._registers(await self._letterbox.next_that(address, number, is_a_report_s))

    async def answer_report(self, address: str, number: str, reply: SampleReply) -> str:
        """Receipt first, then a word on each item that is asked; returns the letter's link."""
        asked = f"response-{reply.answers[0].item}"
        link = await self._letterbox.next_that(address, number, self._asking(asked))
        await self._sends_reply(await self._registers(link), reply)
        return link

    async def amend_reply(self, link: str, reply: SampleReply) -> None:
        """All of it anew, by the link that the former one was given by."""
        await self._sends_reply(await self._visitor.opens(_below(link, AMENDMENT)), reply)

    async def _sends_reply(self, page: Page, reply: SampleReply) -> None:
        answers = {"text": reply.text.kk, "respondent": reply.respondent, "post": reply.post}
        for item in reply.answers:
            answers[f"response-{item.item}"] = item.response.value
            answers[f"reason-{item.item}"] = item.reason.kk
            # The sample's day, as long as it is one to come: nothing is planned for before it was asked for.
            planned = max(item.planned_on, _today()) if item.planned_on else None
            answers[f"planned-{item.item}"] = planned.isoformat() if planned else ""
        checked = await self._visitor.submits(page.form("respondent"), {**answers, **CHECK})
        await self._visitor.submits(checked.form("respondent"), SEND)

    async def report_implementation(self, address: str, number: str, done: SampleImplementation) -> None:
        """Beyond the Rules: what was carried out of what was accepted."""
        answers = {
            f"claim-{done.item}": done.claim.value,
            f"words-{done.item}": done.words.kk,
            "respondent": "Үлгі Отыз бірінші",
            "post": "Бас дәрігер",
        }
        await self._answer(address, number, answers)

    async def record_consideration(self, address: str, number: str, item: SampleConsideration) -> None:
        today = _today()
        answers = {
            "considered_on": today.isoformat(),
            "minutes_number": item.minutes_number,
            "outcome": item.outcome.value,
            "note": item.note.kk,
            "respondent": "Үлгі Хатшы",
            "post": "кеңес хатшысы",
        }
        await self._answer(address, number, answers)

    async def _registers(self, link: str) -> Page:
        """The report is received: the form for its number and day; then the letter's own page again."""
        page = await self._visitor.opens(_below(link, RECEIPT))
        answers = {"incoming_number": INCOMING, "received_on": _today().isoformat()}
        checked = await self._visitor.submits(page.form("incoming_number"), {**answers, **CHECK})
        await self._visitor.submits(checked.form("incoming_number"), SEND)
        return await self._visitor.opens(link)

    async def _answer(self, address: str, number: str, answers: Answers) -> None:
        """The way of every form: type, check your answers, send."""
        first = next(iter(answers))
        link = await self._letterbox.next_that(address, number, self._asking(first))
        page = await self._visitor.opens(link)
        checked = await self._visitor.submits(page.form(first), {**answers, **CHECK})
        done = await self._visitor.submits(checked.form(first), SEND)
        if not done.heading:
            raise DemoFailed(f"{number}: the confirmation of {first} says nothing")

    def _asking(self, field: str) -> Callable[[str], Awaitable[bool]]:
        """Whether the page behind a link asks for something; a replaced link asks nothing."""

        async def asks(link: str) -> bool:
            try:
                return (await self._visitor.opens(link)).asks_for(field)
            except Gone:
                return False

        return asks


def _below(link: str, form: str) -> str:
    """A form of its own behind a letter's link."""
    return link.partition("?")[0] + form


def _today() -> date:
    return datetime.now(COUNTRY).date()
