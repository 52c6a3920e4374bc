"""A monitoring whose letters were really sent, and the mailbox in which they arrived."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from pydantic import SecretStr
from temporalio.testing import ActivityEnvironment

from activities.letters.sending import Letters
from activities.letters.smtp import SmtpClient
from api.services.services import Services
from local.mailbox import Mailbox
from local.samples import load_scenario
from models.commands import (
    BeginCollection,
    CreateWorkingGroup,
    HeadDecision,
    NewMember,
    RequestInformation,
    SubmitToCouncil,
)
from models.events import LetterSent
from models.letters.post import LetterOrder
from models.report.content import Wording
from models.vocabulary.actors import SYSTEM
from models.vocabulary.letters import LetterStatus
from models.vocabulary.procedure import Community, Role, SourceKind
from tests.api.world import Case, World


@dataclass
class Posted:
    """Letters leave by the product's own activity."""

    case: Case
    mailbox: Mailbox
    letters: Letters

    def links(self) -> set[str]:
        """The tokens in the letters as they arrived: their recipients' own."""
        arrived = self.mailbox.store.letters()
        return {found for letter in arrived for found in re.findall(r"/r/(\S+)", letter.text)}

    async def asks(self) -> None:
        """An invitation and a request for information."""
        case = self.case
        members = (
            NewMember(
                member="m1", person="p-public-1", community=Community.PUBLIC, organisation="adil-satyp"
            ),
            NewMember(member="m2", person="p-expert-2", community=Community.EXPERT),
        )
        decision = HeadDecision(
            head="p-sary-head",
            post="Басшы",
            decided_on=case.state.calendar.local_date(case.entries[0].at),
            decision_number="1",
        )
        await case.does(BeginCollection, began_on=load_scenario(case.name).began_on)
        await case.does(CreateWorkingGroup, Role.HEAD, decision=decision, members=members)
        question = await case.keeps(Wording(kk="Қанша?"))
        await case.does(
            RequestInformation,
            request="r1",
            holder="health-sary",
            source_kind=SourceKind.OTHER_LAWFUL,
            question=question,
        )
        await self.leave()

    async def reports(self) -> None:
        """An approved report, sent to whom it is due, and to a council."""
        await self.case.approved()
        await self.case.dispatches()
        await self.leave()
        await self.case.does(SubmitToCouncil, item="k1", council="council-sary")
        await self.leave()

    async def leave(self) -> None:
        """Every letter that is due is sent."""
        state = self.case.state
        for letter in [x for x in state.letters.values() if x.status is LetterStatus.DUE]:
            order = LetterOrder(number=state.number, letter=letter, workflow_id=state.workflow_id)
            proof = await ActivityEnvironment().run(self.letters.send_letter, order)
            sent = LetterSent(letter=letter.id, attempt=letter.attempt, eml=proof.eml, kept=proof.kept)
            await self.case.happens(SYSTEM, sent)


@asynccontextmanager
async def posted_in(world: World, mailbox: Mailbox) -> AsyncIterator[Posted]:
    """A monitoring of scenario B with the post at work."""
    services: Services = world.app.state.services
    async with SmtpClient(SecretStr(mailbox.smtp_url)) as smtp:
        yield Posted(await world.started(), mailbox, Letters(world.sessions, services.settings, smtp))
