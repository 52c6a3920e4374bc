"""Whatever commands come in whatever order: each is refused or happens, and one truth is kept."""

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from models import commands as c
from models.agenda.deadline import ReplyPreset
from models.commands.command import Command
from models.events import LetterSent, LetterUndelivered
from models.monitoring.fold import fold
from models.monitoring.state import MonitoringState
from models.monitoring.time import what_time_brings
from models.vocabulary.editions import FOUNDED_WITH
from models.vocabulary.letters import LetterStatus
from models.vocabulary.procedure import (
    Activity,
    CouncilOutcome,
    Ground,
    InformationOutcome,
    Response,
    Role,
    Step,
)
from models.vocabulary.refusal import Refused
from tests.models.monitoring.monitorings import DECISION, EXPERT, PUBLIC_MEMBER, Story
from tests.models.monitoring.rules.parts import (
    AB,
    AKIMAT,
    ANALYST,
    CLINIC,
    DIVISION,
    HASH,
    HEAD,
    NGO,
    TO_AB,
    facts,
    pinned,
    to,
)

Move = Callable[[Story], object]

ITEMS = ("p1", "r1")
DAYS = st.dates(date(2026, 7, 1), date(2026, 12, 31))
CONTENT = st.sampled_from([pinned(), pinned(facts(items=())), pinned(facts(sources=(), findings=()))])
MEMBERS = st.sampled_from(["m-public", "m-expert", "m-3", "nobody"])
BODIES = st.sampled_from(["clinic", "akimat", "uo", "stranger"])
ADDRESSEES = st.sampled_from(
    [
        to(CLINIC),
        to(CLINIC, preset=ReplyPreset.APPC_76),
        to(AKIMAT, Ground.SUPERIOR_BODY, reply_by=date(2026, 10, 1)),
        TO_AB,
    ]
)
ANSWERS = st.lists(
    st.builds(
        c.ItemAnswer,
        item=st.sampled_from(ITEMS),
        response=st.sampled_from(Response),
        reasoned=st.booleans(),
        planned_on=st.none(),
    ),
    max_size=2,
    unique_by=lambda answer: answer.item,
).map(tuple)
INVITED = st.builds(
    c.NewMember,
    member=st.sampled_from(["m-3", "m-4"]),
    person=st.sampled_from(["p-3", "p-expert"]),
    community=st.just(EXPERT.community),
    organisation=st.none(),
)
DEADLINES = st.sampled_from(["reply:clinic", "reply:akimat", "invitation:m-expert", "information_request:q1"])
LETTERS = st.builds("L{}-{}".format, st.integers(1, 40), st.integers(0, 1))
COUNCIL_ITEMS, REQUESTS = st.sampled_from(["k1", "k2"]), st.sampled_from(["q1", "q2"])
NOTE = st.just(HASH)

FIELDS: dict[type[Command], dict[str, st.SearchStrategy[object]]] = {
    c.ConfirmConduct: {
        "organisation": st.sampled_from(["uo", "akimat", "stranger"]),
        "confirms": st.booleans(),
        "act": st.sampled_from([None, HASH]),
    },
    c.WithdrawCoConductor: {"organisation": st.sampled_from(["uo", "akimat", "stranger"]), "reason": NOTE},
    c.BeginCollection: {"began_on": DAYS},
    c.RecordActivity: {"activity": st.sampled_from(Activity), "done_on": DAYS, "note": NOTE},
    c.CompleteCollection: {"content": CONTENT},
    c.CompleteAnalysis: {"content": CONTENT},
    c.CompleteStep: {"step": st.sampled_from(Step), "completed_on": DAYS, "content": CONTENT},
    c.CreateWorkingGroup: {"decision": st.just(DECISION), "members": st.just((PUBLIC_MEMBER, EXPERT))},
    c.InviteMember: {"invited": INVITED, "replaces": st.none() | MEMBERS},
    c.AnswerInvitation: {"member": MEMBERS, "consents": st.booleans()},
    c.WithdrawMember: {"member": MEMBERS, "note": NOTE},
    c.RequestInformation: {
        "request": REQUESTS,
        "holder": BODIES,
        "source_kind": st.just(1),
        "question": NOTE,
        "reply_by": st.none() | DAYS,
    },
    c.AnswerInformationRequest: {
        "request": REQUESTS,
        "outcome": st.sampled_from(InformationOutcome),
        "answer": NOTE,
        "source": st.sampled_from([None, "s9"]),
    },
    c.WithdrawInformationRequest: {"request": REQUESTS, "reason": NOTE},
    c.SubmitReport: {"content": CONTENT},
    c.ReturnReport: {"version": st.integers(1, 3), "reason": NOTE},
    c.ApproveReport: {"version": st.integers(1, 3)},
    c.DispatchReport: {"addressees": st.lists(ADDRESSEES, max_size=3).map(tuple)},
    c.OmitAddressee: {"addressee": BODIES, "reason": NOTE},
    c.ResendLetter: {"letter": LETTERS},
    c.RecordHandDelivery: {"letter": LETTERS, "delivered_on": DAYS, "note": NOTE},
    c.AcknowledgeReport: {
        "addressee": BODIES,
        "received_on": st.none() | DAYS,
        "incoming_number": st.sampled_from([None, "7"]),
    },
    c.AnswerReport: {"addressee": BODIES, "answers": ANSWERS, "reply": NOTE},
    c.AmendReply: {"addressee": BODIES, "answers": ANSWERS, "reply": NOTE},
    c.AskMoreTime: {"addressee": BODIES, "until": DAYS, "reason": NOTE},
    c.ExtendReplyTerm: {
        "addressee": BODIES,
        "until": DAYS,
        "reason": NOTE,
        "decided_on": st.none() | DAYS,
    },
    c.ExtendDeadline: {"deadline": DEADLINES, "until": DAYS, "reason": NOTE, "override": st.booleans()},
    c.RefuseExtension: {"deadline": DEADLINES, "reason": NOTE},
    c.PublishReport: {"published_on": DAYS, "address": st.just("https://authorized.example.kz/1")},
    c.SubmitToCouncil: {"item": COUNCIL_ITEMS, "council": st.sampled_from(["council-1", "council-2"])},
    c.RecordConsideration: {
        "item": COUNCIL_ITEMS,
        "considered_on": DAYS,
        "minutes_number": st.just("4"),
        "outcome": st.sampled_from(CouncilOutcome),
    },
    c.AddExcerpt: {"item": COUNCIL_ITEMS, "excerpt": st.sampled_from(["a" * 64, "b" * 64])},
    c.WithdrawFromCouncil: {"item": COUNCIL_ITEMS, "reason": NOTE},
    c.MarkConsidered: {"note": NOTE},
    c.BeginCorrection: {"reason": NOTE},
    c.GiveUpCorrection: {"reason": NOTE},
    c.CancelMonitoring: {"reason": NOTE},
    c.CloseMonitoring: {},
    c.EndFollowUp: {"reason": NOTE},
    c.TakeOverMonitoring: {"reason": NOTE},
    c.DeclareConflict: {"reason": NOTE},
    c.LiftConflict: {"account": st.sampled_from(["analyst", "nobody"]), "reason": NOTE},
    c.HandOnLetter: {"letter": LETTERS, "colleague": NOTE},
    c.ReassignMonitoring: {
        "to": st.sampled_from(["head", "analyst-2"]),
        "organisation": st.just(DIVISION.organisation),
        "role": st.sampled_from([Role.HEAD, Role.ANALYST]),
        "reason": NOTE,
    },
}


