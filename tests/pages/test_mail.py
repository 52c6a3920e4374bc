"""What came back by mail waits on pages: nothing is recorded by itself, nothing is lost."""

import pytest
from httpx import AsyncClient, Response
from sqlmodel import col, select

from activities.mail.keeping import ReceivedMail
from models.letters.letter import Letter
from models.mail.keys import Role, SentLetter, signed_address
from models.tables.deliveries import DeliveryRow
from models.tables.received_mail import ReceivedMailRow
from models.vocabulary.letters import LetterKind, LetterStatus
from models.vocabulary.procedure import Language
from tests.fixtures.stack import SeededDatabase
from tests.models.mail.corpus.ground import CLERK, DOMAIN, with_file, written
from tests.models.mail.corpus.postfix_exim import POSTFIX
from tests.pages.answering import drafts
from tests.pages.reading import fields, flaws, soup, words
from tests.pages.story import NOW, SECRET, Story
from tests.pages.test_consolidation import signed_in

SAID = "Үш ұсыным қабылданды, олар 2027 жылғы 1 наурызға дейін орындалады."


async def request_is_sent(story: Story) -> Letter:
    await story.asks()
    await story.letters_leave()
    return await story.letter(LetterKind.INFORMATION_REQUEST)


def address(story: Story, letter: Letter, role: Role) -> str:
    sent = SentLetter(number=story.number, letter=letter.id, attempt=letter.attempt)
    given = signed_address(SECRET, role, sent, DOMAIN)
    assert given is not None
    return given


async def comes(story: Story, message: str | bytes, to: str, sender: str = CLERK) -> None:
    """A message is handed over at the door, about the letter of this story."""
    content = message.encode() if isinstance(message, str) else message
    content = content.replace(b"2026-SARY-0001", story.number.encode())
    await ReceivedMail(story.sessions, (SECRET,), lambda: NOW).keep(content, sender, (to,))


def page_of(story: Story, below: str = "") -> str:
    return f"/staff/monitorings/{story.number}/mail{below}"


async def opens(browser: AsyncClient, path: str) -> Response:
    page = await browser.get(path)
    assert (page.status_code, flaws(page)) == (200, []), words(page)
    return page


