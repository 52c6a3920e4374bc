"""The content of a monitoring as it stands: lists of what was entered, and the draft by its parts."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import Depends, Response

from api.access.policy import CONTENT_READS
from api.content.building import current_draft
from api.content.report_check import checked_report
from api.content.store import current_items
from api.history.names import people_named
from api.history.texts import texts_said
from api.pages.desk.coming import Comes
from api.pages.desk.editing.decision_items import DecisionItemForm
from api.pages.desk.editing.draft_parts import (
    AssessmentForm,
    ConclusionsForm,
    ConductForm,
    NoGroundsForm,
    TasksForm,
)
from api.pages.desk.editing.findings import FindingForm
from api.pages.desk.editing.importing import IMPORTS
from api.pages.desk.editing.indicators import IndicatorForm
from api.pages.desk.editing.item_form import ItemForm
from api.pages.desk.editing.part_form import PartForm
from api.pages.desk.editing.seat import EditSitting, seat_at_content
from api.pages.desk.editing.sources import SourceForm
from api.pages.desk.policies import noted
from api.pages.forms.form import Line
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router
from api.pages.staff.just_done import just_done
from api.sheets.importing.importing import PARTS as PARTS_OF_IMPORTS
from api.sheets.importing.withdrawing import imports_into
from locales.catalogue import text
from locales.dates import say_instant
from models.monitoring.open_work import returned_version
from models.monitoring.state import Version
from models.vocabulary.access import Action
from models.vocabulary.procedure import Kind, Language

router = page_router()
PARTS_IMPORTED: Final = frozenset(PARTS_OF_IMPORTS.values())
UNDER: Final = "/staff/monitorings/{number}"
"""Each list stands at its name; its forms stand below it."""
LISTS: Final[dict[str, ItemForm[Any]]] = {
    "sources": SourceForm(),
    "indicators": IndicatorForm(),
    "findings": FindingForm(),
}
PARTS: Final[tuple[PartForm[Any], ...]] = (
    ConductForm(),
    TasksForm(),
    ConclusionsForm(),
    AssessmentForm(),
    NoGroundsForm(),
)


@dataclass(frozen=True)
class Entered:
    """One thing of a list in words, and where it is changed."""

    address: str
    lines: tuple[Line, ...]


class ContentPolicy:
    """For pages on which the content is read."""

    actions = CONTENT_READS

    async def __call__(self, coming: Comes) -> EditSitting:
        """Raises Elsewhere (to sign in), Failed (403, 404), Stopped (404)."""
        sitting = await seat_at_content(coming, self.actions)
        noted(coming, sitting)
        return sitting


Seated = Annotated[EditSitting, Depends(ContentPolicy())]


def _counts(sitting: EditSitting) -> dict[str, int]:
    """How many rows an import has just entered, and left out, as its confirmation says it."""
    asked = {name: sitting.request.query_params.get(name, "") for name in ("entered", "left")}
    return {name: int(said) for name, said in asked.items() if said.isdecimal() and len(said) < 6}


@dataclass(frozen=True)
class Came:
    """An import in words, and where what came by it is taken out again; nowhere where none of it is left."""

    said: str
    address: str


async def _imports(sitting: EditSitting, form: ItemForm[Any]) -> tuple[Came, ...]:
    """The imports into a list, the newest first."""
    found = await imports_into(sitting.session, sitting.number, form.part)
    people = await people_named(sitting.session, {each.account for each in found})
    return tuple(
        Came(
            said=text(
                sitting.language,
                "page.desk.importing.came",
                what=text(sitting.language, f"page.desk.import_{each.kind.value}.title"),
                at=say_instant(sitting.language, each.at),
                who=people.get(each.account, each.account),
                entered=each.entered,
                left=len(each.unchanged),
            ),
            address=f"{sitting.listed_at}/imports/{each.id}/withdrawal" if each.unchanged else "",
        )
        for each in reversed(found)
    )


def list_page(name: str, form: ItemForm[Any]) -> None:
    """The page of one list."""

    @router.api_route(f"{UNDER}/{name}", methods=Reads, name=f"list_{name}")
    async def show(sitting: Seated) -> Response:
        rows = await current_items(sitting.session, sitting.number, form.part)
        entered = [
            Entered(f"{sitting.listed_at}/{row.item}", await form.said(form.kept(row.body), sitting))
            for row in rows
        ]
        came = await _imports(sitting, form) if form.part in PARTS_IMPORTED else ()
        return _page(sitting, "desk/content_list.html", name, entered=entered, came=came)


for each, its_form in LISTS.items():
    list_page(each, its_form)


@router.api_route(f"{UNDER}/draft", methods=Reads)
async def show_draft(sitting: Seated) -> Response:
    """The draft by the parts of the annex's form, and the items of its decision."""
    draft = await current_draft(sitting.session, sitting.number)
    comprehensive = sitting.state.kind is Kind.COMPREHENSIVE
    parts = [
        (
            form.key,
            Entered(_below(sitting, form.path), await form.said(form.of(draft), sitting)),
        )
        for form in PARTS
        if comprehensive or not isinstance(form, TasksForm)
    ]
    item = DecisionItemForm()
    items = [
        Entered(f"{sitting.listed_at}/items/{each.id}", await item.said(each, sitting))
        for each in draft.decision.items
    ]
    found = await checked_report(sitting.session, sitting.state, sitting.today)
    lacks, warned = await sitting.told(found.lacks), await sitting.told(found.warned)
    returned = returned_version(sitting.state)
    return _page(
        sitting,
        "desk/draft.html",
        "draft",
        parts=parts,
        entered=items,
        lacks=lacks,
        warned=warned,
        returned=returned,
        why_returned=await _why(sitting, returned) if returned else "",
    )


async def _why(sitting: EditSitting, version: Version) -> str:
    """Rule 15: why the approver gave it back."""
    hashes = {version.returned: None} if version.returned else {}
    return "".join(
        said.text for said in (await texts_said(sitting.session, sitting.language, hashes)).values()
    )


def _below(sitting: EditSitting, path: str) -> str:
    """The address of a form of the list that is shown."""
    return f"{sitting.listed_at}/{path.partition('/')[2]}"


def _page(sitting: EditSitting, template: str, name: str, **context: object) -> Response:
    state = sitting.state
    here = sitting.request.url.path
    done = just_done(sitting.request, sitting.now)
    return page(
        template,
        sitting.language,
        HTTPStatus.OK,
        None,
        key=f"page.desk.{name}",
        here=here,
        menu=sitting.menu,
        switch={each.value: f"{here}?lang={each.value}" for each in Language},
        state=state,
        number=sitting.number,
        title=sitting.title,
        done=done,
        counts=_counts(sitting) if done else {},
        imports=[each for each in IMPORTS if each.path.startswith(f"{name}/")],
        writes=Action.WRITE_CONTENT in sitting.access.may and (state.before_approval or state.correcting),
        others=[each for each in (*LISTS, "draft") if each != name],
        back=f"{sitting.home}?lang={sitting.language.value}",
        **context,
    )
