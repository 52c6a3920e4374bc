"""What a page says was done: only directly after it, so that a kept address or a reload repeats nothing."""

from datetime import datetime, timedelta
from typing import Final

from fastapi import Request

_DIRECTLY: Final = timedelta(minutes=1)
DONE, WHEN = "done", "at"


def done_now(what: str, now: datetime) -> dict[str, str]:
    """For the address of the page that says it: what was done, and at which instant (UTC)."""
    return {DONE: what, WHEN: str(int(now.timestamp()))}


def just_done(request: Request, now: datetime) -> str:
    """What was done directly before; nothing where that is over, or never was."""
    when = request.query_params.get(WHEN, "")
    if not (when.isascii() and when.isdecimal() and len(when) < 12):
        return ""
    passed = now.timestamp() - int(when)
    return request.query_params.get(DONE, "") if 0 <= passed <= _DIRECTLY.total_seconds() else ""
