"""The timeline as a page: newest last, by stages, consequences indented, letters with their proof."""

from itertools import groupby
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request, Response
from pydantic import ValidationError

from activities.lookup import Lookup
from api.deps import AnyServices, Now, Session, Today
from api.history.checking import check
from api.history.exports import as_csv, as_json
from api.history.filters import HistoryFilters
from api.history.reading import read_history
from api.history.views import History, HistoryLine
from api.pages.matter import contact_of, said
from api.pages.open_said import open_said
from api.pages.rendering import page
from api.pages.routing import Reads, page_router, readers_language
from api.pages.staff import StaffPolicy
from api.policy import EVERYTHING, Access
from api.raw_histories import raw_histories
from models.access import Action
from models.base import Model
from models.procedure import Language, Stage

router = page_router()
Reader = Annotated[Access, Depends(StaffPolicy(*EVERYTHING))]
Auditor = Annotated[Access, Depends(StaffPolicy(Action.READ_ALL))]
_FIELDS = ("actor", "type", "rule", "since", "until")


class StageGroup(Model):
    """Lines in a row that belong to one stage; a corrected monitoring comes through a stage again."""

    index: int
    stage: Stage | None
    lines: tuple[HistoryLine, ...]


class Asked(Model):
    """The filters as they stand in the address, and the fields among them that cannot be read."""

    filters: HistoryFilters
    typed: dict[str, str]
    faults: tuple[str, ...] = ()

    def query(self, **more: str) -> str:
        """The same view again, in another language or as a file."""
        return urlencode({**self.typed, **more})


def asked(request: Request) -> Asked:
    """An empty field does not narrow; a wrong one is named and does not narrow either."""
    given = ((name, request.query_params.get(name, "").strip()) for name in _FIELDS)
    typed = {name: value for name, value in given if value}
    faults: tuple[str, ...] = ()
    try:
        filters = HistoryFilters.model_validate(typed)
    except ValidationError as error:
        wrong = {str(each["loc"][0]) for each in error.errors()}
        faults = tuple(name for name in _FIELDS if name in wrong)
        kept = {name: value for name, value in typed.items() if name not in wrong}
        filters = HistoryFilters.model_validate(kept)
    return Asked(filters=filters, typed=typed, faults=faults)


Wanted = Annotated[Asked, Depends(asked)]


@router.api_route("/monitorings/{number}/history", methods=Reads)
async def show_history(
    request: Request, access: Reader, wanted: Wanted, session: Session, today: Today
) -> Response:
    """The timeline of one monitoring."""
    language = readers_language(request)
    lookup = Lookup(session, language, today)
    history = await read_history(session, access.state, wanted.filters, language, today)
    here = f"/monitorings/{access.number}/history"
    return page(
        "history/timeline.html",
        language,
        here=here,
        switch={each.value: f"{here}?{wanted.query(lang=each.value)}" for each in Language},
        number=access.number,
        title=await said(lookup, access.state.title),
        conductor=(await contact_of(lookup, access.state)).name,
        stage=access.state.stage,
        open_work=open_said(language, access.state),
        history=history,
        groups=_groups(history),
        shown_lines={line.seq for line in history.lines},
        asked=wanted,
        oversees=Action.READ_ALL in access.may,
    )


@router.api_route("/monitorings/{number}/history.csv", methods=Reads)
async def download_table(
    request: Request, access: Reader, wanted: Wanted, session: Session, today: Today
) -> Response:
    """The whole timeline as a table."""
    language = readers_language(request)
    return as_csv(await read_history(session, access.state, wanted.filters, language, today))


@router.api_route("/monitorings/{number}/history.json", methods=Reads)
async def download_history(
    request: Request, access: Reader, wanted: Wanted, session: Session, today: Today, now: Now
) -> Response:
    """The whole timeline for programs."""
    language = readers_language(request)
    history = await read_history(session, access.state, wanted.filters, language, today)
    return as_json(history, wanted.filters, now)


@router.api_route("/monitorings/{number}/history/raw", methods=Reads)
async def download_raw_history(access: Auditor, services: AnyServices, session: Session) -> Response:
    """The raw histories of all runs, as a file."""
    found = await raw_histories(services, session, access.state.workflow_id)
    headers = {"Content-Disposition": f'attachment; filename="{access.number}-raw-history.json"'}
    return Response(found.model_dump_json(), media_type="application/json", headers=headers)


@router.api_route("/monitorings/{number}/history/check", methods=Reads)
async def show_check(request: Request, access: Auditor, services: AnyServices, now: Now) -> Response:
    """The live check in words."""
    language = readers_language(request)
    return page(
        "history/check.html",
        language,
        here=f"/monitorings/{access.number}/history/check",
        number=access.number,
        found=await check(services, access.state, language, now),
    )


def _groups(history: History) -> tuple[StageGroup, ...]:
    by_stage = groupby(history.lines, key=lambda line: line.stage)
    return tuple(
        StageGroup(index=index, stage=stage, lines=tuple(lines))
        for index, (stage, lines) in enumerate(by_stage, start=1)
    )
