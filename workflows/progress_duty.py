"""A duty as a checklist, shown as the current details in the Temporal UI. Pure: state → text."""

from models.duty.state import DutyState


def duty_checklist(state: DutyState) -> str:
    """Markdown: the current period, what fulfils it, the years before."""
    lines = [f"**{state.mark}** · {state.kind.value} · {state.organisation}", ""]
    if state.period is not None:
        mark = "✓" if state.fulfilled else ("–" if state.period.exempt else "○")
        lines.append(f"- {mark} {state.period.begins_on} … {state.period.ends_on} (rule 13)")
        lines += [f"  - {evidence.number}" for evidence in state.within(state.period)]
    lines += [f"- {past.period.id}: {past.standing.value}" for past in reversed(state.past)]
    lines += [
        f"- open: not published {e.number} (rule 19)" for e in state.evidence.values() if e.publication_owed
    ]
    return "\n".join(lines)
