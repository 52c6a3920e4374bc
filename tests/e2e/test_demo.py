"""The demo, which is also what `make up` shows: four monitorings go through the whole of the Rules."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import StringIO

import httpx
import pytest
import pytest_asyncio
from rich.console import Console
from sqlmodel import select

from activities.bounds.within import within
from activities.encryption.data_converter import codec_of
from activities.proofs.plain_history import legible, plain
from activities.proofs.verification.verify import verify
from local.demo.__main__ import BUNDLES, DOCUMENTS, TOKENS_FILE, demo
from local.demo.screen import Screen
from local.sample_scenario import SampleReply, Scenario
from local.samples import ScenarioName, load_country, load_scenario
from local.seed import read_tokens, seed
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
from workflows import ALL_WORKFLOWS

pytestmark = pytest.mark.xdist_group("e2e-demo")
KAZAKH_LETTERS = frozenset("әіңғүұқө")


SUCCEEDED, MERGED = load_scenario(ScenarioName.D).successions
"""The authorized body, and an addressee."""


@dataclass
class Played:
    """What the demo left behind, and what its screen showed."""

    stack: Stack
    shown: str
    records: dict[ScenarioName, Evidence]


@pytest_asyncio.fixture(scope="module")
async def played(stack: Stack) -> AsyncIterator[Played]:
    """The demo, played once for all these tests. It raises when a step is not as it should be."""
    screen = StringIO()
    await demo(stack, Screen(Console(file=screen, width=200)))
    async with inside(stack) as theatre:
        async with theatre.sessions() as session:
            numbers = {row.conductors[0]: row.number for row in await session.exec(select(MonitoringRow))}
        leads = {name: load_scenario(name).conductors[0] for name in ScenarioName}
        yield Played(
            stack,
            screen.getvalue(),
            {name: evidence_of(theatre, numbers[lead]) for name, lead in leads.items()},
        )


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
    owed[LetterKind.REPORT_RETURNED] += scenario.report.returned is not None
    owed += letters_of_a_correction(scenario)
    owed[LetterKind.PUBLICATION_REQUEST] += scenario.publication is not None
    for addressee in scenario.dispatch.addressees:
        to_authorized_body = addressee.ground is Ground.CONSOLIDATION
        owed[
            LetterKind.REPORT_FOR_CONSOLIDATION if to_authorized_body else LetterKind.REPORT_FOR_CONSIDERATION
        ] += 1
        if addressee.reply is not None:
            # The Code's term begins with the receipt, and its letter says so.
            owed[LetterKind.RECEIPT_RECORDED] += addressee.preset is ReplyPreset.APPC_76
            owed[confirmation_of(addressee.reply)] += 1
        if addressee.amended is not None:
            owed[confirmation_of(addressee.amended)] += 1
    owed[LetterKind.ANSWER_CONFIRMATION] += len(scenario.information_requests) + len(scenario.considerations)
    owed[LetterKind.ANSWER_CONFIRMATION] += len(scenario.implementations)
    owed[LetterKind.IMPLEMENTATION_JUDGED] += len(scenario.implementations)
    owed[LetterKind.COUNCIL_ITEM] += len(scenario.considerations)
    owed[LetterKind.LETTER_NOT_DELIVERED] += scenario.mended_letter is not None
    written_to = {
        a.organisation for a in scenario.dispatch.addressees if a.ground is not Ground.CONSOLIDATION
    }
    owed[LetterKind.SUCCESSION_TOLD] += sum(passed.body in written_to for passed in scenario.successions)
    # The office that passes on in one of them leads another: the next one is told that it leads now.
    owed[LetterKind.SUCCESSION_TOLD] += scenario.conductors[0] == SUCCEEDED.body
    return +owed


def confirmation_of(reply: SampleReply) -> LetterKind:
    """What is accepted is awaited, and the letter that confirms the reply says so."""
    accepts = any(answer.response is not Response.DECLINED for answer in reply.answers)
    return LetterKind.IMPLEMENTATION_AWAITED if accepts else LetterKind.ANSWER_CONFIRMATION


def letters_of_a_correction(scenario: Scenario) -> Counter[LetterKind]:
    """A12: a new version to approve, the same bodies again, each told whether it is asked anew."""
    owed: Counter[LetterKind] = Counter()
    if scenario.correction is not None:
        owed[LetterKind.APPROVAL_REQUEST] += 1
        for addressee in scenario.dispatch.addressees:
            stand = addressee.reply is not None and addressee.organisation != scenario.correction.addressee
            owed[LetterKind.ANSWERS_STAND if stand else LetterKind.REPORT_CORRECTED] += 1
        owed[confirmation_of(scenario.correction.reply)] += 1
    return owed


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
    scenarios = [load_scenario(name) for name in ScenarioName]
    owed = sum(map(letters_called_for, scenarios), Counter())
    given = [account for each in scenarios for passed in each.successions for account in passed.accounts]
    assert len(ids) == len(set(ids)) == owed.total() + len(given), "and to whoever was given an account"


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
    """Every label opens something, those of the body that is no more at the body that came after it."""
    tokens = read_tokens(played.stack.home / TOKENS_FILE)
    assert tokens.keys() == {account.label for account in load_country().accounts}
    heir = dict.fromkeys(SUCCEEDED.accounts, SUCCEEDED.successor.id)
    async with asking(played) as ask:
        for account in load_country().accounts:
            me = (await ask(tokens[account.label], "/me")).json()
            assert me["organisation"] == heir.get(account.id, account.organisation), account.label
    again = await seed(played.stack.postgres.url(), tokens)
    assert (again.added, again.tokens) == (0, tokens), "a repeated seed gives nobody anything new"


# ——— scenario D: bodies come and go ———
async def test_rule_17_the_office_that_passed_on_was_sent_the_report_where_it_is_now(played: Played) -> None:
    letters = played.stack.mailbox.store.letters(SUCCEEDED.successor.versions[-1].email)
    number = played.records[ScenarioName.D].number
    assert sum(number in letter.subject for letter in letters) == 2, "the report, and the corrected one"
    state = await played.records[ScenarioName.D].state()
    assert (state.authorized_body, state.stands_for(MERGED.body)) == ("uo-2", MERGED.successor.id)


async def test_whoever_came_after_an_addressee_is_written_to_in_its_place(played: Played) -> None:
    record = played.records[ScenarioName.D]
    last = await record.letter(LetterKind.REPORT_CORRECTED, MERGED.successor.id)
    assert last.subject == MERGED.body
    first = await record.letter(LetterKind.REPORT_FOR_CONSIDERATION, MERGED.body)
    assert first.status is LetterStatus.SENT
    store = played.stack.mailbox.store
    to_heir = [x.subject for x in store.letters(MERGED.successor.versions[-1].email)]
    told = await record.letter(LetterKind.SUCCESSION_TOLD, MERGED.successor.id)
    assert (told.subject, told.status) == (MERGED.body, LetterStatus.SENT)
    assert sum(record.number in subject for subject in to_heir) == 5, (
        "what passed on, three confirmations, the correction"
    )


@pytest.mark.parametrize(
    ("language", "today"),
    [(Language.KK, "(бүгінде: "), (Language.RU, "(сегодня: "), (Language.EN, "(today: ")],
)
async def test_who_is_no_more_is_named_with_whoever_stands_for_it_today(
    played: Played, language: Language, today: str
) -> None:
    number = played.records[ScenarioName.D].number
    token = read_tokens(played.stack.home / TOKENS_FILE)["koko-analyst"]
    async with asking(played) as ask:
        told = (await ask(token, f"/monitorings/{number}/history.json", language)).text
    for passed in load_scenario(ScenarioName.D).successions:
        former = load_country().version(passed.body, passed.last_day).name
        heir = passed.successor.versions[-1].name
        assert f"{former.best(language)} {today}{heir.best(language)})" in told


async def test_both_versions_of_a_reply_are_kept_and_a_correction_keeps_what_it_leaves(
    played: Played,
) -> None:
    record, scenario = played.records[ScenarioName.D], load_scenario(ScenarioName.D)
    assert scenario.correction is not None
    token = read_tokens(played.stack.home / TOKENS_FILE)["koko-analyst"]
    async with asking(played) as ask:
        replies = (await ask(token, f"/monitorings/{record.number}/replies")).json()
    of_body = {reply["organisation"]: reply for reply in replies}
    merged = scenario.dispatch.addressees[0]
    assert merged.reply is not None
    assert merged.amended is not None
    given = [reply["words"]["text"] for reply in of_body[merged.organisation]["replies"]]
    assert given == [x.text.kk for x in (merged.reply, merged.amended, scenario.correction.reply)]
    state = await record.state()
    changed = {item.id for item in scenario.correction.items}
    assert {item.id for item in state.items.values() if item.answered_for is None} == changed
    assert {item.answered_for for item in state.items.values() if item.id not in changed} == {1}
    assert state.addressees["akimat-koko"].answered_on is not None
    assert len(await record.happened("reply_amended")) == 1


async def test_the_bundle_that_was_verified_is_of_the_whole_monitoring(played: Played) -> None:
    number = played.records[ScenarioName.D].number
    manifest = await verify(played.stack.home / BUNDLES / f"{number}.zip", ALL_WORKFLOWS)
    assert manifest.head.seq == (await played.records[ScenarioName.D].state()).seq
    assert f"Verified: {number}, " in played.shown


@asynccontextmanager
async def asking(played: Played) -> AsyncIterator[Callable[..., Awaitable[httpx.Response]]]:
    """Whoever has a token asks the API."""
    async with httpx.AsyncClient(base_url=f"{played.stack.api_url}/api/v1", timeout=30) as api:

        async def ask(token: str, path: str, language: Language = Language.KK) -> httpx.Response:
            who = {"Authorization": f"Bearer {token}", "Accept-Language": language.value}
            answer = await api.get(path, headers=who)
            assert answer.is_success, answer.text
            return answer

        yield ask


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
