"""Bodies of the registry: registered, changed from a day on, abolished; who came after one (rule 2)."""

import hashlib
from collections import Counter

from api.commands.idempotency import RequestKey
from api.pages.desk.body_asked import BodyQuestion
from api.pages.desk.naming import bodies_named
from api.pages.desk.questions import (
    Answers,
    BoxQuestion,
    DayQuestion,
    LineQuestion,
    Perhaps,
)
from api.pages.desk.term_questions import ChoiceQuestion
from api.pages.forms.form import Line, Reading
from api.pages.forms.typed import Fault, Typed
from api.pages.registries.over import CHANGED, OverQuestion, unchanged_since
from api.pages.registries.registry_form import RegistryForm, RegistrySitting, sent_as, standing
from api.pages.site.stopping import StopKind, Stopped
from api.registries.changes import versions_of
from api.registries.matters import matters_at
from api.routes.organisations import (
    AbolitionBody,
    NewVersionBody,
    SuccessionBody,
    abolish_organisation,
    name_organisation_successor,
    register_organisation_version,
)
from locales.catalogue import text
from models.tables.bodies import OrganisationVersionRow
from models.vocabulary.procedure import Id, Language, OrganisationKind
from models.vocabulary.refusal import refuse_if
from models.vocabulary.succession import check_gone

VALID_FROM, REASON = DayQuestion("valid_from"), LineQuestion("reason")
SUCCESSOR, NOBODY = Perhaps(BodyQuestion("successor")), BoxQuestion("without_successor")
LAST_DAY, OVER = DayQuestion("last_day"), OverQuestion("over")
_KNOWN = (
    ChoiceQuestion("kind", OrganisationKind),
    LineQuestion("name_kk"),
    LineQuestion("name_ru"),
    Perhaps(LineQuestion("name_en")),
    Perhaps(BodyQuestion("superior")),
    Perhaps(BodyQuestion("legal_person")),
    Perhaps(LineQuestion("region")),
    Perhaps(LineQuestion("region_ru")),
    Perhaps(LineQuestion("region_en")),
    BoxQuestion("special_state_body"),
    Perhaps(LineQuestion("email")),
    Perhaps(LineQuestion("phone")),
    Perhaps(LineQuestion("address")),
    Perhaps(LineQuestion("web_resource")),
    ChoiceQuestion("language", Language),
    Perhaps(LineQuestion("head_post_kk")),
    Perhaps(LineQuestion("head_post_ru")),
)


class NewBodyForm(RegistryForm):
    """A body that is not in the registry yet. Its code is part of registration numbers."""

    path, key, back_to = "bodies/new", "new_body", "/bodies"
    questions = (LineQuestion("code"), VALID_FROM, *_KNOWN, REASON)

    async def begin(self, sitting: RegistrySitting) -> Typed:
        today, language = sitting.today.isoformat(), Language.KK.value
        return Typed(fields={VALID_FROM.name: (today,), "language": (language,)})

    async def written(self, said: Answers, sitting: RegistrySitting, key: RequestKey) -> None:
        body = key.derived("o")
        values = {**said.given, "legal_person": said.given["legal_person"] or body}
        await _registered(body, values, sitting, key)


class BodyForm(RegistryForm):
    """A form about a body that is in the registry."""

    back_to = "/bodies/{about}"

    async def leads(self, sitting: RegistrySitting) -> None:
        await last_version(sitting)

    async def about_lines(self, sitting: RegistrySitting) -> tuple[Line, ...]:
        names = await bodies_named(sitting.session, sitting.language, sitting.today, {sitting.about})
        return (Line(label=text(sitting.language, "page.registries.body"), value=names[sitting.about]),)


class VersionForm(BodyForm):
    """What changes of a body from a day on; what stays as it was is not sent."""

    path, key = "bodies/{about}/version", "body_version"
    questions = (OVER, VALID_FROM, *_KNOWN, SUCCESSOR, REASON)
    closing = CHANGED

    async def begin(self, sitting: RegistrySitting) -> Typed:
        last = await last_version(sitting)
        stands = standing(self, last)
        fields = {name: values for name, values in stands.fields.items() if name != REASON.name}
        today = sitting.today.isoformat()
        return Typed(fields={**fields, VALID_FROM.name: (today,), OVER.name: (seen_of(last),)})

    async def written(self, said: Answers, sitting: RegistrySitting, key: RequestKey) -> None:
        last = await last_version(sitting)
        names = await bodies_named(sitting.session, sitting.language, sitting.today, {sitting.about})
        await unchanged_since(sitting, key, said[OVER], seen_of(last), names[sitting.about])
        known = {question.name for question in _KNOWN}
        known_not = known | {OVER.name}
        values = {name: value for name, value in said.given.items() if name not in known_not}
        for name in known:
            given = said.given[name]
            now = given if name == "superior" or given is not None else ""  # taken out of the field
            if now != getattr(last, name):
                values[name] = now
        await _registered(sitting.about, values, sitting, key, cleared=frozenset({"superior"}))


