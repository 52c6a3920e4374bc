"""Acts on whose ground somebody acts, decides or agrees: each has a name or a number, and a day that came."""

from datetime import date

from models.vocabulary.actors import Authority
from models.vocabulary.refusal import Refusal
from models.vocabulary.texts import says_something


def authority_refusals(authority: Authority | None, today: date) -> tuple[Refusal, ...]:
    """What speaks against the act by which somebody acts for another; `today` is the local date."""
    if authority is None:
        return ()
    found = named_refusals(authority.act)
    if authority.dated > today:
        params = {"organisation": authority.organisation, "date": authority.dated.isoformat()}
        found = (*found, Refusal(code="act_in_future", params=params))
    return found


def named_refusals(*particulars: str, rule: str = "") -> tuple[Refusal, ...]:
    """The number or name of a document is more than a dash: nobody finds a document by that."""
    return tuple(
        Refusal(code="document_unnamed", rule=rule, params={"document": particular})
        for particular in particulars
        if not says_something(particular)
    )
