"""The consolidated register told by cases: what repeats, what changed, and what cannot be compared."""

from decimal import Decimal

from models.register import ElementKind, FiledReport, RegisterFilters, consolidate
from models.register.differences import NotComparable
from models.register.repeats import RepeatReason
from models.report.content import Item, Wording
from models.vocabulary.procedure import Facet, IndicatorRole, ItemKind
from tests.register.reports import PLACES, finding, measured, report

LAW, POLICY = Facet.LAW_APPLICATION, Facet.POLICY_EFFECTIVENESS


def reasons(*filed: FiledReport) -> list[list[tuple[RepeatReason, str]]]:
    return [[(b.reason, b.common) for b in r.because] for r in consolidate(filed, PLACES).repeats]


def test_the_same_text_repeats_whatever_its_case_and_punctuation() -> None:
    first = report("2025-SARY-0001", 2025, findings=(finding("Кезек  жабық."),))
    again = report("2026-KOKO-0001", objects=("land-sary",), findings=(finding("кезек – ЖАБЫҚ"),))
    assert reasons(first, again) == [[(RepeatReason.SAME_TEXT, "kk")]]
    (repeat,) = consolidate((first, again), PLACES).repeats
    assert [row.source.report for row in repeat.members] == ["2026-KOKO-0001", "2025-SARY-0001"]
    assert repeat.years == (2025, 2026)


def test_the_same_facets_repeat_where_an_object_or_a_sphere_is_common() -> None:
    one = report("1", findings=(finding("А", LAW, POLICY),), spheres=("health-care",))
    two = report("2", findings=(finding("Б", POLICY, LAW),), spheres=("health-care",))
    both = [(RepeatReason.SAME_OBJECT, "clinic-1"), (RepeatReason.SAME_SPHERE, "health-care")]
    assert reasons(one, two) == [both]


def test_other_facets_no_facets_or_another_object_are_no_repeat() -> None:
    one = report("1", findings=(finding("А", LAW),))
    assert reasons(one, report("2", findings=(finding("Б", LAW, POLICY),))) == []
    assert reasons(one, report("2", findings=(finding("Б", LAW),), objects=("clinic-2",))) == []
    assert reasons(report("1", findings=(finding("А"),)), report("2", findings=(finding("Б"),))) == []


def test_findings_of_one_report_do_not_repeat_each_other() -> None:
    twice = (finding("А", LAW), finding("А", LAW, mark="f2"))
    assert reasons(report("1", findings=twice)) == []


def test_a_repeat_names_only_what_holds_for_all_its_members() -> None:
    """A repeats B by the object and B repeats C by the text: two repeats, not one of three."""
    a = report("1", findings=(finding("А", LAW),))
    b = report("2", findings=(finding("Б", LAW),))
    c = report("3", findings=(finding("Б"),), objects=("land-sary",))
    found = consolidate((a, b, c), PLACES).repeats
    assert [[row.source.report for row in r.members] for r in found] == [["1", "2"], ["2", "3"]]


def test_a_report_lies_where_its_objects_are_else_where_its_conductor_is() -> None:
    texts = (finding("А"),)
    by_object = report("1", findings=texts, objects=("clinic-2",))
    by_conductor = report("2", findings=texts, objects=())
    nowhere = report("3", findings=texts, objects=(), conductor="td-koko")
    rows = consolidate((by_object, by_conductor, nowhere), PLACES).rows
    assert [row.regions for row in rows] == [("Көкөзек облысы",), ("Сарыжайлау облысы",), ()]


def test_an_item_speaks_of_what_its_finding_speaks_of() -> None:
    item = Item(id="d1", kind=ItemKind.PROPOSAL, addressee="clinic-1", text=Wording(kk="Ашу"), basis="f1")
    filed = report("1", findings=(finding("А", LAW),), items=(item,))
    (row,) = consolidate((filed,), PLACES, RegisterFilters(kind=ElementKind.PROPOSAL)).rows
    assert (row.facets, row.basis, row.addressee) == ((LAW,), "f1", "clinic-1")


def test_counts_of_two_years_are_compared_where_both_years_tell_of_it() -> None:
    filed = (
        report("1", 2025, findings=(finding("А"), finding("Б", mark="f2"))),
        report("2", 2026, findings=(finding("В"),)),
        report("3", 2026, objects=("land-sary",), findings=(finding("Г"),)),
    )
    found = {(d.key, d.year): d for d in consolidate(filed, PLACES).count_differences}
    assert set(found) == {("clinic-1", 2026), ("land-sary", 2026)}
    assert found[("clinic-1", 2026)].change == -1
    assert found[("land-sary", 2026)].why_not is NotComparable.NO_REPORT_BEFORE
    assert found[("land-sary", 2026)].change is None


def test_a_report_without_findings_still_tells_that_there_were_none() -> None:
    filed = (report("1", 2025), report("2", 2026, findings=(finding("А"),)))
    (found,) = consolidate(filed, PLACES).count_differences
    assert (found.before.findings, found.now.findings, found.change) == (0, 1, 1)


def test_the_same_indicator_of_two_years_is_compared_exactly() -> None:
    filed = (
        report("1", 2025, indicators=(measured("58.2"),)),
        report("2", 2026, indicators=(measured("61.5"),)),
    )
    (found,) = consolidate(filed, PLACES).indicator_differences
    assert (found.change, found.why_not) == (Decimal("3.3"), ())


def test_indicators_that_differ_in_unit_role_or_scope_say_so() -> None:
    before = report("1", 2025, indicators=(measured("58.2"),))
    other_unit = report("2", indicators=(measured("54", "дана", role=IndicatorRole.CAUSE),))
    wider = report("3", objects=("clinic-1", "clinic-2"), indicators=(measured("60"),))
    found = {
        d.now.source.report: d for d in consolidate((before, other_unit, wider), PLACES).indicator_differences
    }
    assert found["2"].why_not == (NotComparable.UNIT_DIFFERS, NotComparable.ROLE_DIFFERS)
    assert found["3"].why_not == (NotComparable.SCOPE_DIFFERS,)
    assert found["2"].change is found["3"].change is None


def test_indicators_of_other_bodies_are_not_put_beside_each_other() -> None:
    filed = (
        report("1", 2025, objects=("clinic-1",), indicators=(measured("58.2"),)),
        report("2", 2026, objects=("clinic-2",), indicators=(measured("61.5"),)),
        report("3", 2026, objects=("clinic-1",), indicators=(measured("61.5", name="Басқа көрсеткіш"),)),
        report("4", 2024, objects=("clinic-2",), indicators=(measured("61.5"),)),
    )
    assert consolidate(filed, PLACES).indicator_differences == ()


def test_an_indicator_is_put_beside_what_it_can_be_compared_with_else_beside_the_nearest() -> None:
    same = report("1", 2025, indicators=(measured("58.2"),))
    other_unit = report("2", 2025, indicators=(measured("54", "дана"),))
    other_all = report("3", 2025, indicators=(measured("54", "дана", role=IndicatorRole.CAUSE),))
    now = report("4", 2026, indicators=(measured("61.5"),))

    def beside(*filed: FiledReport) -> list[str]:
        return [d.before.source.report for d in consolidate(filed, PLACES).indicator_differences]

    assert beside(same, other_unit, other_all, now) == ["1"]
    assert beside(other_all, other_unit, now) == ["2"]
