"""What holds for an edition of the Rules (rule 1)."""

from models.vocabulary.editions import Edition
from models.vocabulary.refusal import refuse_if


def check_edition(edition: Edition) -> None:
    """An order binds from a day on or after that of its signing, until a day after that.

    Raises `Refused` (edition_before_its_order, edition_ends_before_it_begins).
    """
    begins, ends = edition.in_force_from, edition.in_force_until
    refuse_if(
        begins < edition.order_date, "edition_before_its_order", "1", date=edition.order_date.isoformat()
    )
    refuse_if(ends is not None and ends < begins, "edition_ends_before_it_begins", "1")
