"""The addresses of the desk's forms: each is shown and taken."""

from typing import Annotated

from fastapi import Depends, Path, Request, Response

from api.pages.desk.flow import Flow, take
from api.pages.desk.marking import CompleteForm, ConsiderForm
from api.pages.desk.paper import PaperForm
from api.pages.desk.sitting import HOME, DeskFormPolicy, DeskPolicy, Sitting
from api.pages.site.routing import Reads, page_router
from models.vocabulary.access import Action
from models.vocabulary.procedure import Id

router = page_router()
PAPER, CONSIDER, COMPLETE = (
    Action.REGISTER_PAPER_REPORT,
    Action.CONSIDER_RECEIVED_REPORT,
    Action.COMPLETE_REVIEW_ROUND,
)
Report = Annotated[Id, Path()]
Round = Annotated[int, Path(ge=1, le=100_000)]


@router.api_route(f"{HOME}/paper", methods=Reads)
async def show_paper_form(sitting: Annotated[Sitting, Depends(DeskPolicy(PAPER))]) -> Response:
    """A form to register a report that came on paper or by e-mail (rule 17)."""
    return await Flow(PaperForm(), sitting).show()


@router.post(f"{HOME}/paper")
async def take_paper_form(
    request: Request, sitting: Annotated[Sitting | None, Depends(DeskFormPolicy(PAPER))]
) -> Response:
    """The form of a paper report, sent."""
    return await take(request, PaperForm(), sitting)


@router.api_route(f"{HOME}/reports/{{report}}/consider", methods=Reads)
async def show_consider_form(
    report: Report, sitting: Annotated[Sitting, Depends(DeskPolicy(CONSIDER))]
) -> Response:
    """A form to mark a paper report as considered (rule 18)."""
    return await Flow(ConsiderForm(report), sitting).show()


@router.post(f"{HOME}/reports/{{report}}/consider")
async def take_consider_form(
    report: Report, request: Request, sitting: Annotated[Sitting | None, Depends(DeskFormPolicy(CONSIDER))]
) -> Response:
    """The form of a consideration, sent."""
    return await take(request, ConsiderForm(report), sitting)


@router.api_route(f"{HOME}/rounds/{{serial}}/complete", methods=Reads)
async def show_complete_form(
    serial: Round, sitting: Annotated[Sitting, Depends(DeskPolicy(COMPLETE))]
) -> Response:
    """A form to complete the round in course (rule 18)."""
    return await Flow(CompleteForm(serial), sitting).show()


@router.post(f"{HOME}/rounds/{{serial}}/complete")
async def take_complete_form(
    serial: Round, request: Request, sitting: Annotated[Sitting | None, Depends(DeskFormPolicy(COMPLETE))]
) -> Response:
    """The form of a completed round, sent."""
    return await take(request, CompleteForm(serial), sitting)
