"""What everybody may read: the list, the permanent page, the files, the check of a number."""

from xml.etree import ElementTree

import pytest
from httpx import AsyncClient
from sqlmodel import SQLModel

from activities.registries.bodies import organisation_on
from locales.catalogue import text
from models.commands import BeginCorrection, PublishReport
from models.letters.post import DeliveryOutcome
from models.report.notes import TextNote
from models.report.rendition import Rendition
from models.tables.deliveries import DeliveryRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Kind, Language, OrganisationKind
from tests.pages.reading import flaws, soup, words
from tests.pages.story import NOW, Story

ATOM = "{http://www.w3.org/2005/Atom}"


async def published(story: Story) -> str:
    await story.approves()
    await story.dispatches()
    await story.is_published()
    return f"/public/{story.number}"


async def adds(story: Story, *rows: SQLModel) -> None:
    async with story.sessions.begin() as session:
        session.add_all(rows)


@pytest.mark.parametrize("language", Language)
async def test_public_pages_speak_every_language(
    story: Story, browser: AsyncClient, language: Language
) -> None:
    address = await published(story)
    for page_of in (
        "/",
        "/public",
        address,
        "/check",
        f"/check/{story.number}",
        "/check/2026-XX-0001",
        "/none",
    ):
        page = await browser.get(page_of, params={"lang": language.value})
        assert page.headers["content-language"] == language.value if page_of != "/none" else True
        if page_of != "/none":
            assert flaws(page) == [], page_of


async def test_the_browsers_language_is_taken_where_none_is_chosen(browser: AsyncClient) -> None:
    page = await browser.get("/", headers={"Accept-Language": "ru-KZ, en;q=0.5"})
    assert page.headers["content-language"] == "ru"


async def test_the_list_is_filtered_by_its_address(story: Story, browser: AsyncClient) -> None:
    assert "Әзірге ештеңе жарияланған жоқ" in words(await browser.get("/public"))
    await published(story)
    for shown in ({}, {"kind": "thematic"}, {"year": "2026"}, {"q": "емханасы"}, {"q": story.number}):
        assert story.number in words(await browser.get("/public", params=shown)), shown
    body = (await story.state()).objects[0].organisation
    async with story.sessions() as session:
        named = await organisation_on(session, body, NOW.date())
    assert named is not None
    for sought in (
        named.name_kk,
        named.name_ru.upper(),
        story.number.replace("-", "–"),
        "тақырыптық емханаларды",
    ):
        assert story.number in words(await browser.get("/public", params={"q": sought})), sought
    for hidden in ({"q": "—"}, {"kind": "comprehensive"}, {"year": "2025"}, {"q": "жоқсөз"}):
        assert story.number not in words(await browser.get("/public", params=hidden)), hidden
    for odd in (
        {"kind": "odd"},
        {"year": "odd"},
        {"q": "' OR 1=1 --\x00"},
        {"page": "9999"},
        {"q": "сөз " * 500},
    ):
        assert (await browser.get("/public", params=odd)).status_code == 200, odd


@pytest.mark.parametrize(
    ("address", "name"), [("/check", "number"), ("/check", "word"), ("/check", "code"), ("/sign-in", "next")]
)
async def test_what_was_copied_too_long_into_an_address_gets_the_form_again(
    browser: AsyncClient, address: str, name: str
) -> None:
    answer = await browser.get(address, params={name: "2026-ОРДА-0001 " * 200})
    assert (answer.status_code, flaws(answer)) == (200, [])
    assert soup(answer).find("form") is not None


async def test_the_feed_is_atom(story: Story, browser: AsyncClient) -> None:
    await published(story)
    feed = await browser.get("/public/feed.atom", params={"lang": "ru"})
    assert feed.headers["content-type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(feed.text)
    entry = root.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}id") == f"https://monitoring.example.kz/public/{story.number}"
    for needed in ("id", "title", "updated"):
        assert root.findtext(f"{ATOM}{needed}")
        assert entry.findtext(f"{ATOM}{needed}")


async def test_nothing_is_public_before_it_is_published(story: Story, browser: AsyncClient) -> None:
    await story.approves()
    version = (await story.state()).versions[-1]
    assert (await browser.get(f"/public/{story.number}")).status_code == 404
    for document in version.documents:
        address = f"/files/{story.number}/{document.sha256}.pdf"
        assert (await browser.get(address)).status_code == 404


async def test_only_the_public_rendition_is_given_out(story: Story, browser: AsyncClient) -> None:
    await published(story)
    for document in (await story.state()).versions[-1].documents:
        file = await browser.get(f"/files/{story.number}/{document.sha256}.pdf")
        public = document.rendition == Rendition.PUBLIC.value
        assert file.status_code == (200 if public else 404)
        assert (file.headers["content-type"] == "application/pdf") == public


