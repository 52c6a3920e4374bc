"""Bodies and report facts that the stories of the rules are told with."""

from datetime import date

from models.commands import NewAddressee, StartMonitoring
from models.report.facts import ContentPin, FindingFact, IndicatorFact, ItemFact, ReportFacts, SourceFact
from models.vocabulary.actors import Actor
from models.vocabulary.bodies import Body
from models.vocabulary.procedure import (
    Ground,
    Id,
    IndicatorKind,
    IndicatorRole,
    ItemKind,
    Kind,
    Language,
    OrganisationKind,
    Role,
    SourceAccess,
    SourceKind,
    Task,
)

AB_ID = "uo"
FIRST_DAY = date(2026, 7, 7)
"""A Tuesday."""
HASH = "a" * 64
"""Some text's hash: the rules never read the text itself."""


def body(organisation: Id, kind: OrganisationKind, **fields: object) -> Body:
    """A body that is its own legal person unless told otherwise."""
    given = {"organisation": organisation, "kind": kind, "legal_person": organisation, **fields}
    return Body.model_validate(given)


AB = body(AB_ID, OrganisationKind.AUTHORIZED_BODY)
DIVISION = body("td-sary", OrganisationKind.TERRITORIAL_DIVISION, superior=AB_ID)
NGO = body("ashyq-kezek", OrganisationKind.PUBLIC_ASSOCIATION)
CITIZEN = body("citizen", OrganisationKind.NATURAL_PERSON)
AKIMAT = body("akimat", OrganisationKind.LOCAL_EXECUTIVE_BODY)
CLINIC = body("clinic", OrganisationKind.QUASI_STATE_ENTITY)
SCHOOL = body("school", OrganisationKind.STATE_ORGANISATION)
MINISTRY = body("ministry", OrganisationKind.CENTRAL_STATE_BODY)
MINISTRY_DIVISION = body("ministry-sary", OrganisationKind.CENTRAL_BODY_DIVISION, superior="ministry")
COURT = body("court", OrganisationKind.COURT)
GUARD = body("guard", OrganisationKind.CENTRAL_STATE_BODY, special_state_body=True)

ANALYST = Actor(role=Role.ANALYST, account="analyst", organisation=DIVISION.organisation)
HEAD = Actor(role=Role.HEAD, account="head", organisation=DIVISION.organisation)


def to(organisation: Body, ground: Ground = Ground.OBJECT, **fields: object) -> NewAddressee:
    """One addressee of a dispatch."""
    return NewAddressee.model_validate({"body": organisation, "ground": ground, **fields})


TO_AB = to(AB, Ground.CONSOLIDATION)


def source(
    kind: SourceKind = SourceKind.MEDIA,
    access: SourceAccess = SourceAccess.OPEN,
    source_id: Id = "s1",
    reference: bool = True,
    note: bool = True,
) -> SourceFact:
    return SourceFact(
        id=source_id, kind=kind, access=access, has_reference=reference, has_lawfulness_note=note
    )


def indicator(
    kind: IndicatorKind, role: IndicatorRole, cited: tuple[Id, ...] = ("s1",), differing_share: str = ""
) -> IndicatorFact:
    indicator_id = f"{role.value}-{kind.value}"
    return IndicatorFact(id=indicator_id, kind=kind, role=role, cited=cited, differing_share=differing_share)


STATE_IN_NUMBERS = indicator(IndicatorKind.QUANTITATIVE, IndicatorRole.STATE)
STATE_IN_WORDS = indicator(IndicatorKind.QUALITATIVE, IndicatorRole.STATE)
CAUSE_IN_NUMBERS = indicator(IndicatorKind.QUANTITATIVE, IndicatorRole.CAUSE)
CAUSE_IN_WORDS = indicator(IndicatorKind.QUALITATIVE, IndicatorRole.CAUSE)
EFFECT_IN_NUMBERS = indicator(IndicatorKind.QUANTITATIVE, IndicatorRole.EFFECTIVENESS)
EFFECT_IN_WORDS = indicator(IndicatorKind.QUALITATIVE, IndicatorRole.EFFECTIVENESS)


def item(
    item_id: Id, kind: ItemKind, addressee: Id = CLINIC.organisation, basis: Id | None = "f1"
) -> ItemFact:
    return ItemFact(id=item_id, kind=kind, addressee=addressee, basis=basis)


PROPOSAL = item("p1", ItemKind.PROPOSAL)
RECOMMENDATION = item("r1", ItemKind.RECOMMENDATION)

FULL = ReportFacts(
    started_on=date(2026, 7, 7),
    ended_on=date(2026, 8, 28),
    contacts_given=True,
    conclusions_given=True,
    assessment_given=True,
    no_grounds_given=False,
    languages=(Language.KK, Language.RU),
    tasks=tuple(Task),
    sources=(source(),),
    indicators=(STATE_IN_NUMBERS, CAUSE_IN_WORDS, EFFECT_IN_NUMBERS),
    findings=(FindingFact(id="f1", facets=1),),
    items=(PROPOSAL, RECOMMENDATION),
)
"""A report that fulfils the Rules; tests take away what they are about."""


def facts(**changes: object) -> ReportFacts:
    return FULL.model_copy(update=changes)


def pinned(content: ReportFacts = FULL) -> ContentPin:
    return ContentPin(sha256=HASH, facts=content)


def start_command(
    conductor: Body = DIVISION,
    kind: Kind = Kind.THEMATIC,
    spheres: tuple[Id, ...] = (),
    objects: tuple[Body, ...] = (CLINIC,),
    **changes: object,
) -> StartMonitoring:
    """A start, of a thematic monitoring of one body by a division unless told otherwise."""
    given: dict[str, object] = {
        "id": "start",
        "actor": ANALYST,
        "number": "2026-TD-0001",
        "kind": kind,
        "conductors": (conductor,),
        "spheres": spheres,
        "objects": objects,
        "studied_from": date(2025, 1, 1),
        "studied_until": date(2025, 12, 31),
        "title": HASH,
        "authorized_body": AB_ID,
    }
    return StartMonitoring.model_validate({**given, **changes})