@pytest.mark.parametrize("language", Language)
async def test_an_answer_waits_beside_the_form_by_which_a_person_records_it(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    letter = await request_is_sent(story)
    before = await story.state()
    await comes(story, with_file(SAID), address(story, letter, Role.REPLY))
    assert await story.state() == before, "mail changes nothing of the procedure"
    await signed_in(browser, seeded_database, "sary-analyst")
    page = await opens(browser, f"{page_of(story)}?lang={language.value}")
    assert SAID in words(page)
    assert "answer.pdf" in words(page)
    assert "page." not in words(page)
    assert "term." not in words(page)
    [record] = soup(page).select(f'a[href^="/staff/monitorings/{story.number}/letters/{letter.id}/answer"]')
    await opens(browser, str(record["href"]))


async def test_what_was_answered_stands_in_the_letters_form(story: Story, browser: AsyncClient) -> None:
    letter = await request_is_sent(story)
    await comes(story, written(SAID), address(story, letter, Role.REPLY))
    form = await browser.get(await story.link(LetterKind.INFORMATION_REQUEST))
    assert fields(form)["text"] == [SAID]


async def test_the_files_of_an_answer_are_chosen_in_the_letters_form(
    story: Story, browser: AsyncClient
) -> None:
    letter = await request_is_sent(story)
    await comes(story, with_file(SAID), address(story, letter, Role.REPLY))
    await comes(story, with_file(SAID, media_type="application/exe", filename="a.exe"), "x@example.kz")
    form = await browser.get(await story.link(LetterKind.INFORMATION_REQUEST))
    assert flaws(form) == []
    assert fields(form)["text"] == [SAID]
    assert len(fields(form)["attached"]) == 1
    assert "answer.pdf" in words(form)


async def test_a_file_that_no_form_takes_stays_with_its_message_alone(
    story: Story, browser: AsyncClient
) -> None:
    letter = await request_is_sent(story)
    await comes(story, with_file(SAID, filename="answer.exe"), address(story, letter, Role.REPLY))
    form = await browser.get(await story.link(LetterKind.INFORMATION_REQUEST))
    assert (fields(form)["text"], "answer.exe" in words(form)) == ([SAID], False)


async def test_what_came_is_a_line_of_my_work_and_of_the_timeline_until_it_is_dealt_with(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    letter = await request_is_sent(story)
    report = next(each for each in POSTFIX if each.name == "postfix, no such mailbox").message
    await comes(story, report, address(story, letter, Role.BOUNCE), "")
    await signed_in(browser, seeded_database, "sary-analyst")
    here = f'a[href="{page_of(story)}?lang=ru"]'
    assert soup(await opens(browser, "/staff?lang=ru")).select_one(here) is not None
    timeline = words(await opens(browser, f"/monitorings/{story.number}/history?lang=ru"))
    assert "письмо возвращено" in timeline
    page = await opens(browser, page_of(story))
    handled = soup(page).select_one('form[action*="/handled"]')
    assert handled is not None
    await browser.post(str(handled["action"]))
    assert soup(await opens(browser, "/staff?lang=ru")).select_one(here) is None
    await signed_in(browser, seeded_database, "koko-analyst")
    assert soup(await opens(browser, "/staff?lang=ru")).select_one(here) is None


async def test_the_queue_stands_in_its_keepers_menu_with_how_long_it_waits(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await comes(story, written(SAID, head="", to="x"), f"reply.2026@{DOMAIN}")
    await signed_in(browser, seeded_database, "uo-admin")
    home = soup(await opens(browser, "/staff?lang=ru"))
    assert home.select_one('nav a[href^="/staff/mail"]') is not None
    assert home.select_one('main a[href^="/staff/mail"]') is not None
    assert "Ждёт 0 дней" in words(await opens(browser, "/staff/mail?lang=ru"))
    await signed_in(browser, seeded_database, "sary-head")
    assert soup(await opens(browser, "/staff")).select_one('a[href^="/staff/mail"]') is None


async def test_what_somebody_has_begun_is_left_as_it_is(story: Story, browser: AsyncClient) -> None:
    letter = await request_is_sent(story)
    link = await story.link(LetterKind.INFORMATION_REQUEST)
    await browser.post(link, data={"action": "save", "outcome": "provided", "text": "Басталды."})
    await comes(story, written(SAID), address(story, letter, Role.REPLY))
    assert fields(await browser.get(link))["text"] == ["Басталды."]
    assert len(await drafts(story)) == 1


async def test_only_an_answer_is_put_into_the_form(story: Story, browser: AsyncClient) -> None:
    letter = await request_is_sent(story)
    await comes(story, written(SAID), address(story, letter, Role.BOUNCE))
    await comes(
        story, written(SAID, head="Auto-Submitted: auto-replied\n"), address(story, letter, Role.REPLY)
    )
    await comes(story, written("Қай нысан туралы?"), address(story, letter, Role.REPLY))
    assert await drafts(story) == {}


async def test_a_bounce_is_a_statement_beside_the_letters_proof_and_no_verdict(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    letter = await request_is_sent(story)
    report = next(each for each in POSTFIX if each.name == "postfix, no such mailbox").message
    await comes(story, report, address(story, letter, Role.BOUNCE), "")
    await comes(story, written(SAID), address(story, letter, Role.REPLY))
    await signed_in(browser, seeded_database, "sary-head")
    said = words(await opens(browser, f"/staff/monitorings/{story.number}/letters?lang=ru"))
    assert "письмо возвращено · не доставлено" in said
    assert said.index("письмо возвращено") < said.index("· ответ"), "what is heard afterwards stands last"
    assert (await story.letter(LetterKind.INFORMATION_REQUEST)).status is LetterStatus.SENT


async def test_mail_says_whether_its_writer_is_whom_the_letter_went_to(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    letter = await request_is_sent(story)
    async with story.sessions.begin() as session:
        session.add(
            DeliveryRow(
                number=story.number,
                letter=letter.id,
                attempt=1,
                kind=letter.kind.value,
                message_id="<1@example.kz>",
                recipient=letter.recipient,
                address=CLERK.upper(),
                language="kk",
                subject="x",
                outcome="accepted",
                at=NOW,
            )
        )
    await comes(story, written(SAID), address(story, letter, Role.REPLY))
    await comes(story, written(SAID, writer="else@example.kz"), address(story, letter, Role.REPLY))
    async with story.sessions() as session:
        rows = (await session.exec(select(ReceivedMailRow).order_by(col(ReceivedMailRow.id)))).all()
    assert [row.from_recipient for row in rows] == [True, False]


async def test_it_can_be_taken_whole_and_by_its_files_and_is_never_shown_as_a_page(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    letter = await request_is_sent(story)
    page_inside = with_file(SAID, "PGI+", media_type="text/html", filename="a.html")
    await comes(story, page_inside, address(story, letter, Role.REPLY))
    await signed_in(browser, seeded_database, "sary-analyst")
    page = soup(await opens(browser, page_of(story)))
    [file] = page.select('a[href*="/files/"]')
    saved = await browser.get(str(file["href"]))
    assert (saved.content, saved.headers["content-type"]) == (b"<b>", "application/octet-stream")
    assert saved.headers["content-disposition"].startswith("attachment")
    [whole] = page.select('a[href$="/eml"]')
    async with story.sessions() as session:
        [row] = (await session.exec(select(ReceivedMailRow))).all()
    assert (await browser.get(str(whole["href"]))).content == row.content
    assert (await browser.get(f"{file['href']}9")).status_code == 404


async def test_whoever_conducts_marks_it_as_dealt_with_and_nobody_else(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    letter = await request_is_sent(story)
    await comes(story, written(SAID), address(story, letter, Role.REPLY))
    await signed_in(browser, seeded_database, "sary-auditor")
    page = soup(await opens(browser, page_of(story)))
    assert page.select('form[action*="/handled"]') == []
    [whole] = page.select('a[href$="/eml"]')
    path = f"{str(whole['href']).removesuffix('/eml')}/handled"
    assert (await browser.post(path)).status_code == 403
    await signed_in(browser, seeded_database, "koko-analyst")
    assert (await browser.post(path)).status_code == 404
    await signed_in(browser, seeded_database, "sary-analyst")
    elsewhere = await browser.post(path, headers={"Sec-Fetch-Site": "cross-site"})
    assert elsewhere.status_code == 403
    waits = words(await browser.get(f"/staff/monitorings/{story.number}?lang=en"))
    assert "Came by mail (not dealt with: 1)" in waits
    for _ in range(2):
        assert (await browser.post(path)).status_code == 303
    assert "Dealt with by" in words(await opens(browser, f"{page_of(story)}?lang=en"))
    waits = words(await browser.get(f"/staff/monitorings/{story.number}?lang=en"))
    assert "Came by mail (not dealt with: 0)" in waits


async def test_mail_that_names_no_letter_waits_for_an_administrator(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await request_is_sent(story)
    await comes(story, written(SAID, subject=f"№ {story.number}", head="", to="x"), f"reply.2026@{DOMAIN}")
    await signed_in(browser, seeded_database, "sary-analyst")
    assert (await browser.get("/staff/mail")).status_code == 403
    await signed_in(browser, seeded_database, "uo-admin")
    page = await opens(browser, "/staff/mail?lang=en")
    assert "1 message waits" in words(page)
    assert f"It may belong to: {story.number}" in words(page)
    give = str(soup(page).select("form[action^='/staff/mail/']")[0]["action"])
    nowhere = await browser.post(give, data={"number": "2026-XX-0001"})
    assert (nowhere.status_code, flaws(nowhere)) == (422, [])
    assert "There is no monitoring No. 2026-XX-0001." in words(nowhere)
    assert (await browser.post(give, data={"number": story.number.lower()})).status_code == 303
    assert "0 messages wait" in words(await opens(browser, "/staff/mail?lang=en"))
    assert (await browser.post(give, data={"number": ""})).status_code == 303
    await signed_in(browser, seeded_database, "sary-analyst")
    assert SAID in words(await opens(browser, page_of(story)))


async def test_what_is_set_aside_waits_no_longer_and_is_kept(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await comes(story, b"", f"x@{DOMAIN}")
    await signed_in(browser, seeded_database, "uo-admin")
    page = soup(await opens(browser, "/staff/mail"))
    aside = str(page.select("form[action^='/staff/mail/']")[1]["action"])
    eml = str(page.select('a[href$="/eml"]')[0]["href"])
    assert (await browser.post(aside, headers={"Sec-Fetch-Site": "cross-site"})).status_code == 403
    assert (await browser.post(aside)).status_code == 303
    assert soup(await opens(browser, "/staff/mail")).select("form[action^='/staff/mail/']") == []
    assert (await browser.get(eml)).status_code == 200
