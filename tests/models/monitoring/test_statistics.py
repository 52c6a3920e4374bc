"""Ages and delays of what was accepted, against an example counted by hand.

On 31 December 2026. Days are counted from the reply: 1 Dec -> 30, 30 Nov -> 31, 1 Jan -> 364.
"""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.monitoring.follow_up import OPEN_STANDINGS, ItemStanding
from models.monitoring.statistics import FollowedItem, statistics_on
from models.vocabulary.procedure import ItemKind

TODAY = date(2026, 12, 31)
PROPOSAL, RECOMMENDATION = ItemKind.PROPOSAL, ItemKind.RECOMMENDATION
ASKED = date(2025, 12, 1)


def item(
    standing: ItemStanding, kind: ItemKind = PROPOSAL, addressee: str = "clinic", **days: date | None
) -> FollowedItem:
    return FollowedItem.model_validate(
        {"kind": kind, "addressee": addressee, "standing": standing, "asked_on": ASKED, **days}
    )


EXAMPLE = (
    item(ItemStanding.UNANSWERED),
    item(ItemStanding.DECLINED, answered_on=date(2026, 12, 1)),
    # Open: 30, 31 and 364 days old; the second is 10 days late, the third 100 days, the first not yet.
    item(ItemStanding.AWAITED, answered_on=date(2026, 12, 1), due_on=date(2026, 12, 31)),
    item(ItemStanding.AWAITED, RECOMMENDATION, answered_on=date(2026, 11, 30), due_on=date(2026, 12, 21)),
    item(ItemStanding.AWAITED, addressee="akimat", answered_on=date(2026, 1, 1), due_on=date(2026, 9, 22)),
    # Reported 5 days after its day: it waits for the monitor and is not overdue. 366 days old.
    item(
        ItemStanding.REPORTED,
        addressee="akimat",
        answered_on=date(2025, 12, 30),
        due_on=date(2026, 6, 1),
        reported_on=date(2026, 6, 6),
    ),
    # Implemented: done 20 days after the reply; before it (0); without a day of its own, judged after 40.
    item(
        ItemStanding.IMPLEMENTED,
        answered_on=date(2026, 3, 1),
        reported_on=date(2026, 3, 25),
        done_on=date(2026, 3, 21),
        judged_on=date(2026, 4, 1),
    ),
    item(
        ItemStanding.IMPLEMENTED,
        answered_on=date(2026, 3, 1),
        reported_on=date(2026, 3, 2),
        done_on=date(2026, 2, 1),
        judged_on=date(2026, 3, 10),
    ),
    item(
        ItemStanding.IMPLEMENTED,
        RECOMMENDATION,
        answered_on=date(2026, 3, 1),
        reported_on=date(2026, 3, 30),
        judged_on=date(2026, 4, 10),
    ),
    item(ItemStanding.NOT_IMPLEMENTED, answered_on=date(2026, 3, 1), judged_on=date(2026, 8, 1)),
    item(ItemStanding.GIVEN_UP, answered_on=date(2026, 1, 5), due_on=date(2026, 2, 1)),
)


def test_the_example_counted_by_hand() -> None:
    figures = statistics_on(EXAMPLE, TODAY).all
    assert figures.items == 11
    assert {standing: n for standing, n in figures.by_standing.items() if n} == {
        ItemStanding.UNANSWERED: 1,
        ItemStanding.DECLINED: 1,
        ItemStanding.AWAITED: 3,
        ItemStanding.REPORTED: 1,
        ItemStanding.IMPLEMENTED: 3,
        ItemStanding.NOT_IMPLEMENTED: 1,
        ItemStanding.GIVEN_UP: 1,
    }
    assert figures.open == 4
    assert [bucket.items for bucket in figures.ages] == [1, 1, 0, 1, 1]
    assert figures.overdue == 2
    assert figures.median_days_overdue == (10 + 100) / 2
    assert figures.longest_days_overdue == 100
    assert figures.median_days_to_implementation == 20


def test_by_kind_and_by_addressee() -> None:
    counted = statistics_on(EXAMPLE, TODAY)
    assert [(group.kind, group.figures.items) for group in counted.by_kind] == [
        (PROPOSAL, 9),
        (RECOMMENDATION, 2),
    ]
    assert [(g.addressee, g.figures.items, g.figures.overdue) for g in counted.by_addressee] == [
        ("akimat", 2, 1),
        ("clinic", 9, 1),
    ]


def test_of_a_day_in_the_past_it_tells_what_was_known_then() -> None:
    figures = statistics_on(EXAMPLE, date(2026, 4, 5)).all
    # Judged by then: two as implemented. The third implemented one was reported, not yet judged; the one
    # judged in August was awaited; the reply of 1 January was awaited, the one of 2025 not yet reported.
    assert {standing: n for standing, n in figures.by_standing.items() if n} == {
        ItemStanding.UNANSWERED: 4,
        ItemStanding.AWAITED: 3,
        ItemStanding.REPORTED: 1,
        ItemStanding.IMPLEMENTED: 2,
        ItemStanding.GIVEN_UP: 1,
    }
    assert figures.overdue == 0
    assert figures.median_days_to_implementation == 10
    assert statistics_on(EXAMPLE, ASKED - timedelta(days=1)).all.items == 0


def test_of_nothing_there_is_nothing_to_say() -> None:
    counted = statistics_on((), TODAY)
    assert (counted.by_kind, counted.by_addressee) == ((), ())
    assert counted.all.median_days_overdue is None
    assert counted.all.longest_days_overdue is None
    assert counted.all.median_days_to_implementation is None


DAYS = st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1))
ITEMS = st.builds(
    FollowedItem,
    kind=st.sampled_from(ItemKind),
    addressee=st.sampled_from(("a", "b")),
    standing=st.sampled_from(ItemStanding),
    asked_on=DAYS,
    answered_on=DAYS,
    due_on=DAYS,
    reported_on=DAYS,
    done_on=DAYS,
    judged_on=DAYS,
)


@given(st.lists(ITEMS, max_size=12), st.dates(date(2026, 1, 1), date(2027, 1, 1)))
def test_groups_and_buckets_add_up(items: list[FollowedItem], day: date) -> None:
    counted = statistics_on(items, day)
    figures = counted.all
    assert sum(figures.by_standing.values()) == figures.items
    assert sum(bucket.items for bucket in figures.ages) == figures.open
    assert figures.open == sum(figures.by_standing[standing] for standing in OPEN_STANDINGS)
    assert figures.overdue <= figures.by_standing[ItemStanding.AWAITED]
    for groups in (counted.by_kind, counted.by_addressee):
        assert sum(group.figures.items for group in groups) == figures.items
        assert sum(group.figures.overdue for group in groups) == figures.overdue
