"""The certificate of delivery: all that proves how a letter fared, on paper, in the reader's language."""

import io
from typing import Final
from urllib.parse import quote

import pytest
from httpx import AsyncClient
from pypdf import PdfReader

from locales.catalogue import text
from models.letters.post import DeliveryOutcome
from models.tables.deliveries import DeliveryRow
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Id, Language
from tests.documents.reading import unspaced
from tests.documents.test_form import tags
from tests.fixtures.stack import SeededDatabase
from tests.pages.answering import REPLY, answered, report_link
from tests.pages.reading import flaws, soup, words
from tests.pages.story import CLINIC, NOW, Story
from tests.pages.test_consolidation import signed_in
from tests.pages.test_handing_on import COLLEAGUE

TRIED = (
    (DeliveryOutcome.DEFERRED, 451, "4.7.1 Greylisted <#panic()> $x$", None),
    (DeliveryOutcome.ACCEPTED, 250, "2.0.0 Ok: queued as 4F1A2B3C", "e" * 64),
)


MESSAGE: Final = (
    "From: monitoring@example.kz\r\nTo: kense@example.kz\r\nSubject: Сұрау салу\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    '--b\r\nContent-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    "Құрметті әріптес!\r\n"
    '--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="a.pdf"\r\n\r\n'
    "%PDF-1.7 question\r\n--b--\r\n"
).encode()


async def sent(story: Story) -> str:
    """A report at the clinic, taken at the second try; its id."""
    await story.approves()
    await story.dispatches()
    await story.letters_leave()
    letter = await story.letter(LetterKind.REPORT_FOR_CONSIDERATION, CLINIC)
    async with story.sessions.begin() as session:
        session.add_all(
            DeliveryRow(
                number=story.number,
                letter=letter.id,
                attempt=1,
                kind=letter.kind.value,
                message_id="<l1.1@example.kz>",
                recipient=CLINIC,
                address="clinic@example.kz",
                language="kk",
                subject="Есеп",
                outcome=outcome.value,
                smtp_code=code,
                smtp_reply=reply,
                eml_sha256=sha256,
                at=NOW,
            )
            for outcome, code, reply, sha256 in TRIED
        )
    return letter.id


@pytest.mark.parametrize("language", [Language.KK, Language.RU])
async def test_it_names_attempts_answers_receipt_by_whom_and_hashes(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    letter = await sent(story)
    home = f"/staff/monitorings/{story.number}/letters"
    address = f"{home}/{letter}/delivery/{language.value}.pdf"
    for who in ("sary-analyst", "uo-auditor"):
        await signed_in(browser, seeded_database, who)
        page = await browser.get(f"{home}?lang={language.value}")
        assert soup(page).select_one(f'a[href="{address}"]') is not None, who
    made = await browser.get(address)
    assert (made.status_code, made.headers["content-type"]) == (200, "application/pdf")
    reader = PdfReader(io.BytesIO(made.content))
    found = unspaced("".join(page.extract_text() for page in reader.pages))
    for said in (
        story.number,
        "clinic@example.kz",
        "451 4.7.1 Greylisted <#panic()> $x$",
        "4F1A2B3C",
        "<l1.1@example.kz>",
        "e" * 64,
        text(language, "page.workplace.letter.no_receipt"),
        text(language, "page.workplace.delivery.means"),
    ):
        assert unspaced(said) in found, said
    assert {"/H1", "/H2", "/P"} <= tags(reader)
    assert letter in found


async def test_it_certifies_no_delivery_and_lists_no_receipt_of_another_letter(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    link = await report_link(story)
    await story.letters_leave()
    first = await story.letter(LetterKind.REPORT_FOR_CONSIDERATION, CLINIC)
    registered = {"incoming_number": "1-15/482", "received_on": "04.09.2026"}
    await answered(browser, f"{link}/form/receipt", registered)
    await answered(browser, f"{link}/form/handing-on", COLLEAGUE)
    await story.letters_leave()
    copy = await story.letter(LetterKind.REPORT_FOR_CONSIDERATION, CLINIC)
    await answered(browser, story.address_of(copy), REPLY)
    await signed_in(browser, seeded_database, "sary-analyst")

    async def certified(letter: Id) -> str:
        made = await browser.get(f"/staff/monitorings/{story.number}/letters/{letter}/delivery/ru.pdf")
        return unspaced("".join(each.extract_text() for each in PdfReader(io.BytesIO(made.content)).pages))

    received = unspaced("1-15/482")
    assert received in await certified(first.id)
    assert received not in await certified(copy.id), "it was given before this letter was there"
    title = unspaced(text(Language.RU, "page.workplace.delivery.title"))
    assert title in await certified(copy.id)
    assert unspaced("о доставке") not in title


async def test_a_stranger_and_a_letter_that_is_not_there_have_none(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    letter = await sent(story)
    home = f"/staff/monitorings/{story.number}/letters"
    await signed_in(browser, seeded_database, "sary-analyst")
    assert (await browser.get(f"{home}/L99-0/delivery/kk.pdf")).status_code == 404
    await signed_in(browser, seeded_database, "uo-analyst")
    assert (await browser.get(f"{home}/{letter}/delivery/kk.pdf")).status_code in {403, 404}
    await signed_in(browser, seeded_database, "koko-analyst")
    assert (await browser.get(f"{home}/{letter}/delivery/kk.pdf")).status_code == 404


async def test_a_letter_is_read_where_it_is_proved_and_offered_to_be_signed_by_its_name(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await story.asks()
    await story.letters_leave()
    letter = await story.letter(LetterKind.INFORMATION_REQUEST)
    await story.is_delivered(letter, MESSAGE)
    home = f"/staff/monitorings/{story.number}"
    read = f"{home}/letters/{letter.id}/attempts/1"
    await signed_in(browser, seeded_database, "sary-analyst")
    letters = await browser.get(f"{home}/letters?lang=ru")
    assert soup(letters).select_one(f'a[href="{read}?lang=ru"]') is not None
    page = await browser.get(f"{read}?lang=ru")
    assert (page.status_code, flaws(page)) == (200, [])
    named = soup(page).select_one("h1").get_text()  # type: ignore[union-attr]
    assert named.startswith(f"{letter.id} · ")
    assert "→" in named
    assert "Құрметті әріптес!" in words(page)
    (file,) = (str(link["href"]) for link in soup(page).select("ul.files a"))
    assert (await browser.get(file)).content == b"%PDF-1.7 question"
    whole = await browser.get(f"{read}/eml")
    assert whole.content == MESSAGE
    assert quote(letter.id) in whole.headers["content-disposition"]
    assert (await browser.get(f"{read}/files/0")).status_code == 404
    form = await browser.get(f"{home}/signatures?lang=ru")
    offered = [option.get_text() for option in soup(form).select("select[name=signed] option")]
    assert any(each.startswith(named) for each in offered), offered
    await signed_in(browser, seeded_database, "koko-analyst")
    assert (await browser.get(read)).status_code == 404
