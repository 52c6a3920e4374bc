"""Stylesheets, and what the description of the API needs: a fixed list of files of this installation."""

from pathlib import Path
from typing import Final

from fastapi.responses import FileResponse

from api.pages.site.routing import Reads, page_router
from api.pages.site.stopping import StopKind, Stopped

_FOLDER: Final = Path(__file__).parent.parent / "static"
_KINDS: Final = {".css", ".js", ".png"}
_FILES: Final = {
    path.relative_to(_FOLDER).as_posix(): path for path in _FOLDER.rglob("*") if path.suffix in _KINDS
}
_DAY: Final = 86_400

router = page_router()


@router.api_route("/static/{name:path}", methods=Reads)
async def static_file(name: str) -> FileResponse:
    """A file, for a day in the reader's cache."""
    if name not in _FILES:
        raise Stopped(StopKind.NOT_FOUND)
    return FileResponse(_FILES[name], headers={"Cache-Control": f"public, max-age={_DAY}"})
