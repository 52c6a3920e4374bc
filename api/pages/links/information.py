"""Rules 7, 8: a holder of information provides it, which makes it a source, or declines and says why."""

import hashlib
from dataclasses import dataclass
from http import HTTPStatus

from activities.registries.bodies import names_of
from api.commands.desk import CommandDesk
from api.commands.idempotency import RequestKey
from api.content.notes import Note
from api.content.store import Part, add_revision, newest_revision
from api.pages.forms.form import AnswerOnRecord, Line, Order, Reading, View
from api.pages.forms.typed import Reader, Typed
from api.pages.forms.uploads import ATTACHED, files_by_hash, files_by_id
from api.pages.links.letter_form import LetterForm, journal_line
from api.pages.links.matter import Matter
from api.pages.links.words import label, note_as, note_said, plain_note, signature, signed
from api.problems.problem import Failed
from locales.catalogue import text
from locales.lawful import lawful_on_request
from locales.terms import term
from models.commands import AnswerInformationRequest
from models.events import InformationRequestAnswered
from models.monitoring.state import InformationRequest
from models.report.content import Source, Wording, content_sha256
from models.report.notes import InformationAnswer
from models.vocabulary.procedure import Id, InformationOutcome, Language, SourceAccess, SourceKind


@dataclass(frozen=True)
class InformationView(View):
    question: str = ""


class InformationForm(LetterForm[InformationAnswer]):
    writes_beside = True
    command = AnswerInformationRequest
    template = "r/information.html"
    key = "information"
    final = True

    async def read(self, typed: Typed, matter: Matter) -> Reading[InformationAnswer]:
        reader = Reader(typed)
        outcome = reader.choice("outcome", InformationOutcome, "outcome_missing")
        provided = outcome is InformationOutcome.PROVIDED
        declined = outcome is InformationOutcome.DECLINED
        files = await files_by_id(matter, typed.all(ATTACHED)) if provided else ()
        answer = reader.text("text", "answer_missing" if provided and not files else "") if provided else ""
        reason = reader.text("reason", "decline_reason_missing") if declined else ""
        access = reader.choice("access", SourceAccess, "access_missing") if provided else None
        needs_reference = access is SourceAccess.OPEN and not files
        reference = reader.line("reference", "reference_missing" if needs_reference else "")
        respondent, post = signature(reader)
        if reader.faults or outcome is None:
            return Reading(None, tuple(reader.faults))
        return Reading(
            InformationAnswer(
                outcome=outcome,
                text=answer or reason,
                access=access,
                reference=reference if provided else "",
                attachments=tuple(file.sha256 for file in files),
                respondent=respondent,
                post=post,
            )
        )

    async def lines(self, answer: InformationAnswer, matter: Matter) -> tuple[Line, ...]:
        provided = answer.outcome is InformationOutcome.PROVIDED
        text_key, text_field = ("text", "text") if provided else ("reason", "reason")
        files = await files_by_hash(matter, answer.attachments)
        access = term(matter.language, answer.access) if answer.access else ""
        lines = (
            Line(
                label=label(matter, "information.outcome"),
                value=term(matter.language, answer.outcome),
                field="outcome-provided",
            ),
            Line(
                label=label(matter, f"information.{text_key}"),
                value=answer.text,
                field=text_field,
                words=True,
            ),
            Line(label=label(matter, "field.files"), value="", field="upload", files=files),
            Line(label=label(matter, "information.access"), value=access, field="access-open"),
            Line(label=label(matter, "information.reference"), value=answer.reference, field="reference"),
            *signed(matter, answer),
        )
        return tuple(line for line in lines if line.value or line.files)

    async def order(self, answer: InformationAnswer, matter: Matter, key: RequestKey) -> Order:
        note = Note(body=answer)
        provided = answer.outcome is InformationOutcome.PROVIDED
        sent = AnswerInformationRequest(
            **matter.by(key),
            request=matter.letter.subject,
            outcome=answer.outcome,
            answer=note.sha256,
            source=_source_id(matter) if provided else None,
        )
        return Order(sent, (note,))

    async def recorded(self, matter: Matter) -> AnswerOnRecord[InformationAnswer] | None:
        line = await journal_line(matter, InformationRequestAnswered, "request", matter.letter.subject)
        if line is None:
            return None
        event = InformationRequestAnswered.model_validate(line.event)
        kept = await note_as(matter, InformationAnswer, event.answer)
        words = await plain_note(matter, event.answer)
        return AnswerOnRecord(kept or InformationAnswer(outcome=event.outcome, text=words), line)

    async def view(self, typed: Typed, matter: Matter) -> InformationView:
        return InformationView(question=await note_said(matter, _request(matter).question))

    async def send(self, answer: InformationAnswer, order: Order, desk: CommandDesk, bench: Matter) -> str:
        """The source has to be there when the journal first speaks of it; a refusal takes it back."""
        if answer.outcome is not InformationOutcome.PROVIDED:
            return await super().send(answer, order, desk, bench)
        await _write(bench, await _source(answer, bench))
        try:
            return await super().send(answer, order, desk, bench)
        except Failed as failed:
            if failed.status is HTTPStatus.CONFLICT and _request(bench).source != _source_id(bench):
                await _write(bench, None)
                await bench.session.commit()
            raise


def _request(matter: Matter) -> InformationRequest:
    return matter.state.requests[matter.letter.subject]


def _source_id(matter: Matter) -> Id:
    """One request, one source: the same id however often the answer is sent."""
    subject = f"{matter.number}/{matter.letter.subject}"
    return f"s-{hashlib.sha256(subject.encode()).hexdigest()[:16]}"


async def _source(answer: InformationAnswer, matter: Matter) -> Source:
    request = _request(matter)
    names = await names_of(matter.session, matter.today, (request.holder,))
    holder = names.get(request.holder, Wording())
    # Rule 7.6: information given on request by the body that holds it is not what the law prohibits.
    other = request.source_kind is SourceKind.OTHER_LAWFUL
    titles = {
        language.value: text(
            language, "page.information.source_title", recipient=holder.best(language) or matter.recipient
        )
        for language in Language
    }
    return Source(
        id=_source_id(matter),
        kind=request.source_kind,
        title=Wording(**titles),
        owner=matter.recipient[:500],
        reference=answer.reference,
        obtained_on=matter.today,
        access=answer.access or SourceAccess.OFFICIAL,
        lawfulness_note=lawful_on_request() if other else "",
        attachments=answer.attachments,
        information_request=request.id,
    )


async def _write(matter: Matter, source: Source | None) -> None:
    item = _source_id(matter)
    newest = await newest_revision(matter.session, matter.number, Part.SOURCE, item)
    same = newest is not None and source is not None and newest.sha256 == content_sha256(source)
    if same or (newest is None and source is None):
        return
    author = matter.actor()
    await add_revision(
        matter.session,
        matter.number,
        Part.SOURCE,
        item,
        source,
        known=newest.revision if newest else 0,
        now=matter.now,
        account=author.account,
        letter=author.letter,
    )
