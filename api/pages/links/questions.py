"""The items of a report that wait for their addressee's word, as its letters' forms name them."""

from dataclasses import dataclass

from activities.registries.contents import frozen_content
from api.pages.links.matter import Matter
from api.pages.links.report import Report, report_of
from api.pages.links.words import label
from locales.dates import say_day
from locales.spoken import wording_said
from models.monitoring.state import ItemState, MonitoringState, Version
from models.report.content import Item, ReportContent
from models.report.rendition import Rendition
from models.vocabulary.procedure import Id, ItemKind


@dataclass(frozen=True)
class Question:
    """One proposal or recommendation that waits for this body's word."""

    id: Id
    kind: ItemKind
    position: int  # as numbered in the report
    text: str
    due: str


def version_sent(state: MonitoringState, number: int | None) -> Version | None:
    """A version of the report, by its number."""
    return next((version for version in state.versions if version.number == number), None)


async def report_sent(matter: Matter) -> Report | None:
    """The version that the letter carries, as it was filed."""
    version = version_sent(matter.state, matter.letter.version)
    if version is None:
        return None
    return await report_of(matter.session, version, Rendition.FILED, matter.language)


def own_items(matter: Matter) -> tuple[ItemState, ...]:
    """What is addressed to this body, in the report's order."""
    return tuple(item for item in matter.state.items.values() if item.addressee == matter.letter.subject)


async def questions_sent(matter: Matter) -> tuple[Question, ...]:
    """The items of this body as the version has them that the letter carries."""
    version = version_sent(matter.state, matter.letter.version)
    content = await frozen_content(matter.session, version.content.sha256) if version else None
    return questions_of(content, matter)


def questions_of(content: ReportContent | None, matter: Matter) -> tuple[Question, ...]:
    """The items of this body with their texts and the numbers they bear in the report."""
    printed = _printed(content)
    return tuple(
        Question(
            id=own.id,
            kind=own.kind,
            position=printed[own.id][0] if own.id in printed else 0,
            text=wording_said(matter.language, printed[own.id][1].text) if own.id in printed else "",
            due=say_day(matter.language, own.due_on) if own.due_on else "",
        )
        for own in own_items(matter)
    )


def questions_in(content: ReportContent | None, matter: Matter) -> tuple[Question, ...]:
    """The items that a version has for this body, whatever became of them since."""
    return tuple(
        Question(
            id=item.id,
            kind=item.kind,
            position=position,
            text=wording_said(matter.language, item.text),
            due=say_day(matter.language, item.due_on) if item.due_on else "",
        )
        for position, item in _printed(content).values()
        if item.addressee == matter.letter.subject
    )


def _printed(content: ReportContent | None) -> dict[Id, tuple[int, Item]]:
    """Every item with the number it bears: proposals and recommendations are counted apart."""
    printed: dict[Id, tuple[int, Item]] = {}
    for kind in ItemKind:
        items = content.draft.decision.items if content else ()
        of_kind = [item for item in items if item.kind is kind]
        printed.update({item.id: (n, item) for n, item in enumerate(of_kind, 1)})
    return printed


def name_of(question: Question, matter: Matter) -> str:
    """What it is called in the report: its kind and number."""
    return label(matter, f"reply.item.{question.kind.value}", position=question.position)


def heading(question: Question | None, matter: Matter) -> str:
    """Its name and text; nothing for an item the report no longer has."""
    return f"{name_of(question, matter)}. {question.text}" if question else ""
