"""An addressee reports what it carried out of what it accepted (beyond the Rules). A link serves once."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from sqlmodel import col, select

from activities.letters.follow_up import item_day_said
from api.commands.idempotency import RequestKey
from api.content.notes import Note
from api.pages.forms.form import AnswerOnRecord, Line, Order, Reading, View
from api.pages.forms.typed import Reader, Typed
from api.pages.forms.uploads import ATTACHED, files_by_hash, files_by_id
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
from api.pages.links.reply_paper import papers_of
from api.pages.links.report import Report
from api.pages.links.words import label, note_as, note_said, plain_note, signature, signed
from locales.dates import say_day
from locales.standings import standing_said
from locales.terms import term
from models.commands import ItemImplementation, ReportImplementation
from models.events import ImplementationReported
from models.monitoring.follow_up import ItemStanding, awaited_of, standing_of
from models.monitoring.state import ItemState
from models.report.notes import ImplementationNote, ItemWords
from models.tables.journal import EntryRow
from models.vocabulary.procedure import Id, Language, Verdict, monitoring_workflow_id


class Claim(StrEnum):
    """What can be said of an item on the page; «none» leaves it for another time."""

    NONE = "none"
    IMPLEMENTED = Verdict.IMPLEMENTED.value
    PARTLY_IMPLEMENTED = Verdict.PARTLY_IMPLEMENTED.value
    NOT_IMPLEMENTED = Verdict.NOT_IMPLEMENTED.value


@dataclass(frozen=True)
class Asked:
    """An accepted item that waits for a report, with the day that holds and any earlier judgement."""

    question: Question
    day: str
    judged: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Already:
    """An item of which there is nothing to report now, in words."""

    name: str
    standing: str


@dataclass(frozen=True)
class ImplementationView(View):
    report: Report | None = None
    asked: tuple[Asked, ...] = ()
    already: tuple[Already, ...] = ()
    papers: tuple[tuple[Language, str], ...] = ()  # of the reply in which it was accepted

    @property
    def asks(self) -> bool:
        """Whether anything is left to report."""
        return bool(self.asked)


class ImplementationForm(LetterForm[ImplementationNote]):
    command = ReportImplementation
    template = "r/implementation.html"
    key = "implementation"
    final = True
    fields_of_refusals: ClassVar = {"done_before_conduct": "done-{item}"}

    async def read(self, typed: Typed, matter: Matter) -> Reading[ImplementationNote]:
        reader = Reader(typed)
        questions = await _questions(matter)
        awaited = [questions[item.id] for item in awaited_of(matter.state, matter.letter.subject)]
        said = [await _read_item(reader, typed, matter, question) for question in awaited]
        items = tuple(each for each in said if each is not None)
        if not items and not reader.faults:
            reader.fault(f"claim-{awaited[0].id}" if awaited else "", "nothing_to_report")
        respondent, post = signature(reader)
        if reader.faults:
            return Reading(None, tuple(reader.faults))
        return Reading(ImplementationNote(text="", respondent=respondent, post=post, items=items))

    async def lines(self, answer: ImplementationNote, matter: Matter) -> tuple[Line, ...]:
        questions = await _questions(matter)
        lines: list[Line] = []
        for item in answer.items:
            lines += await _item_lines(item, questions.get(item.item), matter)
        whole = (
            Line(label=label(matter, "implementation.text"), value=answer.text, words=True),
            *signed(matter, answer),
        )
        said = [line for line in whole if line.value]
        if said:
            under = label(matter, "field.signature")
            lines += [said[0].model_copy(update={"heading": under}), *said[1:]]
        return tuple(lines)

    async def order(self, answer: ImplementationNote, matter: Matter, key: RequestKey) -> Order:
        note = Note(body=answer)
        sent = ReportImplementation(
            **matter.by(key),
            addressee=matter.letter.subject,
            items=tuple(
                ItemImplementation(item=item.item, claim=item.claim, done_on=item.done_on)
                for item in answer.items
                if item.claim is not None
            ),
            words=note.sha256,
        )
        return Order(sent, (note,))

    async def recorded(self, matter: Matter) -> AnswerOnRecord[ImplementationNote] | None:
        """What was sent by this very link; what came otherwise is shown as reported already."""
        if matter.on_paper:
            return None
        lines = (
            select(EntryRow)
            .where(EntryRow.workflow_id == monitoring_workflow_id(matter.number))
            .where(EntryRow.type == ImplementationReported.model_fields["type"].default)
            .where(col(EntryRow.actor)["letter"].astext == matter.letter.id)
            .order_by(col(EntryRow.seq).desc())
            .limit(1)
        )
        line = (await matter.session.exec(lines)).first()
        if line is None:
            return None
        event = ImplementationReported.model_validate(line.event)
        kept = await note_as(matter, ImplementationNote, event.words)
        words = kept or ImplementationNote(text=await plain_note(matter, event.words))
        return AnswerOnRecord(words.model_copy(update={"items": _as_decided(words, event)}), line)

    async def beside(self, recorded: AnswerOnRecord[ImplementationNote], matter: Matter) -> dict[str, object]:
        return {"papers": papers_of(matter)}

    async def view(self, typed: Typed, matter: Matter) -> ImplementationView:
        report = await report_sent(matter)
        content = report.content if report else None
        questions = {question.id: question for question in questions_of(content, matter)}
        awaited = awaited_of(matter.state, matter.letter.subject)
        return ImplementationView(
            report=report,
            papers=papers_of(matter),
            asked=tuple([await _asked(matter, item, questions[item.id]) for item in awaited]),
            already=tuple(
                Already(
                    name_of(questions[item.id], matter),
                    standing_said(matter.language, standing, item.response),
                )
                for item in own_items(matter)
                if (standing := standing_of(matter.state, item)) not in _NOT_TOLD
            ),
        )


# Waits for a report, or nobody is to report of it: neither stands under «reported already».
_NOT_TOLD = frozenset(
    {
        ItemStanding.AWAITED,
        ItemStanding.DECLINED,
        ItemStanding.UNANSWERED,
        ItemStanding.NOT_FOLLOWED,
    }
)


async def _questions(matter: Matter) -> dict[Id, Question]:
    return {question.id: question for question in await questions_sent(matter)}


async def _asked(matter: Matter, item: ItemState, question: Question) -> Asked:
    judged = item.judged
    return Asked(
        question=question,
        day=item_day_said(matter.language, matter.state, item),
        judged=term(matter.language, judged.verdict) if judged else "",
        reason=await note_said(matter, judged.reason) if judged else "",
    )


async def _read_item(reader: Reader, typed: Typed, matter: Matter, question: Question) -> ItemWords | None:
    """What was said of one item; nothing where nothing is to be reported yet."""
    name, item = name_of(question, matter), question.id
    files = await files_by_id(matter, typed.all(f"{ATTACHED}-{item}"))
    chosen = typed.one(f"claim-{item}") or Claim.NONE.value
    if chosen == Claim.NONE:
        if files or any(typed.one(f"{field}-{item}").strip() for field in ("words", "done")):
            reader.fault(f"claim-{item}", "claim_missing", item=name)
        return None
    claim = reader.choice(f"claim-{item}", Verdict, "claim_missing", item=name)
    shown = claim is Verdict.IMPLEMENTED and bool(files)
    text = reader.text(f"words-{item}", "" if shown else "implementation_words_missing", item=name)
    done = reader.day(f"done-{item}", item=name)
    if done is not None and done > matter.today:
        reader.fault(f"done-{item}", "done_in_future", item=name)
    return ItemWords(
        item=item,
        claim=claim,
        done_on=None if claim is Verdict.NOT_IMPLEMENTED else done,
        text=text,
        attachments=tuple(file.sha256 for file in files),
    )


async def _item_lines(item: ItemWords, question: Question | None, matter: Matter) -> list[Line]:
    done = say_day(matter.language, item.done_on) if item.done_on else ""
    files = await files_by_hash(matter, item.attachments)
    claim = item.claim.value if item.claim else Claim.NONE.value
    lines = (
        Line(
            label=label(matter, "implementation.claim"),
            value=term(matter.language, item.claim) if item.claim else "",
            field=f"claim-{item.item}-{claim}",
            heading=heading(question, matter),
        ),
        Line(label=label(matter, "implementation.done_on"), value=done, field=f"done-{item.item}"),
        Line(
            label=label(matter, "implementation.text"),
            value=item.text,
            field=f"words-{item.item}",
            words=True,
        ),
        Line(label=label(matter, "field.files"), value="", field=f"upload-{item.item}", files=files),
    )
    return [line for line in lines if line.value or line.files]


def _as_decided(words: ImplementationNote, event: ImplementationReported) -> tuple[ItemWords, ...]:
    """What the journal says, with the words of the note beside."""
    said = {item.item: item for item in words.items}
    return tuple(
        said.get(item.item, ItemWords(item=item.item)).model_copy(
            update={"claim": item.claim, "done_on": item.done_on}
        )
        for item in event.items
    )
