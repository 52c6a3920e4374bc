"""A monitoring is started: its kind, who conducts, what is studied, for which time (rules 2, 3, 5, 9-11)."""

from collections.abc import Callable
from dataclasses import dataclass

from activities.registries.bodies import versions_on
from api.commands.desk import CommandDesk
from api.commands.idempotency import RequestKey
from api.commands.starting import started
from api.content.notes import Note
from api.content.starts import StartMonitoringBody, judged, start_order, warned_of
from api.http.problems import sentence
from api.pages.desk.beginning import BeginningSitting
from api.pages.desk.body_asked import BodyQuestion, pairs
from api.pages.desk.desk_form import BeginningForm
from api.pages.desk.naming import bodies_named, sphere_choices
from api.pages.desk.preparing.starting_reading import ROWS, conductor_asked, object_asked, read_start
from api.pages.desk.preparing.starting_said import said_of_start
from api.pages.desk.rows import count, with_more
from api.pages.forms.form import Line, Order, Reading, View
from api.pages.forms.typed import Typed
from api.register.choices import Choice
from locales.terms import term
from models.commands import StartMonitoring
from models.vocabulary.procedure import ConductorKind, Kind, OrganisationKind

MeantRow = tuple[int, tuple[tuple[str, str], ...]]
"""A row for a body, by its number: what it can mean, where that is several."""


@dataclass(frozen=True)
class StartView(View):
    """What can be chosen from, and how many rows of each kind there are."""

    lead: str  # the reader's own body
    kinds: tuple[tuple[str, str], ...]  # by value, in words
    spheres: tuple[Choice, ...]
    conductor_rows: tuple[MeantRow, ...]
    object_rows: tuple[MeantRow, ...]

    @property
    def conductors(self) -> int:
        return len(self.conductor_rows)

    @property
    def objects(self) -> int:
        return len(self.object_rows)


class StartForm(BeginningForm[StartMonitoringBody]):
    """The reader's body conducts; others are named beside it and asked."""

    command = StartMonitoring
    path, template, key = "new", "desk/start.html", "start"
    fields_of_refusals = {
        "studied_period_reversed": "studied_until",
        "studied_period_ahead": "studied_from",
        "comprehensive_too_narrow": "spheres",
        "comprehensive_needs_both": "spheres",
        "comprehensive_by_other_subject": "kind",
        "thematic_too_wide": "spheres",
        "thematic_without_object": "spheres",
        "thematic_several_bodies": "objects",
        "self_monitoring": "objects",
        "object_special_state_body": "objects",
        "object_special_in_period": "objects",
        "object_natural_person": "objects",
        "conductor_twice": "conductors",
        "division_of_another_body": "conductors",
        "not_the_authorized_body": "conductors",
        "conductor_special_state_body": "conductors",
        "agreement_in_future": "conductors",
        "agreement_before_the_rules": "conductors",
    }

    def with_rows(self, typed: Typed) -> Typed:
        return with_more(typed, ROWS)

    async def view(self, typed: Typed, sitting: BeginningSitting) -> StartView:
        own = sitting.caller.organisation
        names = await bodies_named(sitting.session, sitting.language, sitting.today, {own})
        return StartView(
            lead=names[own],
            kinds=tuple((each.value, term(sitting.language, each)) for each in await _kinds(sitting)),
            spheres=await sphere_choices(sitting.session, sitting.language),
            conductor_rows=await _rows(typed, sitting, "conductors", conductor_asked),
            object_rows=await _rows(typed, sitting, "objects", object_asked),
        )

    async def read(self, typed: Typed, sitting: BeginningSitting) -> Reading[StartMonitoringBody]:
        spheres = await sphere_choices(sitting.session, sitting.language)
        return await read_start(typed, sitting, frozenset(each.value for each in spheres))

    async def lines(self, answer: StartMonitoringBody, sitting: BeginningSitting) -> tuple[Line, ...]:
        spheres = await sphere_choices(sitting.session, sitting.language)
        named = {*answer.conductors, *answer.objects}
        names = await bodies_named(sitting.session, sitting.language, sitting.today, named)
        names |= {each.value: each.name for each in spheres}
        return said_of_start(answer, sitting.language, names)

    async def order(self, answer: StartMonitoringBody, sitting: BeginningSitting, key: RequestKey) -> Order:
        order = await start_order(sitting.session, answer, sitting.caller, key.id, sitting.today)
        assert order.start is not None, "a start carries its command"
        return Order(order.start, (Note(body=answer.title),))

    async def ask(self, answer: StartMonitoringBody, sitting: BeginningSitting, key: RequestKey) -> None:
        """There is nothing yet that could be asked: the start itself is judged."""
        order = await start_order(sitting.session, answer, sitting.caller, key.id, sitting.today)
        await judged(sitting.session, order, sitting.today, sitting.now)

    async def doubts(self, answer: StartMonitoringBody, sitting: BeginningSitting) -> tuple[str, ...]:
        order = await start_order(sitting.session, answer, sitting.caller, "c0", sitting.today)
        state = await judged(sitting.session, order, sitting.today, sitting.now)
        found = await warned_of(sitting.session, state, sitting.today)
        names = await sitting.named(found)
        return tuple(sentence(sitting.language, each, names) for each in found)

    async def happen(self, answer: StartMonitoringBody, sitting: BeginningSitting, key: RequestKey) -> str:
        """The number is given once per key, when nothing keeps it from being used."""
        session, caller, now = sitting.session, sitting.caller, sitting.now
        desk = CommandDesk(sitting.services, session, key, now)
        row = await desk.claimed(StartMonitoring, sitting.actor(), None)
        receipt = await started(sitting.services, session, desk, row, caller, answer, sitting.today, now)
        return receipt.number


async def _kinds(sitting: BeginningSitting) -> tuple[Kind, ...]:
    """Rules 10, 14: an other subject conducts thematic monitorings only."""
    own = sitting.caller.organisation
    row = (await versions_on(sitting.session, sitting.today, (own,))).get(own)
    other = row is None or OrganisationKind(row.kind).conductor_kind is ConductorKind.OTHER_SUBJECT
    return (Kind.THEMATIC,) if other else tuple(Kind)


async def _rows(
    typed: Typed, sitting: BeginningSitting, rows: str, asked: Callable[[int], BodyQuestion]
) -> tuple[MeantRow, ...]:
    numbers = range(1, count(typed, rows) + 1)
    return tuple([(row, pairs(await asked(row).options(sitting, typed))) for row in numbers])
