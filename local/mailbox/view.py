"""Letters in the browser and as JSON. Reads only."""

from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, select_autoescape
from pydantic import TypeAdapter
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from local.mailbox.store import LetterStore, Summary

# Letters are strangers' HTML: no scripts, no forms, nothing from outside; links open in a new tab.
LETTER_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; "
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
)
SUMMARIES = TypeAdapter(list[Summary])
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")), autoescape=select_autoescape()
)


def create_view(store: LetterStore) -> Starlette:
    """The web application over a store of letters."""
    view = _View(store)
    return Starlette(
        routes=[
            Route("/", view.list_page),
            Route("/letters/{id}", view.letter_page),
            Route("/letters/{id}/html", view.letter_html),
            Route("/letters/{id}/raw", view.letter_raw),
            Route("/letters/{id}/attachments/{number:int}", view.attachment),
            Route("/messages", view.messages),
            Route("/messages/{id}", view.message),
        ],
        exception_handlers={KeyError: _not_found},
    )


class _View:
    def __init__(self, store: LetterStore) -> None:
        self._store = store

    async def list_page(self, request: Request) -> Response:
        to = request.query_params.get("to")
        return _page("list.html", letters=self._store.letters(to), to=to)

    async def letter_page(self, request: Request) -> Response:
        return _page("letter.html", letter=self._store.letter(request.path_params["id"]))

    async def letter_html(self, request: Request) -> Response:
        html = self._store.letter(request.path_params["id"]).html
        if html is None:
            raise HTTPException(404, "This letter has no HTML part.")
        return HTMLResponse(
            f'<base target="_blank">{html}', headers={"Content-Security-Policy": LETTER_POLICY}
        )

    async def letter_raw(self, request: Request) -> Response:
        return Response(self._store.raw(request.path_params["id"]), media_type="text/plain")

    async def attachment(self, request: Request) -> Response:
        attachment, content = self._store.attachment(request.path_params["id"], request.path_params["number"])
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(attachment.name)}",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(content, media_type=attachment.content_type, headers=headers)

    async def messages(self, request: Request) -> Response:
        letters = self._store.letters(request.query_params.get("to"))
        summaries = [
            Summary.model_validate(letter.model_dump(include=set(Summary.model_fields))) for letter in letters
        ]
        return Response(SUMMARIES.dump_json(summaries), media_type="application/json")

    async def message(self, request: Request) -> Response:
        letter = self._store.letter(request.path_params["id"])
        return Response(letter.model_dump_json(), media_type="application/json")


def _page(name: str, **context: object) -> HTMLResponse:
    return HTMLResponse(TEMPLATES.get_template(name).render(**context))


async def _not_found(request: Request, error: Exception) -> Response:
    return Response("There is no such letter.", status_code=404)
