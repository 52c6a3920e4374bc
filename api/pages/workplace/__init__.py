"""The workplace of people with an account: what waits for them, their monitorings, one page for each."""

from fastapi import APIRouter

from api.pages.workplace import (
    deadlines,
    delivery,
    feed,
    files,
    home,
    items,
    letters,
    mail,
    mail_queue,
    monitorings,
    overview,
)

router = APIRouter()
for part in (feed, home, monitorings, overview, letters, delivery, mail, mail_queue, deadlines, items, files):
    router.include_router(part.router)

__all__ = ["router"]
