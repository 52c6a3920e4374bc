"""The authorized body's desk: what it received and reviews (rules 17, 18), and the duties of rule 13."""

from fastapi import APIRouter

from api.pages.desk import answers, duties, duty, inbox, paper_answers, routes
from api.pages.desk.editing import import_templates
from api.pages.desk.editing import pages as content

router = APIRouter()
for part in (inbox, routes, answers, paper_answers, duties, duty, content, import_templates):
    router.include_router(part.router)

__all__ = ["router"]
