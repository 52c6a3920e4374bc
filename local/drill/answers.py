"""Whether an answer was one that may be given on a bad day."""

from collections.abc import Iterable, Iterator, Sequence

import httpx

from local.drill.faults.fault import Outage
from local.drill.ledger import Exchange, Try


def bad_answers(exchanges: Iterable[Exchange], outages: Sequence[Outage]) -> Iterator[str]:
    """Every try that was answered by a fault, or not at all although the API was there."""
    for exchange in exchanges:
        yield from (f"{exchange.what} {what}" for each in exchange.tries for what in _bad(each, outages))


def _bad(each: Try, outages: Sequence[Outage]) -> Iterator[str]:
    if each.status is None:
        severed = (away for away in outages if away.severs)
        if not any(away.overlaps(each.begun, each.ended) for away in severed):
            took = (each.ended - each.begun).total_seconds()
            yield f"lost its connection while the API was there, at {each.begun:%T} after {took:.1f} s"
    elif each.status == httpx.codes.SERVICE_UNAVAILABLE:
        if not each.retry_after:
            yield "answered 503 without Retry-After"
    elif httpx.codes.is_server_error(each.status):
        yield f"answered {each.status}"
