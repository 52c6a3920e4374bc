"""A remark on the content by whoever conducts (rule 12), and files attached to the monitoring."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final

from sqlmodel import col, select

from api.access.policy import CONTENT_READS
from api.commands.idempotency import RequestKey
from api.commands.registering import registered_once
from api.content.attaching import Looked, keep_looked
from api.content.building import current_draft, current_findings, current_indicators, current_sources
from api.content.commenting import Comment, commented
from api.content.editing import content_is_open, goes_on
from api.content.store import Part, current_items
from api.history.names import people_named
from api.http.deps import SAFE
from api.pages.desk.coming import Coming
from api.pages.desk.desk_form import OfMonitoring, Seat
from api.pages.desk.editing.seat import EditSitting, seat_at_content
from api.pages.forms.form import Line, Reading, View
from api.pages.forms.typed import Reader, Typed
from api.pages.forms.uploads import ATTACHED, UPLOAD, File, files_by_id
from api.pages.site.stopping import Elsewhere
from api.problems.problem import Failed
from api.register.choices import Choice
from locales.catalogue import text
from models.report.content import Qualitative, Wording
from models.tables.drafts import DraftFileRow
from models.tables.files import AttachmentRow, FileRow
from models.vocabulary.access import Action
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id

_SHORT = 100
REMARKS: Final = "remarks"


class Remark(Model):
    """A remark that was made: by whom, when (UTC), about what."""

    by: str
    at: datetime
    about: str
    text: str


@dataclass(frozen=True)
class CommentView(View):
    """What was remarked before, and what a remark can be about."""

    remarks: tuple[Remark, ...]
    things: tuple[Choice, ...]


async def seat_at_remarks(coming: Coming, actions: tuple[Action, ...]) -> EditSitting:
    """Whoever makes none is led to where they are read. Raises as `seat_at_content`."""
    try:
        return await seat_at_content(coming, actions)
    except Failed as failed:
        if failed.status is not HTTPStatus.FORBIDDEN or coming.request.method not in SAFE:
            raise
    reader = await seat_at_content(coming, CONTENT_READS)
    raise Elsewhere(f"{reader.home}/{REMARKS}?{reader.query}")


class CommentForm(OfMonitoring[Comment, EditSitting]):
    """A remark on the content, or on one thing in it."""

    path, template, key = "comments", "desk/comment.html", "comment"
    seat = Seat(seat_at_remarks)
    confirms = False
    closing = frozenset({"monitoring_ended", "content_closed"})

    @property
    def actions(self) -> tuple[Action, ...]:
        return (Action.COMMENT,)

    async def view(self, typed: Typed, sitting: EditSitting) -> CommentView:
        return CommentView(remarks=await remarks_said(sitting), things=await _things(sitting))

    async def read(self, typed: Typed, sitting: EditSitting) -> Reading[Comment]:
        reader = Reader(typed)
        said = reader.text("text", "desk_comment_text_missing")
        if reader.faults:
            return Reading(None, tuple(reader.faults))
        known = {each.value for each in await _things(sitting)}
        about = typed.one("about") if typed.one("about") in known else None
        return Reading(Comment(about=about, text=said))

    async def lines(self, answer: Comment, sitting: EditSitting) -> tuple[Line, ...]:
        names = {each.value: each.name for each in await _things(sitting)}
        about = text(sitting.language, "page.desk.comment.about")
        return (
            *((Line(label=about, value=names[answer.about]),) if answer.about else ()),
            Line(label=text(sitting.language, "page.desk.comment.text"), value=answer.text),
        )

    def asked(self, sitting: EditSitting) -> str:
        return self.key

    async def possible(self, sitting: EditSitting) -> None:
        if sitting.access.sees_everything:
            return  # what was remarked is read afterwards, too
        content_is_open(sitting.state)

    async def ask(self, answer: Comment, sitting: EditSitting, key: RequestKey) -> None:
        content_is_open(sitting.state)

    async def happen(self, answer: Comment, sitting: EditSitting, key: RequestKey) -> str:
        row = await commented(sitting.session, sitting.access, key.derived("c"), answer, sitting.now)
        return row.item


class Attach(Model):
    """The files to attach."""

    files: tuple[File, ...]


class Attached(Model):
    """Their ids, once they are."""

    attachments: tuple[Id, ...]


@dataclass(frozen=True)
class AttachView(View):
    """What is attached already, for whoever may read it."""

    attached: tuple[File, ...]


class AttachForm(OfMonitoring[Attach, EditSitting]):
    """Files are attached to a monitoring; a source may name them afterwards."""

    path, template, key = "attachments", "desk/attach.html", "attach"
    seat = Seat(seat_at_content)
    confirms = False
    closing = frozenset({"monitoring_ended"})

    @property
    def actions(self) -> tuple[Action, ...]:
        return (Action.ATTACH,)

    async def view(self, typed: Typed, sitting: EditSitting) -> AttachView:
        reads = not sitting.access.may.isdisjoint(CONTENT_READS)
        return AttachView(attached=await _attached(sitting) if reads else ())

    async def read(self, typed: Typed, sitting: EditSitting) -> Reading[Attach]:
        reader = Reader(typed)
        files = await files_by_id(sitting, typed.all(ATTACHED))
        if not files:
            reader.fault(UPLOAD, "desk_attach_missing")
            return Reading(None, tuple(reader.faults))
        return Reading(Attach(files=files))

    async def lines(self, answer: Attach, sitting: EditSitting) -> tuple[Line, ...]:
        label = text(sitting.language, "page.desk.attach.files")
        return (Line(label=label, value="", field=UPLOAD, files=answer.files),)

    def asked(self, sitting: EditSitting) -> str:
        return self.key

    async def possible(self, sitting: EditSitting) -> None:
        goes_on(sitting.state)

    async def ask(self, answer: Attach, sitting: EditSitting, key: RequestKey) -> None:
        goes_on(sitting.state)

    async def happen(self, answer: Attach, sitting: EditSitting, key: RequestKey) -> str:
        session, caller, now, number = sitting.session, sitting.caller, sitting.now, sitting.number

        async def change() -> Attached:
            for file in answer.files:
                row = await session.get_one(DraftFileRow, file.id)
                looked = Looked(content=row.content, filename=row.filename, media_type=row.media_type)
                await keep_looked(session, number, file.id, looked, now, caller.account)
            return Attached(attachments=tuple(file.id for file in answer.files))

        await registered_once(session, key, caller, "attach_file", now, Attached, change, number=number)
        return ""


async def remarks_said(sitting: EditSitting) -> tuple[Remark, ...]:
    """The oldest first. A member's remark came by a letter's link: then nobody's account is named."""
    rows = await current_items(sitting.session, sitting.number, Part.COMMENT)
    people = await people_named(sitting.session, {row.account for row in rows if row.account})
    names = {each.value: each.name for each in await _things(sitting)}
    member = text(sitting.language, "page.desk.comment.member")
    kept = ((row, Comment.model_validate(row.body)) for row in rows)
    return tuple(
        Remark(
            by=people.get(row.account or "", member),
            at=row.at,
            about=names.get(comment.about or "", comment.about or ""),
            text=comment.text,
        )
        for row, comment in kept
    )


