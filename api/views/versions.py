"""Versions of the report, as far as a reader may see them."""

from datetime import date

from pydantic import BaseModel

from api.access.policy import Access
from models.events import Document
from models.monitoring.state import Version
from models.vocabulary.access import Action
from models.vocabulary.procedure import Id, Sha256


class VersionView(BaseModel):
    """One version: what it froze, who submitted and approved it, and its printed files."""

    number: int
    content_sha256: Sha256
    submitted_by: Id | None
    returned: bool
    return_reason: Sha256 | None
    approved_on: date | None
    approved_by: Id | None
    documents: tuple[Document, ...]
    disclosures: int


def versions_seen(access: Access) -> tuple[VersionView, ...]:
    """All versions for whoever sees everything or reads as a member; approved ones for those it went to."""
    drafts_too = access.sees_everything or Action.READ_AS_MEMBER in access.may
    return tuple(_view(v) for v in access.state.versions if drafts_too or v.approved_on is not None)


def _view(version: Version) -> VersionView:
    return VersionView(
        number=version.number,
        content_sha256=version.content.sha256,
        submitted_by=version.author,
        returned=version.returned is not None,
        return_reason=version.returned,
        approved_on=version.approved_on,
        approved_by=version.approved_by,
        documents=version.documents,
        disclosures=version.disclosures,
    )
