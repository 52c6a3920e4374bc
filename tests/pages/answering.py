"""Forms as people fill them in, and the buttons they press."""

from collections.abc import Mapping, Sequence

from httpx import AsyncClient, Response
from sqlmodel import select

from models.report.notes import ReplyNote
from models.tables.drafts import DraftRow
from models.vocabulary.letters import LetterKind
from tests.pages.reading import fields, flaws, words
from tests.pages.story import Story

Form = Mapping[str, str | Sequence[str]]
REPLY: Form = {
    "response-p1": "partly",
    "reason-p1": "Талондардың 85%-ы ғана",
    "response-q1": "accepted",
    "planned-q1": "18.12.2028",
    "respondent": "Үлгі Отыз бірінші",
    "post": "Бас дәрігер",
    "text": "Есеп қаралды",
}
INFORMATION: Form = {
    "outcome": "provided",
    "text": "Орташа күту уақыты – 11 күн",
    "access": "official",
    "reference": "№311 хат",
    "respondent": "Образцов Тридцать второй",
    "post": "Заместитель руководителя",
}
OTHER = ReplyNote(text="", respondent="Басқа Адам", post="Орынбасар")
COUNCIL: Form = {
    "considered_on": "2026-09-04",
    "minutes_number": "4",
    "outcome": "supported",
    "respondent": "Үлгі Жиырма екінші",
    "post": "Хатшы",
}


async def press(browser: AsyncClient, link: str, button: str, form: Form, lang: str = "") -> Response:
    """Send a form by one of its buttons."""
    address = f"{link}?lang={lang}" if lang else link
    return await browser.post(address, data={**form, "action": button})


async def answered(browser: AsyncClient, link: str, form: Form) -> Response:
    """Check, send what the check page holds, and follow to the confirmation."""
    check = await press(browser, link, "check", form)
    assert check.status_code == 200, words(check)
    assert flaws(check) == []
    sent = await browser.post(link, data={**fields(check), "action": "send"})
    assert sent.status_code == 303, words(sent)
    return await browser.get(sent.headers["location"])


async def report_link(story: Story) -> str:
    await story.approves()
    await story.dispatches()
    return await story.link(LetterKind.REPORT_FOR_CONSIDERATION)


async def drafts(story: Story) -> dict[str, object]:
    async with story.sessions() as session:
        return {row.form: row.fields for row in await session.exec(select(DraftRow))}
