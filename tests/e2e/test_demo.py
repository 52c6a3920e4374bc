"""The demo, which is also what `make up` shows: three monitorings go through the whole of the Rules."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from sqlmodel import select

from activities.bounds.within import within
from activities.encryption.data_converter import codec_of
from activities.proofs.plain_history import legible, plain
from local.demo.__main__ import DOCUMENTS, TOKENS_FILE, demo
from local.demo.screen import Screen
from local.sample_scenario import Scenario
from local.samples import ScenarioName, load_scenario
from local.seed import read_tokens
from local.stack import Stack
from local.temporal import binary
from locales.catalogue import text
from models.agenda.deadline import ReplyPreset
from models.tables.monitorings import MonitoringRow
from models.vocabulary.letters import LetterKind, LetterStatus
from models.vocabulary.procedure import Ground, Language, Response, Stage, monitoring_workflow_id
from tests.documents.reading import unspaced, words
from tests.e2e.town import evidence_of, inside, settings_of
from tests.replay.histories import without_search_attributes
from tests.replay.personal import LINK_TOKEN, personal
from tests.workflows.evidence import Evidence

pytestmark = pytest.mark.xdist_group("e2e-demo")
KAZAKH_LETTERS = frozenset("әіңғүұқө")


@dataclass
class Played:
    """What the demo left behind."""

    stack: Stack
    records: dict[ScenarioName, Evidence]


@pytest_asyncio.fixture(scope="module")
async def played(stack: Stack) -> AsyncIterator[Played]:
    """The demo, played once for all these tests. It raises when a step is not as it should be."""
    await demo(stack, Screen())
    async with inside(stack) as theatre:
        async with theatre.sessions() as session:
            numbers = {row.lead: row.number for row in await session.exec(select(MonitoringRow))}
        leads = {name: load_scenario(name).conductors[0] for name in ScenarioName}
        yield Played(stack, {name: evidence_of(theatre, numbers[lead]) for name, lead in leads.items()})


def letters_called_for(scenario: Scenario) -> Counter[LetterKind]:
    """What the Rules and the product's own courtesies owe to whom, told from the scenario alone."""
    owed: Counter[LetterKind] = Counter()
    for member in scenario.working_group.members if scenario.working_group else ():
        if member.answer is None:
            owed[LetterKind.APPOINTMENT] += 1
            continue
        owed[LetterKind.INVITATION] += 1
        consents = member.answer.consents
        owed[LetterKind.MEMBERSHIP_CONFIRMED if consents else LetterKind.ANSWER_CONFIRMATION] += 1
    owed[LetterKind.INFORMATION_REQUEST] += len(scenario.information_requests)
    owed[LetterKind.APPROVAL_REQUEST] += 2 if scenario.report.returned else 1
    owed[LetterKind.PUBLICATION_REQUEST] += scenario.publication is not None
    for addressee in scenario.dispatch.addressees:
        to_authorized_body = addressee.ground is Ground.CONSOLIDATION
        owed[
            LetterKind.REPORT_FOR_CONSOLIDATION if to_authorized_body else LetterKind.REPORT_FOR_CONSIDERATION
        ] += 1
        if addressee.reply is not None:
            # The Code's term begins with the receipt, and its letter says so.
            owed[LetterKind.RECEIPT_RECORDED] += addressee.preset is ReplyPreset.APPC_76
            accepts = any(a.response is not Response.DECLINED for a in addressee.reply.answers)
            owed[LetterKind.IMPLEMENTATION_AWAITED if accepts else LetterKind.ANSWER_CONFIRMATION] += 1
    owed[LetterKind.ANSWER_CONFIRMATION] += len(scenario.information_requests) + len(scenario.considerations)
    owed[LetterKind.ANSWER_CONFIRMATION] += len(scenario.implementations)
    owed[LetterKind.IMPLEMENTATION_JUDGED] += len(scenario.implementations)
    owed[LetterKind.COUNCIL_ITEM] += len(scenario.considerations)
    owed[LetterKind.LETTER_NOT_DELIVERED] += scenario.mended_letter is not None
    return +owed


@pytest.mark.parametrize("name", ScenarioName)
async def test_monitoring_is_closed_and_has_one_truth(played: Played, name: ScenarioName) -> None:
    record = played.records[name]
    assert (await record.state()).stage is Stage.CLOSED
    await record.has_one_truth()


