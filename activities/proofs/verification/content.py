"""Content, texts and files: each under the hash by which the journal names it."""

import hashlib

from activities.proofs.verification.found import must, readable
from activities.proofs.verification.opened import Opened
from models.proof.bundle import (
    ATTACHMENT_LIST,
    ATTACHMENTS,
    DOCUMENTS,
    NOTES,
    REVISIONS,
    SNAPSHOTS,
    AttachmentLine,
    JournalLine,
    RevisionLine,
    plain_json,
    sha256_of,
)
from models.proof.references import documents_of, files_of, notes_of, pins_of, received_of
from models.report.content import ReportContent
from models.report.facts import has_facts


def check_content(bundle: Opened, lines: tuple[JournalLine, ...]) -> None:
    """Raises `Wrong`."""
    _check_named_by_hash(bundle, SNAPSHOTS, ".json")
    _check_named_by_hash(bundle, NOTES, ".json")
    _check_named_by_hash(bundle, DOCUMENTS, ".pdf")
    for line in lines:
        _check_notes(bundle, line)
        _check_pins(bundle, line)
        _check_received(bundle, line)
        _check_documents(bundle, line)
    for position, revision in enumerate(bundle.lines(REVISIONS, RevisionLine), start=1):
        body = b"" if revision.body is None else plain_json(revision.body)
        must(sha256_of(body) == revision.sha256, f"{REVISIONS}, line {position}", "is not what its hash says")
    _check_attachments(bundle, lines)


def _check_notes(bundle: Opened, line: JournalLine) -> None:
    for note in notes_of(line.entry):
        where = f"entry {line.entry.seq} names a text that is not in the bundle"
        must(f"{NOTES}{note}.json" in bundle.names, f"{NOTES}{note}.json", where)


def _check_pins(bundle: Opened, line: JournalLine) -> None:
    for pin in pins_of(line.entry):
        name = f"{SNAPSHOTS}{pin.sha256}.json"
        must(name in bundle.names, name, f"entry {line.entry.seq} pins content that is not in the bundle")
        with readable(name):
            content = ReportContent.model_validate_json(bundle.read(name))
        must(
            has_facts(content, pin.facts),
            name,
            f"does not have the facts that entry {line.entry.seq} was judged by",
        )


def _check_received(bundle: Opened, line: JournalLine) -> None:
    """Every figure of the consolidation is recomputed from these contents: each must be the report named."""
    for report in received_of(line.entry):
        name = f"{SNAPSHOTS}{report.content}.json"
        must(name in bundle.names, name, f"entry {line.entry.seq} names a report that is not in the bundle")
        with readable(name):
            content = ReportContent.model_validate_json(bundle.read(name))
        must(
            content.number == report.id, name, f"is not report {report.id} that entry {line.entry.seq} names"
        )


def _check_documents(bundle: Opened, line: JournalLine) -> None:
    for document in documents_of(line.entry):
        name = f"{DOCUMENTS}{document.sha256}.pdf"
        must(name in bundle.names, name, f"entry {line.entry.seq} names a document that is not in the bundle")
        must(len(bundle.read(name)) == document.size, name, "has another size than when it was printed")


def _check_attachments(bundle: Opened, lines: tuple[JournalLine, ...]) -> None:
    listed = {line.sha256 for line in bundle.lines(ATTACHMENT_LIST, AttachmentLine)}
    named = {file for line in lines for file in files_of(line.entry)}
    for sha256 in sorted(listed | named):
        must(f"{ATTACHMENTS}{sha256}" in bundle.names, f"{ATTACHMENTS}{sha256}", "is named and missing")
    for name in bundle.under(ATTACHMENTS):
        if name != ATTACHMENT_LIST:
            must(
                sha256_of(bundle.read(name)) == name.removeprefix(ATTACHMENTS),
                name,
                "is not what its name says",
            )
            must(name.removeprefix(ATTACHMENTS) in listed | named, name, "is named by nothing")


def _check_named_by_hash(bundle: Opened, folder: str, ending: str) -> None:
    for name in bundle.under(folder):
        said = name.removeprefix(folder).removesuffix(ending)
        must(
            hashlib.sha256(bundle.read(name)).hexdigest() == said,
            name,
            "is not what its name (its hash) says",
        )