class AbolitionForm(BodyForm):
    """What is open at the body is shown first: whoever comes after it takes all of this on."""

    path, key = "bodies/{about}/abolition", "abolition"
    questions = (LAST_DAY, SUCCESSOR, NOBODY, REASON)
    fields_of_refusals = {
        "last_day_too_early": LAST_DAY.name,
        "successor_not_there": SUCCESSOR.name,
        "successor_of_itself": SUCCESSOR.name,
    }

    async def possible(self, sitting: RegistrySitting) -> None:
        """Once. Raises Refused."""
        last_day = (await last_version(sitting)).valid_until
        refuse_if(last_day is not None, "abolished_already", date=str(last_day))

    async def about_lines(self, sitting: RegistrySitting) -> tuple[Line, ...]:
        return (*await super().about_lines(sitting), *await open_lines(sitting))

    async def read(self, typed: Typed, sitting: RegistrySitting) -> Reading[Answers]:
        """Who comes after it is said, or that nobody does: nothing is left by oversight."""
        reading = await super().read(typed, sitting)
        if reading.answer is None:
            return reading
        named, nobody = reading.answer[SUCCESSOR] is not None, reading.answer[NOBODY]
        if named is nobody:
            key = "registries_abolition_both" if named else "registries_abolition_unsaid"
            return Reading(None, (Fault(field=SUCCESSOR.name, key=key),))
        return reading

    async def written(self, said: Answers, sitting: RegistrySitting, key: RequestKey) -> None:
        body = sent_as(AbolitionBody, said.given)
        await abolish_organisation(sitting.about, body, sitting.caller, sitting.session, key, sitting.now)


class SuccessionForm(BodyForm):
    """Late, or anew: running proceedings are told."""

    path, key = "bodies/{about}/succession", "succession"
    questions = (SUCCESSOR, REASON)
    fields_of_refusals = {"successor_not_there": SUCCESSOR.name, "successor_of_itself": SUCCESSOR.name}

    async def possible(self, sitting: RegistrySitting) -> None:
        """Raises Refused for a body that is there."""
        check_gone(sitting.about, (await last_version(sitting)).valid_until)

    async def written(self, said: Answers, sitting: RegistrySitting, key: RequestKey) -> None:
        body = sent_as(SuccessionBody, said.given, frozenset({"successor"}))
        await name_organisation_successor(
            sitting.about, body, sitting.caller, sitting.session, key, sitting.now
        )


async def last_version(sitting: RegistrySitting) -> OrganisationVersionRow:
    """What is known of the body a page is about. Raises Stopped (404)."""
    rows = await versions_of(sitting.session, sitting.about)
    if not rows:
        raise Stopped(StopKind.NOT_FOUND)
    return rows[-1]


def seen_of(row: OrganisationVersionRow) -> str:
    """What was known of a body when a form was opened over it, as a hash."""
    return hashlib.sha256(row.model_dump_json().encode()).hexdigest()[:32]


async def open_lines(sitting: RegistrySitting) -> tuple[Line, ...]:
    """What is open at a body, by kind, with the numbers of the proceedings."""
    found = await matters_at(sitting.session, sitting.about)
    if not found:
        label = text(sitting.language, "page.registries.open")
        return (Line(label=label, value=text(sitting.language, "page.registries.open.nothing")),)
    counted = Counter(each.kind for each in found)
    return tuple(
        Line(
            label=f"{text(sitting.language, f'page.registries.open.{kind.value}')}: {count}",
            value=", ".join(dict.fromkeys(each.number for each in found if each.kind is kind)),
        )
        for kind, count in counted.items()
    )


async def _registered(
    body: Id,
    values: dict[str, object],
    sitting: RegistrySitting,
    key: RequestKey,
    cleared: frozenset[str] = frozenset(),
) -> None:
    sent = sent_as(NewVersionBody, values, cleared)
    await register_organisation_version(
        body, sent, sitting.caller, sitting.session, key, sitting.now, sitting.today
    )
