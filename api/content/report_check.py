"""What keeps the content from being a report, and what only deserves a look (rules 8-16, annex)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from api.content.building import build_content
from api.http.contacts import unusable_contacts
from models.monitoring.rules.contacts import contact_refusals
from models.monitoring.rules.doubts import percent_warnings, period_warnings
from models.monitoring.rules.independence import group_warnings
from models.monitoring.rules.items import addressee_warnings, day_refusals, day_warnings
from models.monitoring.rules.joint import conduct_warnings
from models.monitoring.rules.report_form import report_shortcomings, report_warnings
from models.monitoring.rules.start import start_warnings
from models.monitoring.state import MonitoringState
from models.report.content import ReportContent
from models.report.facts import facts_of
from models.vocabulary.refusal import Refusal


@dataclass(frozen=True)
class CheckedReport:
    """The content as it stands, what it `lacks`, and what it is `warned` of."""

    content: ReportContent
    lacks: tuple[Refusal, ...]
    warned: tuple[Refusal, ...]


async def checked_report(session: AsyncSession, state: MonitoringState, today: date) -> CheckedReport:
    """All that the report still lacks under the Rules: the same list a submission is refused with."""
    content = await build_content(session, state, today)
    facts = facts_of(content)
    return CheckedReport(
        content=content,
        lacks=(
            *report_shortcomings(state, facts, today),
            *contact_refusals(unusable_contacts(content.draft)),
            *day_refusals(state, facts, today),
        ),
        warned=(
            *start_warnings(state, state.edition),
            *conduct_warnings(state),
            *period_warnings(state, today),
            *group_warnings(state),
            *report_warnings(facts, content),
            *addressee_warnings(state, facts),
            *day_warnings(state, facts, today),
            *percent_warnings(content),
        ),
    )
