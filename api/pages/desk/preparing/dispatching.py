"""The approved report is sent: to whom, on which ground, with a day for a reply or none (rules 17, 20)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from api.commands.addressing import NamedAddressee, to_dispatch_report
from api.commands.idempotency import RequestKey
from api.pages.desk.body_asked import BodyQuestion, pairs
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.desk_form import MonitoringForm
from api.pages.desk.foreseeing import foreseen_lines
from api.pages.desk.naming import bodies_named
from api.pages.desk.question_form import NOT_SENT
from api.pages.desk.questions import Asking
from api.pages.desk.rows import count, with_more
from api.pages.forms.form import Line, Order, Reading, View
from api.pages.forms.typed import Reader, Typed
from api.pages.links.due import term_day_said
from api.register.choices import Choice
from api.registries.suggestions import suggested_addressees
from locales.catalogue import text
from locales.terms import term
from models.agenda.deadline import ReplyPreset
from models.commands import DispatchReport
from models.monitoring.one_body import has_it
from models.monitoring.state import MonitoringState
from models.vocabulary.base import Model
from models.vocabulary.procedure import Ground, Id
from models.vocabulary.refusal import Refused

ROWS: Final = ("others",)
_KEY: Final = "page.desk.dispatch_report"
_GROUNDS: Final = tuple(each for each in Ground if each is not Ground.CONSOLIDATION)


class Addressees(Model):
    """To whom it goes."""

    named: tuple[NamedAddressee, ...]


class Suggested(Model):
    """Whom the rule names, and why; `sent`: it has the current version already."""

    organisation: Id
    name: str
    ground: Ground
    sent: bool


@dataclass(frozen=True)
class Other:
    """A row for a body that the rule does not name; `meant` has the bodies it can mean."""

    number: int
    meant: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DispatchView(View):
    """Whom the rule names, the rows for others, and what can be chosen from."""

    suggested: tuple[Suggested, ...]
    rows: tuple[Other, ...]
    others: int
    grounds: tuple[Choice, ...]
    presets: tuple[tuple[str, str], ...]


class DispatchForm(MonitoringForm[Addressees]):
    """Before it is sent every letter is listed that will leave."""

    command = DispatchReport
    path, template, key = "dispatches", "desk/dispatch_report.html", "dispatch_report"
    closing = frozenset({"monitoring_ended", "report_not_approved", "correction_under_way"})
    fields_of_refusals = {
        "no_addressee": "suggested",
        "reply_date_not_ahead": "reply_by",
        "asked_too_far_ahead": "reply_by",
    }

    def offered(self, state: MonitoringState) -> bool:
        return state.after_approval and not state.ended and not state.correcting

    def anything(self, sitting: MonitoringSitting) -> DispatchReport:
        return DispatchReport(**sitting.by(NOT_SENT), addressees=())

    def with_rows(self, typed: Typed) -> Typed:
        return with_more(typed, ROWS)

    async def begin(self, sitting: MonitoringSitting) -> Typed:
        due = [each.organisation for each in await _suggested(sitting) if not each.sent]
        return Typed(fields={"to": tuple(due), "preset": (ReplyPreset.NONE.value,)})

    async def view(self, typed: Typed, sitting: MonitoringSitting) -> DispatchView:
        rows = count(typed, "others")
        language = sitting.language
        return DispatchView(
            suggested=await _suggested(sitting),
            rows=tuple(
                [Other(row, pairs(await _body(row).options(sitting, typed))) for row in range(1, rows + 1)]
            ),
            others=rows,
            grounds=tuple(Choice(value=each.value, name=term(language, each)) for each in _GROUNDS),
            presets=tuple((each.value, term(language, each)) for each in ReplyPreset),
        )

    async def read(self, typed: Typed, sitting: MonitoringSitting) -> Reading[Addressees]:
        reader = Reader(typed)
        preset = reader.choice("preset", ReplyPreset, "desk_preset_missing") or ReplyPreset.NONE
        reply_by = reader.day("reply_by")
        chosen = [
            _addressee(each.organisation, each.ground, preset, reply_by)
            for each in await _suggested(sitting)
            if each.organisation in typed.all("to") and not each.sent
        ]
        for row in range(1, count(typed, "others") + 1):
            other = await _other(reader, typed, sitting, row, preset, reply_by)
            if other is not None:
                chosen.append(other)
        if not chosen and not reader.faults:
            reader.fault("suggested", "desk_addressees_missing")
        if reader.faults:
            return Reading(None, tuple(reader.faults))
        return Reading(Addressees(named=tuple(chosen)))

    async def lines(self, answer: Addressees, sitting: MonitoringSitting) -> tuple[Line, ...]:
        bodies = {each.organisation for each in answer.named}
        names = await bodies_named(sitting.session, sitting.language, sitting.today, bodies)
        said = [line for each in answer.named for line in _said(each, names, sitting)]
        order = await self.order(answer, sitting, NOT_SENT)
        try:
            letters = await foreseen_lines(sitting, order.command)
        except Refused:
            letters = ()  # said where it is sent
        heading = text(sitting.language, f"{_KEY}.letters")
        headed = (each.model_copy(update={"heading": heading}) for each in letters[:1])
        return (*said, *headed, *letters[1:])

    async def order(self, answer: Addressees, sitting: MonitoringSitting, key: RequestKey) -> Order:
        by, state = sitting.by(key), sitting.state
        command, notes = await to_dispatch_report(sitting.session, by, state, answer.named, sitting.today)
        return Order(command, notes)


def _body(row: int) -> BodyQuestion:
    return BodyQuestion(f"other-{row}")


async def _suggested(sitting: MonitoringSitting) -> tuple[Suggested, ...]:
    """Objects, their superior bodies, those the decision names, and the authorized body where it is due."""
    found = suggested_addressees(sitting.state)
    names = await bodies_named(sitting.session, sitting.language, sitting.today, found)
    return tuple(
        Suggested(
            organisation=known,
            name=names[known],
            ground=ground,
            sent=has_it(sitting.state, known, ground),
        )
        for known, ground in found.items()
    )


async def _other(
    reader: Reader,
    typed: Typed,
    sitting: MonitoringSitting,
    row: int,
    preset: ReplyPreset,
    reply_by: date | None,
) -> NamedAddressee | None:
    """A body that the rule does not name: on which ground it is interested, and why."""
    begun = any(typed.one(f"{field}-{row}").strip() for field in ("other", "ground", "reason"))
    if not begun:
        return None
    label = text(sitting.language, f"{_KEY}.other", number=row)
    body = await _body(row).read(Asking(reader, typed, sitting, label))
    ground = next((each for each in _GROUNDS if each.value == typed.one(f"ground-{row}")), None)
    if ground is None:
        reader.fault(f"ground-{row}", "desk_ground_missing", number=row)
    missing = "desk_ground_reason_missing" if ground is Ground.OTHER else ""
    reason = reader.text(f"reason-{row}", missing, number=row)
    if body is None or ground is None:
        return None
    return _addressee(body, ground, preset, reply_by, reason)


def _addressee(
    body: Id, ground: Ground, preset: ReplyPreset, reply_by: date | None, reason: str = ""
) -> NamedAddressee:
    """Of whoever gets it for consolidation no reply is asked."""
    if ground is Ground.CONSOLIDATION:
        return NamedAddressee(organisation=body, ground=ground)
    return NamedAddressee(
        organisation=body, ground=ground, reason=reason or None, preset=preset, reply_by=reply_by
    )


def _said(each: NamedAddressee, names: dict[Id, str], sitting: MonitoringSitting) -> Iterator[Line]:
    """A day that was typed holds in place of a usual term."""
    language = sitting.language

    def line(field: str, value: str, heading: str = "") -> Line:
        return Line(label=text(language, f"{_KEY}.{field}"), value=value, heading=heading)

    yield line("ground", term(language, each.ground), names[each.organisation])
    if each.reason:
        yield line("reason", each.reason)
    if each.reply_by is not None:
        yield line("reply_by", term_day_said(language, sitting.state.calendar, each.reply_by))
    elif each.ground is not Ground.CONSOLIDATION:  # of which no reply is asked
        yield line("preset", term(language, each.preset))
