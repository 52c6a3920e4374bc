"""A person of the registry, typed by the name or a part of it (rule 12)."""

from sqlmodel import col, select

from api.pages.desk.body_asked import BodyQuestion, Found
from api.pages.desk.sitting import Sitting
from api.registries.people import sees_all_people
from models.tables.people import PersonRow
from models.vocabulary.procedure import Id

_MOST = 20


class PersonQuestion(BodyQuestion):
    """Where several are meant, it is asked which one."""

    kind = "person"
    not_found = "desk_person_not_found"
    several, too_many = "desk_person_several", "desk_person_too_many"

    async def found(self, sitting: Sitting, said: str) -> Found:
        """The people that are called so, among those the reader may know of."""
        wanted = " ".join(said.split()).casefold()
        if not wanted:
            return Found(())
        rows = select(PersonRow).order_by(col(PersonRow.name), col(PersonRow.id))
        for word in wanted.split():
            rows = rows.where(
                col(PersonRow.name).icontains(word, autoescape=True) | (col(PersonRow.id) == wanted)
            )
        if not await sees_all_people(sitting.session, sitting.caller, sitting.today):
            rows = rows.where(col(PersonRow.organisation) == sitting.caller.organisation)
        found = (await sitting.session.exec(rows.limit(_MOST + 1))).all()
        exactly = [each.id for each in found if wanted in {each.id, each.name.casefold()}]
        if exactly:
            return Found(tuple(exactly))
        return Found(tuple(each.id for each in found[:_MOST]), len(found) > _MOST)

    async def named(self, sitting: Sitting, known: tuple[Id, ...]) -> dict[Id, str]:
        rows = await sitting.session.exec(select(PersonRow).where(col(PersonRow.id).in_(known)))
        names = {each.id: f"{each.name}, {each.post}" if each.post else each.name for each in rows}
        return {each: names.get(each, each) for each in known}
