"""The certificate of delivery: all that proves how a letter fared, on paper, in the reader's language."""

import io

import pytest
from httpx import AsyncClient
from pypdf import PdfReader

from locales.catalogue import text
from models.letters.post import DeliveryOutcome
from models.tables.deliveries import DeliveryRow
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language
from tests.documents.reading import unspaced
from tests.documents.test_form import tags
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import soup
from tests.pages.story import CLINIC, NOW, Story
from tests.pages.test_consolidation import signed_in

TRIED = (
    (DeliveryOutcome.DEFERRED, 451, "4.7.1 Greylisted <#panic()> $x$", None),
    (DeliveryOutcome.ACCEPTED, 250, "2.0.0 Ok: queued as 4F1A2B3C", "e" * 64),
)


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