async def test_a_published_version_is_given_out_as_a_word_document(
    story: Story, browser: AsyncClient
) -> None:
    address = f"/files/{story.number}/v1-ru.docx"
    assert (await browser.get(address)).status_code == 404
    page = await browser.get(await published(story))
    assert address in [link["href"] for link in soup(page).select("#files + ul a")]
    assert (await browser.get(address)).content.startswith(b"PK")
    assert (await browser.get(f"/files/{story.number}/v2-ru.docx")).status_code == 404


async def test_the_permanent_page_shows_hashes_and_no_replies(story: Story, browser: AsyncClient) -> None:
    page = await browser.get(await published(story))
    state = await story.state()
    said = words(page)
    assert state.versions[-1].content.sha256 in said
    for document in state.versions[-1].documents:
        assert (document.sha256 in said) == (document.rendition == "public")
    assert "№311" not in said  # the reference of an official source is withheld from the public
    assert "https://example.kz/reports/1" in said


async def test_a_corrected_report_names_its_correction(story: Story, browser: AsyncClient) -> None:
    address = await published(story)
    await story.corrects()
    between = words(await browser.get(address))
    assert "2026 ж" in between or "04.09.2026" in between
    await story.is_published()
    said = words(await browser.get(address))
    assert "Санда қате болды" in said
    assert "Түзетілді" in said
    assert [v.number for v in (await story.state()).versions] == [1, 2]
    assert "2-нұсқа" in said
    assert "1-нұсқа" in said


async def test_a_number_is_checked_without_a_word_about_persons(story: Story, browser: AsyncClient) -> None:
    await story.invites()
    letter = await story.letter(LetterKind.INVITATION)
    for kind in (LetterKind.INVITATION, LetterKind.INVITATION, LetterKind.APPROVAL_REQUEST):
        await adds(
            story,
            DeliveryRow(
                number=story.number,
                letter=letter.id,
                attempt=1,
                kind=kind.value,
                message_id="m",
                recipient="p-expert-2",
                address="p20@example.kz",
                language="ru",
                subject="s",
                outcome="accepted",
                at=NOW,
            ),
        )
    page = await browser.get(await story.check_page(LetterKind.INVITATION))
    table = [
        [cell.get_text(strip=True) for cell in row.find_all("td")] for row in soup(page).select("tbody tr")
    ]
    assert table == [["жұмыс тобына шақыру", "04.09.2026", "2"]]
    assert "p20@example.kz" not in page.text
    assert "Образцов" not in page.text


async def leaves(story: Story, kind: LetterKind) -> None:
    """A letter that the mail server took, as it is on record."""
    row = DeliveryRow(
        number=story.number,
        letter="L1-0",
        attempt=1,
        kind=kind.value,
        message_id="m",
        recipient="r",
        address="somebody@example.kz",
        language="kk",
        subject="s",
        outcome=DeliveryOutcome.ACCEPTED.value,
        at=NOW,
    )
    await adds(story, row)


@pytest.mark.parametrize("language", Language)
async def test_a_monitoring_nobody_was_written_about_looks_like_none(
    story: Story, browser: AsyncClient, language: Language
) -> None:
    async def said(number: str) -> str:
        page = await browser.get(f"/check/{number}", params={"lang": language.value})
        assert page.status_code == 200
        return page.text.replace(number, "")

    none = await said("2026-XX-0001")
    assert await said(story.number) == none
    await leaves(story, LetterKind.APPROVAL_REQUEST)
    assert await said(story.number) == none, "a letter to the body's own head tells nobody else"
    await leaves(story, LetterKind.INVITATION)
    assert await said(story.number) == none, "nor does a bare number of one that was written about"


async def test_a_natural_person_is_not_named(story: Story, browser: AsyncClient) -> None:
    await story.invites()
    await leaves(story, LetterKind.INVITATION)
    checked = await story.check_page(LetterKind.INVITATION)
    async with story.sessions.begin() as session:
        row = await session.get_one(MonitoringRow, story.number)
        state = await story.state()
        lead = state.lead.model_copy(update={"kind": OrganisationKind.NATURAL_PERSON})
        row.state = state.model_copy(update={"conductors": (lead,)}).model_dump(mode="json")
        body = await organisation_on(session, lead.organisation, NOW.date())
    assert body is not None
    for language, name in {Language.KK: "Жеке тұлға", Language.RU: "Физическое лицо"}.items():
        page = await browser.get(f"{checked}&lang={language.value}")
        assert name in words(page)
        for secret in (body.name_kk, body.name_ru, body.email, body.phone, body.address):
            assert not secret or secret not in page.text
        assert flaws(page) == []


