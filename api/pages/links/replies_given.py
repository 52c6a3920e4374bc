"""What an addressee has replied so far, as its links' pages show it: the newest counts, all are kept."""

from dataclasses import dataclass
from datetime import datetime

from activities.registries.contents import frozen_content
from api.pages.forms.form import AnswerOnRecord, Line
from api.pages.forms.typed import Typed
from api.pages.forms.uploads import ATTACHED, files_by_hash
from api.pages.links.matter import Matter
from api.pages.links.questions import Question, questions_in, version_sent
from api.pages.links.words import note_as, plain_note
from api.views.replies import replied, reply_lines
from models.events import ReplyAmended, ReportAnswered
from models.monitoring.state import Version
from models.report.notes import ItemReply, ReplyNote
from models.tables.journal import EntryRow

Given = AnswerOnRecord[ReplyNote]


@dataclass(frozen=True)
class Former:
    """A reply that another one took the place of, or that was given to a former version, in words."""

    at: datetime
    lines: tuple[Line, ...]


async def replies_given(matter: Matter) -> tuple[Given, ...]:
    """The oldest first."""
    lines = await reply_lines(matter.session, matter.number, matter.letter.subject)
    return tuple([await _given(matter, line) for line in lines])


async def _given(matter: Matter, line: EntryRow) -> Given:
    event = replied(line)
    kept = await note_as(matter, ReplyNote, event.reply)
    words = kept or ReplyNote(text=await plain_note(matter, event.reply))
    return AnswerOnRecord(words.model_copy(update={"items": _with_answers(words, event)}), line)


async def questions_at(matter: Matter, line: EntryRow) -> tuple[Question, ...]:
    """The items as the version had them that a reply was given to."""
    version = _version_at(matter, line)
    if version is None:
        return ()
    return questions_in(await frozen_content(matter.session, version.content.sha256), matter)


def _version_at(matter: Matter, line: EntryRow) -> Version | None:
    """The one its letter carried; of what came on paper the one that was current on that day."""
    letter = matter.state.letters.get(str(line.actor.get("letter")))
    if letter is not None and letter.version is not None:
        return version_sent(matter.state, letter.version)
    day = matter.state.calendar.local_date(line.at)
    approved = [each for each in matter.state.versions if each.approved_on and each.approved_on <= day]
    return approved[-1] if approved else None


async def typed_again(matter: Matter, given: tuple[Given, ...]) -> Typed:
    """The form as these replies would fill it in: of each item what was said of it last."""
    fields: dict[str, tuple[str, ...]] = {}
    for each in given:
        for item in each.answer.items:
            files = await files_by_hash(matter, item.attachments)
            fields |= {
                f"response-{item.item}": (item.response.value,) if item.response else (),
                f"reason-{item.item}": (item.text,),
                f"planned-{item.item}": (item.planned_on.isoformat(),) if item.planned_on else (),
                f"{ATTACHED}-{item.item}": tuple(file.id for file in files),
            }
        whole = await files_by_hash(matter, each.answer.attachments)
        fields |= {
            "text": (each.answer.text,),
            "respondent": (each.answer.respondent,),
            "post": (each.answer.post,),
            ATTACHED: tuple(file.id for file in whole),
        }
    return Typed(fields={name: values for name, values in fields.items() if any(values)})


def _with_answers(words: ReplyNote, event: ReportAnswered | ReplyAmended) -> tuple[ItemReply, ...]:
    """What the journal decided, with the words of the note beside."""
    said = {item.item: item for item in words.items}
    return tuple(
        said.get(answer.item, ItemReply(item=answer.item)).model_copy(
            update={"response": answer.response, "planned_on": answer.planned_on}
        )
        for answer in event.answers
    )
