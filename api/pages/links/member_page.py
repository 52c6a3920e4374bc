"""Rule 12: a member of the working group reads the draft and comments on it, nothing more."""

import hashlib
from http import HTTPStatus

from fastapi import Response

from activities.printing.sheet import Sheet
from api.content.building import build_content
from api.content.commenting import Comment
from api.content.store import Part, add_revision, current_items, newest_revision
from api.pages.forms.drafts import Opened
from api.pages.forms.typed import Fault, Typed
from api.pages.links.form_names import FormName
from api.pages.links.opened import OpenedLink
from api.pages.links.report import report_of, sheet_in
from api.pages.links.usable import member_of
from api.pages.site.rendering import page
from locales.catalogue import text
from locales.dates import say_instant
from models.report.content import content_sha256
from models.report.rendition import Rendition
from models.tables.accounts import AccountRow
from models.tables.content import RevisionRow
from models.tables.people import PersonRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id


class Remark(Model):
    """A comment and who wrote it."""

    author: str
    at: str
    text: str
    own: bool = False


async def member_page(
    matter: OpenedLink,
    opened: Opened | None = None,
    faults: tuple[Fault, ...] = (),
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    """The report as it stands, the comments, and a box for one more."""
    approved = await _approved(matter)
    opened = opened or await matter.drafts_of(FormName.COMMENT).opened(Typed())
    return page(
        "r/member.html",
        matter.language,
        status,
        matter=matter,
        key="page.member",
        here=matter.address().partition("?")[0],
        title=text(matter.language, "page.member.title"),
        member=member_of(matter),
        draft=approved is None,
        sheet=approved or await _draft(matter),
        remarks=await _remarks(matter),
        comments_open=matter.state.before_approval,
        typed=opened.typed,
        others=opened.others,
        faults=faults,
        fault_at={fault.field: fault for fault in faults},
    )


async def _approved(matter: OpenedLink) -> Sheet | None:
    """The approved report, once there is one and no correction is being written."""
    current = matter.state.current
    if current is None or matter.state.correcting:
        return None
    report = await report_of(matter.session, current, Rendition.FILED, matter.language)
    return report.sheet if report else None


async def _draft(matter: OpenedLink) -> Sheet:
    content = await build_content(matter.session, matter.state, matter.today)
    version = max((v.number for v in matter.state.versions), default=0) + 1
    return await sheet_in(content, Rendition.FILED, matter.language, version, content_sha256(content))


async def add_comment(matter: OpenedLink, words: str) -> None:
    """Keep a comment; pressed twice, it is there once."""
    digest = hashlib.sha256(f"{matter.number}/{matter.letter.subject}\n{words}".encode()).hexdigest()
    item: Id = f"c-{digest[:16]}"
    if await newest_revision(matter.session, matter.number, Part.COMMENT, item) is None:
        await add_revision(
            matter.session,
            matter.number,
            Part.COMMENT,
            item,
            Comment(text=words),
            known=0,
            now=matter.now,
            letter=matter.letter.id,
        )


async def _remarks(matter: OpenedLink) -> tuple[Remark, ...]:
    rows = await current_items(matter.session, matter.number, Part.COMMENT)
    return tuple(
        [
            Remark(
                author=await _author(matter, row),
                at=say_instant(matter.language, row.at),
                text=Comment.model_validate(row.body).text,
                own=_subject(matter, row) == matter.letter.subject,
            )
            for row in rows
        ]
    )


def _subject(matter: OpenedLink, row: RevisionRow) -> Id | None:
    letter = matter.state.letters.get(row.letter or "")
    return letter.subject if letter else None


async def _author(matter: OpenedLink, row: RevisionRow) -> str:
    """Members of one group know each other by name."""
    group = matter.state.working_group
    member = group.members.get(_subject(matter, row) or "") if group else None
    person = member.person if member else None
    if person is None and row.account:
        account = await matter.session.get(AccountRow, row.account)
        person = account.person if account else None
    known = await matter.session.get(PersonRow, person) if person else None
    return known.name if known else text(matter.language, "page.member.somebody")
