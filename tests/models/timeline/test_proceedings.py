"""Duties and consolidations in the timeline: every event has a name, pins what came, shows what was noted."""

from datetime import date
from typing import get_args

import pytest

from locales.catalogue import text
from models.events import (
    ConsolidationEvent,
    DutyEvent,
    Event,
    PaperReportRegistered,
    ReceivedReportConsidered,
)
from models.report.received import Considered, ReceivedReport, Way
from models.timeline.pins import PinKind, TextKind, pins_of, texts_of
from models.timeline.rules import RULES_OF_EVENTS
from models.vocabulary.procedure import Kind, Language

EVENTS = tuple(event.model_fields["type"].default for event in get_args(get_args(Event)[0]))
OWN = {event.model_fields["type"].default for event in (*get_args(DutyEvent), *get_args(ConsolidationEvent))}


@pytest.mark.parametrize("language", Language)
def test_every_event_is_called_something_in_the_filter(language: Language) -> None:
    names = {event: text(language, f"history.event.{event}") for event in EVENTS}
    assert all(name[0].isupper() for name in names.values()), names
    of_proceedings = [names[event] for event in OWN]
    assert len(set(of_proceedings)) == len(of_proceedings)


def test_a_report_that_came_pins_its_content_and_its_scan() -> None:
    day = date(2026, 11, 25)
    report = ReceivedReport(
        id="P-2026-0001",
        way=Way.PAPER,
        conductor="td-sary",
        kind=Kind.THEMATIC,
        content="a" * 64,
        received_on=day,
        file="b" * 64,
    )
    pins = [(pin.kind, pin.sha256) for pin in pins_of(PaperReportRegistered(report=report))]
    assert pins == [(PinKind.CONTENT, "a" * 64), (PinKind.PAPER, "b" * 64)]


def test_what_was_noted_at_a_consideration_is_shown() -> None:
    event = ReceivedReportConsidered(
        report="P-2026-0001", considered=Considered(on=date(2026, 11, 25), note="c" * 64)
    )
    assert [(ref.kind, ref.sha256) for ref in texts_of(event)] == [(TextKind.NOTE, "c" * 64)]


def test_all_of_it_happens_under_the_rules() -> None:
    assert {"duty_breached", "report_received", "review_round_completed"} <= RULES_OF_EVENTS.keys()
