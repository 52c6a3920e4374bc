"""The report from its first version to its publication (rules 15, 16, 19)."""

from datetime import date
from typing import Literal

from models.report.facts import ContentPin
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Language, Sha256
from models.vocabulary.texts import NoteHash


class ReportSubmitted(Model):
    """Rule 15, annex: a version of the report was frozen and awaits approval.

    `disclosures`: at how many places of its public texts and files a person's data was found; none were
    looked for before there was the check.
    """

    type: Literal["report_submitted"] = "report_submitted"
    version: int
    content: ContentPin
    person: Id | None = None  # who submitted it, by whichever account
    disclosures: int = 0


class Document(Model):
    """One rendered file of a report version, by its hash."""

    rendition: Literal["filed", "public"]
    language: Language
    sha256: Sha256
    size: int


class ReportRendered(Model):
    """Annex: the version was printed on the form, in these files."""

    type: Literal["report_rendered"] = "report_rendered"
    version: int
    documents: tuple[Document, ...]


class ReportReturned(Model):
    """Rule 15: the approver gave the version back to be worked on.

    `coordinator_told`: whoever coordinates is written to at once, and not among the day's news.
    """

    type: Literal["report_returned"] = "report_returned"
    version: int
    reason: NoteHash
    coordinator_told: bool = False


class ReportApproved(Model):
    """Rules 15, 16, A10: the version is the report, with the decision in it, from this local date on.

    `kept` are the items that a correction left as they were: what was answered on them stands (A12).
    `disclosures_seen`: whoever approved it stated that he had seen the places with a person's data.
    `asked_told`: whoever was asked for information or consent and has not answered is written to.
    """

    type: Literal["report_approved"] = "report_approved"
    version: int
    approved_on: date
    kept: tuple[Id, ...] = ()
    disclosures_seen: bool = False
    asked_told: bool = False


class CorrectionBegun(Model):
    """Reading A12: an approved report is being corrected by one more version."""

    type: Literal["correction_begun"] = "correction_begun"
    reason: NoteHash


class CorrectionGivenUp(Model):
    """Reading A12: the correction was given up; the approved report stands as it was."""

    type: Literal["correction_given_up"] = "correction_given_up"
    reason: NoteHash


class ReportPublished(Model):
    """Rule 19, A8, A11: the version stands on the official web resource since a local date.

    `elsewhere` where the address is not on that resource: rule 19 is not fulfilled by it.
    `disclosures_seen` as in the approval.
    """

    type: Literal["report_published"] = "report_published"
    version: int
    published_on: date
    address: str
    elsewhere: bool = False
    disclosures_seen: bool = False
