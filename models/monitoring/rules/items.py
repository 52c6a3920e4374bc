"""Rule 16: to whom proposals and recommendations are addressed, and by which day they are to be done."""

from collections.abc import Iterator
from datetime import date, timedelta

from models.monitoring.rules.dispatch import is_listed
from models.monitoring.state import MonitoringState
from models.report.facts import ItemFact, ReportFacts
from models.vocabulary.procedure import OrganisationKind
from models.vocabulary.refusal import Refusal

# Rule 16 speaks of state bodies, organisations and quasi-state entities.
RULE_16_KINDS = frozenset(OrganisationKind) - {OrganisationKind.NATURAL_PERSON}


def addressee_refusals(state: MonitoringState, facts: ReportFacts) -> tuple[Refusal, ...]:
    """Each item is for a body the registry knows, of the kinds of rule 16, and not a special one (rule 5).

    Content that was frozen before this was asked is not judged by it.
    """
    if facts.addressees is None:
        return ()
    return tuple(refusal for item in facts.items for refusal in _of_addressee(state, facts, item))


def addressee_warnings(state: MonitoringState, facts: ReportFacts) -> tuple[Refusal, ...]:
    """Whom an item is seldom meant for: whoever conducts, and kinds of bodies to which the report does not go
    by rule 17 (A7). Of the authorized body nothing is said: the report goes to it anyway."""
    found = []
    for item in facts.items:
        params = {"item": item.id, "organisation": item.addressee}
        known = next((b for b in facts.addressees or () if b.organisation == item.addressee), None)
        if state.conducted_by(item.addressee):
            found.append(Refusal(code="item_addressed_to_conductor", rule="16", params=params))
        elif known and known.organisation != state.authorized_body and not is_listed(state, known.kind):
            found.append(Refusal(code="item_addressee_not_listed", rule="17", params=params))
    return tuple(found)


def day_refusals(state: MonitoringState, facts: ReportFacts, today: date) -> tuple[Refusal, ...]:
    """Asked when a report is submitted: no item is due before the conduct was over (before it began, where
    the draft does not say when it was over), or too far ahead.

    What a correction leaves as it was approved is not asked about again (A12).
    """
    latest = today + timedelta(days=state.edition.times.planned_ahead_days)
    return tuple(
        refusal
        for item in _new_or_changed(state, facts)
        for refusal in _of_day(item, state.began_on, facts.ended_on, latest)
    )


def day_warnings(state: MonitoringState, facts: ReportFacts, today: date) -> tuple[Refusal, ...]:
    """A day that has passed by now: a report that is entered late may ask for it, others do not mean it."""
    return tuple(
        Refusal(code="item_due_passed", rule="16", params={"item": item.id, "date": item.due_on.isoformat()})
        for item in _new_or_changed(state, facts)
        if item.due_on is not None and item.due_on < today
    )


def _new_or_changed(state: MonitoringState, facts: ReportFacts) -> tuple[ItemFact, ...]:
    return tuple(item for item in facts.items if not _as_approved(state, item))


def _of_addressee(state: MonitoringState, facts: ReportFacts, item: ItemFact) -> Iterator[Refusal]:
    params = {"item": item.id, "organisation": item.addressee}
    known = next((b for b in facts.addressees or () if b.organisation == item.addressee), None)
    if known is None:
        # A body that was sent the report existed: a correction may still speak to it, or to its successor.
        if not (_as_approved(state, item) and item.addressee in state.addressees):
            yield Refusal(code="item_addressee_unknown", rule="16", params=params)
    elif known.special_state_body:
        yield Refusal(code="item_addressee_special_state_body", rule="5", params=params)
    elif known.kind not in RULE_16_KINDS:
        yield Refusal(code="item_addressee_natural_person", rule="16", params=params)


def _as_approved(state: MonitoringState, item: ItemFact) -> bool:
    """Whether the report that is being corrected has this item, for the same body and by the same day."""
    before = state.items.get(item.id)
    return before is not None and (before.addressee, before.due_on) == (item.addressee, item.due_on)


def _of_day(item: ItemFact, began: date | None, ended: date | None, latest: date) -> Iterator[Refusal]:
    if item.due_on is None:
        return
    params = {"item": item.id, "date": item.due_on.isoformat(), "until": latest.isoformat()}
    if ended is not None and item.due_on < ended:
        early = {"item": item.id, "date": item.due_on.isoformat(), "ended": ended.isoformat()}
        yield Refusal(code="item_due_before_conduct_ended", rule="16", params=early)
    elif began is not None and item.due_on < began:
        early = {"item": item.id, "date": item.due_on.isoformat(), "began": began.isoformat()}
        yield Refusal(code="item_due_before_conduct_began", rule="16", params=early)
    elif item.due_on > latest:
        yield Refusal(code="planned_too_far_ahead", rule="16", params=params)
