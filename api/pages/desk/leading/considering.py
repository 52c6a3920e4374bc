"""The report is considered: by a council (rule 21), and by the authorized body (rule 18)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from sqlmodel import select

from activities.registries.recipients import named
from api.commands.idempotency import RequestKey
from api.http.problems import sentence
from api.pages.desk.coming import Coming
from api.pages.desk.coordinating import MonitoringSitting, seated
from api.pages.desk.desk_form import Seat
from api.pages.desk.office import INBOX
from api.pages.desk.question_form import MonitoringQuestions
from api.pages.desk.questions import Answers, MomentQuestion, Perhaps, PickQuestion, TextQuestion
from api.pages.desk.sitting import Sitting
from api.pages.forms.form import Line
from api.register.choices import Choice
from locales.catalogue import text
from models.commands import MarkConsidered, SubmitToCouncil, WithdrawFromCouncil
from models.monitoring.open_work import awaits_review
from models.monitoring.rules.doubts import council_warnings
from models.monitoring.state import MonitoringState
from models.tables.councils import CouncilRow
from models.vocabulary.access import Action
from models.vocabulary.procedure import Id
from models.words.order import by_name


async def council_choices(sitting: Sitting) -> tuple[Choice, ...]:
    """The councils of the registry, by their names."""
    rows = await sitting.session.exec(select(CouncilRow))
    names = {row.id: named(row, sitting.language) for row in rows}
    return tuple(Choice(value=known, name=name) for known, name in by_name(names, sitting.language))


COUNCIL, MEETING_AT = PickQuestion("council", council_choices), Perhaps(MomentQuestion("meeting_at"))
REASON, NOTE = TextQuestion("reason"), TextQuestion("note")


class SubmitToCouncilForm(MonitoringQuestions):
    """Rule 21: its secretary gets a letter with a link to record the minutes."""

    command = SubmitToCouncil
    path, key = "councils/submission", "submit_to_council"
    questions = (COUNCIL, MEETING_AT)
    closing = frozenset({"monitoring_ended", "report_not_approved", "correction_under_way"})
    fields_of_refusals = {"council_considers_already": COUNCIL.name, "meeting_in_past": MEETING_AT.name}

    def offered(self, state: MonitoringState) -> bool:
        return state.current is not None and not state.correcting and not state.ended

    async def doubts(self, answer: Answers, sitting: MonitoringSitting) -> tuple[str, ...]:
        """Another record of the same report beside the one that stands: meant, or by mistake."""
        found = council_warnings(sitting.state, answer[COUNCIL])
        return tuple(sentence(sitting.language, each) for each in found)

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> SubmitToCouncil:
        return SubmitToCouncil(
            **sitting.by(key), item=key.derived("k"), council=said[COUNCIL], meeting_at=said[MEETING_AT]
        )


class WithdrawFromCouncilForm(MonitoringQuestions):
    """Rule 21: an item is taken back before the council considered it, and why."""

    command = WithdrawFromCouncil
    path, key = "council-items/{about}/withdrawal", "withdraw_from_council"
    questions = (REASON,)
    closing = frozenset({"monitoring_ended", "council_item_unknown", "council_item_not_open"})

    def things(self, state: MonitoringState) -> Iterable[Id]:
        return state.council_items

    def abouts(self, state: MonitoringState) -> Iterable[Id]:
        return (known for known, item in state.council_items.items() if item.open)

    async def about_lines(self, sitting: MonitoringSitting) -> tuple[Line, ...]:
        council = sitting.state.council_items[sitting.about].council
        row = await sitting.session.get(CouncilRow, council)
        name = named(row, sitting.language) if row else council
        return (Line(label=text(sitting.language, "page.desk.submit_to_council.council"), value=name),)

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> WithdrawFromCouncil:
        return WithdrawFromCouncil(**sitting.by(key), item=sitting.about, reason=said[REASON].sha256)


@dataclass(frozen=True, kw_only=True)
class ReviewSitting(MonitoringSitting):
    """Whoever considers what was received comes from the inbox, and goes back there."""

    back_words: ClassVar = "page.desk.back"

    @property
    def back(self) -> str:
        return f"{INBOX}?lang={self.language.value}"


async def seat_at_review(coming: Coming, actions: tuple[Action, ...]) -> ReviewSitting:
    """Raises as `seated`."""
    return await seated(ReviewSitting, coming, actions)


class MarkConsideredForm(MonitoringQuestions):
    """Rule 18: the authorized body considered and analysed the report that was sent to it."""

    command = MarkConsidered
    seat = Seat(seat_at_review)
    path, key = "review", "mark_considered"
    questions = (NOTE,)
    closing = frozenset(
        {
            "monitoring_ended",
            "own_report_not_reviewed",
            "not_received_by_authorized_body",
            "correction_under_way",
            "considered_by_body_already",
        }
    )

    def offered(self, state: MonitoringState) -> bool:
        return awaits_review(state)

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> MarkConsidered:
        return MarkConsidered(**sitting.by(key), note=said[NOTE].sha256)
