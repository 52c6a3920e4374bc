"""Notes read back, and the few readings that several forms share."""

import json
from typing import Protocol, TypeVar

from pydantic import ValidationError

from activities.registries.lookup import note_kept
from api.pages.forms.form import Line
from api.pages.forms.typed import Reader
from api.pages.links.matter import Matter
from locales.catalogue import text
from models.report.content import Wording
from models.vocabulary.base import Model
from models.vocabulary.procedure import Sha256

M = TypeVar("M", bound=Model)


async def note_as(matter: Matter, model: type[M], sha256: Sha256 | None) -> M | None:
    """The document behind a hash; None if it is of another kind (recorded from paper by an account)."""
    body = await _body(matter, sha256)
    if body is None:
        return None
    try:
        return model.model_validate_json(body)
    except ValidationError:
        return None


async def plain_note(matter: Matter, sha256: Sha256 | None) -> str:
    """The text of any note as it was written; empty where there is none."""
    said = json.loads(await _body(matter, sha256) or "{}")
    return str(said["text"]) if "text" in said else Wording.model_validate(said).best(matter.language)


async def note_said(matter: Matter, sha256: Sha256 | None) -> str:
    """The same for a reader: one in another language says in which."""
    known = await _body(matter, sha256) is not None
    return await matter.lookup.note(sha256) if sha256 and known else ""


async def _body(matter: Matter, sha256: Sha256 | None) -> str | None:
    return await note_kept(matter.session, sha256) if sha256 else None


class Signed(Protocol):
    """An answer that says who gave it."""

    @property
    def respondent(self) -> str: ...

    @property
    def post(self) -> str: ...


def signature(reader: Reader) -> tuple[str, str]:
    """Name and post of whoever answers: a link may be handed to a colleague."""
    return reader.line("respondent", "respondent_missing"), reader.line("post", "post_missing")


def signed(matter: Matter, answer: Signed) -> tuple[Line, Line]:
    """Who answers, read back: the two lines of `signature`."""
    return (
        Line(label=label(matter, "field.respondent"), value=answer.respondent, field="respondent"),
        Line(label=label(matter, "field.post"), value=answer.post, field="post"),
    )


def label(matter: Matter, key: str, **params: object) -> str:
    return text(matter.language, f"page.{key}", **params)