@pytest.mark.parametrize("name", ScenarioName)
async def test_every_letter_that_is_owed_left_and_no_other(played: Played, name: ScenarioName) -> None:
    letters = await played.records[name].letters()
    assert {letter.status for letter in letters} == {LetterStatus.SENT}
    assert Counter(letter.kind for letter in letters) == letters_called_for(load_scenario(name))


async def test_mailbox_holds_each_letter_once(played: Played) -> None:
    ids = [letter.message_id for letter in played.stack.mailbox.store.letters()]
    owed = sum((letters_called_for(load_scenario(name)) for name in ScenarioName), Counter())
    assert len(ids) == len(set(ids)) == owed.total()


@pytest.mark.parametrize("name", ScenarioName)
@pytest.mark.parametrize("rendition", ["filed", "public"])
async def test_report_is_readable_in_kazakh_and_russian(
    played: Played, name: ScenarioName, rendition: str
) -> None:
    record, scenario = played.records[name], load_scenario(name)
    version = 2 if scenario.report.returned else 1
    for language, title in ((Language.KK, scenario.title.kk), (Language.RU, scenario.title.ru)):
        file = f"{record.number}-v{version}-{rendition}-{language.value}.pdf"
        found = words((played.stack.home / DOCUMENTS / file).read_bytes())
        for heading in ("form.heading", "form.part_1", "form.part_2", "form.part_3"):
            assert unspaced(text(language, heading)) in found, (file, heading)
        assert unspaced(title) in found, file
        assert language is not Language.KK or set(found.lower()) >= KAZAKH_LETTERS


async def test_demo_leaves_what_make_up_needs(played: Played) -> None:
    tokens = read_tokens(played.stack.home / TOKENS_FILE)
    assert {"sary-analyst", "uo-analyst", "ashyk-analyst", "uo-auditor"} <= tokens.keys()


# ——— what Temporal keeps of it ———
@pytest.mark.parametrize("name", ScenarioName)
async def test_history_is_sealed_and_even_opened_tells_of_nobody(played: Played, name: ScenarioName) -> None:
    record = played.records[name]
    exported = (await record.handle.fetch_history()).to_json()
    opened = legible(await plain(exported, codec_of(settings_of(played.stack))))
    asked = {addressee.organisation for addressee in load_scenario(name).dispatch.addressees}
    assert [organisation for organisation in asked if f'"{organisation}"' not in opened] == []
    assert [letter.id for letter in await record.letters() if f'"{letter.id}"' not in opened] == []
    for said in (exported, opened):
        assert [word for word in personal() | secrets_of(played.stack) if word in said] == []
        assert LINK_TOKEN.search(said) is None
        assert re.search(r"[\w.+-]+@[\w-]+\.[a-z]{2,}", said) is None, "an e-mail address"
    assert "anNvbi9wbGFpbg" not in without_search_attributes(exported), "a payload in the clear"


async def test_temporals_command_line_reads_it_as_the_auditor_does_in_the_ui(played: Played) -> None:
    token = read_tokens(played.stack.home / TOKENS_FILE)["uo-auditor"]
    record = played.records[ScenarioName.C]
    title = (await record.state()).title
    assert title not in legible(await shown_by_temporal(played.stack, record.number))
    codec = ("--codec-endpoint", f"{played.stack.api_url}/api/v1/codec", "--codec-auth", f"Bearer {token}")
    assert title in legible(await shown_by_temporal(played.stack, record.number, *codec))


def secrets_of(stack: Stack) -> set[str]:
    """Links as they were sent, the tokens of the accounts, and the addresses written to."""
    letters = stack.mailbox.store.letters()
    links = {token for letter in letters for token in re.findall(r"/r/([\w.~-]+)", letter.text)}
    addresses = {address for letter in letters for address in letter.recipients}
    assert links
    assert addresses
    return links | addresses | set(read_tokens(stack.home / TOKENS_FILE).values())


async def shown_by_temporal(stack: Stack, number: str, *options: str) -> str:
    """What `temporal workflow show` prints."""
    where = ("--address", stack.temporal.address, "--workflow-id", monitoring_workflow_id(number))
    show = await asyncio.create_subprocess_exec(
        *(str(binary()), "workflow", "show", "--output", "json", *where, *options),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    printed, complaint = await within(60, show.communicate(), "temporal shows the history")
    assert show.returncode == 0, complaint.decode()
    return printed.decode()
