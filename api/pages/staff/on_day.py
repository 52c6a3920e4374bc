"""What a page as it was says of itself: its day, the way back to today, the same day in its links."""

from api.history.as_it_was import Stood
from models.vocabulary.procedure import Language


def on_day(stood: Stood | None) -> str:
    """What an address asks for besides, so that the page beside is of the same day."""
    return f"&on={stood.on.isoformat()}" if stood else ""


def looking(stood: Stood | None, here: str, language: Language) -> dict[str, object]:
    """For a template that includes `_on_day.html`; other languages show the same day."""
    if stood is None:
        return {"stood": None, "on": ""}
    on = on_day(stood)
    switch = {each.value: f"{here}?lang={each.value}{on}" for each in Language}
    return {"stood": stood, "on": on, "switch": switch, "today_at": f"{here}?lang={language.value}"}
