"""The paragraphs of the Rules (order №192) in their order, with the switches that settle each."""

from typing import Final

from models.vocabulary.base import Model

ANNEX: Final = "annex"


class Paragraph(Model):
    """One paragraph, as it is cited; `switches` are fields of `models.vocabulary.editions:Switches`."""

    name: str
    chapter: int | None  # none for the annex
    switches: tuple[str, ...] = ()


_SWITCHES: Final[dict[str, tuple[str, ...]]] = {
    "2": ("self_monitoring",),
    "5": ("rule_5_by_period", "authorized_body_exempt_from_rule_5"),
    "10": ("comprehensive_needs_both",),
    "11": ("thematic_single_body",),
    "12": ("working_group_both_communities",),
    "13": (
        "year_scope",
        "year_window",
        "year_counted_by",
        "year_prorated",
        "thematic_interval_months",
    ),
    "14": ("published_by_us_is_open",),
    "15": ("approver_is_not_author",),
    "16": ("recommendations_required", "follow_up_of_recommendations"),
    "17": ("other_addressees", "central_head_office", "coordinators_told"),
    "18": ("review_interval_months",),
    "19": ("division_reports_published", "mask_natural_person"),
    ANNEX: ("mask_natural_person",),
}


def _chapter(number: int) -> int:
    return 1 if number <= 7 else 2 if number <= 14 else 3


PARAGRAPHS: Final = (
    *(Paragraph(name=str(n), chapter=_chapter(n), switches=_SWITCHES.get(str(n), ())) for n in range(1, 22)),
    Paragraph(name=ANNEX, chapter=None, switches=_SWITCHES[ANNEX]),
)
"""Rules 1–21 and the form of the report."""
