"""The remarks on a monitoring's content, for whoever reads them and makes none (rule 12)."""

from typing import Annotated

from fastapi import Depends, Response

from api.pages.desk.editing.pages import ContentPolicy
from api.pages.desk.editing.seat import EditSitting
from api.pages.desk.preparing.remarks import REMARKS, remarks_said
from api.pages.site.routing import Reads, page_router

router = page_router()


@router.api_route(f"/staff/monitorings/{{number}}/{REMARKS}", methods=Reads)
async def show_remarks(sitting: Annotated[EditSitting, Depends(ContentPolicy())]) -> Response:
    """The oldest first, as the API's list has them."""
    return sitting.shows("workplace/remarks.html", f"/{REMARKS}", remarks=await remarks_said(sitting))
