"""The authorized body's desk: what it received and reviews (rules 17, 18), and the duties of rule 13."""

from typing import Final

from api.http.branches import Branch
from api.pages.desk import answers, duties, duty, inbox, paper_answers, routes
from api.pages.desk.editing import import_templates
from api.pages.desk.editing import pages as content
from api.pages.desk.many import routes as many

ROUTERS: Final[tuple[Branch, ...]] = tuple(
    part.router
    for part in (inbox, many, routes, answers, paper_answers, duties, duty, content, import_templates)
)

__all__ = ["ROUTERS"]
