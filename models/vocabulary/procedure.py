"""The vocabulary of the Rules: who, what kind, which stage. Terms in kk, ru and en: docs/glossary.md."""

from enum import IntEnum, StrEnum
from typing import Annotated

from pydantic import Field

# Ids are opaque: no name, address or text of a person ever becomes one (they appear in workflow histories).
Id = Annotated[
    str, Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]*$", examples=["s1"])
]
Number = Annotated[str, Field(pattern=r"^\d{4}-[A-Z0-9]{1,12}-\d{4,6}$")]
ReportNumber = Annotated[str, Field(pattern=r"^(\d{4}-[A-Z0-9]{1,12}|[PF]-\d{4})-\d{4,6}$")]
"""A monitoring's registration number, that of a report that came on paper, or of one the founding told of."""
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


def registration_number(year: int, conductor_code: str, serial: int) -> str:
    """The registration number of a monitoring: one sequence per year and conductor."""
    return f"{year}-{conductor_code}-{serial:04d}"


# What a proceeding's letters and their proofs are filed under: a monitoring's is its registration number.
Mark = Annotated[str, Field(min_length=3, max_length=40, pattern=r"^[0-9A-Z][0-9A-Z.-]*$")]


def monitoring_workflow_id(number: str) -> str:
    """The legal identity is the workflow's id: one monitoring, one workflow."""
    return f"monitoring/{number}"


def duty_workflow_id(organisation: str, kind: "Kind") -> str:
    """Rule 13: one workflow per body and kind of monitoring it owes."""
    return f"duty/{organisation}/{kind.value}"


def duty_mark(kind: "Kind", code: str) -> str:
    """The mark of a duty: the paragraph it rests on, and the body's code (`13.1-SARY`)."""
    return f"{'13.1' if kind is Kind.COMPREHENSIVE else '13.2'}-{code}"


def consolidation_workflow_id(organisation: str) -> str:
    """Rules 17, 18: one workflow per authorized body."""
    return f"consolidation/{organisation}"


def consolidation_mark(code: str) -> str:
    """The mark of a consolidation: the paragraph it rests on, and the authorized body's code (`18-UO`)."""
    return f"18-{code}"


def paper_report_number(year: int, serial: int) -> str:
    """The registration number of a report that came on paper: one sequence per year."""
    return f"P-{year}-{serial:04d}"


def founding_number(year: int, serial: int) -> str:
    """The number of what was conducted before an installation was founded, by the year it ended in."""
    return f"F-{year}-{serial:04d}"


class Kind(StrEnum):
    """Rule 9: the two kinds of monitoring."""

    COMPREHENSIVE = "comprehensive"
    THEMATIC = "thematic"


class ConductorKind(StrEnum):
    """Rule 2: who conducts monitoring."""

    AUTHORIZED_BODY = "authorized_body"
    TERRITORIAL_DIVISION = "territorial_division"
    OTHER_SUBJECT = "other_subject"


class OrganisationKind(StrEnum):
    """Kinds of bodies and persons the Rules name (rules 2, 3, 10, 11, 17, 20)."""

    AUTHORIZED_BODY = "authorized_body"
    TERRITORIAL_DIVISION = "territorial_division"
    CENTRAL_STATE_BODY = "central_state_body"
    CENTRAL_BODY_DIVISION = "central_body_division"
    LOCAL_EXECUTIVE_BODY = "local_executive_body"
    STATE_ORGANISATION = "state_organisation"
    QUASI_STATE_ENTITY = "quasi_state_entity"
    MASLIKHAT = "maslikhat"
    COURT = "court"
    PUBLIC_ASSOCIATION = "public_association"
    OTHER_LEGAL_PERSON = "other_legal_person"
    NATURAL_PERSON = "natural_person"

    @property
    def conductor_kind(self) -> ConductorKind:
        """Rule 3: whoever is neither the authorized body nor its division is an other subject."""
        match self:
            case OrganisationKind.AUTHORIZED_BODY:
                return ConductorKind.AUTHORIZED_BODY
            case OrganisationKind.TERRITORIAL_DIVISION:
                return ConductorKind.TERRITORIAL_DIVISION
            case _:
                return ConductorKind.OTHER_SUBJECT


class Stage(StrEnum):
    """Where a monitoring stands (docs/procedure.md, Stages). Rule 14's steps map onto them."""

    PLANNED = "planned"
    COLLECTING = "collecting"
    ANALYSING = "analysing"
    DRAFTING = "drafting"
    APPROVED = "approved"
    DISPATCHED = "dispatched"
    CLOSED = "closed"
    CANCELLED = "cancelled"


BEFORE_APPROVAL = frozenset({Stage.PLANNED, Stage.COLLECTING, Stage.ANALYSING, Stage.DRAFTING})
AFTER_APPROVAL = frozenset({Stage.APPROVED, Stage.DISPATCHED, Stage.CLOSED})


