"""What an operator has to see to, on the administrator's page, in three languages; nobody else's."""

from datetime import timedelta

import pytest
from httpx import AsyncClient

from models.proceeding.disagreement import StoreFault
from models.proceeding.missed import MissedFault
from models.tables.disagreements import DisagreementRow
from models.tables.missed import MissedMomentRow
from models.vocabulary.procedure import Language
from tests.catalogue_checks import missing
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import flaws, words
from tests.pages.story import NOW, Story
from tests.pages.test_consolidation import signed_in

HERE = "/staff/operation"


def test_every_fault_has_its_words() -> None:
    faults = (*MissedFault, *StoreFault)
    assert missing([f"page.registries.operation.fault.{fault.value}" for fault in faults]) == []


@pytest.mark.parametrize("language", Language)
async def test_what_was_missed_and_what_disagrees_stands_there(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await signed_in(browser, seeded_database, "uo-admin")
    empty = await browser.get(HERE, params={"lang": language.value})
    assert (empty.status_code, flaws(empty)) == (200, [])
    missed = MissedMomentRow(
        workflow_id="monitoring/2026-UO-0007",
        mark="2026-UO-0007",
        fault=MissedFault.SILENT.value,
        due_at=NOW - timedelta(hours=1),
        noticed_at=NOW,
        seen_at=NOW,
    )
    apart = DisagreementRow(
        workflow_id="duty/td-sary/comprehensive",
        mark="13.1-SARY",
        fault=StoreFault.JOURNAL_BEHIND.value,
        seq=3,
        noticed_at=NOW,
        seen_at=NOW,
    )
    async with story.sessions() as session, session.begin():
        session.add_all([missed, apart])
    shown = await browser.get(HERE, params={"lang": language.value})
    assert (shown.status_code, flaws(shown)) == (200, [])
    assert "2026-UO-0007" in words(shown)
    assert "13.1-SARY" in words(shown)


async def test_it_is_the_administrators(browser: AsyncClient, seeded_database: SeededDatabase) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    assert (await browser.get(HERE)).status_code in {403, 404}