async def _things(sitting: EditSitting) -> tuple[Choice, ...]:
    """Whatever can be remarked on, by its first words."""
    session, number = sitting.session, sitting.number
    draft = await current_draft(session, number)
    said: list[tuple[Id, Wording]] = [
        *((each.id, each.title) for each in await current_sources(session, number)),
        *(
            (each.id, each.text if isinstance(each, Qualitative) else each.name)
            for each in await current_indicators(session, number)
        ),
        *((each.id, each.text) for each in await current_findings(session, number)),
        *((each.id, each.text) for each in draft.decision.items),
    ]
    words = ((known, " ".join(wording.best(sitting.language).split())) for known, wording in said)
    return tuple(
        Choice(value=known, name=each if len(each) <= _SHORT else f"{each[:_SHORT].rstrip()}…")
        for known, each in words
    )


async def _attached(sitting: EditSitting) -> tuple[File, ...]:
    """The files of the monitoring, the oldest first."""
    rows = await sitting.session.exec(
        select(AttachmentRow, FileRow.size)
        .join(FileRow, col(FileRow.sha256) == col(AttachmentRow.sha256))
        .where(AttachmentRow.number == sitting.number)
        .order_by(col(AttachmentRow.at), col(AttachmentRow.id))
    )
    return tuple(File(id=row.id, sha256=row.sha256, name=row.filename, size=size) for row, size in rows)
