"""What a report must hold: rules 8, 10, 11, 14-16 and the annex. One list for the check and the refusal."""

from datetime import date

from models.monitoring.rules.items import addressee_refusals
from models.monitoring.rules.sources import source_refusals
from models.monitoring.rules.working_group import group_shortcomings
from models.monitoring.state import MonitoringState
from models.report.content import ReportContent
from models.report.facts import IndicatorFact, ReportFacts
from models.report.languages import texts_missing
from models.vocabulary.procedure import (
    Activity,
    Conducting,
    ConductorKind,
    IndicatorKind,
    IndicatorRole,
    ItemKind,
    Kind,
    Language,
    Step,
    Task,
)
from models.vocabulary.refusal import Refusal

Refusals = tuple[Refusal, ...]


def report_shortcomings(state: MonitoringState, facts: ReportFacts, today: date) -> Refusals:
    """Everything that keeps these facts from being a report under the Rules."""
    return (
        *_rule_8_conduct(state),
        *group_shortcomings(state),
        *_form_i(state, facts, today),
        *_rule_7_sources(state, facts, today),
        *_form_ii(facts),
        *_form_iii(facts),
        *_indicators(facts),
        *_findings(state, facts),
        *_rule_10_tasks(state, facts),
        *_rule_16(state, facts),
        *addressee_refusals(state, facts),
    )


def report_warnings(facts: ReportFacts, content: ReportContent) -> Refusals:
    """What does not forbid a report but deserves a look (rules 4 and 6, languages)."""
    untagged = [finding for finding in facts.findings if not finding.facets]
    found = [
        Refusal(code="finding_without_facet", rule="6", params={"finding": finding.id})
        for finding in untagged
    ]
    for language in (Language.KK, Language.RU):
        if missing := texts_missing(content, language):
            texts = ", ".join(place.code for place in missing)
            params = {"language": language.value, "texts": texts}
            found.append(Refusal(code="text_missing_in_language", params=params))
    return tuple(found)


def _rule_8_conduct(state: MonitoringState) -> Refusals:
    """Rule 8's five activities are evidenced; rule 14's four steps are, where an other subject conducts."""
    if state.conductor_kind is ConductorKind.OTHER_SUBJECT:
        missing = [step for step in Step if step not in state.steps]
        return tuple(
            Refusal(code="step_missing", rule=f"14.{step.value}", params={"step": str(step.value)})
            for step in missing
        )
    return tuple(
        Refusal(code="activity_missing", rule="8", params={"activity": activity.value})
        for activity in Activity
        if activity not in state.activities
    )


def _form_i(state: MonitoringState, facts: ReportFacts, today: date) -> Refusals:
    """Part I: who conducted with contacts, and the period of conduct."""
    found = []
    if not facts.contacts_given:
        found.append(Refusal(code="contacts_missing", rule="annex.I.2"))
    found.extend(_conductors_printed(state, facts))
    started, ended = facts.started_on, facts.ended_on
    if started is None or ended is None:
        return (*found, Refusal(code="period_missing", rule="annex.I.3"))
    if ended < started:
        period = {"started": started.isoformat(), "ended": ended.isoformat()}
        found.append(Refusal(code="period_reversed", rule="annex.I.3", params=period))
    if state.began_on is not None and started != state.began_on:
        began = {"started": started.isoformat(), "began": state.began_on.isoformat()}
        found.append(Refusal(code="period_start_differs", rule="annex.I.3", params=began))
    if ended > today:
        found.append(Refusal(code="period_not_over", rule="annex.I.3", params={"ended": ended.isoformat()}))
    return tuple(found)


def _conductors_printed(state: MonitoringState, facts: ReportFacts) -> Refusals:
    """Form I.2 names who conducts, each by whose word it does (rule 2); nobody who does not."""
    if not state.co_conductors_confirm or facts.conductors is None:
        return ()
    printed = {conductor.organisation: conductor.leads_word for conductor in facts.conductors}
    found = [
        Refusal(code="printed_without_conducting", rule="annex.I.2", params={"organisation": organisation})
        for organisation in printed
        if not state.conducted_by(organisation)
    ]
    for organisation, named in state.co_conductors.items():
        params = {"organisation": organisation}
        if named.conducts and organisation not in printed:
            found.append(Refusal(code="conductor_not_printed", rule="annex.I.2", params=params))
        elif named.conducting is Conducting.LEADS_WORD and not printed[organisation]:
            found.append(Refusal(code="leads_word_not_marked", rule="annex.I.2", params=params))
    return tuple(found)


