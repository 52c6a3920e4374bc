"""By which acts a monitoring is started: for whom its author speaks, and how the others agreed (rule 2).

Judged once, on the day of the request, before the monitoring exists: a running one is never judged again.
"""

from datetime import date

from models.commands import StartMonitoring
from models.vocabulary.refusal import Refusal, refuse_all


def check_start_authority(command: StartMonitoring, today: date) -> None:
    """Raises `Refused` for an act of nobody concerned, or of a day to come (local)."""
    refuse_all((*_author(command), *_agreements(command, today)))


def _author(command: StartMonitoring) -> tuple[Refusal, ...]:
    """Whoever starts speaks for a body that conducts: no other body has a word in it."""
    conductors = {body.organisation for body in command.conductors}
    authority = command.actor.on_behalf
    if authority is None or authority.organisation in conductors:
        return ()
    params = {"organisation": authority.organisation}
    return (Refusal(code="on_behalf_of_no_conductor", rule="2", params=params),)


def _agreements(command: StartMonitoring, today: date) -> tuple[Refusal, ...]:
    co_conductors = {body.organisation for body in command.conductors[1:]}
    found = []
    for agreement in command.agreements:
        params = {"organisation": agreement.organisation}
        if agreement.organisation not in co_conductors:
            found.append(Refusal(code="agreement_of_no_co_conductor", rule="2", params=params))
        if agreement.dated > today:
            dated = {"organisation": agreement.organisation, "date": agreement.dated.isoformat()}
            found.append(Refusal(code="agreement_in_future", rule="2", params=dated))
    return tuple(found)
