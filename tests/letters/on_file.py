"""The rows behind the letters: registries, texts, documents, journal and projection."""

from datetime import date

from sqlmodel import SQLModel

from api.registries.reference_rows import calendar_row
from local.samples import load_calendar
from models.events import (
    CorrectionBegun,
    Event,
)
from models.tables.accounts import AccountRow
from models.tables.bodies import OrganisationRow, OrganisationVersionRow
from models.tables.content import NoteRow
from models.tables.councils import CouncilRow
from models.tables.files import FileRow
from models.tables.journal import EntryRow
from models.tables.monitorings import MonitoringRow
from models.tables.people import PersonRow
from models.vocabulary.procedure import Language
from tests.letters.causes import (
    CAUSES,
    seq_of_cause,
)
from tests.letters.ground import (
    CAUSED_AT,
    COLLEAGUE,
    CORRECTION_SEQ,
    HEAD_HASH,
    NUMBER,
    QUESTION,
    REASON,
    TITLE,
    WORKFLOW,
    digest,
    note_body,
    note_of,
    pdf,
)
from tests.letters.world import state


def _entry(seq: int, event: Event) -> EntryRow:
    return EntryRow(
        workflow_id=WORKFLOW,
        seq=seq,
        run_id="run",
        type=event.type,
        at=CAUSED_AT,
        actor={"role": "system"},
        event=event.model_dump(mode="json"),
        previous_hash="",
        hash="",
        recorded_at=CAUSED_AT,
    )


def _note(body: str) -> NoteRow:
    return NoteRow(sha256=digest(body.encode()), body=body, at=CAUSED_AT)


def _file(content: bytes) -> FileRow:
    return FileRow(
        sha256=digest(content), media_type="application/pdf", size=len(content), content=content, at=CAUSED_AT
    )


def _organisation(organisation: str, kk: str, ru: str, en: str, language: Language) -> OrganisationVersionRow:
    return OrganisationVersionRow(
        organisation=organisation,
        valid_from=date(2020, 1, 1),
        kind="local_executive_body",
        name_kk=kk,
        name_ru=ru,
        name_en=en,
        legal_person=organisation,
        email=f"{organisation}@example.kz",
        phone="+7 7172 00 00 00",
        address="Астана, 1",
        language=language.value,
        at=CAUSED_AT,
    )


def rows(language: Language) -> tuple[tuple[SQLModel, ...], ...]:
    """Everything on file, recipients reading this language, in an order that satisfies foreign keys."""
    folded = state()
    return (
        tuple(OrganisationRow(id=id_, code=id_.upper()) for id_ in ("ao", "akimat", "ab", "other")),
        (
            _organisation("ao", "Аумақтық бөлімше", "Территориальное подразделение", "Division", language),
            _organisation("other", "Қалалық мұрағат", "Городской архив", "City archive", language),
            _organisation("akimat", "Қала әкімдігі", "Акимат города", "City akimat", language),
            PersonRow(id="expert", name="Сарапшы", email="expert@example.kz", language=language.value),
            PersonRow(id="head-person", name="Басшы", email="head@example.kz", language=language.value),
            PersonRow(id="secretary", name="Хатшы", email="secretary@example.kz", language=language.value),
        ),
        (
            CouncilRow(
                id="council",
                kind="public_council",
                name_kk="Қоғамдық кеңес",
                name_ru="Общественный совет",
                name_en="Public council",
                organisation="akimat",
                secretary="secretary",
            ),
            AccountRow(id="head-account", person="head-person", organisation="ao", role="head"),
            calendar_row(load_calendar(), CAUSED_AT),
            _note(TITLE),
            _note(note_body({"text": QUESTION})),
            _note(COLLEAGUE),
            _note(note_body({"text": REASON})),
            *(_file(pdf(rendition, each)) for rendition in ("filed", "public") for each in Language),
            _entry(CORRECTION_SEQ, CorrectionBegun(reason=note_of(REASON))),
            *(_entry(seq_of_cause(kind), event) for kind, event in CAUSES.items()),
            MonitoringRow(
                number=NUMBER,
                workflow_id=WORKFLOW,
                seq=99,
                stage="dispatched",
                kind="thematic",
                year=2026,
                lead="ao",
                conductors=["ao"],
                objects=["akimat"],
                spheres=["education"],
                readers=[],
                addressees=["akimat"],
                started_at=CAUSED_AT,
                changed_at=CAUSED_AT,
                head_hash=HEAD_HASH,
                state=folded.model_dump(mode="json"),
            ),
        ),
    )
