"""What a reader would ask about: a period in course, the same study twice, a percentage of nothing."""

from datetime import date
from decimal import Decimal

import pytest

from models.commands import CancelMonitoring
from models.monitoring.rules.doubts import percent_warnings, period_warnings, repetition_warnings
from models.report.content import Quantitative, ReportContent, Wording
from models.vocabulary.procedure import IndicatorRole, Kind
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import CLINIC, HASH, SCHOOL

YEAR: dict[str, object] = {"studied_from": date(2025, 1, 1), "studied_until": date(2025, 12, 31)}


@pytest.mark.parametrize(("until", "told"), [(date(2026, 7, 8), True), (date(2026, 7, 7), False)])
def test_a9_a_period_that_is_not_over_is_told(until: date, told: bool) -> None:
    story = Story().starts(studied_until=until)
    found = [(w.code, w.rule) for w in period_warnings(story.state, story.today)]
    assert found == ([("studied_period_not_over", "A9")] if told else [])


def studying(number: str, **changes: object) -> Story:
    """A clinic's health care of a year, unless told otherwise."""
    given = {"spheres": ("health",), "objects": (CLINIC,), "number": number, **YEAR, **changes}
    return Story().starts(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("second", "told"),
    [
        pytest.param({}, True, id="the-same"),
        pytest.param(
            {"studied_from": date(2025, 12, 31), "studied_until": date(2026, 5, 1)}, True, id="overlaps"
        ),
        pytest.param(
            {"studied_from": date(2026, 1, 1), "studied_until": date(2026, 5, 1)}, False, id="next-year"
        ),
        pytest.param({"objects": (SCHOOL,)}, False, id="another-body"),
        pytest.param({"objects": (CLINIC, SCHOOL)}, False, id="one-body-more"),
        pytest.param({"spheres": ("schools",)}, False, id="another-sphere"),
        pytest.param({"kind": Kind.COMPREHENSIVE, "objects": (CLINIC, SCHOOL)}, False, id="another-kind"),
    ],
)
def test_the_same_spheres_and_bodies_for_the_same_time_are_told(
    second: dict[str, object], told: bool
) -> None:
    first = studying("2026-TD-0001").state
    found = repetition_warnings(studying("2026-TD-0002", **second).state, [first])
    assert repetition_warnings(first, [first]) == (), "it is not a second one of itself"
    assert [(w.code, w.params["number"]) for w in found] == (
        [("studied_already", "2026-TD-0001")] if told else []
    )


def test_what_was_cancelled_is_studied_by_nobody() -> None:
    first = studying("2026-TD-0001")
    first.does(CancelMonitoring, reason=HASH)
    assert repetition_warnings(studying("2026-TD-0002").state, [first.state]) == ()


@pytest.mark.parametrize(
    ("unit", "value", "numbers", "told"),
    [
        pytest.param("%", "612", False, True, id="more-than-the-whole"),
        pytest.param(" Пайыз ", "100.1", False, True, id="in-words"),
        pytest.param("%", "-3", False, True, id="less-than-nothing"),
        pytest.param("%", "100", False, False, id="the-whole"),
        pytest.param("%", "612", True, False, id="with-its-numbers"),
        pytest.param("бірлік", "612", False, False, id="no-percentage"),
    ],
)
def test_annex_ii_a_percentage_beyond_the_whole_says_of_what(
    unit: str, value: str, numbers: bool, told: bool
) -> None:
    share = {"numerator": Decimal(612), "denominator": Decimal(100)} if numbers else {}
    indicator = Quantitative.model_validate(
        {"id": "i1", "role": IndicatorRole.STATE, "name": Wording(kk="Үлес"), "unit": unit}
        | {"value": Decimal(value), **share}
    )
    content = ReportContent(number="2026-TD-0001", kind=Kind.THEMATIC, indicators=(indicator,))
    found = [(w.code, w.rule, w.params["indicator"]) for w in percent_warnings(content)]
    assert found == ([("percent_without_numbers", "annex.II", "i1")] if told else [])
