"""The tables to be filled in, for whoever writes the content."""

from typing import Annotated

from fastapi import Depends, Path, Response

from api.http.making import sent
from api.pages.desk.editing.importing import IMPORTS, ImportForm, ImportSitting
from api.pages.desk.policies import FormPolicy
from api.pages.site.routing import Reads, page_router
from api.sheets.importing.templates import TemplateFile, template
from models.report.importing.columns import ImportKind

router = page_router()


def template_file(form: ImportForm) -> None:
    """The addresses of one import's template."""

    @router.api_route(
        f"{form.under}/{form.path}/template.{{file}}", methods=Reads, name=f"template_{form.key}"
    )
    async def download(
        sitting: Annotated[ImportSitting, Depends(FormPolicy(form))], file: Annotated[TemplateFile, Path()]
    ) -> Response:
        return sent(template(form.kind, file, sitting.language, sitting.today, sitting.now))


for each in IMPORTS:
    if each.kind is not ImportKind.FEED:
        template_file(each)