def _commanding(command: type[Command], fields: dict[str, object]) -> Move:
    by = HEAD if command is c.ApproveReport else ANALYST
    if command is c.ConfirmConduct:
        by = HEAD.model_copy(update={"organisation": "uo"})
    return lambda story: story.does(command, by, **fields)


def _post(story: Story) -> None:
    story.post_takes_letters()


def _post_fails(story: Story) -> None:
    for letter in story.letters():
        if letter.status is LetterStatus.DUE:
            story.happens(LetterUndelivered(letter=letter.id, attempt=letter.attempt, code="550"))


def _one_letter_leaves(story: Story) -> None:
    due = next((x for x in story.letters() if x.status is LetterStatus.DUE), None)
    if due is not None:
        story.happens(LetterSent(letter=due.id, attempt=due.attempt))


def _printed(story: Story) -> None:
    if story.state.submitted is not None:
        story.report_is_printed()


def _week(story: Story) -> None:
    """Seven days pass and every rung that fell due is reached, as the workflow does it."""
    story.today += timedelta(days=7)
    if story.state.ended:
        return
    story.happens(*what_time_brings(story.state, story.now, tells_lapses=lambda _: True))


def _approved(story: Story) -> None:
    """Far enough for what comes after approval to be met often."""
    if story.state.submitted is not None:
        story.does(c.ApproveReport, HEAD, version=story.state.submitted.number)


COMMANDS = st.one_of(
    *(st.builds(_commanding, st.just(command), st.fixed_dictionaries(f)) for command, f in FIELDS.items())
)
PASSING = st.sampled_from([_post, _post_fails, _one_letter_leaves, _printed, _week, _approved])
BEGINNINGS = st.sampled_from(
    [
        lambda: Story().starts(),
        lambda: Story(FOUNDED_WITH).starts(),
        lambda: Story().starts(NGO),
        lambda: Story().starts(conductors=(DIVISION, AB, AKIMAT), co_conductors_confirm=True),
        lambda: Story().starts().creates_working_group().begins_collection(),
        lambda: Story().starts().conducts(),
        lambda: Story().starts().has_approved_report(),
        lambda: Story().starts().has_approved_report().is_dispatched(),
    ]
)


@settings(max_examples=150, deadline=None)
@given(begins=BEGINNINGS, moves=st.lists(COMMANDS | PASSING, max_size=50))
def test_every_command_is_refused_or_folds(begins: Callable[[], Story], moves: list[Move]) -> None:
    story = begins()
    for move in moves:
        before, lines = story.state, len(story.entries)
        try:
            move(story)
        except Refused:
            assert (story.state, len(story.entries)) == (before, lines)
    assert fold(story.entries) == story.state
    assert MonitoringState.model_validate_json(story.state.model_dump_json()) == story.state
    _is_consistent(story.state)


def _is_consistent(state: MonitoringState) -> None:
    """What holds in every state, whatever led to it."""
    assert sum(version.open for version in state.versions) <= 1
    assert (state.current is not None) == state.after_approval
    if state.working_group is None:
        assert not any(letter.subject.startswith("m-") for letter in state.letters.values())
    assert state.conductors[0] == state.lead
    assert all(state.conducted_by(id_) is named.conducts for id_, named in state.co_conductors.items())
    for addressee in state.addressees.values():
        assert state.current is not None
        assert addressee.version <= state.current.number
        assert addressee.letter in state.letters
        assert addressee.deadline is None or addressee.deadline in state.deadlines
    for letter in state.letters.values():
        assert letter.deadline is None or letter.deadline in state.deadlines
