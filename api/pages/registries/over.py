"""What a form was opened over travels along: what changed meanwhile is told, and never written over."""

from datetime import date
from http import HTTPStatus
from typing import Final

from api.commands.idempotency import RequestKey
from api.pages.desk.questions import Asking, Question
from api.pages.desk.sitting import Sitting
from api.pages.forms.form import Line
from api.problems.problem import Failed, ProblemCode
from models.tables.commands import CommandRow

CHANGED: Final = frozenset({ProblemCode.REVISION_CHANGED.value})
"""The refusals that no other words would help: the form is opened anew."""


class OverQuestion(Question[str]):
    """Nobody is asked: it stands in the form from the moment it was opened."""

    kind = "hidden"

    async def read(self, asking: Asking) -> str:
        return asking.typed.one(self.name)

    def any(self, today: date) -> str:
        return ""

    async def said(self, value: str, label: str, sitting: Sitting) -> Line:
        return self.in_words(label, value.strip('"'))


async def unchanged_since(sitting: Sitting, key: RequestKey, seen: str, stands: str, item: str) -> None:
    """Raises Failed (409) where it stands otherwise than it was seen. A second press is judged no more."""
    if seen != stands and await sitting.session.get(CommandRow, key.id) is None:
        raise Failed(HTTPStatus.CONFLICT, ProblemCode.REVISION_CHANGED, params={"item": item})
