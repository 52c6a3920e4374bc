"""The addresses of what is done to several monitorings at once, and what became of each row."""

from typing import Annotated, Final

from fastapi import Depends, Query, Response
from pydantic import TypeAdapter
from sqlmodel import col, select

from api.http.problems import sentence
from api.pages.desk.many.chosen import CHOSEN, MOST, chosen_by
from api.pages.desk.many.handing import REASSIGN_MANY, weighed
from api.pages.desk.many.sitting import ManyPolicy, ManySitting, SentManyPolicy, key_of_row
from api.pages.desk.routes import form_pages
from api.pages.desk.sitting import DONE
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router
from locales.catalogue import text
from models.commands.command import command_id
from models.tables.commands import CommandRow
from models.vocabulary.base import Model
from models.vocabulary.commands import CommandOutcome
from models.vocabulary.procedure import Language, Number
from models.vocabulary.refusal import Refusal

router = page_router()
_AT: Final = f"{REASSIGN_MANY.under}/{REASSIGN_MANY.path}"
_REFUSALS: Final[TypeAdapter[tuple[Refusal, ...]]] = TypeAdapter(tuple[Refusal, ...])
form_pages(router, REASSIGN_MANY, ManyPolicy(), SentManyPolicy())


class Became(Model):
    """What became of one row: `page.desk.many.outcome.<outcome>`, and why."""

    number: Number
    title: str
    outcome: str
    why: str = ""


@router.api_route(f"{_AT}/{DONE}", methods=Reads, name=f"confirm_{REASSIGN_MANY.key}")
async def confirm_reassign_many(
    sitting: Annotated[ManySitting, Depends(ManyPolicy())],
    of: Annotated[str, Query(pattern=r"^[0-9a-f]{32}$")],
) -> Response:
    """Row by row, as the log of commands has it: it says the same whenever it is read."""
    rows = await _became(sitting, of)
    asked = "".join(f"&{CHOSEN}={each.number}" for each in rows)
    return page(
        "desk/many_done.html",
        sitting.language,
        here=f"{_AT}/{DONE}",
        menu=sitting.menu,
        back=sitting.back,
        rows=rows,
        done=len([each for each in rows if each.outcome == "done"]),
        switch={each.value: f"{_AT}/{DONE}?of={of}{asked}&lang={each.value}" for each in Language},
    )


async def _became(sitting: ManySitting, key: str) -> tuple[Became, ...]:
    numbers, language = sitting.asked_for[:MOST], sitting.language
    ids = {number: command_id(sitting.caller.account, key_of_row(key, number)) for number in numbers}
    found = await sitting.session.exec(select(CommandRow).where(col(CommandRow.id).in_(ids.values())))
    commands = {row.id: row for row in found}
    titles = await chosen_by(sitting.session, sitting.caller, numbers, language)
    unsent = {row.number: row.said for row in await weighed(sitting, numbers)}
    rows = []
    for number in numbers:
        row = commands.get(ids[number])
        title = titles[number].title if number in titles else ""
        why = unsent[number]
        outcome = "not_sent"
        if row is not None:
            outcome, why = row.outcome, await _why(sitting, row)
        rows.append(Became(number=number, title=title, outcome=outcome, why=why))
    return tuple(rows)


async def _why(sitting: ManySitting, row: CommandRow) -> str:
    if row.outcome != CommandOutcome.REFUSED:
        return text(sitting.language, "page.desk.many.again") if row.outcome != CommandOutcome.DONE else ""
    refusals = _REFUSALS.validate_python((row.answer or {})["refusals"])
    names = await sitting.named(refusals)
    return " ".join(sentence(sitting.language, each, names) for each in refusals)
