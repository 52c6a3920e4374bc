"""Files chosen for an answer: kept at once beside its draft, so that an error elsewhere never loses them.

They count once the answer is on record (`activities/record/attaching.py`); until then nobody else sees them.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, cast

from sqlalchemy import ColumnElement, func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import QueryableAttribute, defer
from sqlmodel import col, select
from starlette.datastructures import FormData, UploadFile

from activities.database.sessions import begin_to_write
from activities.files.types import EVIDENCE, Taken
from api.content.attaching import looked_at
from api.http.sieve import LEFT_OUT
from api.pages.forms.bench import Bench
from api.pages.forms.drafts import Drafts
from api.pages.forms.typed import Fault, Typed
from api.problems.problem import Failed, ProblemCode
from locales.dates import say_size
from models.tables.drafts import DraftFileRow
from models.tables.files import AttachmentRow, FileRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Language, Sha256

UPLOAD: Final = "upload"  # the field a file is chosen in: `upload`, or `upload-<item>`
ATTACHED: Final = "attached"  # the files that are to be sent, by id: `attached`, or `attached-<item>`
_BYTES: Final = cast(QueryableAttribute[bytes], DraftFileRow.content)
MOST_FILES: Final = 50
"""As many may be chosen for a form, where it says nothing else."""
_FAULTS: Final = {
    ProblemCode.TOO_LARGE: "file_too_large",
    ProblemCode.FILE_TYPE: "file_type",
    ProblemCode.FILE_CONTENT: "file_content",
    ProblemCode.FILE_MACROS: "file_macros",
}


class File(Model):
    """A kept file, as a page names it."""

    id: Id
    sha256: Sha256
    name: str
    size: int


class Chosen(File):
    """A file beside a draft; one that is not `ticked` is no part of the answer and goes with the draft."""

    field: str
    ticked: bool


def files_taken(language: Language, limit: int, taken: Taken = EVIDENCE) -> dict[str, str]:
    """What a form's hint says of files: every kind that is taken, and the size (`limit` in bytes) that is."""
    return {"allowed": taken.allowed.upper(), "limit": say_size(language, taken.limit(limit))}


@dataclass(frozen=True)
class Choosing:
    """Which files may be chosen for a form: `limit` in bytes of each, `most` of them in all.

    Where a form takes `one` file, the last one chosen takes the place of the one before.
    """

    language: Language
    limit: int
    taken: Taken = EVIDENCE
    most: int = MOST_FILES
    one: bool = False


async def keep_uploads(
    drafts: Drafts, sent: FormData, typed: Typed, choosing: Choosing
) -> tuple[Typed, tuple[Fault, ...]]:
    """Keep every chosen file and note its id beside those kept before; a bad one becomes a fault."""
    faults: list[Fault] = []
    for field, upload in sent.multi_items():
        if not isinstance(upload, UploadFile) or not upload.filename or not field.startswith(UPLOAD):
            continue
        attached = ATTACHED + field.removeprefix(UPLOAD)
        kept = await _keep(drafts, field, attached, upload, choosing)
        if isinstance(kept, Fault):
            faults.append(kept)
        else:
            before = () if choosing.one else typed.all(attached)
            typed = typed.with_values(attached, tuple(dict.fromkeys((*before, kept))))
    return typed, tuple(faults)


async def _keep(
    drafts: Drafts, field: str, attached: str, upload: UploadFile, choosing: Choosing
) -> Id | Fault:
    taken, limit = choosing.taken, choosing.taken.limit(choosing.limit)
    name = upload.filename or ""
    if LEFT_OUT in upload.headers:
        return Fault(field=field, key="file_left_out", params={"name": name})
    if await _kept_so_far(drafts) >= choosing.most:
        return Fault(field=field, key="too_many_files", params={"limit": choosing.most})
    if upload.size == 0:
        return Fault(field=field, key="file_empty", params={"name": name})
    try:
        looked = await looked_at(upload, limit, taken)
    except Failed as failed:
        key = _FAULTS.get(ProblemCode(failed.refusals[0].code), "file_name")
        size = say_size(choosing.language, limit)
        return Fault(field=field, key=key, params={"name": name, "allowed": taken.allowed, "limit": size})
    # The same file chosen twice is kept once.
    place = f"{drafts.holder}/{drafts.form}/{field}/{name}\n{looked.sha256}"
    row = {
        "id": f"a-{hashlib.sha256(place.encode()).hexdigest()[:24]}",
        "holder": drafts.holder,
        "form": drafts.form,
        "field": attached,
        "sha256": looked.sha256,
        "filename": looked.filename,
        "media_type": looked.media_type,
        "size": len(looked.content),
        "content": looked.content,
        "at": drafts.now,
    }
    await begin_to_write(drafts.session)
    await drafts.session.exec(insert(DraftFileRow).values(**row).on_conflict_do_nothing())
    return str(row["id"])


