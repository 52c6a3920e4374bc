"""A consolidation as a checklist, shown as the current details in the Temporal UI. Pure: state → text."""

from models.consolidation.state import ConsolidationState, PastRound
from models.report.inbox import NAMED
from models.report.received import Way


def consolidation_checklist(state: ConsolidationState) -> str:
    """Markdown: what was received, the round in course, the rounds before."""
    lines = [f"**{state.mark}** · {state.organisation}", ""]
    if state.lately is None:
        lines += _received(state)
    if state.round is not None:
        mark = "✓" if state.completion else "○"
        lines.append(
            f"- {mark} review round {state.round.serial}: "
            f"{state.round.begins_on} … {state.round.ends_on} (rule 18)"
        )
    lines += [_past(past) for past in reversed(state.past)]
    waiting = [report for report in state.inbox.values() if report.awaits_consideration]
    lines += [f"- open: not considered {report.id} (rule 18)" for report in waiting[:NAMED]]
    return "\n".join(lines)


def _received(state: ConsolidationState) -> list[str]:
    ways = [report.way for report in state.inbox.values()]
    counts = ", ".join(f"{way.value} {ways.count(way)}" for way in Way)
    return [f"- received: {len(ways)} ({counts}) (rule 17)"]


def _past(past: PastRound) -> str:
    return f"- round {past.round.serial}, until {past.round.ends_on}: {past.outcome.value}"
