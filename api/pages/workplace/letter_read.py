"""What a letter said, to be read where it is proved: its text, and its files beside it."""

from typing import Annotated

from fastapi import Depends, Response

from api.access.policy import EVERYTHING
from api.history.letters_named import letters_named
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.policies import MonitoringPagePolicy
from api.pages.site.routing import Reads, page_router
from api.routes.dispatch import LetterInPath
from api.routes.proofs import AttemptInPath, message_kept
from models.mail.opening import files_of, opened, said, words_of

router = page_router()
_HEADERS = ("From", "To", "Date", "Subject")


@router.api_route("/staff/monitorings/{number}/letters/{letter}/attempts/{attempt}", methods=Reads)
async def read_letter(
    letter: LetterInPath,
    attempt: AttemptInPath,
    sitting: Annotated[MonitoringSitting, Depends(MonitoringPagePolicy(*EVERYTHING))],
) -> Response:
    """An attempt's message as it is kept: the link, by which its recipient alone can act, is cut out."""
    sha256, kept = await message_kept(sitting.session, sitting.number, letter, attempt)
    message = opened(kept)
    named = await letters_named(sitting.session, sitting.state, sitting.language, sitting.today, (letter,))
    return sitting.shows(
        "workplace/letter.html",
        f"/letters/{letter}/attempts/{attempt}",
        named=named.get(letter, letter),
        letter=letter,
        attempt=attempt,
        fields=tuple((name.lower(), value) for name in _HEADERS if (value := said(message, name))),
        words=words_of(message),
        files=files_of(message),
        sha256=sha256,
    )
