"""The stylesheets: a fixed list of files, read from this installation only."""

from pathlib import Path
from typing import Final

from fastapi.responses import FileResponse

from api.pages.routing import Reads, page_router
from api.pages.stopping import StopKind, Stopped

_FOLDER: Final = Path(__file__).parent.parent / "static"
_FILES: Final = {path.relative_to(_FOLDER).as_posix(): path for path in _FOLDER.rglob("*.css")}
_DAY: Final = 86_400

router = page_router()


@router.api_route("/static/{name:path}", methods=Reads)
async def stylesheet(name: str) -> FileResponse:
    """A stylesheet, for a day in the reader's cache."""
    if name not in _FILES:
        raise Stopped(StopKind.NOT_FOUND)
    return FileResponse(_FILES[name], headers={"Cache-Control": f"public, max-age={_DAY}"})
