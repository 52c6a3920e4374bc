"""What holds for an edition of the Rules (rule 1) and for the terms it sets, which are beyond them."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from models.vocabulary.editions import LONGEST_TERM, Edition
from models.vocabulary.ladders import RUNGS, Ladder, RungName
from models.vocabulary.refusal import Refusal, refuse_all, refuse_if

# Where a rung may stand, in working days from the due day.
_STANDS: Final[Mapping[RungName, tuple[int, int]]] = MappingProxyType(
    {
        RungName.EARLY_REMINDER: (-LONGEST_TERM, -1),
        RungName.REMINDER: (-LONGEST_TERM, -1),
        RungName.LAST_CALL: (-LONGEST_TERM, 0),
        RungName.EXPIRED: (1, 1),
        RungName.OVERDUE: (2, LONGEST_TERM),
    }
)


def check_edition(edition: Edition, link_days: int) -> None:
    """An order binds from a day on or after that of its signing, until a day after that.

    Its ladders hold the rungs that there are letters for, in their order, and expire. Nothing is asked for a
    day on which the letter's link (alive for `link_days`) opens no more.
    Raises `Refused` (edition_before_its_order, edition_ends_before_it_begins, ladder_…, asked_beyond_links).
    """
    begins, ends = edition.in_force_from, edition.in_force_until
    refuse_if(
        begins < edition.order_date, "edition_before_its_order", "1", date=edition.order_date.isoformat()
    )
    refuse_if(ends is not None and ends < begins, "edition_ends_before_it_begins", "1")
    found = [refusal for name in RUNGS for refusal in _ladder_refusals(name, getattr(edition.ladders, name))]
    refuse_all((*found, *_room_refusals(edition)))
    asked = edition.times.asked_ahead_days
    refuse_if(asked > link_days, "asked_beyond_links", days=str(link_days))


def _ladder_refusals(name: str, ladder: Ladder) -> Iterator[Refusal]:
    allowed, rungs = RUNGS[name], [rung.name for rung in ladder]
    for rung in ladder:
        least, most = _STANDS[rung.name]
        said = rung.name.value
        if rung.name not in allowed:
            params = {"ladder": name, "rung": said, "allowed": ", ".join(allowed)}
            yield Refusal(code="ladder_rung_unknown", params=params)
        elif not least <= rung.working_days <= most:
            bounds = {"ladder": name, "rung": said, "least": str(least), "most": str(most)}
            yield Refusal(code="ladder_day_out_of_bounds", params=bounds)
    order = list(RungName)
    steps = [(order.index(rung.name), rung.working_days) for rung in ladder]
    if any(later[0] <= earlier[0] or later[1] < earlier[1] for earlier, later in pairwise(steps)):
        yield Refusal(code="ladder_not_climbing", params={"ladder": name, "order": ", ".join(allowed)})
    if RungName.EXPIRED not in rungs:
        yield Refusal(code="ladder_never_expires", params={"ladder": name})


def _room_refusals(edition: Edition) -> Iterator[Refusal]:
    """A reminder that would come before the letter itself is none."""
    terms = {
        "invitation": (edition.times.invitation, edition.ladders.invitation),
        "information_request": (edition.times.information_request, edition.ladders.information_request),
    }
    for name, (days, ladder) in terms.items():
        for rung in ladder:
            if -rung.working_days >= days:
                params = {"ladder": name, "rung": rung.name.value, "days": str(days)}
                yield Refusal(code="ladder_without_room", params=params)
