"""Indicators drawn above their tables: what compares nothing is not, what is on file prints as before."""

import io
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from activities.printing.form import FormPrint
from activities.printing.form_charts import MOST_ROWS, charts_of
from models.report.content import Quantitative, Wording
from models.vocabulary.procedure import IndicatorRole, Language
from tests.documents.contents import COMPREHENSIVE, EMPTY
from tests.documents.reading import printed
from tests.documents.test_form import tags

SVG = "{http://www.w3.org/2000/svg}"


def figure(number: int, value: str, unit: str = "%", previous: str | None = None) -> Quantitative:
    return Quantitative(
        id=f"i{number}",
        role=IndicatorRole.STATE,
        name=Wording(kk=f"Үлес {number} <b>"),
        unit=unit,
        value=Decimal(value),
        previous=None if previous is None else Decimal(previous),
    )


def drawn(*figures: Quantitative) -> list[ElementTree.Element]:
    charts = charts_of(list(enumerate(figures, 1)), IndicatorRole.STATE, Language.KK)
    return [ElementTree.fromstring(chart.svg) for chart in charts]


def widths(picture: ElementTree.Element) -> list[float]:
    return [
        float(each.get("width", "")) for each in picture.findall(f"{SVG}rect") if each.get("height") == "16"
    ]


def test_a_value_stands_beside_the_one_before_on_the_scale_of_its_unit() -> None:
    share, count = drawn(figure(1, "40", previous="20"), figure(2, "900", "адам", "450"), figure(3, "10.5"))
    assert widths(share) == pytest.approx([190, 95, 49.9], abs=0.1)
    assert widths(count) == pytest.approx([190, 95])
    said = [each.text for each in share.iter(f"{SVG}text")]
    assert {"1. Үлес 1 <b>", "40\u00a0%", "20\u00a0%", "10,5\u00a0%"} <= set(said)
    assert (
        share.findtext(f"{SVG}desc")
        == "1. Үлес 1 <b>: Мәні 40\u00a0%, Алдыңғы мәні 20\u00a0%; 3. Үлес 3 <b>: Мәні 10,5\u00a0%"
    )


def test_a_long_name_stands_whole_in_its_lines_and_a_long_value_under_its_bar() -> None:
    name = "Мемлекеттік сатып алу қорытындылары бойынша қанағаттандырылған шағымдардың жалпы санындағы үлесі"
    unit = "жүз мың тұрғынға шаққанда"
    long = figure(1, "12.5", unit, "10").model_copy(
        update={"name": Wording(kk=name), "previous_period": "2025 жыл"}
    )
    (picture,) = drawn(long)
    lines = [each.text or "" for each in picture.iter(f"{SVG}text")]
    told = " ".join(lines).replace("\u00a0", " ")
    assert told.startswith(f"1. {name} 12,5 {unit}")
    assert f"10 {unit}, 2025 жыл" in told
    assert max(map(len, lines)) <= 34
    bottom = float(picture.get("viewBox", "").split()[3])
    assert all(float(each.get("y", "")) < bottom for each in picture.iter(f"{SVG}text"))


def test_without_a_unit_a_number_is_compared_with_itself_alone() -> None:
    complaints, days = figure(1, "42", "", "40"), figure(2, "11", "", "14")
    own = drawn(complaints, days, figure(3, "7", ""))
    assert [len(widths(each)) for each in own] == [2, 2]


@pytest.mark.parametrize(
    "figures",
    [
        (),
        (figure(1, "40"),),
        (figure(1, "40"), figure(2, "3", "адам")),
        (figure(1, "40"), figure(2, "-3")),
        (figure(1, "40"), figure(2, "3").model_copy(update={"value": Decimal("1E+300")})),
        (figure(1, "40"), figure(2, "3").model_copy(update={"value": Decimal("1E-300")})),
    ],
)
def test_what_compares_nothing_is_not_drawn(figures: tuple[Quantitative, ...]) -> None:
    assert drawn(*figures) == []


def test_naught_is_drawn_and_many_are_drawn_in_parts() -> None:
    (naught,) = drawn(figure(1, "0", previous="0"))
    assert widths(naught) == [1, 1]
    many = drawn(*(figure(n, "1") for n in range(2 * MOST_ROWS + 1)))
    assert [len(widths(each)) for each in many] == [MOST_ROWS, MOST_ROWS, 1]


def test_what_is_on_file_can_be_printed_as_it_was() -> None:
    """Before indicators were drawn the document held no picture and did not name its print."""
    for form_print, named, figures in ((FormPrint.PLAIN, "", False), (FormPrint.DRAWN, "drawn", True)):
        reader = PdfReader(io.BytesIO(printed(COMPREHENSIVE, form_print=form_print)))
        assert reader.metadata is not None
        assert str(reader.metadata.get("/Keywords", "")) == named
        assert ("/Figure" in tags(reader)) is figures
    assert printed(EMPTY, form_print=FormPrint.PLAIN) != printed(EMPTY), "each print names itself"
