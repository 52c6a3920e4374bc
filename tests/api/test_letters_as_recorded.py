"""A letter of what this process has recorded last reads no state, and its cause once."""

from pydantic import SecretStr
from sqlmodel import col, select
from temporalio.testing import ActivityEnvironment

from activities.letters.sending import Letters
from activities.letters.smtp import SmtpClient
from activities.record.remembered import Known, Remembered
from api.services.services import Services
from local.mailbox import Mailbox
from models.events import LetterSent
from models.letters.letter import Letter
from models.letters.post import LetterOrder
from models.tables.monitorings import MonitoringRow
from models.vocabulary.actors import SYSTEM
from models.vocabulary.letters import LetterKind, LetterStatus
from tests.api.world import Case, World
from tests.counting import statements_of


async def recorded_last(case: Case) -> Known:
    async with case.world.sessions() as session:
        heads = select(MonitoringRow.head_hash).where(col(MonitoringRow.number) == case.number)
        head_hash = (await session.exec(heads)).one()
    return Known(seq=case.state.seq, head_hash=head_hash, state=case.state)


async def sends(letters: Letters, case: Case, letter: Letter) -> list[str]:
    """The statements that ask what the letter is about."""
    order = LetterOrder(number=case.number, letter=letter, workflow_id=case.state.workflow_id)
    with statements_of(case.world.sessions) as counted:
        await ActivityEnvironment().run(letters.send_letter, order)
    return [sent for sent in counted.of("monitorings") if "journal" in sent]


async def test_what_was_recorded_here_is_not_read_and_what_others_recorded_is(
    world: World, mailbox: Mailbox
) -> None:
    services: Services = world.app.state.services
    recorded, case = Remembered(), await world.started()
    await case.approved()
    await case.dispatches()
    [due] = [
        letter
        for letter in case.state.letters.values()
        if letter.kind is LetterKind.REPORT_FOR_CONSIDERATION and letter.status is LetterStatus.DUE
    ]
    recorded.keep(case.state.workflow_id, await recorded_last(case), 1)
    async with SmtpClient(SecretStr(mailbox.smtp_url)) as smtp:
        letters = Letters(world.sessions, services.settings, smtp, recorded=recorded)
        first = await sends(letters, case, due)
        second = await sends(letters, case, due.model_copy(update={"attempt": 2}))
        assert len(first) == len(second) == 1
        assert "monitorings.state" not in first[0] + second[0]
        assert "journal.event" in first[0], "the cause was not known here"
        assert "journal.event" not in second[0]

        await case.happens(SYSTEM, LetterSent(letter=due.id, attempt=due.attempt))
        again = await sends(letters, case, due.model_copy(update={"attempt": 3}))
        assert "monitorings.state" in again[-1], "another process has recorded since"
    texts = [letter.text for letter in mailbox.store.letters()]
    assert len(texts) == 3
    assert all(case.number in text for text in texts)
