"""Whether an answer was one that may be given on a bad day."""

from collections.abc import Iterable, Iterator, Sequence

import httpx

from local.drill.faults import Outage
from local.drill.ledger import Exchange, Try
from local.stack import Part


def bad_answers(exchanges: Iterable[Exchange], outages: Sequence[Outage]) -> Iterator[str]:
    """Every try that was answered by a fault, or not at all although the API was there."""
    for exchange in exchanges:
        yield from (f"{exchange.what} {what}" for each in exchange.tries for what in _bad(each, outages))


def _bad(each: Try, outages: Sequence[Outage]) -> Iterator[str]:
    if each.status is None:
        ends = (away for away in outages if away.part is Part.API)
        if not any(away.overlaps(each.begun, each.ended) for away in ends):
            yield "lost its connection while the API was there"
    elif each.status == httpx.codes.SERVICE_UNAVAILABLE:
        if not each.retry_after:
            yield "answered 503 without Retry-After"
    elif httpx.codes.is_server_error(each.status):
        yield f"answered {each.status}"
