"""An addressee's reply to a report: one word on each proposal and recommendation, with reasons (rule 16)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from activities.letters.on_paper import incoming_said
from api.commands.idempotency import RequestKey
from api.content.notes import Note
from api.pages.forms.form import AnswerOnRecord, Line, Order, Reading, View
from api.pages.forms.typed import Reader, Typed
from api.pages.forms.uploads import ATTACHED, MOST_FILES, File, files_by_hash, files_by_id
from api.pages.links.due import term_day_said
from api.pages.links.form_names import FormName
from api.pages.links.letter_form import LetterForm
from api.pages.links.matter import Matter
from api.pages.links.questions import (
    Question,
    heading,
    name_of,
    own_items,
    questions_of,
    questions_sent,
    report_sent,
)
from api.pages.links.replies_given import Former, questions_at, replies_given, typed_again
from api.pages.links.reply_paper import papers_of
from api.pages.links.report import Report
from api.pages.links.words import label, note_said, signature, signed
from locales.terms import term
from models.agenda.terms import extends_itself
from models.commands import AnswerReport, ItemAnswer
from models.commands.command import Command
from models.report.notes import ItemReply, ReplyNote
from models.vocabulary.procedure import Ground, Id, Response, Sha256

_FILES_OF_ITEM: Final = 5
"""On average, where that is more than any form may have."""
_OF_ITEM: Final = ("response", "reason", "planned", ATTACHED)
"""What begins the names of an item's fields."""


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
    fields_of_refusals: ClassVar = {
        "planned_before_dispatch": "planned-{item}",
        "planned_too_far_ahead": "planned-{item}",
    }

    async def begin(self, matter: Matter) -> Typed:
        """What was replied to a former version stands in the form."""
        return await typed_again(matter, await replies_given(matter))

    async def read(self, typed: Typed, matter: Matter) -> Reading[ReplyNote]:
        reader = Reader(typed)
        questions = self.asked_of(await questions_sent(matter), matter)
        items = [read_words(reader, name_of(question, matter), question.id) for question in questions]
        respondent, post = signature(reader)
        text = reader.text("text", "" if items else "remark_missing")
        if reader.faults:
            return Reading(None, tuple(reader.faults))
        return Reading(await _with_files(matter, typed, text, items, (respondent, post)))

    async def as_typed(self, typed: Typed, reading: Reading[ReplyNote], matter: Matter) -> tuple[Line, ...]:
        """Of each item whatever was typed, whether or not it is an answer already."""
        questions, reader = await questions_sent(matter), Reader(typed)
        begun = [each for each in questions if any(typed.all(f"{name}-{each.id}") for name in _OF_ITEM)]
        items = [read_words(reader, "", question.id) for question in begun]
        note = await _with_files(matter, typed, reader.text("text"), items, signature(reader))
        return await lines_of(note, questions, matter)

    def asked_of(self, questions: tuple[Question, ...], matter: Matter) -> tuple[Question, ...]:
        """What a correction left as it was and was answered before is not asked again (A12)."""
        items = matter.state.items
        return tuple(question for question in questions if items[question.id].answer is None)

    async def lines(self, answer: ReplyNote, matter: Matter) -> tuple[Line, ...]:
        return await lines_of(answer, await questions_sent(matter), matter)

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

    def most_files(self, matter: Matter) -> int:
        """Each item may rest on papers of its own."""
        return max(MOST_FILES, _FILES_OF_ITEM * len(own_items(matter)))

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
        return {"former": former, "amend": amend, "papers": papers_of(matter)}

    async def view(self, typed: Typed, matter: Matter) -> ReplyView:
        report = await report_sent(matter)
        addressee = matter.state.addressees[matter.letter.subject]
        questions = questions_of(report.content if report else None, matter)
        asked = self.asked_of(questions, matter)
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


async def _with_files(
    matter: Matter, typed: Typed, text: str, items: list[ItemReply], signed_by: tuple[str, str]
) -> ReplyNote:
    """What was typed, with the files chosen for the whole and for each item."""
    places = (ATTACHED, *(f"{ATTACHED}-{item.item}" for item in items))
    chosen = await files_by_id(matter, (each for place in places for each in typed.all(place)))
    by_id = {file.id: file.sha256 for file in chosen}

    def files(place: str) -> tuple[Sha256, ...]:
        return tuple(by_id[each] for each in dict.fromkeys(typed.all(place)) if each in by_id)

    respondent, post = signed_by
    return ReplyNote(
        text=text,
        items=tuple(
            item.model_copy(update={"attachments": files(f"{ATTACHED}-{item.item}")}) for item in items
        ),
        attachments=files(ATTACHED),
        respondent=respondent,
        post=post,
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
    named = (*answer.attachments, *(each for item in answer.items for each in item.attachments))
    by_hash = {file.sha256: file for file in await files_by_hash(matter, named)}
    lines: list[Line] = []
    for item in answer.items:
        lines += _item_lines(item, by_id.get(item.item), matter, by_hash)
    files = tuple(by_hash[each] for each in answer.attachments if each in by_hash)
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


def read_words(reader: Reader, name: str, item: Id) -> ItemReply:
    """What was typed of one item, its files left out; `name` is what its faults call it."""
    response = reader.choice(f"response-{item}", Response, "response_missing", item=name)
    reasoned = response in {Response.PARTLY, Response.DECLINED}
    text = reader.text(f"reason-{item}", "reason_missing" if reasoned else "", item=name)
    planned = reader.day(f"planned-{item}", item=name)
    return ItemReply(
        item=item,
        response=response,
        text=text,
        planned_on=None if response is Response.DECLINED else planned,
    )


def _item_lines(
    item: ItemReply, question: Question | None, matter: Matter, by_hash: Mapping[Sha256, File]
) -> list[Line]:
    calendar, planned = matter.state.calendar, ""
    if item.planned_on is not None:
        planned = term_day_said(matter.language, calendar, item.planned_on)
    files = tuple(by_hash[each] for each in item.attachments if each in by_hash)
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
