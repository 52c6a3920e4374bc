"""What was done to the content, in the order in which it was done: entered, changed, removed, attached."""

from datetime import UTC, datetime, timedelta

import pytest

from models.report.content import Wording
from models.timeline.content import AttachedFile, ContentChange, Revision, changes, wording_of

NOW = datetime(2026, 9, 4, 5, tzinfo=UTC)
HASH = "a" * 64


def revision(number: int, *, removed: bool = False, minutes: int = 0, item: str = "s1") -> Revision:
    return Revision(
        part="source",
        item=item,
        revision=number,
        removed=removed,
        named=Wording() if removed else Wording(kk=f"Дереккөз {number}"),
        sha256=HASH,
        account="a-sary-analyst",
        letter=None,
        at=NOW + timedelta(minutes=minutes),
    )


def file(minutes: int, signs: str | None = None) -> AttachedFile:
    return AttachedFile(
        id=f"f{minutes}",
        sha256=HASH,
        filename="хат.pdf",
        signs=signs,
        account=None,
        letter="L1-0",
        at=NOW + timedelta(minutes=minutes),
    )


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"title": {"kk": "Есеп"}}, Wording(kk="Есеп")),
        ({"title": "", "name": {"kk": "Үлес"}}, Wording(kk="Үлес")),
        ({"text": "Кезек жоқ"}, Wording(kk="Кезек жоқ")),
        ({"text": 7}, Wording()),
        ({}, Wording()),
        (None, Wording()),
    ],
)
def test_a_piece_is_called_by_what_it_says_of_itself(body: object, named: Wording) -> None:
    assert wording_of(body) == named


def test_a_piece_is_entered_changed_removed_and_entered_anew() -> None:
    done = changes(
        [revision(1), revision(2, minutes=1), revision(3, removed=True, minutes=2), revision(4, minutes=3)],
        [],
    )
    assert [each.change for each in done] == [
        ContentChange.SOURCE_ENTERED,
        ContentChange.SOURCE_CHANGED,
        ContentChange.SOURCE_REMOVED,
        ContentChange.SOURCE_ENTERED,
    ]
    assert done[2].pieces[0].named == Wording(kk="Дереккөз 2"), "as it was called before"


def test_what_came_at_once_by_one_person_is_one_change() -> None:
    (one,) = changes([revision(1, item="s1"), revision(1, item="s2")], [])
    assert [piece.id for piece in one.pieces] == ["s1", "s2"]


def test_files_and_signatures_stand_among_the_changes_in_their_time() -> None:
    done = changes([revision(1, minutes=5)], [file(9, signs=HASH), file(2)])
    assert [each.change for each in done] == [
        ContentChange.FILE_ATTACHED,
        ContentChange.SOURCE_ENTERED,
        ContentChange.SIGNATURE_ATTACHED,
    ]
    assert done[0].letter == "L1-0"
