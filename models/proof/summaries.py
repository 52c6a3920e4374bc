"""What the Temporal UI says of a workflow from its start on: one line, and a paragraph in Markdown.

English, and ids only: whoever opens that page sees what the history holds, no names and no texts.
"""

from models.calendar.working import WorkingCalendar
from models.commands import StartMonitoring
from models.events import Briefing, ConsolidationBriefing
from models.vocabulary.base import Model
from models.vocabulary.editions import Edition
from models.vocabulary.procedure import Kind, Mark


class Summary(Model):
    """`line` is shown in lists, `details` on the workflow's page."""

    line: str
    details: str


def summary_of_monitoring(start: StartMonitoring, edition: Edition, calendar: WorkingCalendar) -> Summary:
    """Rules 2, 9-11: who monitors what, of which kind, under which edition."""
    conductors = ", ".join(body.organisation for body in start.conductors)
    lead = start.conductors[0].organisation
    return Summary(
        line=f"{start.number} · {start.kind.value} monitoring by {lead}",
        details=_paragraph(
            f"Anti-corruption monitoring **{start.number}** (order №{edition.order_number}).",
            f"kind: {start.kind.value} (rule {'10' if start.kind is Kind.COMPREHENSIVE else '11'})",
            f"led by: {lead}; named to conduct: {conductors} (rule 2)",
            f"spheres: {', '.join(start.spheres) or '–'}",
            f"objects: {', '.join(body.organisation for body in start.objects) or '–'}",
            f"period studied: {start.studied_from} … {start.studied_until}",
            f"edition of the Rules: {edition.id}; working calendar: {calendar.edition}",
            f"timeline, with names and texts: /monitorings/{start.number}/history",
        ),
    )


def summary_of_duty(mark: Mark, kind: Kind, briefing: Briefing) -> Summary:
    """Rule 13: who owes which monitoring how often."""
    body = briefing.body.organisation
    yearly = kind is Kind.COMPREHENSIVE
    return Summary(
        line=f"{mark} · {kind.value} monitoring owed by {body}",
        details=_paragraph(
            f"The duty of **{body}**: {kind.value} monitoring (order №{briefing.edition.order_number}).",
            "at least once a year (rule 13.1)" if yearly else "regularly (rule 13.2): reminders only (A4)",
            "one run of this workflow for each period; nobody acts on it, time and monitorings do",
        ),
    )


def summary_of_consolidation(mark: Mark, briefing: ConsolidationBriefing) -> Summary:
    """Rules 17, 18: whose inbox and reviews."""
    body = briefing.authorized_body
    months = briefing.edition.switches.review_interval_months
    return Summary(
        line=f"{mark} · reports received and reviewed by {body}",
        details=_paragraph(
            f"What **{body}** receives for consolidation (order №{briefing.edition.order_number}).",
            "reports of divisions and other subjects arrive by their monitorings or on paper (rule 17)",
            f"considered and analysed regularly (rule 18), in rounds of {months} months (A4)",
            "one run of this workflow for each round",
        ),
    )


def _paragraph(heading: str, *points: str) -> str:
    return "\n".join((heading, "", *(f"- {point}" for point in points)))
