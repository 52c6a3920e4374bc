"""The calendar as everybody reads it: a question, its answer day by day, and a year on the wall."""

import pytest
from httpx import AsyncClient, Response
from sqlmodel import delete

from api.calendar.seed import seed_edition
from locales.acts import act_address, say_act
from models.tables.calendars import CalendarRow
from models.vocabulary.procedure import Language
from tests.keeping import triggers_sleep
from tests.pages.reading import flaws, soup, words
from tests.pages.story import Story


async def asks(browser: AsyncClient, **fields: str) -> Response:
    page = await browser.get("/calendar", params=fields)
    assert page.status_code == 200, page.text[:2_000]
    return page


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"from": "2026-08-20", "days": "15"},
        {"since": "30.04.2024", "until": "24.05.2024", "year": "2024"},
        {"from": "soon", "days": "много"},
        {"since": "2026-08-20", "until": "2026-08-19"},
    ],
)
async def test_it_speaks_every_language_and_is_well_built(
    story: Story, browser: AsyncClient, language: Language, fields: dict[str, str]
) -> None:
    page = await asks(browser, **fields, lang=language.value)
    assert page.headers["content-language"] == language.value
    assert flaws(page) == []


async def test_a_term_ends_where_the_official_calendar_says_and_the_days_are_named(
    browser: AsyncClient,
) -> None:
    said = words(await asks(browser, **{"from": "30.04.2024"}, days="15", lang="ru"))
    assert "24 мая 2024 г. (пятница)" in said
    assert "04.05.2024, сб – Рабочий день (вместо 08.05.2024): вошёл в счёт Основание: G24G0000109" in said
    assert "07.05.2024, вт – День защитника Отечества: не вошёл в счёт" in said


async def test_the_days_between_two_dates_are_counted(browser: AsyncClient) -> None:
    said = words(await asks(browser, since="2024-04-30", until="2024-05-24", lang="kk"))
    assert "15 жұмыс күні" in said
    assert "Жұмыс күні (08.05.2024 орнына): есепке кірді" in said


async def test_every_day_stands_in_the_table_with_its_number(browser: AsyncClient) -> None:
    page = soup(await asks(browser, **{"from": "2024-04-30"}, days="15", lang="ru"))
    rows = [
        [cell.get_text(strip=True) for cell in row.find_all("td")] for row in page.select(".count tbody tr")
    ]
    assert len(rows) == 24
    assert rows[0] == [
        "01.05.2024, ср",
        "–",
        "Праздник единства народа Казахстана",
    ]
    assert rows[1] == ["02.05.2024, чт", "1", ""]
    assert [row[1] for row in rows if row[1] != "–"] == [str(n) for n in range(1, 16)]


async def test_a_date_that_may_still_move_says_so(browser: AsyncClient) -> None:
    said = words(await asks(browser, **{"from": "2026-12-10"}, days="15", lang="ru"))
    assert "5 января 2027 г. (вторник)" in said
    assert "Переносы выходных на этот период ещё не объявлены" in said


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"from": "", "days": "5"}, "Укажите, с какого дня считать"),
        ({"from": "20.08.2026", "days": ""}, "от 1 до 250"),
        ({"from": "20.08.2026", "days": "0"}, "от 1 до 250"),
        ({"from": "20.08.2026", "days": "251"}, "от 1 до 250"),
        ({"from": "20.08.2026", "days": "٣"}, "от 1 до 250"),
        ({"from": "31.02.2026", "days": "5"}, "Укажите дату как в примере"),
        ({"from": "0001-01-01", "days": "5"}, "Дата должна быть между 01.01.1990 и 31.12.2100"),
        ({"since": "20.08.2026"}, "Укажите, по какой день считать"),
        ({"since": "20.08.2026", "until": "19.08.2026"}, "не может быть раньше первого"),
        ({"since": "20.08.2026", "until": "20.08.2040"}, "не больше 3 лет"),
    ],
)
async def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_is_kept(
    browser: AsyncClient, fields: dict[str, str], message: str
) -> None:
    page = await asks(browser, **fields, lang="ru")
    assert message in words(page)
    assert soup(page).select_one(".field.wrong .message") is not None
    for name, value in fields.items():
        field = soup(page).find("input", id=name)
        assert field is not None
        assert field["value"] == value


