"""From the content in the database to the one model a report is printed from, with all names frozen in."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from pydantic import TypeAdapter
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import body_of, names_of, versions_on
from activities.registries.lookup import note_kept
from activities.registries.spheres import sphere_names
from api.content.store import Part, current_items, current_parts
from models.monitoring.state import MonitoringState
from models.report.content import (
    Conductor,
    Finding,
    Indicator,
    Named,
    ReportContent,
    ReportDraft,
    Source,
    Wording,
)
from models.tables.content import RevisionRow
from models.vocabulary.procedure import Conducting, Id, Number, OrganisationKind
from models.vocabulary.succession import leads_for

DRAFT_ITEM: Id = "draft"
INDICATOR: TypeAdapter[Indicator] = TypeAdapter(Indicator)
_CONTENT: Final = (Part.DRAFT, Part.SOURCE, Part.INDICATOR, Part.FINDING)


async def build_content(session: AsyncSession, state: MonitoringState, today: date) -> ReportContent:
    """The content as it stands, with the names of spheres and bodies on the local date `today`.

    Where the draft says nothing of the conductors or of the beginning, the registry and the journal do.
    """
    parts = await current_parts(session, state.number, *_CONTENT)
    draft = _completed(_draft_in(parts), state)
    conductors = draft.conductors or await _conductors(session, state, today)
    draft = draft.model_copy(update={"conductors": _by_whose_word(conductors, state)})
    addressees = tuple(dict.fromkeys(item.addressee for item in draft.decision.items))
    objects = tuple(body.organisation for body in state.objects)
    names = await names_of(session, today, (*objects, *addressees))
    known = await versions_on(session, today, addressees)
    return ReportContent(
        number=state.number,
        kind=state.kind,
        title=await title_of(session, state),
        spheres=_named(state.spheres, await sphere_names(session, state.spheres)),
        objects=_named(objects, names),
        bodies=_named(addressees, names),
        registered=tuple(body_of(known[addressee]) for addressee in addressees if addressee in known),
        draft=draft,
        sources=tuple(Source.model_validate(row.body) for row in parts[Part.SOURCE]),
        indicators=tuple(INDICATOR.validate_python(row.body) for row in parts[Part.INDICATOR]),
        findings=tuple(Finding.model_validate(row.body) for row in parts[Part.FINDING]),
    )


async def current_draft(session: AsyncSession, number: Number) -> ReportDraft:
    """What the analyst has written so far; an empty draft at first."""
    return _draft_in(await current_parts(session, number, Part.DRAFT))


def _draft_in(parts: Mapping[Part, Sequence[RevisionRow]]) -> ReportDraft:
    written = [row for row in parts[Part.DRAFT] if row.item == DRAFT_ITEM]
    return ReportDraft.model_validate(written[0].body) if written else ReportDraft()


async def current_sources(session: AsyncSession, number: Number) -> tuple[Source, ...]:
    rows = await current_items(session, number, Part.SOURCE)
    return tuple(Source.model_validate(row.body) for row in rows)


async def current_indicators(session: AsyncSession, number: Number) -> tuple[Indicator, ...]:
    rows = await current_items(session, number, Part.INDICATOR)
    return tuple(INDICATOR.validate_python(row.body) for row in rows)


async def current_findings(session: AsyncSession, number: Number) -> tuple[Finding, ...]:
    rows = await current_items(session, number, Part.FINDING)
    return tuple(Finding.model_validate(row.body) for row in rows)


async def title_of(session: AsyncSession, state: MonitoringState) -> Wording:
    """The title given at the start; empty if its text is missing."""
    note = await note_kept(session, state.title)
    return Wording.model_validate_json(note) if note else Wording()


def _completed(draft: ReportDraft, state: MonitoringState) -> ReportDraft:
    if draft.started_on is not None or state.began_on is None:
        return draft
    return draft.model_copy(update={"started_on": state.began_on})


async def _conductors(session: AsyncSession, state: MonitoringState, today: date) -> tuple[Conductor, ...]:
    versions = await versions_on(session, today, state.conducting)
    return tuple(
        Conductor(
            organisation=row.organisation,
            name=Wording(kk=row.name_kk, ru=row.name_ru, en=row.name_en),
            natural_person=row.kind == OrganisationKind.NATURAL_PERSON,
            email=row.email,
            phone=row.phone,
        )
        for organisation in state.conducting
        if (row := versions.get(organisation)) is not None
    )


def _by_whose_word(conductors: tuple[Conductor, ...], state: MonitoringState) -> tuple[Conductor, ...]:
    """Each marked by the procedure alone: who conducts by the lead's word, and by which act."""
    acts = {
        each: named.agreement
        for organisation, named in state.co_conductors.items()
        if named.conducting is Conducting.LEADS_WORD
        for each in (organisation, leads_for(state.successions, organisation))
    }
    return tuple(each.model_copy(update={"leads_word": acts.get(each.organisation)}) for each in conductors)


def _named(ids: tuple[Id, ...], names: Mapping[Id, Wording]) -> tuple[Named, ...]:
    """Names in the order of the ids; one without a name keeps its id, so that nothing is dropped."""
    return tuple(Named(id=known, name=names.get(known) or Wording(kk=known)) for known in ids)
