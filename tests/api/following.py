"""A monitoring whose items are accepted by two bodies, and whose commands are obeyed by the real rules.

Only the workflow between the API and the recorder is left out, as in the stories of the pages.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from temporalio.client import Client

from api.commands import desk as commanding
from api.commands import repair
from api.commands.addressed import Addressed
from api.commands.sending import Fate, Outcome
from api.services.services import Services
from api.services.temporal import Temporal
from local.samples import ScenarioName, content_of, load_scenario
from models.calendar.country import COUNTRY
from models.commands import AnswerReport, ItemAnswer, NewAddressee
from models.commands.command import Command
from models.commands.receipt import Receipt
from models.monitoring.rules import decide
from models.report.content import Item, ReportContent, Wording, canonical, content_sha256
from models.report.facts import ContentPin, pin
from models.report.notes import ItemReply, ReplyNote
from models.tables.content import SnapshotRow
from models.tables.files import AttachmentRow, FileRow
from models.vocabulary.procedure import Ground, Id, ItemKind, Response
from models.vocabulary.refusal import Refused
from tests.api.world import PDF, Case, World, body
from tests.keeping import both_agree, kept_once
from tests.leading import dispatched

Json = dict[str, Any]
AKIMAT, CLINIC = "akimat-sary", "clinic-2"
PROPOSAL_TO_AKIMAT = Item(id="p2", kind=ItemKind.PROPOSAL, addressee=AKIMAT, text=Wording(kk="Кестені ашу"))


def in_days(days: int) -> date:
    return datetime.now(COUNTRY).date() + timedelta(days=days)


class Followed(Case):
    """Scenario B with one more proposal, to the akimat: `p1` and `q1` are the clinic's, `p2` the akimat's."""

    def content(self) -> ContentPin:
        return pin(self._written())

    def _written(self) -> ReportContent:
        content = content_of(load_scenario(self.name), self.number)
        decision = content.draft.decision
        decision = decision.model_copy(update={"items": (*decision.items, PROPOSAL_TO_AKIMAT)})
        return content.model_copy(update={"draft": content.draft.model_copy(update={"decision": decision})})

    async def sent_to_both(self) -> None:
        await self.approved()
        async with self.world.sessions() as session, session.begin():
            content = self._written()
            row = SnapshotRow(
                sha256=content_sha256(content),
                number=self.number,
                body=canonical(content).decode(),
                at=datetime.now(UTC),
            )
            await kept_once(session, row)
        note = await self.keeps(Wording(kk="Емхананың жоғары тұрған органы"))
        to = (
            NewAddressee(body=body(CLINIC), ground=Ground.OBJECT),
            NewAddressee(body=body(AKIMAT), ground=Ground.OTHER, reason=note),
            NewAddressee(body=body("uo"), ground=Ground.CONSOLIDATION),
        )
        await self.is_led(dispatched(to))

    async def accepted(self) -> None:
        """The clinic declines its proposal and accepts the recommendation for a day; the akimat accepts."""
        reply = ReplyNote(text="", items=(ItemReply(item="p1", text="Қаражат жоқ"),))
        declined = ItemAnswer(item="p1", response=Response.DECLINED, reasoned=True)
        later = ItemAnswer(item="q1", response=Response.ACCEPTED, planned_on=in_days(200))
        await self.replies(CLINIC, reply, declined, later)
        whole = ItemAnswer(item="p2", response=Response.ACCEPTED)
        await self.replies(AKIMAT, ReplyNote(text=""), whole)

    async def replies(self, addressee: Id, reply: ReplyNote, *answers: ItemAnswer) -> None:
        await self.does(AnswerReport, addressee=addressee, answers=answers, reply=await self.keeps(reply))

    async def evidence(self, name: str) -> str:
        """A file attached to this monitoring."""
        sha256 = content_sha256(Wording(kk=f"{self.number} {name}"))
        async with self.world.sessions() as session, session.begin():
            at = datetime.now(UTC)
            stored = FileRow(sha256=sha256, media_type="application/pdf", size=len(PDF), content=PDF, at=at)
            await kept_once(session, stored)
            row = AttachmentRow(
                id=f"a-{sha256[:12]}", number=self.number, sha256=sha256, filename=name, at=at
            )
            await kept_once(session, row)
        return sha256


async def followed(world: World, monkeypatch: pytest.MonkeyPatch) -> Followed:
    """Accepted items, and an API whose commands are obeyed."""
    world.serial += 1
    number = f"{load_scenario(ScenarioName.B).number[:-4]}{world.serial:04d}"
    case = Followed(world, ScenarioName.B, number)
    await case.start()
    await case.sent_to_both()
    await case.accepted()
    obeys(world, monkeypatch, case)
    return case


def obeys(world: World, monkeypatch: pytest.MonkeyPatch, *cases: Case) -> None:
    """Commands of the API are decided and recorded at once."""
    by_number = {case.number: case for case in cases}

    async def send(client: Client, to: Addressed[Receipt], command: Command, budget: float) -> Outcome:
        case = by_number[to.mark]
        try:
            events = decide(case.state, command, datetime.now(UTC))
        except Refused as refused:
            return Outcome(fate=Fate.REFUSED, refusals=refused.refusals)
        await case.happens(command.actor, *events)
        receipt = Receipt(number=case.number, seq=case.state.seq, stage=case.state.stage)
        return Outcome(fate=Fate.DONE, receipt=receipt)

    async def nobody() -> Any:
        """The obliging one needs no connection."""

    monkeypatch.setattr(commanding, "send_command", send)
    monkeypatch.setattr(repair, "compared", both_agree)
    services: Services = world.app.state.services
    world.app.state.services = Services(
        settings=services.settings, sessions=services.sessions, temporal=Temporal(nobody)
    )


async def items(world: World, case: Case, who: str) -> dict[Id, Json]:
    answer = await world.call(who, "GET", f"{case.path}/items")
    assert answer.status_code == 200, answer.text
    return {item["id"]: item for item in answer.json()}
