"""People, councils and spheres of the registry: a new one, or what is known of one is changed."""

from api.commands.idempotency import RequestKey
from api.pages.desk.body_asked import BodyQuestion
from api.pages.desk.questions import Answers, LineQuestion, Perhaps
from api.pages.desk.term_questions import ChoiceQuestion
from api.pages.forms.typed import Typed
from api.pages.registries.people_asked import PersonQuestion
from api.pages.registries.registry_form import RegistryForm, RegistrySitting, row_about, sent_as, standing
from api.routes.registries import (
    CouncilBody,
    PersonBody,
    SphereBody,
    register_council,
    register_person,
    register_sphere,
)
from models.tables.councils import CouncilRow
from models.tables.people import PersonRow
from models.tables.spheres import SphereRow
from models.vocabulary.procedure import Language

REASON = LineQuestion("reason")
_NAMES = (LineQuestion("name_kk"), LineQuestion("name_ru"), Perhaps(LineQuestion("name_en")))
Rows = type[PersonRow] | type[CouncilRow] | type[SphereRow]


class RowForm(RegistryForm):
    """What is known of one row of a registry: all of it is sent anew."""

    rows: Rows

    async def leads(self, sitting: RegistrySitting) -> None:
        if sitting.about:
            await row_about(sitting, self.rows)

    async def begin(self, sitting: RegistrySitting) -> Typed:
        row = await sitting.session.get(self.rows, sitting.about) if sitting.about else None
        return standing(self, row) if row else Typed()


class PersonForm(RowForm):
    """Letters go to the address that is on file when they leave."""

    rows = PersonRow
    path, key, back_to = "people/{about}/change", "person", "/people"
    questions = (
        LineQuestion("name"),
        Perhaps(LineQuestion("post")),
        Perhaps(BodyQuestion("organisation")),
        LineQuestion("email"),
        ChoiceQuestion("language", Language),
        REASON,
    )

    async def written(self, said: Answers, sitting: RegistrySitting, key: RequestKey) -> None:
        person = sitting.about or key.derived("p")
        body = sent_as(PersonBody, said.given)
        await register_person(person, body, sitting.caller, sitting.session, key, sitting.now)


class NewPersonForm(PersonForm):
    path, key = "people/new", "new_person"


class CouncilForm(RowForm):
    """Rule 21. Its kind is data: the law on councils changes."""

    rows = CouncilRow
    path, key, back_to = "councils/{about}/change", "council", "/councils"
    questions = (
        LineQuestion("kind"),
        *_NAMES,
        BodyQuestion("organisation"),
        PersonQuestion("secretary"),
        REASON,
    )

    async def written(self, said: Answers, sitting: RegistrySitting, key: RequestKey) -> None:
        council = sitting.about or key.derived("council")
        body = sent_as(CouncilBody, said.given)
        await register_council(council, body, sitting.caller, sitting.session, key, sitting.now)


class NewCouncilForm(CouncilForm):
    path, key = "councils/new", "new_council"


class SphereForm(RowForm):
    """Approved reports keep the names they were frozen with."""

    rows = SphereRow
    path, key, back_to = "spheres/{about}/change", "sphere", "/spheres"
    questions = (*_NAMES, REASON)

    async def written(self, said: Answers, sitting: RegistrySitting, key: RequestKey) -> None:
        sphere = sitting.about or key.derived("sphere")
        body = sent_as(SphereBody, said.given)
        await register_sphere(sphere, body, sitting.caller, sitting.session, key, sitting.now)


class NewSphereForm(SphereForm):
    path, key = "spheres/new", "new_sphere"
