"""A person's data in what will be public (rule 19) is no reason to refuse a report, but is seen before."""

from models.monitoring.state import Version
from models.vocabulary.refusal import refuse_if


def refuse_unseen_disclosures(version: Version, seen: bool) -> None:
    """Beyond the Rules: whoever approves or publishes states that he has seen the places.

    Raises `Refused` (disclosures_not_seen). Nothing is removed by itself: it may have to be there.
    """
    unseen = version.disclosures > 0 and not seen
    params = {"version": str(version.number), "places": str(version.disclosures)}
    refuse_if(unseen, "disclosures_not_seen", **params)
