"""The pages of registers as files: an administrator sets one up, its account fetches, auditors look on."""

from datetime import datetime

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlmodel import select

from api.register.kept.keeping import FileKeeper
from models.tables.file_schedules import FileScheduleRow
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import fields, flaws, soup, words
from tests.pages.story import Story
from tests.pages.test_consolidation import signed_in
from tests.pages.test_registries import checks, records

AT = "/staff/file-schedules"
NEW = {
    "schedule_label": "Апталық тізілім",
    "subject": "consolidated",
    "format": "csv",
    "file_language": "ru",
    "rhythm": "weeks",
    "hour": "7",
    "keep": "12",
    "made_for": "a-uo-analyst",
    "reason": "№ 4 хат",
}


@pytest.fixture
async def administrator(browser: AsyncClient, seeded_database: SeededDatabase) -> AsyncClient:
    await signed_in(browser, seeded_database, "uo-admin")
    return browser


async def _row(story: Story) -> FileScheduleRow:
    async with story.sessions() as session:
        (row,) = (await session.exec(select(FileScheduleRow))).all()
    return row


async def _made(app: FastAPI, row: FileScheduleRow, at: datetime) -> None:
    assert await FileKeeper(app.state.services).look(at) == 1, row.id


async def test_a_schedule_is_set_up_and_its_account_fetches_what_was_made(
    story: Story, administrator: AsyncClient, seeded_database: SeededDatabase, app: FastAPI
) -> None:
    done = await records(administrator, f"{AT}/new?key=new", NEW)
    assert NEW["schedule_label"] in words(done)
    row = await _row(story)
    assert (row.subject, row.format, row.rhythm, row.hour, row.keep) == (
        "consolidated",
        "csv",
        "weeks",
        7,
        12,
    )
    shown = await administrator.get(f"{AT}/{row.id}?lang=ru")
    assert flaws(shown) == []
    assert "первый рабочий день недели, 07:00" in words(shown)
    assert "Пока ничего не создано." in words(shown)
    assert f"/api/v1/scheduled-files/{row.id}" in words(shown)
    await _made(app, row, datetime.fromisoformat("2100-01-01T00:00+00:00"))
    log = await administrator.get(f"{AT}/{row.id}?lang=ru")
    assert "файл сохранён" in words(log)
    assert soup(log).select("table a") == [], "an administrator sees that it was made, not what is in it"
    await signed_in(administrator, seeded_database, "uo-analyst")
    (listed,) = soup(await administrator.get(AT)).select("table th a")
    assert str(listed["href"]).startswith(f"{AT}/{row.id}")
    (file,) = soup(await administrator.get(f"{AT}/{row.id}")).select("table a")
    fetched = await administrator.get(str(file["href"]))
    assert fetched.headers["content-type"].startswith("text/csv")
    assert fetched.headers["content-disposition"].startswith("attachment")
    assert fetched.content.startswith("\ufeff".encode())
    assert (await administrator.get(f"{AT}/{row.id}/change")).status_code == 403


async def test_it_is_changed_and_stopped(story: Story, administrator: AsyncClient) -> None:
    await records(administrator, f"{AT}/new?key=new", NEW)
    row = await _row(story)
    opened = await administrator.get(f"{AT}/{row.id}/change")
    assert fields(opened)["hour"] == ["7"]
    changed = {**NEW, "active": "", "subject": "duties", "reason": "Жөндеу"}
    await records(administrator, f"{AT}/{row.id}/change?key=stop", changed)
    after = await _row(story)
    assert (after.active, after.subject) == (False, "duties")
    assert "остановлено" in words(await administrator.get(f"{AT}/{row.id}?lang=ru"))
    assert (await administrator.get(f"{AT}/nobody")).status_code == 404


@pytest.mark.parametrize(
    ("field", "value"), [("hour", "24"), ("keep", "0"), ("keep", "many"), ("rhythm", ""), ("made_for", "")]
)
async def test_what_will_not_do_is_told_at_its_field(
    administrator: AsyncClient, field: str, value: str
) -> None:
    check = await checks(administrator, f"{AT}/new?key=k", {**NEW, field: value})
    assert check.status_code == 422
    assert soup(check).select_one(f"#{field}-message") is not None, words(check)


async def test_a_format_that_is_not_made_is_told(administrator: AsyncClient) -> None:
    check = await checks(administrator, f"{AT}/new?key=k", {**NEW, "subject": "duties", "format": "pdf"})
    assert check.status_code == 422
    assert "PDF" in words(check)


async def test_auditors_look_on_and_others_see_what_is_made_for_them(
    story: Story, administrator: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await records(administrator, f"{AT}/new?key=new", NEW)
    row = await _row(story)
    for label, seen in (("uo-auditor", 200), ("uo-head", 404)):
        await signed_in(administrator, seeded_database, label)
        assert (await administrator.get(f"{AT}/{row.id}")).status_code == seen
        assert (await administrator.get(f"{AT}/new")).status_code == 403
    assert NEW["schedule_label"] not in words(await administrator.get(AT))
