"""Sources and indicators are entered from a file on pages: every row looked at, all or none, once."""

from io import BytesIO

import pytest
from httpx import AsyncClient, Response
from openpyxl import Workbook, load_workbook

from locales.catalogue import text
from models.report.content import Quantitative
from models.vocabulary.procedure import Language, SourceAccess, SourceKind
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import fields, flaws, soup, words
from tests.pages.story import Story
from tests.pages.test_cancelling import presses
from tests.pages.test_consolidation import signed_in
from tests.pages.test_editing import at, indicators, sources

TABLE = (
    "Вид источника;Название;Чья информация;Ссылка;Дата получения;Доступность\r\n"
    "5;Статья о закупках;Газета;https://example.kz/news/1;02.09.2026;открытый\r\n"
    "1;Статистика;Орган;https://example.kz/stat;2026-09-01;official\r\n"
)
FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Үлгі газеті</title><language>kk</language>
<item><title>Мектептегі сатып алу</title><link>https://example.kz/news/1</link>
<pubDate>Tue, 01 Sep 2026 21:30:00 +0000</pubDate></item>
<item><title>Жер кезегі &amp;amp; ашықтық</title><link>https://example.kz/news/2</link>
<pubDate>Wed, 02 Sep 2026 10:00:00 +0500</pubDate></item>
</channel></rss>"""


async def chosen(browser: AsyncClient, page: Response, name: str, content: bytes) -> Response:
    """Choose a file on a page's form, and look at it."""
    form = soup(page).find("form", id="form")
    assert form is not None, words(page)
    return await browser.post(
        str(form["action"]),
        data={**selected(page), "action": "check"},
        files={"upload": (name, content, "application/octet-stream")},
    )


def selected(page: Response) -> dict[str, list[str]]:
    """What the form would send, its lists with what is chosen in them."""
    form = soup(page).find("form", id="form")
    assert form is not None
    lists = {
        str(each["name"]): [str(option["value"]) for option in each.select("option[selected]")] or [""]
        for each in form.find_all("select")
    }
    return {**fields(page), **lists}


async def pressed(browser: AsyncClient, page: Response, action: str, **changes: str) -> Response:
    """As `presses`, with what is chosen in the lists."""
    form = soup(page).find("form", id="form")
    assert form is not None, words(page)
    return await browser.post(str(form["action"]), data={**selected(page), **changes, "action": action})


