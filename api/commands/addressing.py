"""Whom a command names, with the facts of the day: members, holders of information, addressees.

The same for the API and for a page.
"""

from collections.abc import Sequence
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import body_of, organisation_on, special_between
from activities.registries.editions import editions_known
from api.commands.asking import By
from api.content.notes import Note, noted
from api.registries.named import bodies_addressed, bodies_on, each_of, organisation_in_registry
from api.registries.people import person_in_registry
from models.agenda.deadline import ReplyPreset
from models.commands import (
    CreateWorkingGroup,
    DispatchReport,
    HeadDecision,
    NewAddressee,
    NewMember,
    RequestInformation,
)
from models.monitoring.state import MonitoringState
from models.vocabulary.base import Model
from models.vocabulary.editions import rules_since
from models.vocabulary.procedure import Community, Ground, Id, Sha256, SourceKind


class NamedMember(Model):
    """Whom somebody names a member, and whose employee the person is said to be."""

    person: Id
    community: Community
    organisation: Id | None = None


class NamedAddressee(Model):
    """To whom somebody sends the report, and why."""

    organisation: Id
    ground: Ground
    reason: str | None = None
    preset: ReplyPreset = ReplyPreset.NONE
    reply_by: date | None = None


async def member_named(
    session: AsyncSession, today: date, named: NamedMember, member: Id, pointer: str
) -> NewMember:
    """With what the registry says of the person's employer. Raises Failed (422) for whom it does not know."""
    person = await person_in_registry(session, named.person, f"{pointer}/person")
    if named.organisation is not None:
        await organisation_in_registry(session, named.organisation, f"{pointer}/organisation")
    employer = await organisation_on(session, person.organisation, today) if person.organisation else None
    return NewMember(
        member=member,
        person=named.person,
        community=named.community,
        organisation=named.organisation or person.organisation,
        employer=body_of(employer) if employer else None,
    )


async def to_create_working_group(
    session: AsyncSession,
    by: By,
    decision: HeadDecision,
    named: Sequence[NamedMember],
    new_id: Id,
    today: date,
) -> CreateWorkingGroup:
    """Rule 12: each member gets an id after `new_id`. Raises Failed (422) as `member_named`."""
    members = [
        await member_named(session, today, each, f"{new_id}-{place}", f"/members/{place}")
        for place, each in enumerate(named)
    ]
    since = rules_since(await editions_known(session))
    return CreateWorkingGroup(**by, decision=decision, members=tuple(members), rules_since=since)


async def to_request_information(
    session: AsyncSession,
    by: By,
    request: Id,
    holder: Id,
    source_kind: SourceKind,
    question: Sha256,
    reply_by: date | None,
    today: date,
) -> RequestInformation:
    """Rule 5: with whether the holder is a special state body today. Raises Failed (422)."""
    await bodies_on(session, today, {"/holder": holder})
    return RequestInformation(
        **by,
        request=request,
        holder=holder,
        source_kind=source_kind,
        question=question,
        reply_by=reply_by,
        special_now=bool(await special_between(session, (holder,), today, today)),
    )


async def to_dispatch_report(
    session: AsyncSession, by: By, state: MonitoringState, named: Sequence[NamedAddressee], today: date
) -> tuple[DispatchReport, tuple[Note, ...]]:
    """With the bodies as they are today, and the reasons to be kept. Raises Failed (422)."""
    pointers = each_of("/addressees", (new.organisation for new in named), "/organisation")
    bodies = await bodies_addressed(session, today, pointers, state)
    reasons = tuple(noted(new.reason) if new.reason else None for new in named)
    addressees = tuple(
        NewAddressee(
            body=known,
            ground=new.ground,
            reason=reason.sha256 if reason else None,
            preset=new.preset,
            reply_by=new.reply_by,
        )
        for new, known, reason in zip(named, bodies, reasons, strict=True)
    )
    return DispatchReport(**by, addressees=addressees), tuple(each for each in reasons if each is not None)
