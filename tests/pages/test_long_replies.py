"""A reply on many items: a list of tasks, a page for each item, one draft, sent once; then a PDF of it."""

import io
import re

import pytest
from httpx import AsyncClient, Response
from pypdf import PdfReader
from sqlmodel import select

from locales.catalogue import text
from models.commands import AnswerReport
from models.tables.files import AttachmentRow
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language
from models.vocabulary.procedure import Response as Decision
from tests.documents.reading import unspaced
from tests.documents.test_form import tags
from tests.pages.answering import drafts
from tests.pages.reading import fields, flaws, soup, words
from tests.pages.reports import SIGNED, Upload, as_browsers_send, reply_to, report_of
from tests.pages.story import Story

LIMIT = 200_000  # of one file, in these tests


async def link_of(story: Story, items: int) -> str:
    """Of a report with so many items for one body, its recommendation among them."""
    await story.approves(report_of(story, items - 1))
    await story.dispatches()
    return await story.link(LetterKind.REPORT_FOR_CONSIDERATION)


async def saves(
    browser: AsyncClient,
    place: str,
    typed: dict[str, str],
    files: list[Upload] | None = None,
    button: str = "next",
) -> Response:
    """Opens the page of a part, types into it and presses one of its buttons."""
    page = await browser.get(place)
    assert (page.status_code, flaws(page)) == (200, []), words(page)
    return await as_browsers_send(browser, page, button, typed, files)


def said_of(item: str, words: str = "Орындалады") -> dict[str, str]:
    return {f"response-{item}": "partly", f"reason-{item}": f"{words} {item}"}


def paper(item: str) -> list[Upload]:
    return [(f"upload-{item}", (f"{item}-құжат.txt", f"құжат {item}".encode(), "text/plain"))]


def states(page: Response) -> list[str]:
    return [str(each.get_text()) for each in soup(page).select("ol.tasks .progress")]


async def test_sixty_items_with_sixty_files_are_saved_in_parts_continued_elsewhere_and_sent_once(
    story: Story, browser: AsyncClient
) -> None:
    link = await link_of(story, 60)
    items = [*(f"n{number}" for number in range(1, 60)), "q1"]
    first = await browser.get(link)
    assert (first.status_code, flaws(first)) == (200, [])
    assert states(first) == [text(Language.KK, "page.long_reply.progress.not_begun")] * 61
    assert "300 файл" in words(first), "how many files there may be is said before"

    computer = browser
    place = f"{link}/items/{items[0]}"
    for item in items[:30]:
        assert place.endswith(f"/items/{item}"), "from each item to the next"
        saved = await saves(computer, place, said_of(item), paper(item))
        assert saved.status_code == 303, words(saved)
        place = saved.headers["location"]
    half = await computer.get(link)
    assert "30, барлығы: 60" in words(half)

    phone = AsyncClient(
        transport=browser._transport,
        base_url=browser.base_url,
        headers={"Sec-Fetch-Site": "same-origin", "Accept-Language": "ru"},
    )
    there = await phone.get(f"{link}/items/n7?lang=ru")
    assert fields(there)["reason-n7"] == ["Орындалады n7"]
    assert len(fields(there)["attached-n7"]) == 1
    for item in items[30:]:
        saved = await saves(phone, f"{link}/items/{item}", said_of(item), paper(item), "list")
        assert saved.status_code == 303, words(saved)
    early = await as_browsers_send(phone, await phone.get(link), "check", {})
    assert early.status_code == 422
    missing = soup(early).select_one("section.errors a[href$='#respondent']")
    assert missing is not None, "the fault leads to the page where it is mended"
    assert str(missing["href"]).partition("?")[0].partition("#")[0] == f"{link}/whole"
    assert (await saves(phone, f"{link}/whole", dict(SIGNED))).status_code == 303

    check = await as_browsers_send(phone, await phone.get(link), "check", {})
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    assert soup(check).select_one(f'a[href^="{link}/items/n42"]') is not None
    sent = {**fields(check), "action": "send"}
    done, again = [await phone.post(link, data=sent) for _ in range(2)]
    assert done.status_code == 303, words(done)
    assert again.status_code in {200, 303}
    commands = [each for each in story.clerk.obeyed if isinstance(each, AnswerReport)]
    assert len(commands) == 1
    assert [answer.item for answer in commands[0].answers] == items
    assert await drafts(story) == {}

    page = await phone.get(done.headers["location"])
    assert (page.status_code, flaws(page)) == (200, [])
    number = re.search(rf"{story.number}/\d+", words(page))
    assert number is not None
    for language in (Language.KK, Language.RU):
        await _is_on_paper(story, phone, page, language, number[0], items)
    assert (await phone.get(f"{link}/reply/en.pdf")).status_code == 404
    await phone.aclose()


