"""An edition of the Rules is registered: by what it differs, and what begins by it, is shown first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, func, select

from api.commands.idempotency import RequestKey
from api.pages.desk.question_form import Asked, QuestionsView
from api.pages.desk.questions import Answers, AnyQuestion
from api.pages.forms.form import Line, View
from api.pages.forms.typed import Typed
from api.pages.registries.edition_questions import (
    BEFORE,
    DATED,
    GROUPS,
    ID,
    ORDER,
    OVER,
    REASON,
    SINCE,
    TERMS,
    UNTIL,
    rung_of,
)
from api.pages.registries.over import CHANGED, unchanged_since
from api.pages.registries.registry_form import RegistryForm, RegistrySitting, sent_as
from api.routes.settings import NewEditionBody, list_editions, register_edition
from locales.catalogue import plural, text
from locales.dates import say_date
from locales.terms import term
from locales.terms_of_editions import term_named, term_said
from models.consolidation.next_round import next_round
from models.consolidation.state import ConsolidationState
from models.duty.next_terms import NextPeriod, next_under
from models.duty.state import DutyState
from models.tables.consolidations import ConsolidationRow
from models.tables.duties import DutyRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.edition_terms import BETWEEN, LADDERS, differences, terms_of
from models.vocabulary.editions import Edition
from models.vocabulary.ladders import EXPIRY, RUNGS, RungName
from models.vocabulary.procedure import Kind, Language, Stage


@dataclass(frozen=True)
class EditionView(QuestionsView):
    """The questions by their groups, each with its heading."""

    groups: tuple[tuple[str, tuple[Asked, ...]], ...] = ()


class EditionForm(RegistryForm):
    """It begins with the terms of the newest edition: what is not changed stays as it is."""

    under = "/staff"
    path, key, back_to = "editions/new", "edition", "/editions"
    template = "registries/edition_form.html"
    questions = (OVER, *(question for group in GROUPS.values() for question in group))
    closing = CHANGED
    fields_of_refusals = {
        "edition_exists": "id",
        "edition_before_its_order": "in_force_from",
        "edition_ends_before_it_begins": "in_force_until",
        "asked_beyond_links": "times-asked_ahead_days",
        "ladder_day_out_of_bounds": "ladders-{ladder}-{rung}",
        "ladder_without_room": "ladders-{ladder}-{rung}",
        "ladder_not_climbing": "ladders-{ladder}-reminder",
    }

    def label(self, language: Language, question: AnyQuestion) -> str:
        if question.name in TERMS:
            return term_named(language, question.name)
        return text(language, f"page.registries.edition.{question.name}")

    def hint(self, language: Language, question: AnyQuestion) -> str:
        if question.name.startswith(LADDERS):
            when = "before" if rung_of(question.name) in BEFORE else "after"
            return text(language, f"page.registries.edition.{when}_hint")
        return super().hint(language, question)

    def field_at(self, pointer: str) -> str:
        field = pointer.removeprefix("/edition/").replace("/", BETWEEN)
        return field if field in {question.name for question in self.questions} else super().field_at(pointer)

    async def begin(self, sitting: RegistrySitting) -> Typed:
        newest = await _newest(sitting)
        stands = {**terms_of(newest), OVER.name: newest.id}
        for name, value in stands.items():
            if name.startswith(LADDERS) and isinstance(value, int):
                stands[name] = abs(value)
        begun = {
            question.name: question.begun(stands[question.name])
            for question in self.questions
            if question.name in stands
        }
        return Typed(fields=begun)

    async def view(self, typed: Typed, sitting: RegistrySitting) -> View:
        whole = await super().view(typed, sitting)
        assert isinstance(whole, QuestionsView)
        by_name = {each.name: each for each in whole.asked}
        groups = tuple(
            (group, tuple(by_name[each.name] for each in questions)) for group, questions in GROUPS.items()
        )
        hidden = tuple(each for each in whole.asked if each.kind == "hidden")
        return EditionView(about=whole.about, asked=hidden, groups=groups)

    async def lines(self, answer: Answers, sitting: RegistrySitting) -> tuple[Line, ...]:
        """Its order and its days, by what it differs, and what begins by it: not all of its terms."""
        language = sitting.language
        said = [
            await question.said(answer[question], self.label(language, question), sitting)
            for question in (*GROUPS["order"], REASON)
        ]
        edition = _edition(answer)
        before = await _newest(sitting)
        return (
            *said,
            *difference_lines(language, before, edition),
            *await foreseen_lines(sitting, edition),
        )

    async def written(self, said: Answers, sitting: RegistrySitting, key: RequestKey) -> None:
        newest = await _newest(sitting)
        item = text(sitting.language, "page.registries.editions.title")
        await unchanged_since(sitting, key, said[OVER], newest.id, item)
        values = {"edition": _edition(said).model_dump(mode="json"), "reason": said[REASON]}
        body = sent_as(NewEditionBody, values)
        caller, session = sitting.caller, sitting.session
        await register_edition(body, caller, session, key, sitting.now, sitting.services)


def difference_lines(language: Language, before: Edition, after: Edition) -> tuple[Line, ...]:
    """What an edition sets otherwise than the one before, each by its name."""
    heading = text(language, "page.registries.edition.differs", edition=before.id)
    found = tuple(
        Line(
            label=term_named(language, each.name),
            value=text(
                language,
                "page.registries.edition.instead",
                before=term_said(language, each.name, each.before),
                after=term_said(language, each.name, each.after),
            ),
        )
        for each in differences(before, after)
    )
    if not found:
        same = text(language, "page.registries.edition.same")
        found = (Line(label=text(language, "page.registries.edition.terms"), value=same),)
    return (found[0].model_copy(update={"heading": heading}), *found[1:])


async def foreseen_lines(sitting: RegistrySitting, edition: Edition) -> tuple[Line, ...]:
    """What keeps its terms, and which days of which duties and rounds will be other ones."""
    session, language = sitting.session, sitting.language
    running = (
        select(func.count())
        .select_from(MonitoringRow)
        .where(col(MonitoringRow.stage) != Stage.CANCELLED.value)
        .where(col(MonitoringRow.state)["follow_up_ended"].as_boolean().is_(False))
    )
    kept = (await session.exec(running)).one()
    duties = await session.exec(select(DutyRow.state).order_by(col(DutyRow.mark)))
    states = [DutyState.model_validate(each) for each in duties]
    following = ((each, next_under(each, edition)) for each in states)
    rounds = await session.exec(select(ConsolidationRow.state))
    offices = [ConsolidationState.model_validate(each) for each in rounds]
    return (
        Line(
            label=text(language, "page.registries.edition.running"),
            value=plural(language, "page.registries.edition.kept", kept),
            heading=text(language, "page.registries.edition.comes_of_it"),
        ),
        *_duty_lines(language, ((each, coming) for each, coming in following if coming is not None)),
        *(
            line
            for office in offices
            if not office.ended and (line := _round_line(language, office, edition)) is not None
        ),
    )


def _duty_lines(language: Language, following: Iterable[tuple[DutyState, NextPeriod]]) -> list[Line]:
    counted = Counter(
        (state.kind, coming.begins_on, coming.ends_on, coming.else_ends_on) for state, coming in following
    )
    return [
        Line(
            label=text(
                language,
                "page.registries.edition.duties",
                kind=term(language, kind),
                bodies=plural(language, "page.registries.edition.bodies", count),
            ),
            value=_days(language, begins_on, ends_on, else_ends_on),
        )
        for (kind, begins_on, ends_on, else_ends_on), count in sorted(
            counted.items(), key=lambda each: (list(Kind).index(each[0][0]), each[0][1:])
        )
    ]


def _round_line(language: Language, office: ConsolidationState, edition: Edition) -> Line | None:
    if office.round is None:
        return None
    begins_on, ends_on = next_round(office.round, edition)
    _, else_ends_on = next_round(office.round, office.briefing.edition)
    if begins_on < edition.in_force_from:
        return None
    label = text(language, "page.registries.edition.rounds")
    return Line(label=label, value=_days(language, begins_on, ends_on, else_ends_on))


def _days(language: Language, begins_on: date, ends_on: date, else_ends_on: date) -> str:
    key = "days" if ends_on == else_ends_on else "moved"
    said = {
        "begins": say_date(language, begins_on),
        "ends": say_date(language, ends_on),
        "former": say_date(language, else_ends_on),
    }
    return text(language, f"page.registries.edition.{key}", **said)


async def _newest(sitting: RegistrySitting) -> Edition:
    return (await list_editions(sitting.caller, sitting.session))[-1]


def _edition(said: Answers) -> Edition:
    """Raises Failed (422) with every field that cannot be so."""
    values: dict[str, object] = {
        "id": said[ID],
        "order_number": said[ORDER],
        "order_date": said[DATED],
        "in_force_from": said[SINCE],
        "in_force_until": said[UNTIL],
    }
    nested: dict[str, dict[str, object]] = {"switches": {}, "times": {}}
    for name, question in TERMS.items():
        group, *rest = name.split(BETWEEN)
        if group == LADDERS:
            continue
        place = nested[group]
        for part in rest[:-1]:
            place = place.setdefault(part, {})  # type: ignore[assignment]
        place[rest[-1]] = said[question]
    ladders = {ladder: [*_rungs(ladder, rungs, said)] for ladder, rungs in RUNGS.items()}
    body = {"edition": {**values, **nested, "ladders": ladders}, "reason": said[REASON]}
    return sent_as(NewEditionBody, body).edition


def _rungs(ladder: str, rungs: Iterable[RungName], said: Answers) -> Iterable[dict[str, object]]:
    for rung in rungs:
        if rung is RungName.EXPIRED:
            yield EXPIRY.model_dump()
            continue
        days = said[TERMS[BETWEEN.join((LADDERS, ladder, rung.value))]]
        if days is not None:
            yield {"name": rung, "working_days": -days if rung in BEFORE else days}
