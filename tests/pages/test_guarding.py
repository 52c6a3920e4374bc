"""Who may send a form: pages of this site, at a human pace, in a human size."""

from dataclasses import replace

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from api.http.sieve import TEXT_BYTES
from api.pages.site.stopping import StopKind
from api.services.limits import STAFF_FORMS, Limits, Pace, TooMany
from models.vocabulary.letters import LetterKind
from tests.catalogue_checks import missing
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import fields, flaws
from tests.pages.story import Story
from tests.pages.test_consolidation import signed_in

SEND = {"consent": "consent", "action": "send"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "", "Origin": "https://evil.example.kz"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
    ],
)
async def test_only_our_own_pages_may_send(
    story: Story, browser: AsyncClient, headers: dict[str, str], status: int
) -> None:
    await story.invites()
    link = await story.link(LetterKind.INVITATION)
    sent = await browser.post(link, data=SEND, headers=headers)
    assert sent.status_code == status
    assert len(story.clerk.obeyed) == (1 if status == 303 else 0)


@pytest.mark.parametrize(
    ("sender", "status"),
    [("https://monitoring.example.kz", 303), ("null", 303), ("https://evil.example.kz", 403)],
)
async def test_old_browsers_are_judged_by_their_origin(
    story: Story, browser: AsyncClient, sender: str, status: int
) -> None:
    await story.invites()
    del browser.headers["Sec-Fetch-Site"]
    link = await story.link(LetterKind.INVITATION)
    assert (await browser.post(link, data=SEND, headers={"Origin": sender})).status_code == status


async def test_a_program_is_slowed_down(app: FastAPI, story: Story, browser: AsyncClient) -> None:
    app.state.services = replace(app.state.services, limits=Limits(forms=Pace(limit=2)))
    await story.invites()
    link = await story.link(LetterKind.INVITATION)
    statuses = [(await browser.post(link, data={"action": "save"})).status_code for _ in range(3)]
    assert statuses == [303, 303, 429]


async def test_whoever_writes_too_often_keeps_what_was_typed(
    app: FastAPI, story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    at = f"/staff/monitorings/{story.number}/sources/new?lang=kk"
    app.state.services = replace(app.state.services, limits=Limits(staff_forms=Pace(limit=1)))
    typed = {"owner": "Құқықтық статистика органы", "key": "a" * 32, "action": "check"}
    assert (await browser.post(at, data=typed)).status_code == 422
    held = await browser.post(at, data=typed)
    assert (held.status_code, flaws(held)) == (429, [])
    assert int(held.headers["Retry-After"]) > 0
    kept = fields(held)
    assert kept == {"owner": [typed["owner"]], "key": [typed["key"]]}
    app.state.services = replace(app.state.services, limits=Limits())
    again = await browser.post(at, data={**kept, "action": "change"})
    assert fields(again)["owner"] == [typed["owner"]]


def test_whoever_enters_content_piece_by_piece_is_not_stopped() -> None:
    moment = [0.0]
    pace = Pace(STAFF_FORMS, clock=lambda: moment[0])
    for each in range(1_000):
        moment[0] = each * 1.5
        pace.check("account/a-sary-analyst")


def test_the_pace_forgets_what_is_long_ago() -> None:
    moment = [0.0]
    pace = Pace(limit=2, window=10, clock=lambda: moment[0])
    pace.check("a")
    pace.check("a")
    pace.check("b")
    with pytest.raises(TooMany) as stopped:
        pace.check("a")
    assert stopped.value.retry_after == 11
    moment[0] = 10.0
    pace.check("a")


async def test_too_large_a_form_is_a_page_too(story: Story, browser: AsyncClient) -> None:
    await story.asks()
    link = await story.link(LetterKind.INFORMATION_REQUEST)
    huge = {"action": "check", "text": "a" * (TEXT_BYTES + 1)}
    page = await browser.post(link, data=huge, files={"upload": ("", b"", "text/plain")})
    assert page.status_code == 413
    assert flaws(page) == []


async def test_broken_forms_are_answered_in_words(story: Story, browser: AsyncClient) -> None:
    await story.invites()
    link = await story.link(LetterKind.INVITATION)
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    page = await browser.post(link, content=b"--y nonsense", headers=kind)
    assert page.status_code in {400, 422}
    assert flaws(page) == []
    assert story.clerk.obeyed == []


def test_every_reason_to_stop_has_its_words() -> None:
    assert missing(f"page.stop.{kind.value}.{part}" for kind in StopKind for part in ("title", "text")) == []


async def test_a_stop_speaks_the_language_of_its_letter(story: Story, browser: AsyncClient) -> None:
    await story.invites()
    await story.asks()
    del browser.headers["Accept-Language"]
    invitation = await story.link(LetterKind.INVITATION, "m2")
    assert (await browser.get(invitation)).headers["content-language"] == "ru", "m2 reads Russian"
    foreign = await browser.post(invitation, data=SEND, headers={"Sec-Fetch-Site": "cross-site"})
    assert (foreign.status_code, foreign.headers["content-language"]) == (403, "ru")
    huge = {"action": "check", "reason": "a" * (TEXT_BYTES + 1)}
    large = await browser.post(invitation, data=huge, files={"upload": ("", b"", "text/plain")})
    assert (large.status_code, large.headers["content-language"]) == (413, "ru")
