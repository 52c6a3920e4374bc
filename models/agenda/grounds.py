"""Who named a day that nobody's norm sets: what a deadline's own basis does not tell."""

from enum import StrEnum


class DayGround(StrEnum):
    """`letter.basis.<value>` says it to people."""

    EXTENDED_BY_ADDRESSEE = "extended_by_addressee"  # whoever considers extended the Code's term itself
    EXTENDED_BY_SENDER = "extended_by_sender"
    IN_REPORT = "in_report"  # of an item: the day the report asks for
    BY_ADDRESSEE = "by_addressee"  # of an item: the day its addressee planned
    BY_JUDGEMENT = "by_judgement"  # of an item: a new day, when what was carried out was judged