async def test_a_typed_number_is_taken_as_people_type_it(story: Story, browser: AsyncClient) -> None:
    found = await browser.get("/check", params={"number": f" № {story.number.lower()} ", "lang": "en"})
    assert found.headers["location"] == f"/check/{story.number}?lang=en"
    for pasted in (
        story.number.replace("-", "–"),
        story.number.replace("A", "А"),
        f"{story.number}.",
        f"«{story.number}»",
    ):
        found = await browser.get("/check", params={"number": pasted, "lang": "en", "word": "w"})
        assert found.headers["location"] == f"/check/{story.number}?lang=en&word=w", pasted
        found = await browser.get(f"/check/{pasted}?lang=en&word=w")
        assert found.headers["location"] == f"/check/{story.number}?lang=en&word=w", pasted
        found = await browser.get(f"/public/{pasted}?lang=en")
        assert found.headers["location"] == f"/public/{story.number}?lang=en", pasted
    for language in Language:
        for none in ("K7MT4-XPA2H", "жоқ", "57:0123456789abcdef", "…"):
            page = await browser.get("/check", params={"number": none, "lang": language.value, "word": "w"})
            assert text(language, "page.genuine.unknown_hint") not in words(page), (
                "nothing is said of a letter"
            )
            assert flaws(page) == []
    unknown = await browser.get("/check", params={"number": "<b>nothing"})
    assert "<b>nothing" in words(unknown)
    assert flaws(unknown) == []


async def test_stylesheets_are_ours_and_nothing_else_is_served(browser: AsyncClient) -> None:
    page = soup(await browser.get("/"))
    sheets = [str(link["href"]) for link in page.select('link[rel="stylesheet"]')]
    assert len(sheets) == 2
    for sheet in sheets:
        style = await browser.get(sheet)
        assert style.headers["content-type"].startswith("text/css")
        assert "url(" not in style.text
        assert "@import" not in style.text
    for other in ("/static/../app.py", "/static/vendor/simpledotcss/LICENSE", "/static/%2e%2e/app.py"):
        assert (await browser.get(other)).status_code == 404


async def test_kinds_are_those_of_the_rules(story: Story, browser: AsyncClient) -> None:
    options = soup(await browser.get("/public")).select("#kind option")
    assert [option["value"] for option in options] == ["", *(kind.value for kind in Kind)]


async def test_a_second_address_corrects_nothing(story: Story, browser: AsyncClient) -> None:
    address = await published(story)
    await story.corrects()
    await story.is_published()
    await story.does(PublishReport, published_on=NOW.date(), address="https://example.kz/reports/1-mended")
    said = words(await browser.get(address))
    assert "https://example.kz/reports/1-mended" in said
    assert said.count("Санда қате болды") == 2, "in the notice and beside the version, as before"
    again = await story.keeps(TextNote(text="Тағы бір қате табылды"))
    await story.does(BeginCorrection, reason=again)
    assert "Тағы бір қате табылды" not in words(await browser.get(address)), "version 3 is not published yet"


async def test_a_version_at_two_addresses_is_not_called_corrected(story: Story, browser: AsyncClient) -> None:
    address = await published(story)
    await story.does(PublishReport, published_on=NOW.date(), address="https://example.kz/reports/1-mended")
    await story.does(BeginCorrection, reason=await story.keeps(TextNote(text="Санда қате болды")))
    page = await browser.get(address, params={"lang": "en"})
    assert "Санда қате болды" not in words(page)
    assert text(Language.EN, "page.public.corrected", version=1) not in words(page)
    listed = await browser.get("/public", params={"lang": "en"})
    assert "· " + text(Language.EN, "page.list.corrected") not in words(listed)


async def test_the_home_page_is_named_once(browser: AsyncClient) -> None:
    title = soup(await browser.get("/", params={"lang": "ru"})).title
    assert title is not None
    assert title.get_text(strip=True) == text(Language.RU, "page.home.title")


async def test_a_number_is_said_back_without_control_characters(browser: AsyncClient) -> None:
    for address in ("/check/%00A%1B", "/check?number=%00A%1B"):
        page = await browser.get(address)
        assert page.status_code == 200
        assert not {"\x00", "\x1b"} & set(page.text), address
        assert "A" in words(page)


async def test_a_version_is_read_by_its_number_and_one_that_was_not_published_is_told(
    story: Story, browser: AsyncClient
) -> None:
    address = await published(story)
    await story.corrects()
    await story.does(PublishReport, published_on=NOW.date(), address="https://example.kz/reports/2")
    newest = await browser.get(f"{address}?lang=en")
    first = await browser.get(f"{address}?lang=en&version=1")
    assert (first.status_code, flaws(first)) == (200, [])
    assert "former version" in words(first)
    assert "Түзетілді" in newest.text
    assert "Түзетілді" not in first.text
    for asked in ("99", "0", "last", ""):
        told = await browser.get(f"{address}?lang=en&version={asked}")
        assert (told.status_code, flaws(told)) == (404, []), asked
        assert "was not published" in words(told)
