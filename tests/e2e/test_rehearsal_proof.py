"""The rehearsal's proof is one: what is not as the journal tells stops it, with a sentence."""

import pytest

from activities.keepers.consolidation_notices import ConsolidationPost
from activities.keepers.duty_notices import DutyPost
from local.rehearsal.clocks import Clocks
from local.rehearsal.patience import RehearsalFailed
from local.rehearsal.records import Records
from local.rehearsal.stage import stage
from local.rehearsal.truth import proved
from models.tables.duties import DutyRow
from models.vocabulary.procedure import Kind

pytestmark = pytest.mark.xdist_group("e2e-rehearsal")


async def test_a_projection_that_says_something_else_than_the_journal_is_found() -> None:
    async with stage() as parts:
        records = Records(parts.sessions)
        async with parts.working():
            await DutyPost(parts.client, parts.sessions).settle()
            await ConsolidationPost(parts.client, parts.sessions).settle()
            await Clocks(parts, records).begin(3 * len(Kind) + 1)
            assert (await proved(parts, records)).proceedings == 3 * len(Kind) + 1
            (first, *_) = await records.duties()
            async with parts.sessions() as session, session.begin():
                row = await session.get_one(DutyRow, first.workflow_id)
                row.state = {**row.state, "evidence": {}, "past": [], "period": None}
            with pytest.raises(RehearsalFailed, match=f"{first.mark}: the journal does not fold"):
                await proved(parts, records)
