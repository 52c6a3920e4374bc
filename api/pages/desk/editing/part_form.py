"""Forms for the parts of the report's draft: each part is compared and replaced by itself."""

from abc import abstractmethod
from typing import Generic

from api.commands.idempotency import RequestKey
from api.content.building import DRAFT_ITEM, current_draft
from api.content.checks import check_reasons
from api.content.editing import etag, put
from api.content.store import Part, newest_revision
from api.pages.desk.editing.edit_form import EditForm, M
from api.pages.desk.editing.seat import EditSitting
from models.report.content import ReportDraft


class DraftForm(EditForm[M], Generic[M]):
    """Writes the draft anew with one thing in it changed; what a colleague wrote elsewhere in it stays."""

    @abstractmethod
    def into(self, draft: ReportDraft, written: M, about: str) -> ReportDraft:
        """The draft with what was written in its place."""

    async def drafted(self, sitting: EditSitting) -> ReportDraft:
        """The draft as it stands."""
        return await current_draft(sitting.session, sitting.number)

    async def check(self, written: M, sitting: EditSitting) -> None:
        check_reasons(self.into(await self.drafted(sitting), written, sitting.about))

    async def write(self, written: M, sitting: EditSitting, key: RequestKey) -> None:
        about = sitting.about or key.derived("i")
        await self.put(self.into(await self.drafted(sitting), written, about), sitting)

    async def put(self, draft: ReportDraft, sitting: EditSitting) -> None:
        session, access = sitting.session, sitting.access
        row = await newest_revision(session, access.number, Part.DRAFT, DRAFT_ITEM)
        tag = etag(row) if row is not None else None
        await put(session, access, Part.DRAFT, DRAFT_ITEM, draft, tag, sitting.now)


class PartForm(DraftForm[M], Generic[M]):
    """One part of the annex's form, which is always there, if only empty."""

    @abstractmethod
    def of(self, draft: ReportDraft) -> M:
        """The part as it stands."""

    async def standing(self, sitting: EditSitting) -> M:
        return self.of(await self.drafted(sitting))