async def _is_on_paper(
    story: Story, browser: AsyncClient, page: Response, language: Language, number: str, items: list[str]
) -> None:
    """The reply as PDF, behind the page that confirms it, is read back."""
    link = soup(page).select_one(f'a[href$="/reply/{language.value}.pdf"]')
    assert link is not None
    made = await browser.get(str(link["href"]))
    assert (made.status_code, made.headers["content-type"]) == (200, "application/pdf"), made.text
    reader = PdfReader(io.BytesIO(made.content))
    found = unspaced("".join(each.extract_text() for each in reader.pages))
    for spoken in ("page.reply.response", "page.field.respondent"):
        assert unspaced(text(language, spoken)) not in found, "it is the body's answer, spoken to nobody"
    assert {"/H1", "/H2", "/H3", "/P"} <= tags(reader)
    for said in (number, text(language, "reply.pdf.title"), *SIGNED.values()):
        assert unspaced(said) in found, said
    for item in items:
        assert unspaced(f"Орындалады {item}") in found
        assert unspaced(f"{item}-құжат.txt") in found
    async with story.sessions() as session:
        attached = (await session.exec(select(AttachmentRow))).all()
    kept = {row.sha256 for row in attached if row.letter is not None}
    assert len(kept) == len(items)
    assert all(sha256 in found for sha256 in kept)


async def test_two_people_at_one_draft_are_told_and_nothing_typed_is_lost(
    story: Story, browser: AsyncClient
) -> None:
    link = await link_of(story, 7)
    one = await browser.get(f"{link}/items/n1")
    other, aside = await browser.get(f"{link}/items/n1"), await browser.get(f"{link}/items/n2")
    assert (await as_browsers_send(browser, one, "list", said_of("n1", "Бірінші"))).status_code == 303
    beside = await as_browsers_send(browser, aside, "list", said_of("n2", "Қатар"))
    assert beside.status_code == 303, "another item is nobody else's"
    late = await as_browsers_send(browser, other, "list", said_of("n1", "Екінші"))
    assert (late.status_code, flaws(late)) == (409, [])
    assert fields(late)["reason-n1"] == ["Екінші n1"]
    assert "Бірінші n1" in words(late)
    told = await browser.get(link)
    assert text(Language.KK, "page.long_reply.differs") in words(told)
    assert text(Language.KK, "page.long_reply.saved", name="x", at="y").partition(":")[0] in words(told)
    kept = await saves(browser, f"{link}/items/n3", said_of("n3"), button="list")
    assert kept.status_code == 303, "what is typed elsewhere decides nothing here"
    refused = await as_browsers_send(browser, await browser.get(link), "check", {})
    assert refused.status_code == 409
    again = await browser.get(f"{link}/items/n1")
    assert "Бірінші n1" in words(again)
    decided = await as_browsers_send(browser, again, "list", said_of("n1", "Бірге"))
    assert decided.status_code == 303
    whole = await browser.get(link)
    assert text(Language.KK, "page.long_reply.differs") not in words(whole)
    for item, said in (("n1", "Бірге n1"), ("n2", "Қатар n2"), ("n3", "Орындалады n3")):
        assert fields(await browser.get(f"{link}/items/{item}"))[f"reason-{item}"] == [said]


async def test_all_the_rest_is_accepted_once_it_was_shown_and_answers_given_stay(
    story: Story, browser: AsyncClient
) -> None:
    link = await link_of(story, 7)
    await saves(browser, f"{link}/items/n2", said_of("n2"), button="list")
    begun = await saves(browser, f"{link}/items/n3", {"reason-n3": "Ойланамыз"}, button="list")
    assert begun.status_code == 303, "an item that is not complete is saved all the same"
    page = await browser.get(f"{link}/rest")
    assert (page.status_code, flaws(page)) == (200, [])
    wrong = await as_browsers_send(browser, page, "check", {"planned": "01.01.2020", "text": "Жарайды"})
    assert (wrong.status_code, flaws(wrong)) == (422, [])
    assert fields(wrong)["text"] == ["Жарайды"]
    typed = {"planned": "18.12.2028", "text": "Жарайды"}
    check = await as_browsers_send(browser, page, "check", typed)
    assert (check.status_code, flaws(check)) == (200, [])
    assert sorted(fields(check)["item"]) == ["n1", "n4", "n5", "n6", "q1"]
    assert fields(await browser.get(f"{link}/items/n4")).get("response-n4") is None, "shown before it is done"
    meanwhile = await saves(browser, f"{link}/items/n4", said_of("n4"), button="list")
    assert meanwhile.status_code == 303
    for _ in range(2):
        done = await browser.post(f"{link}/rest", data={**fields(check), "action": "send"})
        assert done.status_code == 303, words(done)
    assert "6, барлығы: 7" in words(await browser.get(link))
    for item, said in (
        ("n1", "Жарайды"),
        ("n2", "Орындалады n2"),
        ("n3", "Ойланамыз"),
        ("n4", "Орындалады n4"),
    ):
        assert fields(await browser.get(f"{link}/items/{item}"))[f"reason-{item}"] == [said]
    await saves(browser, f"{link}/items/n3", said_of("n3"))
    await saves(browser, f"{link}/whole", dict(SIGNED))
    assert text(Language.KK, "page.long_reply.rest_none") in words(await browser.get(f"{link}/rest"))
    check = await as_browsers_send(browser, await browser.get(link), "check", {})
    await saves(browser, f"{link}/items/n3", said_of("n3", "Басқаша"))
    stale = await browser.post(link, data={**fields(check), "action": "send"})
    assert (stale.status_code, flaws(stale)) == (422, []), "what was checked is not what stands there"
    assert text(Language.KK, "page.fault.long_reply_changed") in words(stale)
    check = await as_browsers_send(browser, stale, "check", {})
    assert (await browser.post(link, data={**fields(check), "action": "send"})).status_code == 303
    command = story.clerk.obeyed[-1]
    assert isinstance(command, AnswerReport)
    given = {answer.item: answer.response for answer in command.answers}
    assert (given["n1"], given["n3"]) == (Decision.ACCEPTED, Decision.PARTLY)
    late = await browser.post(f"{link}/items/n1", data={**said_of("n1", "Кеш"), "action": "next"})
    assert (late.status_code, flaws(late)) == (200, [])
    assert "Кеш n1" in words(late), "what was typed beside what was sent stays to be read"
    assert (await browser.get(f"{link}/items/n1")).headers["location"] == link


