"""What the letters of the tests are about: names, texts, dates and deadlines."""

import json
from datetime import UTC, date, datetime
from hashlib import sha256

from models.agenda.deadline import Basis, BasisKind, Deadline, DeadlineSubject, LegalEffect, Roll
from models.calendar.working import WorkingCalendar
from models.commands import HeadDecision, NewAddressee, NewMember
from models.report.facts import ContentPin, ReportFacts
from models.vocabulary.actors import Authority
from models.vocabulary.bodies import Body
from models.vocabulary.procedure import (
    Community,
    Ground,
    Id,
    Language,
    OrganisationKind,
    monitoring_workflow_id,
)

NUMBER = "2026-AO-0007"
WORKFLOW = monitoring_workflow_id(NUMBER)
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
CAUSED_AT = datetime(2026, 11, 20, 5, 30, tzinfo=UTC)
MEETING_AT = datetime(2026, 12, 10, 5, 0, tzinfo=UTC)
DUE = date(2026, 11, 27)
HEAD_HASH = "c0ffee" + "0" * 58
CORRECTION_SEQ = 5

QUESTION = "Балабақшаға кезек туралы деректер\n2025 жыл бойынша"
REASON = "Деректер нақтыланды <2026> & {түзетілді}"
TITLES = {
    Language.KK: "Балабақшаларға орын бөлу",
    Language.RU: "Распределение мест в детских садах",
    Language.EN: "Places in kindergartens",
}


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def note_body(document: dict[str, str]) -> str:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def note_of(text: str) -> str:
    return digest(note_body({"text": text}).encode())


COLLEAGUE = note_body(
    {
        "name": "Үлгі Әріптес",
        "email": "colleague@example.kz",
        "language": "ru",
        "text": REASON,
        "respondent": "Үлгі Хатшы",
        "post": "Кеңсе меңгерушісі",
    }
)
COLLEAGUE_NOTE = digest(COLLEAGUE.encode())
TITLE = note_body({language.value: title for language, title in TITLES.items()})
CALENDAR = WorkingCalendar(edition="kz-1", announced_through=date(2026, 12, 31))


def pdf(rendition: str, language: Language) -> bytes:
    return f"%PDF-1.7 {rendition} {language.value}".encode()


def _deadline(
    subject_kind: DeadlineSubject, subject: Id, basis: Basis, effect: LegalEffect, due_on: date = DUE
) -> Deadline:
    return Deadline(
        id=f"{subject_kind.value}:{subject}:{due_on:%d}",
        subject=subject,
        subject_kind=subject_kind,
        basis=basis,
        effect=effect,
        anchor=date(2026, 11, 2),
        fixed_on=due_on,
        roll=Roll.KEPT,
        running_since=date(2026, 11, 2),
        calendar="kz-1",
        due_on=due_on,
        provisional=subject_kind is DeadlineSubject.INFORMATION_REQUEST,
    )


INVITATION = _deadline(
    DeadlineSubject.INVITATION,
    "m-1",
    Basis(kind=BasisKind.EDITION, reference="192-2023"),
    LegalEffect.SERVICE,
)
REQUEST = _deadline(
    DeadlineSubject.INFORMATION_REQUEST, "r-1", Basis(kind=BasisKind.REQUESTED), LegalEffect.NONE
)
REPLY = _deadline(
    DeadlineSubject.REPLY,
    "akimat",
    Basis(kind=BasisKind.OTHER_ACT, reference="APPC art. 76"),
    LegalEffect.STATUTORY,
)
RECEIPT = _deadline(
    DeadlineSubject.RECEIPT,
    "akimat",
    Basis(kind=BasisKind.EDITION, reference="192-2023"),
    LegalEffect.SERVICE,
)
LATE = _deadline(
    DeadlineSubject.REPLY, "akimat", Basis(kind=BasisKind.REQUESTED), LegalEffect.NONE, date(2026, 11, 20)
)
OTHERS_REPLY = _deadline(DeadlineSubject.REPLY, "other", Basis(kind=BasisKind.REQUESTED), LegalEffect.NONE)
CARRY_OUT = _deadline(
    DeadlineSubject.IMPLEMENTATION, "i-1", Basis(kind=BasisKind.AGREED), LegalEffect.NONE
).model_copy(update={"id": "implementation:i-1"})

LEAD = Body(organisation="ao", kind=OrganisationKind.TERRITORIAL_DIVISION, legal_person="ao")
AKIMAT = Body(organisation="akimat", kind=OrganisationKind.LOCAL_EXECUTIVE_BODY, legal_person="akimat")
OTHER = Body(organisation="other", kind=OrganisationKind.QUASI_STATE_ENTITY, legal_person="other")
PIN = ContentPin(sha256="a" * 64, facts=ReportFacts())
DECISION = HeadDecision(head="head-person", post="Басшы", decided_on=date(2026, 9, 1), decision_number="17-Ө")
MEMBER = NewMember(member="m-1", person="expert", community=Community.EXPERT)
AGREED = Authority(organisation="akimat", act="№ 5 хат", dated=date(2026, 9, 2))
ADDRESSEE = NewAddressee(body=AKIMAT, ground=Ground.OBJECT)
