"""What a clerk typed from a paper report, as the API takes it; empty rows are no rows."""

from typing import Final

from api.content.paper_reports import RegisterPaperReportBody
from api.pages.desk.paper_indicators import read_indicators
from api.pages.desk.paper_rows import counted
from api.pages.forms.form import Reading
from api.pages.forms.typed import Reader, Typed
from models.report.content import Finding, Item, Title, Wording
from models.vocabulary.procedure import Id, ItemKind, Kind, Language

_ITEM: Final = ("item-kind", "item-addressee", "item-text", "item-basis")


def read_paper(
    typed: Typed, bodies: frozenset[Id], spheres: frozenset[Id], files: tuple[Id, ...]
) -> Reading[RegisterPaperReportBody]:
    """The registration, or everything that is wrong with it, in the order of the form."""
    return _Reading(typed, bodies, spheres).answer(files)


class _Reading:
    def __init__(self, typed: Typed, bodies: frozenset[Id], spheres: frozenset[Id]) -> None:
        self._typed, self._bodies, self._spheres = typed, bodies, spheres
        self._reader = Reader(typed)
        self._rows = counted(typed)
        chosen = typed.one("language")
        self._language = Language(chosen) if chosen in set(Language) else Language.KK

    def answer(self, files: tuple[Id, ...]) -> Reading[RegisterPaperReportBody]:
        reader = self._reader
        if len(files) != 1:
            reader.fault("upload", "desk_file_missing" if not files else "one_file_only")
        sender = self._body("sender", "desk_sender_missing")
        kind = reader.choice("kind", Kind, "desk_kind_missing")
        received_on = reader.day("received_on", "desk_received_missing")
        started_on, ended_on = reader.day("started_on"), reader.day("ended_on")
        approved_on = reader.day("approved_on")
        title = reader.line("title", "desk_title_missing")
        objects = self._objects()
        conclusions = reader.text("conclusions")
        findings = self._findings()
        indicators = read_indicators(reader, self._typed, self._rows.indicators, self._language)
        items = self._items({finding.id for finding in findings})
        if reader.faults or kind is None or received_on is None:
            return Reading(None, tuple(reader.faults))
        body = RegisterPaperReportBody(
            sender=sender,
            kind=kind,
            received_on=received_on,
            started_on=started_on,
            ended_on=ended_on,
            approved_on=approved_on,
            title=Title.model_validate({self._language.value: title}),
            spheres=tuple(each for each in self._typed.all("sphere") if each in self._spheres),
            objects=objects,
            conclusions=self._wording(conclusions),
            findings=findings,
            indicators=indicators,
            items=items,
            file=files[0],
        )
        return Reading(body)

    def _body(self, field: str, missing: str, **params: str | int) -> Id:
        chosen = self._typed.one(field)
        if chosen not in self._bodies:
            self._reader.fault(field, missing, **params)
        return chosen

    def _wording(self, text: str) -> Wording:
        return Wording.model_validate({self._language.value: text})

    def _objects(self) -> tuple[Id, ...]:
        chosen = (self._typed.one(f"object-{row}") for row in range(1, self._rows.objects + 1))
        return tuple(dict.fromkeys(each for each in chosen if each in self._bodies))

    def _findings(self) -> tuple[Finding, ...]:
        found: list[Finding] = []
        for row in range(1, self._rows.findings + 1):
            field = f"finding-{row}"
            begun = bool(self._typed.one(field).strip())
            text = self._reader.text(field, "desk_finding_missing" if begun else "", number=row)
            if begun:
                found.append(Finding(id=f"f{row}", text=self._wording(text)))
        return tuple(found)

    def _items(self, findings: set[Id]) -> tuple[Item, ...]:
        rows = range(1, self._rows.items + 1)
        begun = (row for row in rows if any(self._typed.one(f"{name}-{row}").strip() for name in _ITEM))
        read = [self._item(row, findings) for row in begun]
        return tuple(item for item in read if item is not None)

    def _item(self, row: int, findings: set[Id]) -> Item | None:
        kind = self._reader.choice(f"item-kind-{row}", ItemKind, "desk_item_kind_missing", number=row)
        addressee = self._body(f"item-addressee-{row}", "desk_item_addressee_missing", number=row)
        missing = "desk_item_text_missing"
        text = self._reader.text(f"item-text-{row}", missing, number=row)
        basis = self._typed.one(f"item-basis-{row}")
        if basis and basis not in findings:
            self._reader.fault(f"item-basis-{row}", "desk_item_basis_missing", number=row)
        if kind is None or not text or addressee not in self._bodies:
            return None
        return Item(
            id=f"i{row}", kind=kind, addressee=addressee, text=self._wording(text), basis=basis or None
        )
