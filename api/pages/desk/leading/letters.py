"""A letter that left or could not leave; a body that the report is not sent to (rules 17, 20)."""

from collections.abc import Iterable

from activities.registries.lookup import Lookup
from api.commands.filling import to_resend_letter
from api.commands.idempotency import RequestKey
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.question_form import MonitoringQuestions, stands
from api.pages.desk.questions import Answers, DayQuestion, TextQuestion
from api.pages.forms.form import Line
from api.pages.forms.typed import Typed
from locales.catalogue import text
from locales.terms import term
from models.commands import OmitAddressee, RecordHandDelivery, ResendLetter
from models.letters.letter import Letter
from models.monitoring.items import named_and_not_sent
from models.monitoring.recipients import recipient_today
from models.monitoring.state import MonitoringState
from models.vocabulary.letters import LetterStatus
from models.vocabulary.procedure import Id

DELIVERED_ON, NOTE, REASON = DayQuestion("delivered_on"), TextQuestion("note"), TextQuestion("reason")
_RESENDABLE = frozenset({LetterStatus.UNDELIVERABLE, LetterStatus.SENT})
_GONE = frozenset({LetterStatus.DELIVERED_BY_HAND, LetterStatus.WITHDRAWN})


class LetterForm(MonitoringQuestions):
    """About one letter: which, to whom, and how it fares."""

    def things(self, state: MonitoringState) -> Iterable[Id]:
        return state.letters

    async def about_lines(self, sitting: MonitoringSitting) -> tuple[Line, ...]:
        language, letter = sitting.language, sitting.state.letters[sitting.about]
        lookup = Lookup(sitting.session, language, sitting.today)
        said = {
            "letter": f"{term(language, letter.kind)} ({letter.id})",
            "recipient": await lookup.recipient(letter),
            "status": term(language, letter.status),
        }
        return tuple(
            Line(label=text(language, f"page.desk.letter.{name}"), value=value)
            for name, value in said.items()
        )


class ResendLetterForm(LetterForm):
    """It is sent once more, to the address that is on file now."""

    command = ResendLetter
    path, key = "letters/{about}/resending", "resend_letter"
    closing = frozenset({"monitoring_ended", "letter_unknown", "recipient_is_nobody", "letter_superseded"})

    def abouts(self, state: MonitoringState) -> Iterable[Id]:
        return (known for known, letter in state.letters.items() if _may_be_resent(state, letter))

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> ResendLetter:
        return await to_resend_letter(
            sitting.session, sitting.by(key), sitting.state, sitting.about, sitting.today
        )


class RecordHandDeliveryForm(LetterForm):
    """It was handed over on paper; the note says to whom."""

    command = RecordHandDelivery
    path, key = "letters/{about}/hand-delivery", "record_hand_delivery"
    questions = (DELIVERED_ON, NOTE)
    closing = frozenset({"monitoring_ended", "letter_unknown", "letter_not_due"})
    fields_of_refusals = {"date_in_future": DELIVERED_ON.name, "delivered_before_start": DELIVERED_ON.name}

    def abouts(self, state: MonitoringState) -> Iterable[Id]:
        return (known for known, letter in state.letters.items() if letter.status not in _GONE)

    async def begin(self, sitting: MonitoringSitting) -> Typed:
        return stands((DELIVERED_ON, sitting.today))

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> RecordHandDelivery:
        return RecordHandDelivery(
            **sitting.by(key), letter=sitting.about, delivered_on=said[DELIVERED_ON], note=said[NOTE].sha256
        )


class OmitAddresseeForm(MonitoringQuestions):
    """Rules 17, 20: a body that the decision names is not sent the report, and why."""

    command = OmitAddressee
    path, key = "addressees/{about}/omission", "omit_addressee"
    questions = (REASON,)
    closing = frozenset(
        {
            "monitoring_ended",
            "report_not_approved",
            "correction_under_way",
            "not_named_in_decision",
            "named_body_was_sent_to",
            "omitted_already",
        }
    )

    def things(self, state: MonitoringState) -> Iterable[Id]:
        return {item.addressee for item in state.items.values()}

    def abouts(self, state: MonitoringState) -> Iterable[Id]:
        return named_and_not_sent(state) if state.current and not state.correcting else ()

    async def about_lines(self, sitting: MonitoringSitting) -> tuple[Line, ...]:
        name = await Lookup(sitting.session, sitting.language, sitting.today).name(sitting.about)
        return (Line(label=text(sitting.language, "page.desk.omit_addressee.body"), value=name),)

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> OmitAddressee:
        return OmitAddressee(**sitting.by(key), addressee=sitting.about, reason=said[REASON].sha256)


def _may_be_resent(state: MonitoringState, letter: Letter) -> bool:
    return letter.status in _RESENDABLE and recipient_today(state, letter) is not None
