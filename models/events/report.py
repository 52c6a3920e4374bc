"""The report from its first version to its publication (rules 15, 16, 19)."""

from datetime import date
from typing import Literal

from models.report.facts import ContentPin
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language, Sha256
from models.vocabulary.texts import NoteHash


class ReportSubmitted(Model):
    type: Literal["report_submitted"] = "report_submitted"
    version: int
    content: ContentPin


class Document(Model):
    """One rendered file of a report version, by its hash."""

    rendition: Literal["filed", "public"]
    language: Language
    sha256: Sha256
    size: int


class ReportRendered(Model):
    type: Literal["report_rendered"] = "report_rendered"
    version: int
    documents: tuple[Document, ...]


class ReportReturned(Model):
    type: Literal["report_returned"] = "report_returned"
    version: int
    reason: NoteHash


class ReportApproved(Model):
    type: Literal["report_approved"] = "report_approved"
    version: int
    approved_on: date


class CorrectionBegun(Model):
    type: Literal["correction_begun"] = "correction_begun"
    reason: NoteHash


class ReportPublished(Model):
    type: Literal["report_published"] = "report_published"
    version: int
    published_on: date
    address: str
