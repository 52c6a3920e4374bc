"""An addressee's reply to a report: one word on each proposal and recommendation, with reasons (rule 16)."""

from dataclasses import dataclass
from typing import ClassVar

from activities.letters.on_paper import incoming_said
from api.commands.idempotency import RequestKey
from api.content.notes import Note
from api.pages.forms.form import AnswerOnRecord, Line, Order, Reading, View
from api.pages.forms.typed import Reader, Typed
from api.pages.forms.uploads import ATTACHED, files_by_hash, files_by_id
from api.pages.links.due import term_day_said
from api.pages.links.form_names import FormName
from api.pages.links.letter_form import LetterForm
from api.pages.links.matter import Matter
from api.pages.links.questions import Question, heading, name_of, own_items, questions_of, report_sent
from api.pages.links.replies_given import Former, questions_at, replies_given, typed_again
from api.pages.links.report import Report
from api.pages.links.words import label, note_said, signature, signed
from locales.terms import term
from models.agenda.terms import extends_itself
from models.commands import AnswerReport, ItemAnswer
from models.commands.command import Command
from models.report.notes import ItemReply, ReplyNote
from models.vocabulary.procedure import Ground, Response


@dataclass(frozen=True)
class Standing:
    """An item that a correction left as it was, and what was answered on it."""

    name: str
    answer: str


@dataclass(frozen=True)
class ReplyView(View):
    report: Report | None = None
    questions: tuple[Question, ...] = ()
    asks: bool = True  # a report for consolidation asks for nothing (rule 17)
    reason: str = ""  # why the body is interested, if somebody wrote it down
    standing: tuple[Standing, ...] = ()
    last: int = 0  # the line of the journal that holds the newest reply
    incoming: str | None = None  # under which number and on which day it registered the report
    extends: bool = False  # the Code lets it extend the term itself


class ReplyForm(LetterForm[ReplyNote]):
    command: ClassVar[type[Command]] = AnswerReport
    template = "r/report.html"
    key = "reply"
    fields_of_refusals: ClassVar = {"planned_before_dispatch": "planned-{item}"}

    async def begin(self, matter: Matter) -> Typed:
        """What was replied to a former version stands in the form."""
        return await typed_again(matter, await replies_given(matter))

    async def read(self, typed: Typed, matter: Matter) -> Reading[ReplyNote]:
        reader = Reader(typed)
        questions = self._asked(questions_of(await report_sent(matter), matter), matter)
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

    def _asked(self, questions: tuple[Question, ...], matter: Matter) -> tuple[Question, ...]:
        """What a correction left as it was and was answered before is not asked again (A12)."""
        items = matter.state.items
        return tuple(question for question in questions if items[question.id].answer is None)

    async def lines(self, answer: ReplyNote, matter: Matter) -> tuple[Line, ...]:
        return await lines_of(answer, questions_of(await report_sent(matter), matter), matter)

    async def order(self, answer: ReplyNote, matter: Matter, key: RequestKey) -> Order:
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
        fields = {"addressee": matter.letter.subject, "answers": answers, "reply": note.sha256}
        return Order(self.command.model_validate({**matter.by(key), **fields}), (note,))

    async def recorded(self, matter: Matter) -> AnswerOnRecord[ReplyNote] | None:
        if matter.state.addressees[matter.letter.subject].answered_on is None:
            return None
        given = await replies_given(matter)
        return given[-1] if given else None

    async def beside(self, recorded: AnswerOnRecord[ReplyNote], matter: Matter) -> dict[str, object]:
        """Every reply before, with its time, and the way to amend the newest while it may be."""
        before = [each for each in await replies_given(matter) if each.line.seq < recorded.line.seq]
        former: list[Former] = []
        for each in reversed(before):
            questions = await questions_at(matter, each.line)
            former.append(Former(each.line.at, await lines_of(each.answer, questions, matter)))
        amend = matter.address("form", FormName.AMENDMENT) if may_amend(matter) else ""
        return {"former": former, "amend": amend}

    async def view(self, typed: Typed, matter: Matter) -> ReplyView:
        report = await report_sent(matter)
        addressee = matter.state.addressees[matter.letter.subject]
        questions = questions_of(report, matter)
        asked = self._asked(questions, matter)
        given = await replies_given(matter)
        return ReplyView(
            report=report,
            questions=asked,
            asks=addressee.ground is not Ground.CONSOLIDATION,
            reason=await note_said(matter, addressee.reason),
            standing=tuple(
                Standing(heading(question, matter), _answer_said(matter, question))
                for question in questions
                if question not in asked
            ),
            last=given[-1].line.seq if given else 0,
            incoming=incoming_said(matter.language, addressee),
            extends=extends_itself(matter.deadline),
        )


def may_amend(matter: Matter) -> bool:
    """Until anything of it was assessed."""
    return not matter.state.ended and not any(item.judged for item in own_items(matter))


def _answer_said(matter: Matter, question: Question) -> str:
    answer = matter.state.items[question.id].answer
    return term(matter.language, answer.response) if answer else ""


async def lines_of(answer: ReplyNote, questions: tuple[Question, ...], matter: Matter) -> tuple[Line, ...]:
    """A reply in words, item by item, as the version had them that it was given to."""
    by_id = {question.id: question for question in questions}
    lines: list[Line] = []
    for item in answer.items:
        lines += await _item_lines(item, by_id.get(item.item), matter)
    files = await files_by_hash(matter, answer.attachments)
    whole = (
        Line(label=label(matter, "reply.text"), value=answer.text, field="text", words=True),
        Line(label=label(matter, "field.files"), value="", field="upload", files=files),
        *signed(matter, answer),
    )
    said = [line for line in whole if line.value or line.files]
    if said:
        under = label(matter, "reply.whole")
        lines += [said[0].model_copy(update={"heading": under}), *said[1:]]
    return tuple(lines)


async def _read_item(reader: Reader, typed: Typed, matter: Matter, question: Question) -> ItemReply:
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


async def _item_lines(item: ItemReply, question: Question | None, matter: Matter) -> list[Line]:
    calendar, planned = matter.state.calendar, ""
    if item.planned_on is not None:
        planned = term_day_said(matter.language, calendar, item.planned_on)
    files = await files_by_hash(matter, item.attachments)
    lines = (
        Line(
            label=label(matter, "reply.response"),
            value=term(matter.language, item.response) if item.response else "",
            field=f"response-{item.item}-{Response.ACCEPTED.value}",
            heading=heading(question, matter),
        ),
        Line(label=label(matter, "reply.reason"), value=item.text, field=f"reason-{item.item}", words=True),
        Line(label=label(matter, "reply.planned"), value=planned, field=f"planned-{item.item}"),
        Line(label=label(matter, "field.files"), value="", field=f"upload-{item.item}", files=files),
    )
    return [line for line in lines if line.value or line.files]
