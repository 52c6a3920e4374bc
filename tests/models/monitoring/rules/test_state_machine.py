"""The procedure driven by chance: commands, legal or not, by anybody, on any day, again with another body.

Whatever comes, no state is illegal, and none is a dead end: somebody may go on, time will, or it is over.
"""

from datetime import timedelta
from typing import Final

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from models import commands as c
from models.commands.command import Command
from models.monitoring.fold import fold
from models.monitoring.rules import decide
from models.monitoring.state import MonitoringState
from models.monitoring.time import next_moment, what_time_brings
from models.vocabulary.actors import Actor
from models.vocabulary.procedure import Role, Stage
from models.vocabulary.refusal import Refused
from tests.models.monitoring.monitorings import DECISION, EXPERT, PUBLIC_MEMBER, Story
from tests.models.monitoring.rules.parts import ANALYST, CLINIC, DIVISION, HASH, HEAD, NGO, TO_AB, pinned, to
from tests.models.monitoring.rules.test_any_order import FIELDS

Fields = dict[str, object]
_UO: Final = Actor(role=Role.HEAD, account="uo-head", organisation="uo")
ACTORS: Final = st.sampled_from(
    [
        *(ANALYST, HEAD, _UO),
        Actor(role=Role.ANALYST, account="analyst-2", organisation=DIVISION.organisation),
        Actor(role=Role.ADDRESSEE, letter="L9-0", organisation="clinic"),
        Actor(role=Role.HEAD, account="stranger", organisation="stranger"),
    ]
)
ASKED: Final = st.one_of(
    *(st.tuples(st.just(command), st.fixed_dictionaries(fields)) for command, fields in FIELDS.items())
)
JUMPS: Final = st.sampled_from([0, 1, 3, 14, 60, 200, 400])
STAGES: Final = {
    Stage.PLANNED: {Stage.COLLECTING, Stage.CANCELLED},
    Stage.COLLECTING: {Stage.ANALYSING, Stage.CANCELLED},
    Stage.ANALYSING: {Stage.DRAFTING, Stage.CANCELLED},
    Stage.DRAFTING: {Stage.APPROVED, Stage.CANCELLED},
    Stage.APPROVED: {Stage.DISPATCHED, Stage.CLOSED},
    Stage.DISPATCHED: {Stage.APPROVED, Stage.CLOSED},
    Stage.CLOSED: {Stage.APPROVED, Stage.DISPATCHED},
    Stage.CANCELLED: set(),
}
"""Where a stage may lead (docs/procedure.md); a correction leads back to the approval."""


class Procedure(RuleBasedStateMachine):
    """One monitoring, and everybody who could do something to it."""

    @initialize(
        begins=st.sampled_from(
            [
                lambda: Story().starts(),
                lambda: Story().starts(NGO),
                lambda: Story().starts().creates_working_group().begins_collection(),
                lambda: Story().starts().has_approved_report(),
                lambda: Story().starts().has_approved_report().is_dispatched(),
            ]
        )
    )
    def begins(self, begins: object) -> None:
        assert callable(begins)
        self.story: Story = begins()
        self.stage = self.story.state.stage

    @rule(asked=ASKED, by=ACTORS)
    def somebody_asks(self, asked: tuple[type[Command], Fields], by: Actor) -> None:
        command, fields = asked
        before, lines = self.story.state, len(self.story.entries)
        try:
            self.story.does(command, by, **fields)
        except Refused:
            assert (self.story.state, len(self.story.entries)) == (before, lines)

    @precondition(lambda self: self.story.state.commands)
    @rule(asked=ASKED, by=ACTORS)
    def the_same_is_sent_again_with_another_body(
        self, asked: tuple[type[Command], Fields], by: Actor
    ) -> None:
        """Whoever's it is, under an id that has happened nothing happens twice."""
        command, fields = asked
        known = next(iter(self.story.state.commands))
        before = self.story.state
        assert self.story.obeys(command.model_validate({"id": known, "actor": by, **fields})) == ()
        assert self.story.state is before

    @rule(days=JUMPS)
    def the_clock_jumps(self, days: int) -> None:
        """A worker was away so long: all that fell due meanwhile falls due at once."""
        self.story.today += timedelta(days=days)
        if not self.story.state.ended:
            brought = what_time_brings(self.story.state, self.story.now, tells_lapses=lambda _: True)
            self.story.happens(*brought)

    @rule()
    def the_post_goes(self) -> None:
        self.story.post_takes_letters()

    @precondition(lambda self: self.story.state.submitted is not None)
    @rule()
    def the_report_is_printed(self) -> None:
        self.story.report_is_printed()

    @invariant()
    def the_stage_follows_from_the_one_before(self) -> None:
        stage = self.story.state.stage
        assert stage == self.stage or _leads(self.stage, stage), f"{self.stage} → {stage}"
        self.stage = stage

    @invariant()
    def the_journal_folds_to_the_state(self) -> None:
        assert fold(self.story.entries) == self.story.state

    @invariant()
    def nothing_is_a_dead_end(self) -> None:
        state = self.story.state
        if state.ended or state.stage is Stage.CANCELLED:
            return
        assert next_moment(state) is not None or _somebody_may_go_on(self.story), state.stage


def _leads(before: Stage, after: Stage, seen: frozenset[Stage] = frozenset()) -> bool:
    """In one step or several: one command may bring more than one stage."""
    nexts = STAGES[before] - seen
    return after in nexts or any(_leads(each, after, seen | nexts) for each in nexts)


def _somebody_may_go_on(story: Story) -> bool:
    return any(_is_taken(story, command, by, fields) for command, by, fields in _steps(story.state, story))


def _steps(state: MonitoringState, story: Story) -> list[tuple[type[Command], Actor, Fields]]:
    """The step that the procedure has next at each stage, and the ways out of it."""
    day = story.today
    content: Fields = {"content": pinned()}
    version: Fields = {"version": state.versions[-1].number if state.versions else 1}
    reason: Fields = {"reason": HASH}
    group: Fields = {"decision": DECISION, "members": (PUBLIC_MEMBER, EXPERT)}
    return [
        (c.BeginCollection, ANALYST, {"began_on": day}),
        (c.CreateWorkingGroup, HEAD, group),
        (c.CompleteCollection, ANALYST, content),
        (c.CompleteAnalysis, ANALYST, content),
        (c.SubmitReport, ANALYST, content),
        (c.ReturnReport, HEAD, {**version, **reason}),
        (c.ApproveReport, HEAD, version),
        (c.DispatchReport, ANALYST, {"addressees": (to(CLINIC), TO_AB)}),
        (c.CancelMonitoring, HEAD, reason),
        (c.BeginCorrection, ANALYST, reason),
        (c.GiveUpCorrection, ANALYST, reason),
        (c.CloseMonitoring, ANALYST, {}),
        (c.EndFollowUp, ANALYST, reason),
        (c.LiftConflict, HEAD, {"account": "analyst", **reason}),
        (c.TakeOverMonitoring, _UO, reason),
    ]


def _is_taken(story: Story, command: type[Command], by: Actor, fields: Fields) -> bool:
    given = command.model_validate({"id": "c-next", "actor": by, **fields})
    try:
        decide(story.state, given, story.now)
    except Refused:
        return False
    return True


TestProcedure = Procedure.TestCase
TestProcedure.settings = settings(
    max_examples=40,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
