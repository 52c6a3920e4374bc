"""What is refused of new starts only (rules 2, 10, 11; annex I.3): a running one is never judged again."""

from datetime import date

from models.commands import StartMonitoring
from models.monitoring.rules.acts import authority_refusals, named_refusals
from models.vocabulary.procedure import Kind, OrganisationKind
from models.vocabulary.refusal import Refusal, refuse_all


def check_start_admission(command: StartMonitoring, today: date, rules_since: date | None) -> None:
    """Raises `Refused`. `today` is the local date, `rules_since` that on which the Rules came into force."""
    refuse_all(
        (
            *_natural_persons(command),
            *_studied_ahead(command, today),
            *authority_refusals(command.actor.on_behalf, today),
            *_agreements(command, rules_since),
        )
    )


def _natural_persons(command: StartMonitoring) -> tuple[Refusal, ...]:
    """Rules 10 and 11 name state bodies, organisations, quasi-state entities: a person only conducts."""
    rule = "10" if command.kind is Kind.COMPREHENSIVE else "11"
    return tuple(
        Refusal(code="object_natural_person", rule=rule, params={"organisation": body.organisation})
        for body in command.objects
        if body.kind is OrganisationKind.NATURAL_PERSON
    )


def _studied_ahead(command: StartMonitoring, today: date) -> tuple[Refusal, ...]:
    """A practice that was not there yet cannot be assessed (rule 4); a period in course can be begun with."""
    if command.studied_from <= today:
        return ()
    params = {"date": command.studied_from.isoformat()}
    return (Refusal(code="studied_period_ahead", rule="4", params=params),)


def _agreements(command: StartMonitoring, rules_since: date | None) -> tuple[Refusal, ...]:
    """Rule 2: nobody agreed to conduct under the Rules before there were any."""
    found: list[Refusal] = []
    for agreement in command.agreements:
        found += named_refusals(agreement.act, rule="2")
        if rules_since is not None and agreement.dated < rules_since:
            params = {"organisation": agreement.organisation, "date": rules_since.isoformat()}
            found.append(Refusal(code="agreement_before_the_rules", rule="2", params=params))
    return tuple(found)
