"""The numbers that indicators bear in a report: of one role, figures first, then those in words."""

from models.report.content import Indicator, Qualitative, ReportContent
from models.vocabulary.procedure import IndicatorRole


def numbered(content: ReportContent, role: IndicatorRole) -> tuple[tuple[int, Indicator], ...]:
    """The indicators of a role in the order in which they are printed, from 1."""
    of_role = [indicator for indicator in content.indicators if indicator.role is role]
    of_role.sort(key=lambda indicator: isinstance(indicator, Qualitative))  # stable: as entered otherwise
    return tuple(enumerate(of_role, 1))
