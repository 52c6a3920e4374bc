"""A monitoring as a checklist, shown as the current details in the Temporal UI. Pure: state → text."""

from collections import Counter

from models.monitoring.follow_up import ItemStanding, standing_of
from models.monitoring.open_work import (
    due_to_authorized_body,
    open_items,
    publication_due,
    published,
    sent_to_authorized_body,
    sent_to_interested,
)
from models.monitoring.state import MonitoringState
from models.vocabulary.procedure import Stage

_ORDER = (Stage.PLANNED, Stage.COLLECTING, Stage.ANALYSING, Stage.DRAFTING, Stage.APPROVED, Stage.DISPATCHED)
_WORDS = {
    Stage.PLANNED: "started (rules 2, 5, 9-11)",
    Stage.COLLECTING: "information collected (7, 8, 14.1)",
    Stage.ANALYSING: "information studied and analysed (8, 14.2-14.3)",
    Stage.DRAFTING: "report drafted and approved (15, 16)",
    Stage.APPROVED: "report sent to everyone it is due to (17, 20)",
    Stage.DISPATCHED: "closed",
}


def checklist(state: MonitoringState) -> str:
    """Markdown: what is done (✓), what is under way (→), what lies ahead (○), what is open."""
    lines = [f"**{state.number}** · {state.kind.value} · {state.stage.value}", ""]
    lines += [f"- {_mark(state, stage)} {_WORDS[stage]}" for stage in _ORDER]
    lines += _flags(state)
    lines += _followed(state)
    lines += _awaited(state)
    lines += [
        f"- open: {item.kind.value}" + (f" (rule {item.rule})" if item.rule else "")
        for item in open_items(state)
    ]
    return "\n".join(lines)


def _mark(state: MonitoringState, stage: Stage) -> str:
    if state.stage is Stage.CANCELLED:
        return "✗"
    if state.stage is Stage.CLOSED:
        return "✓"
    here, there = _ORDER.index(state.stage), _ORDER.index(stage)
    if stage is Stage.PLANNED or there < here:
        return "✓"
    return "→" if there == here else "○"


def _flags(state: MonitoringState) -> list[str]:
    flags = [(sent_to_interested(state), "sent to the interested bodies")]
    if due_to_authorized_body(state):
        flags.append((sent_to_authorized_body(state), "sent to the authorized body (17)"))
        flags.append((state.considered_on is not None, "considered by the authorized body (18)"))
    if publication_due(state):
        flags.append((published(state), "published (19)"))
    answered = sum(a.answered_on is not None for a in state.addressees.values())
    replies = f"- replies: {answered} of {len(state.addressees)}"
    return [*(f"- {'✓' if done else '○'} {words}" for done, words in flags), replies]


def _followed(state: MonitoringState) -> list[str]:
    """Accepted items, beyond the Rules."""
    standings = Counter(standing_of(state, item) for item in state.items.values())
    said = ", ".join(
        f"{standing.value} {standings[standing]}" for standing in ItemStanding if standings[standing]
    )
    return [f"- items of the decision: {said}"] if said else []


def _awaited(state: MonitoringState) -> list[str]:
    """What has a day, the soonest first."""
    live = sorted((d for d in state.deadlines.values() if d.live), key=lambda d: (d.due_on, d.id))
    return [f"- awaited: {deadline.id} by {deadline.due_on}" for deadline in live]
