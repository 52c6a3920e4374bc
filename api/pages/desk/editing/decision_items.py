"""Proposals and recommendations of the decision are entered, changed and removed (rule 16)."""

from collections.abc import Iterator
from dataclasses import dataclass

from api.commands.idempotency import RequestKey
from api.content.building import current_findings
from api.pages.desk.body_asked import BodyQuestion, pairs
from api.pages.desk.editing.edit_form import Edit, EditView, hash_of
from api.pages.desk.editing.item_form import NEW, RemovalView
from api.pages.desk.editing.part_form import DraftForm
from api.pages.desk.editing.seat import EditSitting
from api.pages.desk.naming import bodies_named
from api.pages.desk.questions import Asking
from api.pages.desk.wordings import read_wording, said_in_each, wording_fields
from api.pages.forms.form import Line
from api.pages.forms.typed import Reader, Typed
from api.pages.site.stopping import Elsewhere
from api.problems.problem import ProblemCode, not_found
from api.register.choices import Choice
from locales.catalogue import text
from locales.dates import say_date
from locales.terms import term
from models.monitoring.rules.items import day_refusals
from models.report.content import Decision, Item, ReportContent, ReportDraft
from models.report.facts import facts_of
from models.vocabulary.procedure import Id, ItemKind, Language
from models.vocabulary.refusal import refuse_all

_KEY = "page.desk.decision_item"
_SHORT = 120
ADDRESSEE = BodyQuestion("addressee")


@dataclass(frozen=True)
class DecisionItemView(EditView):
    """What can be chosen from."""

    kinds: tuple[tuple[str, str], ...] = ()
    meant: tuple[tuple[str, str], ...] = ()  # the bodies that the addressee can mean, where there are several
    findings: tuple[Choice, ...] = ()


class OfItems(DraftForm[Item]):
    """What its forms share."""

    async def standing(self, sitting: EditSitting) -> Item | None:
        if not sitting.about:
            return None
        for each in (await self.drafted(sitting)).decision.items:
            if each.id == sitting.about:
                return each
        raise not_found(ProblemCode.ITEM_UNKNOWN, item=sitting.about)

    def into(self, draft: ReportDraft, written: Item, about: Id) -> ReportDraft:
        item = written.model_copy(update={"id": about})
        known = [each.id for each in draft.decision.items]
        items = [item if each.id == about else each for each in draft.decision.items]
        return _with_items(draft, items if about in known else [*items, item])

    async def said(self, written: Item, sitting: EditSitting) -> tuple[Line, ...]:
        names = await bodies_named(sitting.session, sitting.language, sitting.today, {written.addressee})
        findings = {each.value: each.name for each in await _findings(sitting)}
        return tuple(_said(written, sitting.language, names[written.addressee], findings))


