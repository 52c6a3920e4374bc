"""A body is asked for information; a request is taken back (rules 7, 8)."""

from collections.abc import Iterable
from typing import Final

from api.commands.addressing import to_request_information
from api.commands.idempotency import RequestKey
from api.content.notes import Note, kept
from api.pages.desk.body_asked import BodyQuestion
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.foreseeing import languages_read
from api.pages.desk.naming import bodies_named
from api.pages.desk.question_form import NOT_SENT, MonitoringQuestions
from api.pages.desk.questions import Answers, Perhaps, TextQuestion
from api.pages.desk.term_day import TermDayQuestion
from api.pages.desk.term_questions import ChoiceQuestion
from api.pages.forms.form import Line, Order, Reading
from api.pages.forms.typed import Fault, Typed
from locales.catalogue import text
from locales.terms import term
from models.commands import RequestInformation, WithdrawInformationRequest
from models.monitoring.state import MonitoringState
from models.report.content import Wording
from models.vocabulary.procedure import ConductorKind, Id, Language, SourceKind, Stage

HOLDER, SOURCE_KIND = BodyQuestion("holder"), ChoiceQuestion("source_kind", SourceKind)
QUESTIONS: Final = {each: Perhaps(TextQuestion(f"question_{each.value}")) for each in Language}
REPLY_BY = Perhaps(TermDayQuestion("reply_by"))
REASON = TextQuestion("reason")
_IN_CONDUCT: Final = frozenset({Stage.COLLECTING, Stage.ANALYSING, Stage.DRAFTING})


class RequestInformationForm(MonitoringQuestions):
    """The letter has the question in its reader's language, where it was asked in it."""

    command = RequestInformation
    path, key = "information-requests", "request_information"
    questions = (HOLDER, SOURCE_KIND, *QUESTIONS.values(), REPLY_BY)
    closing = frozenset({"monitoring_ended", "not_in_conduct", "requests_by_other_subject"})
    fields_of_refusals = {
        "reply_date_not_ahead": "reply_by",
        "holder_special_state_body": "holder",
        "organisation_unknown": "holder",
        "organisation_gone": "holder",
        "organisation_succeeded": "holder",
    }

    def offered(self, state: MonitoringState) -> bool:
        return state.stage in _IN_CONDUCT and state.conductor_kind is not ConductorKind.OTHER_SUBJECT

    def any_answer(self, sitting: MonitoringSitting) -> None:
        return None  # the rules mind who is asked

    def anything(self, sitting: MonitoringSitting) -> RequestInformation:
        return RequestInformation(
            **sitting.by(NOT_SENT),
            request=NOT_SENT.id,
            holder=NOT_SENT.id,
            source_kind=SourceKind.ORGANISATIONS,
            question=NOT_SENT.sha256,
        )

    async def read(self, typed: Typed, sitting: MonitoringSitting) -> Reading[Answers]:
        reading = await super().read(typed, sitting)
        if reading.answer is not None and not asked_in(reading.answer).given():
            return Reading(None, (Fault(field="question_kk", key="desk_request_question_missing"),))
        return reading

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> RequestInformation:
        return await to_request_information(
            sitting.session,
            sitting.by(key),
            key.derived("q"),
            said[HOLDER],
            said[SOURCE_KIND],
            question_note(said).sha256,
            said[REPLY_BY],
            sitting.today,
        )

    async def order(self, answer: Answers, sitting: MonitoringSitting, key: RequestKey) -> Order:
        return Order(await self.filled(answer, sitting, key), (question_note(answer),))

    async def doubts(self, answer: Answers, sitting: MonitoringSitting) -> tuple[str, ...]:
        """Whoever reads a language that it was not asked in has it as it was asked."""
        order = await self.order(answer, sitting, NOT_SENT)
        missing = await languages_read(sitting, order.command) - asked_in(answer).given()
        language = sitting.language
        return tuple(
            text(language, "page.desk.request_information.unread", spoken=term(language, each))
            for each in Language
            if each in missing
        )


def asked_in(said: Answers) -> Wording:
    """The question in the languages it was typed in."""
    typed = {language.value: said[question] for language, question in QUESTIONS.items()}
    return Wording.model_validate({known: words.text for known, words in typed.items() if words is not None})


def question_note(said: Answers) -> Note:
    return kept(asked_in(said))


class WithdrawInformationRequestForm(MonitoringQuestions):
    """The information is not needed any more; its holder is told so."""

    command = WithdrawInformationRequest
    path, key = "information-requests/{about}/withdrawal", "withdraw_information_request"
    questions = (REASON,)
    closing = frozenset(
        {"monitoring_ended", "request_not_open", "request_unknown", "report_approved_already"}
    )

    def things(self, state: MonitoringState) -> Iterable[Id]:
        return tuple(state.requests)

    def abouts(self, state: MonitoringState) -> Iterable[Id]:
        return [each.id for each in state.requests.values() if each.open and state.before_approval]

    async def about_lines(self, sitting: MonitoringSitting) -> tuple[Line, ...]:
        holder = sitting.state.requests[sitting.about].holder
        names = await bodies_named(sitting.session, sitting.language, sitting.today, {holder})
        return (
            Line(label=text(sitting.language, "page.desk.request_information.holder"), value=names[holder]),
        )

    async def filled(
        self, said: Answers, sitting: MonitoringSitting, key: RequestKey
    ) -> WithdrawInformationRequest:
        return WithdrawInformationRequest(
            **sitting.by(key), request=sitting.about, reason=said[REASON].sha256, tells_holder=True
        )
