"""An addressee's reply to a report: one word on each proposal and recommendation, with reasons (rule 16)."""

from dataclasses import dataclass
from typing import ClassVar

from activities.letters.particulars import incoming_said
from api.commands.idempotency import RequestKey
from api.content.notes import Note
from api.pages.forms.form import AnswerOnRecord, Line, Order, Reading, View
from api.pages.forms.typed import Reader, Typed
from api.pages.forms.uploads import ATTACHED, files_by_hash, files_by_id
from api.pages.links.letter_form import LetterForm, journal_line
from api.pages.links.opened import OpenedLink
from api.pages.links.questions import Question, heading, name_of, own_items, questions_of, report_sent
from api.pages.links.report import Report
from api.pages.links.words import label, note_as, plain_note, signature
from locales.dates import say_day
from locales.terms import term
from models.agenda.terms import extends_itself
from models.commands import AnswerReport, ItemAnswer
from models.events import ReportAnswered
from models.report.notes import ItemReply, ReplyNote
from models.vocabulary.procedure import Ground, Response


@dataclass(frozen=True)
class ReplyView(View):
    report: Report | None = None
    questions: tuple[Question, ...] = ()
    asks: bool = True  # a report for consolidation asks for nothing (rule 17)
    reason: str = ""  # why the body is interested, if somebody wrote it down
    incoming: str | None = None  # under which number and on which day it registered the report
    extends: bool = False  # the Code lets it extend the term itself


class ReplyForm(LetterForm[ReplyNote]):
    command = AnswerReport
    template = "r/report.html"
    key = "reply"
    fields_of_refusals: ClassVar = {"planned_before_dispatch": "planned-{item}"}

    async def read(self, typed: Typed, matter: OpenedLink) -> Reading[ReplyNote]:
        reader = Reader(typed)
        questions = questions_of(await report_sent(matter), matter)
        items = [await _read_item(reader, typed, matter, question) for question in questions]
        respondent, post = signature(reader)
        text = reader.text("text", "" if items else "remark_missing")
        files = await files_by_id(matter, typed.all(ATTACHED))
        if reader.faults:
            return Reading(None, tuple(reader.faults))
        return Reading(
            ReplyNote(
                text=text,
                items=tuple(items),
                attachments=tuple(file.sha256 for file in files),
                respondent=respondent,
                post=post,
            )
        )

    async def lines(self, answer: ReplyNote, matter: OpenedLink) -> tuple[Line, ...]:
        questions = {question.id: question for question in questions_of(await report_sent(matter), matter)}
        lines: list[Line] = []
        for item in answer.items:
            lines += await _item_lines(item, questions.get(item.item), matter)
        files = await files_by_hash(matter, answer.attachments)
        whole = (
            Line(label=label(matter, "reply.text"), value=answer.text, field="text"),
            Line(label=label(matter, "field.files"), value="", field="upload", files=files),
            Line(label=label(matter, "field.respondent"), value=answer.respondent, field="respondent"),
            Line(label=label(matter, "field.post"), value=answer.post, field="post"),
        )
        said = [line for line in whole if line.value or line.files]
        if said:
            under = label(matter, "reply.whole")
            lines += [said[0].model_copy(update={"heading": under}), *said[1:]]
        return tuple(lines)

    async def order(self, answer: ReplyNote, matter: OpenedLink, key: RequestKey) -> Order:
        note = Note(body=answer)
        answers = tuple(
            ItemAnswer(
                item=item.item,
                response=item.response,
                reasoned=bool(item.text),
                planned_on=item.planned_on,
            )
            for item in answer.items
            if item.response is not None
        )
        sent = AnswerReport(
            **matter.by(key),
            addressee=matter.letter.subject,
            answers=answers,
            reply=note.sha256,
        )
        return Order(sent, (note,))

    async def recorded(self, matter: OpenedLink) -> AnswerOnRecord[ReplyNote] | None:
        addressee = matter.state.addressees[matter.letter.subject]
        line = await journal_line(matter, ReportAnswered, "addressee", matter.letter.subject)
        if line is None or addressee.answered_on is None:
            return None
        event = ReportAnswered.model_validate(line.event)
        kept = await note_as(matter, ReplyNote, event.reply)
        words = kept or ReplyNote(text=await plain_note(matter, event.reply))
        return AnswerOnRecord(words.model_copy(update={"items": _with_answers(words, event)}), line)

    async def view(self, typed: Typed, matter: OpenedLink) -> ReplyView:
        report = await report_sent(matter)
        addressee = matter.state.addressees[matter.letter.subject]
        files = {ATTACHED: await files_by_id(matter, typed.all(ATTACHED))}
        for item in own_items(matter):
            field = f"{ATTACHED}-{item.id}"
            files[field] = await files_by_id(matter, typed.all(field))
        return ReplyView(
            report=report,
            questions=questions_of(report, matter),
            asks=addressee.ground is not Ground.CONSOLIDATION,
            reason=await plain_note(matter, addressee.reason),
            incoming=incoming_said(matter.language, addressee),
            extends=extends_itself(matter.deadline),
            files=files,
        )


async def _read_item(reader: Reader, typed: Typed, matter: OpenedLink, question: Question) -> ItemReply:
    name, item = name_of(question, matter), question.id
    response = reader.choice(f"response-{item}", Response, "response_missing", item=name)
    reasoned = response in {Response.PARTLY, Response.DECLINED}
    text = reader.text(f"reason-{item}", "reason_missing" if reasoned else "", item=name)
    planned = reader.day(f"planned-{item}", item=name)
    files = await files_by_id(matter, typed.all(f"{ATTACHED}-{item}"))
    return ItemReply(
        item=item,
        response=response,
        text=text,
        planned_on=None if response is Response.DECLINED else planned,
        attachments=tuple(file.sha256 for file in files),
    )


async def _item_lines(item: ItemReply, question: Question | None, matter: OpenedLink) -> list[Line]:
    planned = say_day(matter.language, item.planned_on) if item.planned_on else ""
    files = await files_by_hash(matter, item.attachments)
    lines = (
        Line(
            label=label(matter, "reply.response"),
            value=term(matter.language, item.response) if item.response else "",
            field=f"response-{item.item}-{Response.ACCEPTED.value}",
            heading=heading(question, matter),
        ),
        Line(label=label(matter, "reply.reason"), value=item.text, field=f"reason-{item.item}"),
        Line(label=label(matter, "reply.planned"), value=planned, field=f"planned-{item.item}"),
        Line(label=label(matter, "field.files"), value="", field=f"upload-{item.item}", files=files),
    )
    return [line for line in lines if line.value or line.files]


def _with_answers(words: ReplyNote, event: ReportAnswered) -> tuple[ItemReply, ...]:
    """What the journal decided, with the words of the note beside."""
    said = {item.item: item for item in words.items}
    return tuple(
        said.get(answer.item, ItemReply(item=answer.item)).model_copy(
            update={"response": answer.response, "planned_on": answer.planned_on}
        )
        for answer in event.answers
    )
