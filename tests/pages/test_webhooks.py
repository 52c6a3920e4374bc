"""The administrator's pages of where events are delivered to."""

import pytest
from httpx import AsyncClient
from sqlmodel import select

from locales.catalogue import text
from models.tables.webhooks import WebhookRow
from models.timeline.cloud_events import PREFIX, TYPES
from models.vocabulary.procedure import Language
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import fields, flaws, soup, words
from tests.pages.story import Story
from tests.pages.test_consolidation import signed_in
from tests.pages.test_registries import checks, records

AT = "/staff/webhooks"
NEW = {
    "label": "Құжат айналымы жүйесі",
    "url": "https://records.example.kz/hooks",
    "event_types": "report_approved, monitoring.report_published",
    "reads_as": "a-uo-auditor",
    "reason": "№ 4 келісім",
}


async def test_an_address_is_added_its_secret_made_and_shown_once_and_it_is_stopped(
    story: Story, administrator: AsyncClient
) -> None:
    done = await records(administrator, f"{AT}/new?key=new", NEW)
    assert NEW["label"] in words(done)
    async with story.sessions() as session:
        (row,) = (await session.exec(select(WebhookRow))).all()
    assert row.types == ["monitoring.report_approved", "monitoring.report_published"]
    shown = await administrator.get(f"{AT}/{row.id}")
    assert (shown.status_code, flaws(shown)) == (200, [])
    russian = words(await administrator.get(f"{AT}/{row.id}?lang=ru"))
    assert "Отчёт утверждён (report_approved), Отчёт опубликован (report_published)" in russian
    assert "надзор, " in russian
    assert "a-uo-auditor" not in russian
    key = soup(shown).select_one("form[action*=secret] input[name=key]")
    assert key is not None
    pressed = {"key": str(key["value"])}
    made = await administrator.post(f"{AT}/{row.id}/secret", data=pressed)
    assert flaws(made) == []
    (secret,) = fields_named(made.text, "secret")
    assert secret.startswith("whsec_")
    twice = await administrator.post(f"{AT}/{row.id}/secret", data=pressed)
    assert fields_named(twice.text, "secret") == [secret]
    assert secret not in (await administrator.get(f"{AT}/{row.id}")).text
    opened = await administrator.get(f"{AT}/{row.id}/change")
    assert fields(opened)["event_types"] == ["report_approved, report_published"]
    await records(
        administrator,
        f"{AT}/{row.id}/change?key=stop",
        {"active": "", "reads_as": "a-uo-auditor", "reason": "Жөндеу"},
    )
    async with story.sessions() as session:
        assert (await session.get_one(WebhookRow, row.id)).state == "stopped"
    assert (await administrator.get(f"{AT}/nobody")).status_code == 404


def fields_named(text: str, name: str) -> list[str]:
    return [part.partition('value="')[2].partition('"')[0] for part in text.split(f'id="{name}"')[1:]]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", "https://10.0.0.1/hook"),
        ("url", "ftp://records.example.kz"),
        ("event_types", "nothing_happened"),
        ("reads_as", "nobody"),
    ],
)
async def test_what_will_not_do_is_said_at_its_field_before_it_is_sent(
    administrator: AsyncClient, field: str, value: str
) -> None:
    check = await checks(administrator, f"{AT}/new", {**NEW, field: value})
    assert check.status_code == 422
    assert soup(check).select_one(f"#{field}-message") is not None, words(check)


async def test_only_administrators_come_here(browser: AsyncClient, seeded_database: SeededDatabase) -> None:
    await signed_in(browser, seeded_database, "uo-head")
    assert (await browser.get(AT)).status_code == 403
    assert (await browser.post(f"{AT}/x/secret", data={"key": "0" * 32})).status_code == 403


@pytest.mark.parametrize("language", Language)
async def test_every_type_of_event_that_may_be_typed_is_named_on_the_form(
    administrator: AsyncClient, language: Language
) -> None:
    form = await administrator.get(f"{AT}/new?lang={language.value}")
    assert (form.status_code, flaws(form)) == (200, [])
    named = {
        row.select("dt")[0].get_text(strip=True): row.select("dd")[0].get_text(strip=True)
        for row in soup(form).select("form details dl div")
    }
    assert {f"{PREFIX}{word}" for word in named} == set(TYPES)
    assert named["report_approved"] == text(language, "history.event.report_approved")