def _rule_7_sources(state: MonitoringState, facts: ReportFacts, today: date) -> Refusals:
    if not facts.sources:
        return (Refusal(code="no_source", rule="7"),)
    return tuple(
        refusal
        for source in facts.sources
        for refusal in source_refusals(source, state.conductor_kind, state.edition, today)
    )


def _form_ii(facts: ReportFacts) -> Refusals:
    """Part II: quantitative and qualitative indicators, of the state and of the causes."""
    part = [i for i in facts.indicators if i.role is not IndicatorRole.EFFECTIVENESS]
    kinds = {indicator.kind for indicator in part}
    roles = {indicator.role for indicator in part}
    found = [
        Refusal(code="part_ii_kind_missing", rule="annex.II", params={"kind": kind.value})
        for kind in IndicatorKind
        if kind not in kinds
    ]
    found += [
        Refusal(code="part_ii_role_missing", rule="annex.II", params={"role": role.value})
        for role in (IndicatorRole.STATE, IndicatorRole.CAUSE)
        if role not in roles
    ]
    return tuple(found)


def _form_iii(facts: ReportFacts) -> Refusals:
    """Part III: conclusions, and an indicator that measures the effectiveness of law application."""
    found = []
    if not facts.conclusions_given:
        found.append(Refusal(code="conclusions_missing", rule="annex.III"))
    if not any(i.role is IndicatorRole.EFFECTIVENESS for i in facts.indicators):
        found.append(Refusal(code="effectiveness_indicator_missing", rule="annex.III"))
    return tuple(found)


def _indicators(facts: ReportFacts) -> Refusals:
    """Each indicator rests on a source of this monitoring; a stated share is what its numbers give."""
    known = {source.id for source in facts.sources}
    found: list[Refusal] = []
    for indicator in facts.indicators:
        found.extend(indicator_refusals(indicator))
        if not indicator.cited:
            found.append(
                Refusal(code="indicator_without_source", rule="7", params={"indicator": indicator.id})
            )
        found += [
            Refusal(code="source_unknown", rule="7", params={"indicator": indicator.id, "source": cited})
            for cited in indicator.cited
            if cited not in known
        ]
    return tuple(found)


def indicator_refusals(indicator: IndicatorFact) -> Refusals:
    """A share is refused, where it is entered and here, unless both its numbers are there and give it."""
    named = {"indicator": indicator.id}
    found = []
    if indicator.share_half_given:
        found.append(Refusal(code="share_half_given", rule="annex.II", params=named))
    if indicator.share_undivided:
        found.append(Refusal(code="share_undivided", rule="annex.II", params=named))
    if indicator.differing_share:
        params = {"indicator": indicator.id, "recomputed": indicator.differing_share}
        found.append(Refusal(code="share_differs", rule="annex.II", params=params))
    return tuple(found)


def _findings(state: MonitoringState, facts: ReportFacts) -> Refusals:
    """Rules 11 and 14.3: a thematic monitoring studies at least one problem issue."""
    if facts.findings or state.kind is Kind.COMPREHENSIVE:
        return ()
    others = state.conductor_kind is ConductorKind.OTHER_SUBJECT
    return (Refusal(code="no_finding", rule="14.3" if others else "11"),)


def _rule_10_tasks(state: MonitoringState, facts: ReportFacts) -> Refusals:
    """Rule 10: a comprehensive monitoring answers its three tasks."""
    if state.kind is not Kind.COMPREHENSIVE:
        return ()
    return tuple(
        Refusal(code="task_unanswered", rule="10", params={"task": task.value})
        for task in Task
        if task not in facts.tasks
    )


def _rule_16(state: MonitoringState, facts: ReportFacts) -> Refusals:
    """The decision: (1) assessment and proposals, (2) recommendations, or a reasoned «no grounds» (A6)."""
    kinds = {item.kind for item in facts.items}
    found = []
    if not facts.assessment_given:
        found.append(Refusal(code="assessment_missing", rule="16.1"))
    if ItemKind.PROPOSAL not in kinds:
        found.append(Refusal(code="no_proposal", rule="16.1"))
    if ItemKind.RECOMMENDATION not in kinds:
        strict = state.edition.switches.recommendations_required
        if strict or not facts.no_grounds_given:
            found.append(Refusal(code="no_recommendation", rule="16.2"))
    findings = {finding.id for finding in facts.findings}
    found += [
        Refusal(code="item_basis_unknown", rule="16", params={"item": item.id, "finding": item.basis})
        for item in facts.items
        if item.basis is not None and item.basis not in findings
    ]
    return tuple(found)