async def test_bad_input_is_told_where_it_was_typed(story: Story, browser: AsyncClient) -> None:
    link = await link_of(story, 6)
    for wrong in ("n99", "p2", "%3Cx%3E", "x" * 200):
        for answer in (
            await browser.get(f"{link}/items/{wrong}"),
            await browser.post(f"{link}/items/{wrong}", data={"action": "next", f"reason-{wrong}": "x"}),
        ):
            assert answer.status_code == 404, wrong
    place = f"{link}/items/n1"
    unfinished = await saves(browser, place, {"response-n1": "declined", "planned-n1": "31.02.2027"})
    assert (unfinished.status_code, flaws(unfinished)) == (422, [])
    assert len(soup(unfinished).select("section.errors li")) == 2
    early = await saves(browser, place, {"response-n1": "accepted", "planned-n1": "01.01.2020"})
    assert early.status_code == 422
    assert soup(early).select_one("section.errors a[href='#planned-n1']") is not None
    large = [("upload-n1", ("үлкен.txt", b"a" * (LIMIT + 1), "text/plain"))]
    unread = [("upload-n1", ("сурет.exe", b"MZ", "application/octet-stream"))]
    foreign = [("upload-n2", ("бөтен.txt", b"b", "text/plain"))]
    for files in (large, unread):
        refused = await saves(browser, place, said_of("n1"), files, "list")
        assert (refused.status_code, flaws(refused)) == (422, [])
        assert files[0][1][0] in words(refused)
        assert fields(refused)["reason-n1"] == ["Орындалады n1"]
    await saves(browser, place, said_of("n1"), foreign, "list")
    assert "attached-n2" not in fields(await browser.get(f"{link}/items/n2"))
    stranger = await browser.post(place, data={"action": "next"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert stranger.status_code == 403
    assert fields(await browser.get(place))["reason-n1"] == ["Орындалады n1"]
    await story.corrects(report_of(story, 5))
    old = await browser.post(place, data={**said_of("n1", "Кеш"), "action": "next"})
    assert old.status_code == 410
    assert "Кеш n1" in words(old), "what was typed behind a link that is over stays to be read"
    assert (await browser.get(place)).status_code == 410


async def test_a_page_from_before_there_was_a_list_is_taken_whole(story: Story, browser: AsyncClient) -> None:
    link = await link_of(story, 8)
    saved = await browser.post(link, data={**reply_to(7), "action": "save"})
    assert saved.status_code == 303
    assert fields(await browser.get(f"{link}/items/n7"))["reason-n7"] == ["Орындалады 7"]
    check = await as_browsers_send(browser, await browser.get(link), "check", {})
    assert check.status_code == 200, words(check)
    other = await browser.post(link, data={**reply_to(7, "Басқаша"), "action": "save"})
    assert other.status_code in {303, 409}
    assert (await browser.get(link)).status_code == 200


@pytest.mark.parametrize("language", Language)
async def test_each_page_reads_well_in_each_language(
    story: Story, browser: AsyncClient, language: Language
) -> None:
    link, lang = await link_of(story, 6), {"lang": language.value}
    await saves(browser, f"{link}/items/n1", said_of("n1"), button="list")
    for place in ("", "/items/n1", "/items/n2", "/whole", "/rest"):
        page = await browser.get(f"{link}{place}", params=lang)
        assert (page.status_code, flaws(page)) == (200, []), place
        switched = (
            await browser.post(
                f"{link}{place}?lang={language.value}", data={**fields(page), "action": "save"}
            )
            if soup(page).find("form", id="form")
            else page
        )
        assert switched.status_code in {200, 303}
    assert (await browser.get(f"{link}/reply/kk.pdf")).status_code == 404, "nothing was replied yet"


async def test_fewer_than_six_are_answered_on_one_page(story: Story, browser: AsyncClient) -> None:
    link = await link_of(story, 5)
    page = await browser.get(link)
    assert "reason-n4" in fields(page)
    assert (await browser.get(f"{link}/items/n1")).headers["location"] == link
    assert (await browser.post(f"{link}/items/n1", data={"action": "next"})).headers["location"] == link