async def _kept_so_far(drafts: Drafts) -> int:
    mine = select(func.count()).where(
        col(DraftFileRow.holder).in_(drafts.holders), DraftFileRow.form == drafts.form
    )
    return (await drafts.session.exec(mine)).one()


async def chosen_for(bench: Bench, drafts: Drafts, typed: Typed) -> dict[str, tuple[Chosen, ...]]:
    """By its field whatever was chosen for a form, ticked or not."""
    ticked = {value for name in typed.fields if name.startswith(ATTACHED) for value in typed.all(name)}
    beside = await _beside_drafts(bench, col(DraftFileRow.form) == drafts.form)
    chosen = [Chosen(**file.model_dump(), field=field, ticked=file.id in ticked) for field, file in beside]
    known = {file.id for _, file in beside}
    for name in sorted(name for name in typed.fields if name.startswith(ATTACHED)):
        older = await files_by_id(bench, (each for each in typed.all(name) if each not in known))
        chosen += [Chosen(**file.model_dump(), field=name, ticked=True) for file in older]
    return {each.field: tuple(c for c in chosen if c.field == each.field) for each in chosen}


async def files_by_id(bench: Bench, ids: Iterable[Id]) -> tuple[File, ...]:
    """Files of this bench, in the order of the ids; an id of anything else is left out."""
    wanted = tuple(dict.fromkeys(ids))
    if not wanted:
        return ()
    beside = await _beside_drafts(bench, col(DraftFileRow.id).in_(wanted))
    by_id = {file.id: file for _, file in beside}
    if by_id.keys() < set(wanted) and (bench.letters or bench.sees_all_files):
        # Of an answer, or of a draft of an earlier release.
        mine: ColumnElement[bool] = col(AttachmentRow.id).in_(wanted)
        if not bench.sees_all_files:
            mine &= col(AttachmentRow.letter).in_(bench.letters)
        by_id |= {file.id: file for file in await _attached(bench, mine)}
    return tuple(by_id[each] for each in wanted if each in by_id)


async def files_by_hash(bench: Bench, hashes: Iterable[Sha256]) -> tuple[File, ...]:
    """Files that came with an answer, by whichever letter it was given, or that would come with it."""
    wanted = tuple(hashes)
    if not wanted:
        return ()
    beside = await _beside_drafts(bench, col(DraftFileRow.sha256).in_(wanted))
    by_hash = {file.sha256: file for _, file in beside}
    by_hash |= {f.sha256: f for f in await _attached(bench, col(AttachmentRow.sha256).in_(wanted))}
    return tuple(by_hash[each] for each in dict.fromkeys(wanted) if each in by_hash)


async def _beside_drafts(bench: Bench, wanted: ColumnElement[bool]) -> list[tuple[str, File]]:
    """Field and file; the bytes stay where they are."""
    found = await bench.session.exec(
        select(DraftFileRow)
        .options(defer(_BYTES))
        .where(col(DraftFileRow.holder).in_(bench.holders), wanted)
        .order_by(col(DraftFileRow.at), col(DraftFileRow.id))
    )
    return [
        (row.field, File(id=row.id, sha256=row.sha256, name=row.filename, size=row.size)) for row in found
    ]


async def _attached(bench: Bench, wanted: ColumnElement[bool]) -> list[File]:
    found = await bench.session.exec(
        select(AttachmentRow, FileRow.size)
        .join(FileRow, col(FileRow.sha256) == col(AttachmentRow.sha256))
        .where(AttachmentRow.number == bench.to.mark, wanted)
        .order_by(col(AttachmentRow.at))
    )
    return [File(id=row.id, sha256=row.sha256, name=row.filename, size=size) for row, size in found]