class Activity(StrEnum):
    """Rule 8: the five ways in which monitoring is conducted."""

    COLLECT = "collect"
    PROCESS = "process"
    SUMMARISE = "summarise"
    ANALYSE = "analyse"
    EVALUATE = "evaluate"


class Step(IntEnum):
    """Rule 14: the four steps of other subjects, in this order."""

    COLLECTED = 1
    STUDIED = 2
    PROBLEMS_DETERMINED = 3
    RESULT_FORMED = 4


class SourceKind(IntEnum):
    """Rule 7: the six kinds of source, by their number in the rule."""

    LEGAL_STATISTICS = 1
    APPEALS = 2
    ORGANISATIONS = 3
    SURVEYS = 4
    MEDIA = 5
    OTHER_LAWFUL = 6


class SourceAccess(StrEnum):
    """Who can reach a source; rule 14 allows other subjects open ones only (A5)."""

    OPEN = "open"
    PUBLISHED_BY_US = "published_by_us"
    OFFICIAL = "official"
    RESTRICTED = "restricted"


class Facet(StrEnum):
    """Rule 6: the subject matter a finding speaks about."""

    POLICY_EFFECTIVENESS = "policy_effectiveness"
    LAW_APPLICATION = "law_application"
    PUBLIC_PERCEPTION = "public_perception"


class Task(StrEnum):
    """Rule 10: the three tasks of a comprehensive monitoring."""

    EXPOSED_SPHERES = "exposed_spheres"
    MEASURES_EFFECTIVENESS = "measures_effectiveness"
    PUBLIC_PERCEPTION = "public_perception"


class IndicatorKind(StrEnum):
    QUANTITATIVE = "quantitative"
    QUALITATIVE = "qualitative"


class IndicatorRole(StrEnum):
    """Annex: part II describes state and causes, part III measures effectiveness."""

    STATE = "state"
    CAUSE = "cause"
    EFFECTIVENESS = "effectiveness"


class ItemKind(StrEnum):
    """Rule 16: proposals (1) and recommendations to conduct an analysis of corruption risks (2)."""

    PROPOSAL = "proposal"
    RECOMMENDATION = "recommendation"


class Community(StrEnum):
    """Rule 12: whom a working-group member represents."""

    PUBLIC = "public"
    EXPERT = "expert"
    OFFICIAL = "official"


class Consent(StrEnum):
    """Rule 12, «by consent»: what is known of a member's consent. Silence is never consent."""

    INVITED = "invited"
    CONSENTED = "consented"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    NOT_NEEDED = "not_needed"


class Agreement(StrEnum):
    """Whether the member's organisation agrees; kept apart from the member's own consent (rule 12)."""

    UNKNOWN = "unknown"
    AGREED = "agreed"
    DISAGREED = "disagreed"


class Conducting(StrEnum):
    """Rule 2: by whose word a body that was named a co-conductor conducts, or why it does not."""

    NAMED = "named"  # nobody but the lead has said so
    CONFIRMED = "confirmed"  # by its own word
    LEADS_WORD = "leads_word"  # its act is attached by the lead
    APPOINTED = "appointed"  # a division, by the authorized body it belongs to
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # the lead named it no longer


CONDUCTS = frozenset({Conducting.CONFIRMED, Conducting.LEADS_WORD, Conducting.APPOINTED})


class Ground(StrEnum):
    """Why a body is «interested» (rules 17, 20; A7)."""

    OBJECT = "object"
    SUPERIOR_BODY = "superior_body"
    HOLDER_OF_POWER = "holder_of_power"
    OTHER = "other"
    CONSOLIDATION = "consolidation"


class Response(StrEnum):
    """An addressee's word on one proposal or recommendation (beyond the Rules)."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    DECLINED = "declined"


class Verdict(StrEnum):
    """How far an accepted item was carried out: as its addressee says, and as the monitor judges."""

    IMPLEMENTED = "implemented"
    PARTLY_IMPLEMENTED = "partly_implemented"
    NOT_IMPLEMENTED = "not_implemented"


class InformationOutcome(StrEnum):
    PROVIDED = "provided"
    DECLINED = "declined"


class CouncilOutcome(StrEnum):
    """What a council or consultative body concluded (rule 21)."""

    SUPPORTED = "supported"
    SUPPORTED_WITH_REMARKS = "supported_with_remarks"
    NOTED = "noted"
    NOT_SUPPORTED = "not_supported"


class Language(StrEnum):
    KK = "kk"
    RU = "ru"
    EN = "en"


class Role(StrEnum):
    """Who acts (docs/procedure.md, Roles)."""

    ANALYST = "analyst"
    HEAD = "head"
    WEB_EDITOR = "web_editor"
    ADMIN = "admin"
    AUDITOR = "auditor"  # of a body: of what is its own matter
    OVERSIGHT = "oversight"  # of everything
    MEMBER = "member"
    ADDRESSEE = "addressee"
    HOLDER = "holder"
    COUNCIL_SECRETARY = "council_secretary"
    CO_CONDUCTOR = "co_conductor"
    SYSTEM = "system"
