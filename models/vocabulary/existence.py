"""Which bodies are there on a day, and who came after those that are not: read from their versions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, OrganisationKind
from models.vocabulary.succession import Succession

_ONE_DAY = timedelta(days=1)


class Span(Model):
    """A body as one version knew it: its kind between two local dates, both included."""

    kind: OrganisationKind
    valid_from: date
    valid_until: date | None = None

    def contains(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or self.valid_until >= day)


Spans = Sequence[Span]
"""Of one body, in order of time."""


def existed_within(spans: Spans, since: date, until: date) -> date | None:
    """The last day of a period on which a body was there; None where it was on none of them."""
    days = (
        min(until, span.valid_until or until)
        for span in spans
        if span.valid_from <= until and (span.valid_until is None or span.valid_until >= since)
    )
    return max(days, default=None)


def successions_on(
    day: date, bodies: Mapping[Id, Spans], named: Iterable[Succession], authorized_body: Id
) -> dict[Id, Succession]:
    """What has passed on by a local date, by the body it passed from.

    `named` are the acts on record, the newest last. Rule 2: after an authorized body there is another one,
    also where no act names it.
    """
    acts: dict[Id, list[Succession]] = {}
    for act in named:
        acts.setdefault(act.body, []).append(act)
    found = (
        _passed(body, [span for span in spans if span.valid_from <= day], acts.get(body, []), day)
        for body, spans in bodies.items()
    )
    return {known.body: _with_office(known, authorized_body) for known in found if known is not None}


class _Passed(Succession):
    """A succession, and whether the authorized body's office is what nobody is named for."""

    office: bool = False
    office_led: bool = False


def _passed(body: Id, begun: list[Span], acts: list[Succession], day: date) -> _Passed | None:
    if not begun:
        return None
    life = _life(begun)
    there = any(span.contains(day) for span in life)
    said = [act for act in acts if life[0].valid_from < act.since <= day]
    left = _office_left(life)
    by_kind = next((act for act in reversed(said) if not act.whole), None)
    if there and (left or by_kind):
        since = by_kind.since if by_kind else left
        assert since is not None
        named = by_kind.successor if by_kind else None
        reason = by_kind.reason if by_kind else None
        return _Passed(
            body=body, successor=named, since=since, whole=False, reason=reason, office=named is None
        )
    if there:
        again = len(life) < len(begun)
        return _Passed(body=body, successor=body, since=life[0].valid_from) if again else None
    ended = life[-1].valid_until
    assert ended is not None, "a body that is not there has a last day"
    act = next((act for act in reversed(said) if act.whole), None)
    office = life[-1].kind is OrganisationKind.AUTHORIZED_BODY
    return _Passed(
        body=body,
        successor=act.successor if act else None,
        since=ended + _ONE_DAY,
        reason=act.reason if act else None,
        led=by_kind.successor if by_kind else None,
        office=office,
        office_led=left is not None and by_kind is None,
    )


def _with_office(known: _Passed, authorized_body: Id) -> Succession:
    """Who holds the office stands for whoever held it before."""
    filled = Succession.model_validate(known.model_dump())
    if known.office and known.successor is None and known.body != authorized_body:
        filled = filled.model_copy(update={"successor": authorized_body})
    if known.office_led:
        filled = filled.model_copy(update={"led": authorized_body})
    return filled


def _life(begun: list[Span]) -> list[Span]:
    """The versions that carry on one another, back from the last one: a body may be founded anew."""
    life = [begun[-1]]
    for before in reversed(begun[:-1]):
        if before.valid_until is None or before.valid_until + _ONE_DAY < life[0].valid_from:
            break
        life.insert(0, before)
    return life


def _office_left(life: list[Span]) -> date | None:
    """The day from which a body that had been the authorized one is of another kind."""
    if life[-1].kind is OrganisationKind.AUTHORIZED_BODY:
        return None
    for before, after in zip(reversed(life[:-1]), reversed(life[1:]), strict=True):
        held = before.kind is OrganisationKind.AUTHORIZED_BODY
        if held and after.kind is not OrganisationKind.AUTHORIZED_BODY:
            return after.valid_from
    return None
