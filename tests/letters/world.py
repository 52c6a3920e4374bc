"""The folded state of a monitoring in which every kind of letter has its cause."""

from datetime import date

from models.events import (
    Document,
)
from models.monitoring.state import (
    Addressee,
    CoConductor,
    CouncilItem,
    InformationRequest,
    ItemState,
    Member,
    MonitoringState,
    Version,
    WorkingGroup,
)
from models.vocabulary.actors import SYSTEM
from models.vocabulary.editions import ORDER_192
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import (
    Community,
    Conducting,
    Consent,
    Ground,
    ItemKind,
    Kind,
    Language,
    SourceKind,
    Stage,
)
from tests.letters.causes import (
    OF_MONITORINGS,
    PARTLY,
    SUCCEEDED,
    letter,
)
from tests.letters.ground import (
    AGREED,
    AKIMAT,
    CALENDAR,
    CARRY_OUT,
    CAUSED_AT,
    DECISION,
    INVITATION,
    LATE,
    LEAD,
    MEETING_AT,
    NUMBER,
    OTHER,
    OTHERS_REPLY,
    PIN,
    QUESTION,
    RECEIPT,
    REPLY,
    REQUEST,
    TITLE,
    digest,
    note_of,
    pdf,
)


def _version(number: int) -> Version:
    documents = tuple(
        Document(
            rendition=rendition,
            language=language,
            sha256=digest(pdf(rendition, language)),
            size=len(pdf(rendition, language)),
        )
        for rendition in ("filed", "public")
        for language in Language
    )
    return Version(
        number=number,
        content=PIN,
        disclosures=number - 1,  # none in the first, a place in the second
        documents=documents,
        approved_on=date(2026, 10, 29 + number),
    )


def state() -> MonitoringState:
    return MonitoringState(
        number=NUMBER,
        seq=99,
        stage=Stage.DISPATCHED,
        kind=Kind.THEMATIC,
        edition=ORDER_192,
        calendar=CALENDAR,
        conductors=(LEAD,),
        co_conductors_confirm=True,
        co_conductors={
            "akimat": CoConductor(body=AKIMAT, conducting=Conducting.NAMED, agreement=AGREED),
        },
        spheres=("education",),
        objects=(AKIMAT,),
        authorized_body="ab",
        studied_from=date(2025, 1, 1),
        studied_until=date(2025, 12, 31),
        title=digest(TITLE.encode()),
        started_at=CAUSED_AT,
        started_by=SYSTEM,
        working_group=WorkingGroup(
            decision=DECISION,
            members={
                "m-1": Member(id="m-1", person="expert", community=Community.EXPERT, consent=Consent.INVITED)
            },
        ),
        requests={
            "r-1": InformationRequest(
                id="r-1",
                holder="akimat",
                source_kind=SourceKind.LEGAL_STATISTICS,
                question=note_of(QUESTION),
                deadline=REQUEST.id,
            )
        },
        versions=(_version(1), _version(2)),
        items={
            "i-1": ItemState(id="i-1", kind=ItemKind.PROPOSAL, addressee="akimat", answer=PARTLY),
            "i-2": ItemState(id="i-2", kind=ItemKind.PROPOSAL, addressee="akimat"),
            "i-3": ItemState(id="i-3", kind=ItemKind.RECOMMENDATION, addressee="other"),
        },
        addressees={
            "akimat": Addressee(
                body=AKIMAT,
                ground=Ground.OBJECT,
                dispatched_on=date(2026, 11, 2),
                version=1,
                letter=letter(LetterKind.REPORT_FOR_CONSIDERATION).id,
                deadline=REPLY.id,
            ),
            "other": Addressee(
                body=OTHER,
                ground=Ground.OBJECT,
                dispatched_on=date(2026, 11, 2),
                version=1,
                letter=letter(LetterKind.REPORT_FOR_CONSIDERATION).id,
                deadline=OTHERS_REPLY.id,
            ),
        },
        successions={"other": SUCCEEDED.succession()},
        letters={sent.id: sent for sent in map(letter, OF_MONITORINGS)},
        deadlines={
            deadline.id: deadline
            for deadline in (INVITATION, REQUEST, RECEIPT, REPLY, OTHERS_REPLY, LATE, CARRY_OUT)
        },
        council_items={
            "c-1": CouncilItem(
                id="c-1", council="council", letter=letter(LetterKind.COUNCIL_ITEM).id, meeting_at=MEETING_AT
            )
        },
    )
