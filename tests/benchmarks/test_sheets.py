"""Figures as they are written, and the document that keeps them."""

import pytest

from benchmarks.document import sections, written_anew
from benchmarks.sheets import Rows, Sheet, markdown, written


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (None, "–"),
        (0.0, "0"),
        (0.1234, "0.123"),
        (1.234, "1.23"),
        (12.34, "12.3"),
        (-0.5, "-0.500"),
        (12345.6, "12,346"),
    ],
)
def test_three_digits_count(figure: float | None, text: str) -> None:
    assert written(figure) == text


def test_a_ratio_is_by_one_column_and_a_side_without_the_figure_is_left_out() -> None:
    rows = Rows(("before", "now", "floor", "other"))
    speed = {"before": 2.0, "now": 3.0, "floor": 12.0}
    rows.ratio("speed by before", speed, "before")
    rows.ratio("speed by the floor", speed, "floor")
    rows.ratio("speed by nobody", speed, "nobody")
    assert rows.rows == [
        ("speed by before", (1.0, 1.5, 6.0, None)),
        ("speed by the floor", (2 / 12, 0.25, 1.0, None)),
    ]


def test_a_sheet_is_a_table_of_the_document() -> None:
    sheet = Sheet("Commands", ("before", "now"), (("a start", (94.0, None)),), "Of one.")
    assert markdown(sheet).splitlines() == [
        "| | before | now |",
        "|---|---:|---:|",
        "| a start | 94.0 | – |",
        "",
        "Of one.",
    ]


def test_a_run_replaces_what_it_measured_and_leaves_the_rest_with_its_own_line() -> None:
    def sheet(title: str, figure: float) -> Sheet:
        return Sheet(title, ("now",), (("a start", (figure,)),))

    first = written_anew("", [sheet("Lifecycles", 1.0), sheet("Units", 2.0)], "Monday, quiet.")
    second = written_anew(first, [sheet("Lifecycles", 3.0), sheet("Growth", 4.0)], "Tuesday, loaded.")
    kept = sections(second)
    assert list(kept) == ["Lifecycles", "Units", "Growth"]
    assert "Tuesday, loaded." in kept["Lifecycles"]
    assert "3.00" in kept["Lifecycles"]
    assert "Monday, quiet." in kept["Units"]
    assert written_anew(second, [], "") == second
