"""The workplace of people with an account: what waits for them, their monitorings, one page for each."""

from typing import Final

from api.http.branches import Branch
from api.pages.workplace import (
    chosen,
    deadlines,
    delivery,
    deputies,
    feed,
    files,
    home,
    items,
    letter_read,
    letters,
    mail,
    mail_queue,
    monitorings,
    overview,
    remarks,
    settings,
)

ROUTERS: Final[tuple[Branch, ...]] = tuple(
    part.router
    for part in (
        feed,
        settings,
        deputies,
        home,
        monitorings,
        chosen,
        overview,
        letters,
        letter_read,
        delivery,
        mail,
        mail_queue,
        deadlines,
        items,
        files,
        remarks,
    )
)

__all__ = ["ROUTERS"]
