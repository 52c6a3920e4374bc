"""What its reader typed into forms and has not sent: told in *My work*, each leads back into its form."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.routing import compile_path

from api.pages.desk.desk_form import AnyDeskForm, MonitoringForm
from api.pages.desk.forms import FORMS
from api.pages.desk.from_paper import ANSWER
from api.pages.registries.forms import FORMS as REGISTRY_FORMS
from api.views.states import states_of
from models.monitoring.state import MonitoringState
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


@dataclass(frozen=True)
class _Known:
    """A form by its addresses, and how it is called; for which states of a monitoring it is there."""

    pattern: re.Pattern[str]
    title: str
    offered: Callable[[MonitoringState], bool] = lambda _: True


def _known(form: AnyDeskForm) -> _Known:
    pattern, title = compile_path(f"{form.under}/{form.path}")[0], f"page.desk.{form.key}.title"
    return (
        _Known(pattern, title, form.offered) if isinstance(form, MonitoringForm) else _Known(pattern, title)
    )


_KNOWN: Final[Sequence[_Known]] = (
    *(_known(form) for form in FORMS),
    *(
        _Known(compile_path(f"{form.under}/{form.path}")[0], f"page.registries.{form.key}.title")
        for form in REGISTRY_FORMS
    ),
    *(
        _Known(compile_path(path)[0], "page.desk.from_paper.title")
        for path in (ANSWER, f"{ANSWER}/form/{{form}}")
    ),
)


async def begun_forms(session: AsyncSession, account: Id) -> tuple[BegunForm, ...]:
    """The newest first; of a monitoring those that it still has a use for."""
    rows = (
        select(DraftRow.form, func.max(col(DraftRow.at)))
        .where(DraftRow.holder == account)
        .group_by(col(DraftRow.form))
        .order_by(func.max(col(DraftRow.id)).desc())
        .limit(_MOST)
    )
    found = [_named(*form.rpartition(" ")[::2], at) for form, at in await session.exec(rows)]
    named = [each for each in found if each is not None]
    states = await states_of(session, {form.number for _, form in named if form.number})
    return tuple(
        form for known, form in named if form.number not in states or known.offered(states[form.number])
    )


def _named(path: str, key: str, at: datetime) -> tuple[_Known, BegunForm] | None:
    """None of a form that is no more, or has no title of its own."""
    for known in _KNOWN:
        if of := known.pattern.fullmatch(path):
            given = of.groupdict()
            address = f"{quote(path)}?key={quote(key)}"
            return known, BegunForm(
                title=known.title,
                about=given.get("about") or "",
                number=given.get("number") or "",
                address=address,
                at=at,
            )
    return None