@pytest.mark.parametrize("language", Language)
async def test_a_table_is_mapped_looked_at_and_entered_once(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    form = await browser.get(f"{at(story, 'sources', 'import')}?lang={language.value}")
    assert (form.status_code, flaws(form)) == (200, []), words(form)
    mapped = await chosen(browser, form, "көздер.csv", TABLE.encode("cp1251"))
    assert (mapped.status_code, flaws(mapped)) == (200, []), words(mapped)
    assert selected(mapped)["column-2"] == ["title_ru"]
    assert "Статья о закупках" in words(mapped)
    check = await pressed(browser, mapped, "check")
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    assert "https://example.kz/stat" in words(check)
    assert await sources(story) == ()
    sent = [await presses(browser, check, "send") for _ in range(2)]
    assert [each.status_code for each in sent] == [303, 303], words(sent[1])
    entered = await sources(story)
    assert [(each.kind, each.title.ru, each.access) for each in entered] == [
        (SourceKind.MEDIA, "Статья о закупках", SourceAccess.OPEN),
        (SourceKind.LEGAL_STATISTICS, "Статистика", SourceAccess.OFFICIAL),
    ]
    listed = await browser.get(sent[0].headers["location"])
    assert (listed.status_code, flaws(listed)) == (200, [])
    told = [p.get_text() for p in soup(listed).select("[role=status] p")]
    assert "2" in told[1], told
    assert "0" in told[1], told


async def test_what_is_wrong_is_told_by_row_and_field_and_nothing_is_entered(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    form = await browser.get(f"{at(story, 'sources', 'import')}?lang=ru")
    table = TABLE + "\r\n9;;-;x;31.02.2026;открытый\r\n6;Иное;Орган;x;02.09.2026;открытый\r\n"
    mapped = await chosen(browser, form, "a.csv", table.encode())
    for action in ("check", "send"):
        wrong = await pressed(browser, mapped, action)
        assert (wrong.status_code, flaws(wrong)) == (422, []), words(wrong)
        for field in ("source_kind", "title_kk", "owner", "obtained_on"):
            assert soup(wrong).select_one(f"#row-5-{field} .message") is not None, field
        assert soup(wrong).select_one("#row-6-lawfulness_note .message") is not None, "rule 7.6"
        assert "Строка 5" in words(wrong)
    assert await sources(story) == ()


async def test_a_feed_is_entered_and_what_is_there_is_told_and_not_doubled(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    """Rule 7.5: a publication is the one at its address, whenever its feed is brought in again."""
    await signed_in(browser, seeded_database, "sary-analyst")
    address = at(story, "sources", "import", "feed")
    form = await browser.get(f"{address}?lang=kk")
    assert (form.status_code, flaws(form)) == (200, []), words(form)
    mapped = await chosen(browser, form, "news.rss", FEED.encode())
    assert (mapped.status_code, flaws(mapped)) == (200, []), words(mapped)
    check = await pressed(browser, mapped, "check")
    assert (await presses(browser, check, "send")).status_code == 303, words(check)
    found = [(s.kind, s.title.kk, s.owner, s.obtained_on.isoformat()) for s in await sources(story)]
    assert found == [
        (SourceKind.MEDIA, "Мектептегі сатып алу", "Үлгі газеті", "2026-09-02"),
        (SourceKind.MEDIA, "Жер кезегі & ашықтық", "Үлгі газеті", "2026-09-02"),
    ]
    again = await chosen(browser, await browser.get(f"{address}?lang=kk"), "again.xml", FEED.encode())
    assert words(again).count("бұрыннан бар") == 2
    refused = await pressed(browser, again, "check")
    assert refused.status_code == 422
    assert "жаңасы жоқ" in words(refused)
    assert len(await sources(story)) == 2


async def test_answers_to_a_survey_become_shares_that_rest_on_it(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    """Rule 7.4, from a workbook as people keep it: a title above, a question merged over its answers."""
    await signed_in(browser, seeded_database, "sary-analyst")
    book = Workbook()
    sheet = book.active
    sheet.append(["Опрос посетителей"])
    sheet.append(["Вопрос", "Ответ", "Количество"])
    for row in (["Просили ли плату?", "Да", 37], [None, "Нет", 343]):
        sheet.append(row)
    sheet.merge_cells("A3:A4")
    book.create_sheet("Черновик").sheet_state = "hidden"
    kept = BytesIO()
    book.save(kept)
    form = await browser.get(f"{at(story, 'indicators', 'import', 'survey')}?lang=ru")
    mapped = await chosen(browser, form, "опрос.xlsx", kept.getvalue())
    assert (mapped.status_code, flaws(mapped)) == (200, []), words(mapped)
    assert "Черновик" in words(mapped), "what is hidden is told, not read"
    check = await pressed(browser, mapped, "check")
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    assert (await presses(browser, check, "send")).status_code == 303
    found = await indicators(story)
    assert all(isinstance(each, Quantitative) for each in found)
    assert [(e.name.ru, str(e.value), str(e.denominator)) for e in found if isinstance(e, Quantitative)] == [
        ("Просили ли плату? – Да", "9.7", "380"),
        ("Просили ли плату? – Нет", "90.3", "380"),
    ]


async def test_a_number_that_can_be_read_in_two_ways_is_asked(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    form = await browser.get(f"{at(story, 'indicators', 'import')}?lang=en")
    table = 'Name,Value,What it describes\r\nMoved up,"1,250",state\r\n'
    mapped = await chosen(browser, form, "a.csv", table.encode())
    wrong = await pressed(browser, mapped, "check")
    assert soup(wrong).select_one("#row-2-value .message") is not None, words(wrong)
    check = await pressed(browser, wrong, "check", decimal="point")
    assert (await presses(browser, check, "send")).status_code == 303, words(check)
    (found,) = await indicators(story)
    assert isinstance(found, Quantitative)
    assert str(found.value) == "1250"


@pytest.mark.parametrize("kind", ["sources", "indicators", "indicators/survey"])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
async def test_a_template_comes_back_with_ones_own_row_and_its_example_is_none(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, kind: str, ending: str
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    name, _, survey = kind.partition("/")
    address = at(story, name, "import", *([survey] if survey else []))
    file = await browser.get(f"{address}/template.{ending}?lang=kk")
    assert file.status_code == 200
    form = await browser.get(f"{address}?lang=ru")
    bare = await pressed(browser, await chosen(browser, form, f"t.{ending}", file.content), "check")
    assert text(Language.RU, "problem.import_empty") in words(bare), "its example is no row"
    mapped = await chosen(browser, form, f"t.{ending}", with_own_row(file.content, ending))
    check = await pressed(browser, mapped, "check")
    assert check.status_code == 200, words(check)
    assert text(Language.RU, "page.desk.importing.line.examples") in words(check)
    assert (await presses(browser, check, "send")).status_code == 303, words(check)
    assert len(await (sources(story) if name == "sources" else indicators(story))) == 1


def with_own_row(template: bytes, ending: str) -> bytes:
    """The template with one more row, as its example, by another name."""
    mark = "Мысал:"
    if ending == "csv":
        said = template.decode("utf-8-sig")
        example = next(line for line in said.splitlines() if mark in line)
        return f"{said.rstrip()}\r\n{example.replace(mark, 'Өз жолымыз:')}\r\n".encode("utf-8-sig")
    book = load_workbook(BytesIO(template))
    sheet = book.worksheets[0]
    at_ = next(row for row in sheet.iter_rows() if any(mark in str(cell.value) for cell in row))
    sheet.append([str(cell.value).replace(mark, "Өз жолымыз:") if cell.value else None for cell in at_])
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


async def test_only_whoever_writes_the_content_while_it_is_open_may(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    mapped = await chosen(
        browser, await browser.get(f"{at(story, 'sources', 'import')}?lang=kk"), "a.csv", TABLE.encode()
    )
    check = await pressed(browser, mapped, "check")
    await signed_in(browser, seeded_database, "uo-auditor")
    refused = await browser.get(at(story, "sources", "import"))
    assert refused.status_code in {403, 404}
    await signed_in(browser, seeded_database, "sary-analyst")
    await story.approves()
    late = await presses(browser, check, "send")
    assert (late.status_code, flaws(late)) == (409, []), words(late)
    assert [each.title.ru for each in await sources(story)].count("Статья о закупках") == 0


async def test_what_a_colleague_entered_meanwhile_is_not_doubled_by_a_stale_page(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    checks = []
    for who in ("sary-analyst", "sary-head"):
        await signed_in(browser, seeded_database, who)
        form = await browser.get(f"{at(story, 'sources', 'import')}?lang=ru")
        mapped = await chosen(browser, form, "a.csv", TABLE.encode())
        checks.append(await pressed(browser, mapped, "check"))
    theirs = await presses(browser, checks[1], "send")
    await signed_in(browser, seeded_database, "sary-analyst")
    mine = await presses(browser, checks[0], "send")
    assert [each.status_code for each in (theirs, mine)] == [303, 303]
    assert len(await sources(story)) == 2
    listed = await browser.get(mine.headers["location"])
    assert "Внесено строк: 0" in words(listed)


async def test_another_sheet_is_looked_at_with_its_own_columns(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    book = Workbook()
    book.active.append(["Название", "Ссылка"])
    book.active.append(["Первая", "https://example.kz/1"])
    other = book.create_sheet("Вторая")
    other.append(["Ссылка", "Заголовок"])
    other.append(["https://example.kz/2", "Вторая"])
    kept = BytesIO()
    book.save(kept)
    form = await browser.get(f"{at(story, 'sources', 'import')}?lang=ru")
    first = await chosen(browser, form, "a.xlsx", kept.getvalue())
    assert (selected(first)["column-1"], selected(first)["sheet"]) == (["title_ru"], ["Sheet"])
    second = await pressed(browser, first, "check", sheet="Вторая")
    assert selected(second)["column-1"] == ["reference"], "guessed anew"
    mapped = await pressed(browser, second, "change", **{"column-2": "owner"})
    assert selected(mapped)["column-2"] == ["owner"], "what was changed holds"
    wrong = await pressed(browser, mapped, "check", **{"column-1": "owner"})
    assert soup(wrong).select_one("#columns-message") is not None, words(wrong)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"PK\x03\x04"),
        ("a.xls", b"x"),
        ("a.csv", b"\x00"),
        ("a.csv", b'"open'),
        ("a.csv", b"Title\n"),
    ],
)
async def test_a_file_that_cannot_be_read_is_told_at_its_field(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, name: str, content: bytes
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    form = await browser.get(f"{at(story, 'sources', 'import')}?lang=en")
    page = await chosen(browser, form, name, content)
    if page.status_code == 200:
        page = await pressed(browser, page, "check")
    assert (page.status_code, flaws(page)) == (422, []), words(page)
    assert soup(page).select_one("#upload-message") is not None, words(page)
