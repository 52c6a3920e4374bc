"""Names as they were, with whoever stands for a body today beside the name of one that is no more."""

from collections.abc import Iterable
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import names_of
from activities.registries.successions import known_successions
from locales.catalogue import text
from models.report.content import Wording
from models.vocabulary.procedure import Id, Language
from models.vocabulary.succession import stands_for


async def names_today(session: AsyncSession, day: date, organisations: Iterable[Id]) -> dict[Id, Wording]:
    """In each language «the name it had (today: the successor's)», or that it is abolished.

    For timelines and pages: what was done keeps the name of the body that did it. Never for what is frozen.
    """
    wanted = set(organisations)
    gone = {body: known for body, known in (await known_successions(session, day)).items() if known.whole}
    heirs = {body: stands_for(gone, body) for body in wanted}
    names = await names_of(session, day, (*wanted, *filter(None, heirs.values())))
    return {
        body: names[body] if heirs[body] == body else _beside(names, body, heirs[body])
        for body in wanted
        if body in names
    }


async def name_today(session: AsyncSession, language: Language, day: date, body: Id, heir: Id | None) -> str:
    """One body in one language, beside it whoever has its part in a proceeding; the id of an unknown one."""
    names = await names_of(session, day, [body, *([heir] if heir else [])])
    names.setdefault(body, Wording(kk=body))
    return (names[body] if heir == body else _beside(names, body, heir)).best(language)


def _beside(names: dict[Id, Wording], body: Id, heir: Id | None) -> Wording:
    own = names[body]
    if heir is None:
        said = {each: text(each, "say.body_gone", name=own.best(each)) for each in Language}
    else:
        now = names.get(heir) or Wording(kk=heir)
        said = {
            each: text(each, "say.body_today", name=own.best(each), today=now.best(each)) for each in Language
        }
    return Wording(kk=said[Language.KK], ru=said[Language.RU], en=said[Language.EN])
