"""Where figures are fetched: a port of its own in each program, which nothing outside reaches.

A thread answers, so that it does while the program's loop is busy.
"""

from typing import Final

from prometheus_client import start_http_server
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import QueuePool

from activities.observing.codes import LogCode
from activities.observing.logs import Log
from activities.observing.metrics import BUILD, CONNECTIONS, REGISTRY
from models.settings.environment import Settings
from models.settings.observing import listen_address
from models.vocabulary.version import CodeVersion

log = Log("metrics")
_SHORT: Final = 12


def build_of(code: CodeVersion) -> str:
    """A build in one word: the release, and which sources."""
    return f"{code.version}+{code.fingerprint[:_SHORT]}"


def expose(given: Settings, engine: AsyncEngine, code: CodeVersion) -> bool:
    """Serve this program's figures where the settings say so, for as long as it lives.

    An address that is taken costs the figures, not the service: it is told in the log.
    """
    address = listen_address("METRICS_ADDRESS", given.metrics_address)
    if address is None:
        return False
    BUILD.labels(code.version, code.fingerprint[:_SHORT]).set(1)
    _watch(engine)
    try:
        start_http_server(address.port, address.host, REGISTRY)
    except OSError as fault:
        log.error(LogCode.METRICS_NOT_SERVED, address=str(address), fault=type(fault).__name__)
        return False
    log.info(LogCode.METRICS_SERVED, address=str(address))
    return True


def _watch(engine: AsyncEngine) -> None:
    pool = engine.pool
    assert isinstance(pool, QueuePool)
    CONNECTIONS.labels("in_use").set_function(pool.checkedout)
    CONNECTIONS.labels("idle").set_function(pool.checkedin)
    CONNECTIONS.labels("most").set(pool.size() + max(pool._max_overflow, 0))