async def test_the_switch_of_languages_keeps_the_question(browser: AsyncClient) -> None:
    page = soup(await asks(browser, **{"from": "20.08.2026"}, days="15", year="2027", lang="kk"))
    address = str(page.select_one('.languages a[hreflang="ru"]')["href"])  # type: ignore[index]
    said = words(await browser.get(address))
    assert "10 сентября 2026 г. (четверг)" in said
    assert "2027 год" in said


async def test_a_year_hangs_on_the_wall(browser: AsyncClient) -> None:
    page = soup(await asks(browser, year="2024", lang="ru"))
    months = page.select("table.month")
    assert len(months) == 12
    may = months[4]
    assert "Май" in may.get_text()
    worked = may.select_one("td.worked")
    assert worked is not None
    assert (worked.get_text(strip=True), worked["title"]) == ("4", "Рабочий день (вместо 08.05.2024)")
    assert [cell.get_text(strip=True) for cell in may.select("td.closed")] == ["1", "7", "8", "9"]
    assert may.select_one("td.closed:not([title])") is None
    assert len(page.select("table.month td[class]")) == 366


@pytest.mark.parametrize("year", ["", "1066", "9999", "2026\x00", "<b>", "٢٠٢٦"])
async def test_a_year_the_calendar_does_not_know_is_this_year(browser: AsyncClient, year: str) -> None:
    page = soup(await asks(browser, year=year))
    current = page.select_one('.years [aria-current="true"]')
    assert current is not None
    assert current.get_text(strip=True) == "2026"


async def test_nothing_typed_becomes_markup(browser: AsyncClient) -> None:
    page = await asks(browser, **{"from": '"><script>x</script>', "days": "\x00<b>"})
    assert "<script>" not in page.text
    assert "<b>" not in page.text


async def test_before_the_first_edition_the_page_says_so_plainly(story: Story, browser: AsyncClient) -> None:
    async with story.sessions.begin() as session:
        await triggers_sleep(session)
        await session.exec(delete(CalendarRow))
    assert (await browser.get("/calendar")).status_code == 404


async def test_every_page_leads_to_it(browser: AsyncClient) -> None:
    for page in ("/", "/public", "/check"):
        links = [str(link["href"]) for link in soup(await browser.get(page)).select("footer a")]
        assert "/calendar?lang=kk" in links


async def test_an_act_is_named_in_the_reader_s_language_and_can_be_read(browser: AsyncClient) -> None:
    page = soup(await asks(browser, year="2024", lang="kk"))
    acts = {link.get_text(strip=True): str(link["href"]) for link in page.select("ul.special a")}
    assert acts == {
        "«Қазақстан Республикасындағы мерекелер туралы» Заңның 5-бабы": (
            "https://adilet.zan.kz/kaz/docs/Z010000267_"
        ),
        "Еңбек кодексінің 84-бабының 5-тармағы": "https://adilet.zan.kz/kaz/docs/K1500000414",
        "Еңбек кодексі": "https://adilet.zan.kz/kaz/docs/K1500000414",
        "G24G0000109": "https://adilet.zan.kz/kaz/docs/G24G0000109",
    }


@pytest.mark.parametrize("language", Language)
def test_every_act_of_the_seed_has_a_name_or_is_an_identifier(language: Language) -> None:
    for act in {day.act for day in seed_edition().days}:
        assert act_address(language, act)
        assert say_act(language, act) != act or " " not in act
    assert act_address(language, "№ 109") == act_address(language, "javascript:alert(1)") == ""