class DecisionItemForm(OfItems):
    """An item is changed."""

    path, template, key = "draft/items/{about}", "desk/decision_item.html", "decision_item"
    fields_of_refusals = dict.fromkeys(
        ("item_due_before_conduct_ended", "item_due_before_conduct_began", "planned_too_far_ahead"), "due_on"
    )

    async def fields(self, standing: Item, sitting: EditSitting) -> dict[str, tuple[str, ...]]:
        bodies = {standing.addressee}
        names = await bodies_named(sitting.session, sitting.language, sitting.today, bodies)
        return {
            "kind": (standing.kind.value,),
            ADDRESSEE.name: (names[standing.addressee],),
            **wording_fields("text", standing.text),
            "basis": (standing.basis or "",),
            "due_on": (standing.due_on.isoformat() if standing.due_on else "",),
        }

    async def check(self, written: Item, sitting: EditSitting) -> None:
        """Its day, as it is asked of when the report is submitted."""
        draft = (await self.drafted(sitting)).model_copy(update={"decision": Decision(items=(written,))})
        content = ReportContent(number=sitting.number, kind=sitting.state.kind, draft=draft)
        refuse_all(day_refusals(sitting.state, facts_of(content), sitting.today))
        await super().check(written, sitting)

    async def shown(self, view: EditView, typed: Typed, sitting: EditSitting) -> DecisionItemView:
        return DecisionItemView(
            seen=view.seen,
            theirs=view.theirs,
            kinds=tuple((each.value, term(sitting.language, each)) for each in ItemKind),
            meant=pairs(await ADDRESSEE.options(sitting, typed)),
            findings=await _findings(sitting),
        )

    async def typed_as(self, reader: Reader, typed: Typed, sitting: EditSitting) -> Item | None:
        kind = reader.choice("kind", ItemKind, "desk_decision_item_kind_missing")
        label = text(sitting.language, f"{_KEY}.addressee")
        addressee = await ADDRESSEE.read(Asking(reader, typed, sitting, label))
        wording = read_wording(reader, typed, "text", "desk_decision_item_text_missing")
        due_on = reader.day("due_on")
        findings = {each.value for each in await _findings(sitting)}
        basis = typed.one("basis") if typed.one("basis") in findings else None
        if kind is None or addressee is None:
            return None
        known = sitting.about or NEW
        return Item(id=known, kind=kind, addressee=addressee, text=wording, basis=basis, due_on=due_on)


class NewDecisionItemForm(DecisionItemForm):
    """An item is entered."""

    path, key = "draft/items/new", "decision_item_new"


class DecisionItemRemovalForm(OfItems):
    """An item is removed."""

    path, template, key = "draft/items/{about}/removal", "desk/removal.html", "decision_item_removal"

    async def leads(self, sitting: EditSitting) -> None:
        """Not there any more: the draft is without it."""
        if all(each.id != sitting.about for each in (await self.drafted(sitting)).decision.items):
            raise Elsewhere(sitting.back)

    async def fields(self, standing: Item, sitting: EditSitting) -> dict[str, tuple[str, ...]]:
        return {}

    async def typed_as(self, reader: Reader, typed: Typed, sitting: EditSitting) -> Item | None:
        return await self.standing(sitting)

    def differs(self, standing: Item, answer: Edit[Item]) -> bool:
        return hash_of(standing) != answer.seen

    async def shown(self, view: EditView, typed: Typed, sitting: EditSitting) -> EditView:
        standing = await self.standing(sitting)
        lines = await self.said(standing, sitting) if standing is not None else ()
        return RemovalView(seen=view.seen, theirs=(), lines=lines)

    async def write(self, written: Item, sitting: EditSitting, key: RequestKey) -> None:
        draft = await self.drafted(sitting)
        await self.put(
            _with_items(draft, [each for each in draft.decision.items if each != written]), sitting
        )


def _with_items(draft: ReportDraft, items: list[Item]) -> ReportDraft:
    return draft.model_copy(update={"decision": draft.decision.model_copy(update={"items": tuple(items)})})


async def _findings(sitting: EditSitting) -> tuple[Choice, ...]:
    """What an item may rest on, by its first words."""
    found = await current_findings(sitting.session, sitting.number)
    said = ((each.id, " ".join(each.text.best(sitting.language).split())) for each in found)
    return tuple(
        Choice(value=known, name=words if len(words) <= _SHORT else f"{words[:_SHORT].rstrip()}…")
        for known, words in said
    )


def _said(item: Item, language: Language, addressee: str, findings: dict[Id, str]) -> Iterator[Line]:
    def line(field: str, value: str) -> Line:
        return Line(label=text(language, f"{_KEY}.{field}"), value=value)

    yield line("kind", term(language, item.kind))
    yield line("addressee", addressee)
    yield from said_in_each(language, f"{_KEY}.text", item.text)
    if item.basis:
        yield line("basis", findings.get(item.basis, item.basis))
    if item.due_on:
        yield line("due_on", say_date(language, item.due_on))
