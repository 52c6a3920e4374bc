"""What its reader typed into forms and has not sent: told in *My work*, each leads back into its form."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from urllib.parse import quote

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.routing import compile_path

from api.pages.desk.forms import FORMS
from api.pages.desk.from_paper import ANSWER
from api.pages.registries.forms import FORMS as REGISTRY_FORMS
from models.tables.drafts import DraftRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id

_MOST: Final = 10


class BegunForm(Model):
    """A form by the key of its title and what it is about, of which monitoring, kept since when (UTC)."""

    title: str
    about: str
    number: str
    address: str
    at: datetime


def _titled(path: str, title: str) -> tuple[re.Pattern[str], str]:
    return compile_path(path)[0], title


_TITLES: Final[Sequence[tuple[re.Pattern[str], str]]] = (
    *(_titled(f"{form.under}/{form.path}", f"page.desk.{form.key}.title") for form in FORMS),
    *(_titled(f"{form.under}/{form.path}", f"page.registries.{form.key}.title") for form in REGISTRY_FORMS),
    *(_titled(path, "page.desk.from_paper.title") for path in (ANSWER, f"{ANSWER}/form/{{form}}")),
)


async def begun_forms(session: AsyncSession, account: Id) -> tuple[BegunForm, ...]:
    """The newest first."""
    rows = (
        select(DraftRow.form, func.max(col(DraftRow.at)))
        .where(DraftRow.holder == account)
        .group_by(col(DraftRow.form))
        .order_by(func.max(col(DraftRow.id)).desc())
        .limit(_MOST)
    )
    found = [(*form.rpartition(" ")[::2], at) for form, at in await session.exec(rows)]
    return tuple(form for path, key, at in found if (form := _named(path, key, at)) is not None)


def _named(path: str, key: str, at: datetime) -> BegunForm | None:
    """None of a form that is no more, or has no title of its own."""
    for pattern, title in _TITLES:
        if of := pattern.fullmatch(path):
            given = of.groupdict()
            address = f"{quote(path)}?key={quote(key)}"
            return BegunForm(
                title=title,
                about=given.get("about") or "",
                number=given.get("number") or "",
                address=address,
                at=at,
            )
    return None
