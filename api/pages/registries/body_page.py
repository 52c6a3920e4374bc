"""One body: all that was ever known of it, whether it ended and who came after it, what is open at it."""

from collections.abc import Iterable, Iterator

from fastapi import Response
from sqlmodel import col, or_, select

from activities.registries.bodies import name_of
from api.history.names import people_named
from api.pages.desk.naming import bodies_named
from api.pages.forms.form import Line
from api.pages.registries.bodies import open_lines
from api.pages.registries.lists import Cell, Reading, keeps, listed
from api.pages.registries.registry_form import REGISTRIES, RegistrySitting
from api.pages.site.routing import Reads, page_router
from api.pages.site.stopping import StopKind, Stopped
from api.registries.changes import versions_of
from locales.catalogue import text
from locales.dates import say_date
from locales.terms import term
from models.tables.bodies import OrganisationVersionRow
from models.tables.successions import SuccessionRow
from models.vocabulary.procedure import Id, OrganisationKind

router = page_router()
_KEY = "page.registries.body"


@router.api_route(f"{REGISTRIES}/bodies/{{about}}", methods=Reads)
async def body(sitting: Reading) -> Response:
    """A body whose end is on record is abolished once: who came after it can still be named, late or anew."""
    session, language, about = sitting.session, sitting.language, sitting.about
    versions = await versions_of(session, about)
    if not versions:
        raise Stopped(StopKind.NOT_FOUND)
    above = await bodies_named(
        session, language, sitting.today, {each.superior for each in versions if each.superior}
    )
    who = await people_named(session, {each.account for each in versions if each.account})
    rows = tuple(
        (
            Cell(said=say_date(language, each.valid_from)),
            Cell(said=say_date(language, each.valid_until) if each.valid_until else "—"),
            Cell(said=name_of(each).best(language)),
            Cell(said=term(language, OrganisationKind(each.kind))),
            Cell(said=above.get(each.superior or "", "—")),
            Cell(said=each.reason or "—"),
            Cell(said=who.get(each.account or "", "—")),
        )
        for each in reversed(versions)
    )
    ends = versions[-1].valid_until is not None
    columns = ("since", "until", "name", "kind", "superior", "reason", "account")
    return listed(
        sitting,
        "body",
        columns,
        rows,
        f"{REGISTRIES}/bodies/{about}",
        ("succession",) if ends else ("body_version", "abolition"),
        title=name_of(versions[-1]).best(language),
        back=f"{REGISTRIES}/bodies",
        open_lines=await open_lines(sitting) if keeps(sitting) else (),
        ends=await _ends(sitting, versions[-1]),
    )


async def _ends(sitting: RegistrySitting, last: OrganisationVersionRow) -> tuple[Line, ...]:
    """That it is abolished, from which day and who came after it; and after whom it came itself."""
    acts = select(SuccessionRow).where(
        or_(col(SuccessionRow.body) == last.organisation, col(SuccessionRow.successor) == last.organisation)
    )
    newest: dict[tuple[Id, bool], SuccessionRow] = {}
    for row in await sitting.session.exec(acts.order_by(col(SuccessionRow.id))):
        newest[row.body, row.whole] = row
    others = {each for row in newest.values() for each in (row.body, row.successor) if each}
    names = await bodies_named(sitting.session, sitting.language, sitting.today, others)
    return (
        *_abolished(sitting, last, newest.get((last.organisation, True)), names),
        *_passed(sitting, last, newest.values(), names),
    )


def _abolished(
    sitting: RegistrySitting,
    last: OrganisationVersionRow,
    word: SuccessionRow | None,
    names: dict[Id, str],
) -> Iterator[Line]:
    language = sitting.language
    if last.valid_until is None:
        return
    when = "abolished" if last.valid_until < sitting.today else "to_be_abolished"
    day = say_date(language, last.valid_until)
    yield Line(label=text(language, f"{_KEY}.{when}"), value=text(language, f"{_KEY}.last_day", date=day))
    label = text(language, "page.registries.field.successor")
    if word is None:
        yield Line(label=label, value=text(language, f"{_KEY}.successor_unsaid"))
        return
    after = names[word.successor] if word.successor else text(language, f"{_KEY}.nobody_after")
    yield Line(label=label, value=_by_its_act(sitting, after, word))


def _passed(
    sitting: RegistrySitting,
    last: OrganisationVersionRow,
    words: Iterable[SuccessionRow],
    names: dict[Id, str],
) -> Iterator[Line]:
    """What it led, where it became of another kind; whose matters came to it."""
    for word in words:
        if word.body == last.organisation and not word.whole:
            label = text(sitting.language, f"{_KEY}.led_passed")
            nobody = text(sitting.language, f"{_KEY}.nobody_after")
            after = names[word.successor] if word.successor else nobody
            yield Line(label=label, value=_by_its_act(sitting, after, word))
        elif word.body != last.organisation and word.successor == last.organisation:
            label = text(sitting.language, f"{_KEY}.came_after")
            yield Line(label=label, value=_by_its_act(sitting, names[word.body], word))


def _by_its_act(sitting: RegistrySitting, who: str, word: SuccessionRow) -> str:
    since = say_date(sitting.language, word.since)
    return text(sitting.language, f"{_KEY}.by_act", who=who, since=since, act=word.reason)
