"""What a command is filled with besides what its author says: the same for the API and for a page."""

from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import official_hosts, special_between
from activities.registries.editions import editions_known
from api.access.policy import Access
from api.commands.asking import By
from api.content.building import build_content
from api.content.disclosures import disclosures_of
from api.http.contacts import unusable_contacts
from models.commands import (
    ApproveReport,
    BeginCollection,
    PublishReport,
    ReassignMonitoring,
    ResendLetter,
    ReturnReport,
    SubmitReport,
)
from models.letters.kinds import LETTERS
from models.monitoring.rules.contacts import contact_refusals
from models.monitoring.state import MonitoringState
from models.report.content import ReportContent
from models.report.facts import pin
from models.tables.accounts import AccountRow
from models.vocabulary.editions import edition_on, rules_since
from models.vocabulary.procedure import Id, Role, Sha256
from models.vocabulary.refusal import refuse_all


async def to_begin_collection(session: AsyncSession, by: By, began_on: date) -> BeginCollection:
    """Rule 1: with the edition of the Rules of that local day."""
    editions = await editions_known(session)
    return BeginCollection(
        **by, began_on=began_on, edition=edition_on(editions, began_on), rules_since=rules_since(editions)
    )


async def to_submit_report(
    session: AsyncSession, by: By, access: Access, today: date
) -> tuple[SubmitReport, ReportContent]:
    """With the content as it stands, to be frozen. Raises Refused where its contacts cannot be used."""
    state = access.state
    content = await build_content(session, state, today)
    refuse_all(contact_refusals(unusable_contacts(content.draft)))
    found = await disclosures_of(session, content, len(state.versions) + 1)
    command = SubmitReport(**by, content=pin(content), disclosures=len(found), person=access.caller.person)
    return command, content


def to_return_report(by: By, version: int, reason: Sha256) -> ReturnReport:
    """Rule 15: whoever coordinates hears of it at once."""
    return ReturnReport(**by, version=version, reason=reason, tells_coordinator=True)


async def to_approve_report(
    session: AsyncSession, by: By, access: Access, version: int, today: date, *, disclosures_seen: bool
) -> ApproveReport:
    """Rule 5: with the objects that were special state bodies in the period, and the addressees that are."""
    state = access.state
    studied = (known.organisation for known in state.objects)
    return ApproveReport(
        **by,
        version=version,
        person=access.caller.person,
        special_in_period=await special_between(session, studied, state.studied_from, state.studied_until),
        special_now=await special_between(session, state.addressees, today, today),
        disclosures_seen=disclosures_seen,
        once_each=True,
        terms_stand=True,
        tells_asked=True,
    )


async def to_publish_report(
    session: AsyncSession,
    by: By,
    state: MonitoringState,
    published_on: date,
    address: str,
    today: date,
    *,
    disclosures_seen: bool,
) -> PublishReport:
    """Rule 19: with the hosts of the authorized body's web resource, as registered on that day."""
    approved = state.current.approved_on if state.current else None
    within = approved is not None and approved <= published_on <= today
    return PublishReport(
        **by,
        published_on=published_on,
        address=address,
        official_hosts=await official_hosts(session, published_on if within else today),
        conduct_asked=True,
        disclosures_seen=disclosures_seen,
    )


async def to_resend_letter(
    session: AsyncSession, by: By, state: MonitoringState, letter: Id, today: date
) -> ResendLetter:
    """Rule 5: with whether it would take the report to a body that is a special state body by now."""
    known = state.letters.get(letter)
    to_report = known is not None and LETTERS[known.kind].sends_the_report
    addressees = [known.recipient] if known is not None and to_report else []
    special = await special_between(session, addressees, today, today)
    return ResendLetter(**by, letter=letter, special_now=bool(special))


async def to_reassign_monitoring(
    session: AsyncSession, by: By, account: Id, reason: Sha256
) -> ReassignMonitoring:
    """With whose account it is handed to, where that is in use."""
    row = await session.get(AccountRow, account)
    known = row if row is not None and row.active else None
    return ReassignMonitoring(
        **by,
        to=account,
        organisation=known.organisation if known else None,
        role=Role(known.role) if known else None,
        reason=reason,
    )
