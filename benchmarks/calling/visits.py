"""What recipients do behind the links of their letters, whichever build the pages are of."""

from datetime import datetime
from typing import Final

import httpx
from bs4 import Tag

from benchmarks.calling.post import Post
from local.demo.caller import DemoFailed
from local.demo.visitor import Form, Page, Visitor
from local.demo.visits import CHECK, INCOMING, RECEIPT, SEND
from local.sample_scenario import SampleReply
from models.calendar.country import COUNTRY

LETTER_SECONDS: Final = 300.0
BUTTON: Final = "/receipt"
ABOUT: Final = {"respondent": "Үлгі Жауапты", "post": "бас маман"}


class Recipients:
    """People without an account. A build's ways are found out once."""

    def __init__(self, browser: httpx.AsyncClient, post: Post) -> None:
        self._visitor, self._post = Visitor(browser), post
        self._receipt_is_a_button = False

    async def receive(self, address: str, number: str, reply: SampleReply | None) -> None:
        """Confirm the receipt of a report; then answer it item by item, if there is an answer."""
        page = await self._confirmed(await self._post.next_with_link(address, number, LETTER_SECONDS))
        if reply is not None:
            await self._sent(page, "respondent", _answers(reply))

    async def answer_information_request(self, address: str, number: str) -> None:
        """Open the letter's link, type, check, send."""
        page = await self._visitor.opens(await self._post.next_with_link(address, number, LETTER_SECONDS))
        words = {"outcome": "provided", "text": "Деректер қоса беріледі.", "access": "open"}
        await self._sent(page, "outcome", {**words, "reference": "https://data.example.kz/1", **ABOUT})

    async def _confirmed(self, link: str) -> Page:
        """By the form with the incoming number; where a build has none, by its button. The letter's page."""
        if not self._receipt_is_a_button:
            try:
                form = await self._visitor.opens(link.partition("?")[0] + RECEIPT)
            except DemoFailed as failed:
                if f"{RECEIPT}: 404" not in str(failed):
                    raise
                self._receipt_is_a_button = True
            else:
                received = {"incoming_number": INCOMING, "received_on": _today()}
                await self._sent(form, "incoming_number", received)
                return await self._visitor.opens(link)
        page = await self._visitor.opens(link)
        return await self._visitor.submits(_button(page), {})

    async def _sent(self, page: Page, field: str, answers: dict[str, str]) -> None:
        """The way of every form: typed, checked, sent, confirmed."""
        checked = await self._visitor.submits(page.form(field), {**answers, **CHECK})
        done = await self._visitor.submits(checked.form(field), SEND)
        assert done.heading, f"the confirmation of {field} says something"


def _answers(reply: SampleReply) -> dict[str, str]:
    answers = {"text": reply.text.kk, "respondent": reply.respondent, "post": reply.post}
    for item in reply.answers:
        answers[f"response-{item.item}"] = item.response.value
        answers[f"reason-{item.item}"] = item.reason.kk
        # The sample's day, as long as it is one to come: nothing is planned for before it was asked for.
        planned = max(item.planned_on.isoformat(), _today()) if item.planned_on else ""
        answers[f"planned-{item.item}"] = planned
    return answers


def _button(page: Page) -> Form:
    form = page.soup.select_one(f'form[action*="{BUTTON}"]')
    assert isinstance(form, Tag), f"{page.url} has a button to confirm the receipt"
    return Form(page.url, form)


def _today() -> str:
    return datetime.now(COUNTRY).date().isoformat()
