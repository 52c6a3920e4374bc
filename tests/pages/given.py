"""Who is in the sample country: accounts given before the story's moment, people named in texts."""

from datetime import timedelta

from activities.database.sessions import Sessions
from local.sample_rows import grant_row
from local.samples import load_country
from tests.pages.story import NOW


async def accounts_given(sessions: Sessions) -> None:
    """All of the country's, a month before."""
    async with sessions.begin() as session:
        session.add_all(grant_row(each, NOW - timedelta(days=30)) for each in load_country().accounts)


def people_in(told: str, reader: str) -> set[str]:
    """Whose name or address stands in a text, but for its reader's own."""
    country = load_country()
    own = next(each.person for each in country.accounts if each.label == reader)
    others = [each for each in country.people if each.id != own]
    return {each.id for each in others if each.name in told or each.email in told}
