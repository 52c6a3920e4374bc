"""The files that an answer by mail brought, as its form would have taken them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from typing import Final

from activities.files.names import Nameless, safe_name
from activities.files.types import EVIDENCE, Untaken
from models.letters.purposes import MAIN_FORM
from models.mail.answers import is_a_document
from models.mail.opening import content_of, opened, parts_of
from models.mail.sorts import EnclosedFile
from models.tables.drafts import DraftFileRow
from models.vocabulary.procedure import Id

ATTACHED: Final = "attached"
"""The field of a form that names the files chosen for the answer as a whole."""
_MOST: Final = 20


@dataclass(frozen=True)
class Brought:
    """One file that may be attached to an answer."""

    filename: str
    media_type: str
    content: bytes

    def beside(self, holder: Id, now: datetime) -> DraftFileRow:
        """Chosen in the form of a letter; the same file comes to the same place."""
        sha256 = hashlib.sha256(self.content).hexdigest()
        place = hashlib.sha256(f"{holder}/{MAIN_FORM}/mail/{self.filename}\n{sha256}".encode())
        return DraftFileRow(
            id=f"a-{place.hexdigest()[:24]}",
            holder=holder,
            form=MAIN_FORM,
            field=ATTACHED,
            sha256=sha256,
            filename=self.filename,
            media_type=self.media_type,
            size=len(self.content),
            content=self.content,
            at=now,
        )


def brought_by(message: bytes, files: Iterable[EnclosedFile], most_bytes: int) -> tuple[Brought, ...]:
    """Those that are taken by an answer's form, judged as there; a picture only where it was enclosed as a
    file of its own."""
    parts = tuple(parts_of(opened(message)))
    found: list[Brought] = []
    for file in files:
        part = parts[file.place]
        if len(found) == _MOST or not (is_a_document(file) or _stands_alone(part)):
            continue
        content = content_of(part)
        if not content or len(content) > most_bytes:
            continue
        try:
            filename = safe_name(file.filename)
            media_type = EVIDENCE.media_type_of(content, filename)
        except (Nameless, Untaken):
            continue
        found.append(Brought(filename=filename, media_type=media_type, content=content))
    return tuple(found)


def _stands_alone(part: Message) -> bool:
    picture = part.get_content_maintype() == "image"
    return picture and part.get_content_disposition() == "attachment"
