"""A report's content put on the sheet of the annex form, in one language and one rendition. Pure."""

from collections.abc import Sequence

from activities.printing.form_charts import charts_of
from activities.printing.form_words import Label, day, label, labels, measured, number, said, typed
from activities.printing.glyphs import CODED, printable
from activities.printing.sheet import (
    AddresseeLine,
    Figure,
    Indicators,
    Problem,
    Resolution,
    Said,
    Sheet,
    SheetContact,
    SourceLine,
    Statement,
    TaskLine,
)
from locales.lawful import lawfulness_said
from locales.places import places_said
from models.report.content import (
    Conductor,
    Finding,
    Item,
    Named,
    Qualitative,
    Quantitative,
    ReportContent,
    Source,
    Wording,
)
from models.report.languages import texts_missing
from models.report.numbering import numbered
from models.report.rendition import WITHHELD_ACCESS, Rendition
from models.vocabulary.actors import Authority
from models.vocabulary.editions import ORDER_192
from models.vocabulary.procedure import Id, IndicatorRole, ItemKind, Language, Sha256


def sheet_of(
    content: ReportContent,
    *,
    language: Language,
    rendition: Rendition,
    version: int,
    content_sha256: Sha256,
) -> Sheet:
    """The sheet of one version in one language; a text missing in it is given in the next best one."""
    writer = _SheetWriter(content, language, rendition)
    sheet = writer.write(version, content_sha256)
    return sheet.model_copy(update={"notes": writer.notes(sheet)})


class _SheetWriter:
    def __init__(self, content: ReportContent, language: Language, rendition: Rendition) -> None:
        self._content = content
        self._language = language
        self._public = rendition is Rendition.PUBLIC
        self._rendition = rendition
        self._source_numbers = {source.id: str(n) for n, source in enumerate(content.sources, 1)}
        self._finding_numbers = {finding.id: n for n, finding in enumerate(content.findings, 1)}
        self._bodies = {body.id: body for body in content.bodies}

    def write(self, version: int, content_sha256: Sha256) -> Sheet:
        content, draft = self._content, self._content.draft
        # PDF/A wants a date: a draft without its own bears the form's.
        dated = draft.ended_on or draft.started_on or ORDER_192.order_date
        return Sheet(
            language=self._language,
            labels=labels(self._language),
            kind=self._word(f"kind.{content.kind}"),
            title=self._said(content.title),
            document_title=self._document_title(),
            number=content.number,
            version=version,
            rendition=self._word(f"rendition.{self._rendition}"),
            authentic_language=self._word(f"language.{draft.authentic_language}"),
            content_sha256=content_sha256,
            dated=(dated.year, dated.month, dated.day),
            period=self._period(),
            scope=tuple(self._said(named.name) for named in (*content.spheres, *content.objects)),
            contacts=tuple(self._contact(conductor) for conductor in draft.conductors),
            state=self._indicators(IndicatorRole.STATE),
            cause=self._indicators(IndicatorRole.CAUSE),
            problems=tuple(self._problem(n, finding) for n, finding in enumerate(content.findings, 1)),
            conclusions=self._said(draft.conclusions),
            effectiveness=self._indicators(IndicatorRole.EFFECTIVENESS),
            tasks=tuple(
                TaskLine(task=self._word(f"task.{answer.task}"), text=self._said(answer.text))
                for answer in draft.tasks
            ),
            assessment=self._said(draft.decision.assessment),
            proposals=self._resolutions(ItemKind.PROPOSAL),
            recommendations=self._resolutions(ItemKind.RECOMMENDATION),
            no_grounds=self._said(draft.decision.no_grounds),
            sources=tuple(self._source(source) for source in content.sources),
            addressees=tuple(self._addressee(body) for body in content.bodies),
        )

    def notes(self, sheet: Sheet) -> tuple[str, ...]:
        """What a reader of this sheet must know about how it was printed."""
        notes = [self._word(Label.PUBLIC_NOTE)] if self._public else []
        if missing := texts_missing(self._content, self._language):
            notes.append(self._word("not_given", texts=places_said(self._language, missing)))
        if CODED.search(sheet.model_dump_json()):
            notes.append(self._word(Label.GLYPH_NOTE))
        return tuple(notes)

    def _word(self, key: str, **params: object) -> str:
        return label(self._language, key, **params)

    def _said(self, wording: Wording) -> Said:
        best = wording.best(self._language)
        spoken = next(
            (lang for lang in (self._language, *Language) if getattr(wording, lang)), self._language
        )
        return said(best, spoken, self._language)

    def _document_title(self) -> str:
        title = printable(self._content.title.best(self._language))
        return f"{title or self._word(Label.HEADING)} · № {self._content.number}"

    def _period(self) -> str:
        draft = self._content.draft
        started, ended = day(draft.started_on, self._language), day(draft.ended_on, self._language)
        return self._word("period", started=started, ended=ended)

    def _contact(self, conductor: Conductor) -> SheetContact:
        """A11: how to reach a natural person is for the addressees, not for the public."""
        withheld = self._word(Label.WITHHELD) if self._public and conductor.natural_person else ""
        return SheetContact(
            name=self._said(conductor.name),
            email=withheld or printable(conductor.email),
            phone=withheld or printable(conductor.phone),
            leads_word=self._leads_word(conductor.leads_word),
        )

    def _leads_word(self, agreed: Authority | None) -> str:
        """Rule 2: the lead's word is printed as such, with the act it names."""
        if agreed is None:
            return ""
        return self._word("leads_word", act=printable(agreed.act), date=day(agreed.dated, self._language))

    def _indicators(self, role: IndicatorRole) -> Indicators:
        of_role = numbered(self._content, role)
        return Indicators(
            charts=charts_of(
                [(n, each) for n, each in of_role if isinstance(each, Quantitative)], role, self._language
            ),
            figures=tuple(self._figure(n, each) for n, each in of_role if isinstance(each, Quantitative)),
            statements=tuple(
                self._statement(n, each) for n, each in of_role if isinstance(each, Qualitative)
            ),
        )

    def _statement(self, position: int, statement: Qualitative) -> Statement:
        return Statement(
            number=position, text=self._said(statement.text), sources=self._cited(statement.sources)
        )

    def _figure(self, position: int, figure: Quantitative) -> Figure:
        unit = printable(figure.unit)
        return Figure(
            number=position,
            name=self._said(figure.name),
            value=measured(figure.value, unit, self._language),
            calculation=self._calculation(figure),
            previous=self._previous(figure, unit),
            mark=typed(unit, self._language).mark,
            previous_mark=typed(figure.previous_period, self._language).mark,
            sources=self._cited(figure.sources),
        )

    def _calculation(self, figure: Quantitative) -> str:
        parts = (figure.numerator, figure.denominator)
        return " / ".join(number(part, self._language) for part in parts if part is not None)

    def _previous(self, figure: Quantitative, unit: str) -> str:
        value = "" if figure.previous is None else measured(figure.previous, unit, self._language)
        period = printable(figure.previous_period)
        return f"{value}\n({period})" if value and period else value or period

    def _cited(self, sources: Sequence[Id]) -> tuple[str, ...]:
        """The numbers of the cited sources on the cover sheet; an unknown one keeps its id."""
        return tuple(self._source_numbers.get(source, source) for source in sources)

    def _problem(self, position: int, finding: Finding) -> Problem:
        return Problem(
            number=position,
            text=self._said(finding.text),
            facets=tuple(self._word(f"facet.{facet}") for facet in finding.facets),
            sources=self._cited(finding.sources),
        )

    def _resolutions(self, kind: ItemKind) -> tuple[Resolution, ...]:
        of_kind = [item for item in self._content.draft.decision.items if item.kind is kind]
        return tuple(self._resolution(n, item) for n, item in enumerate(of_kind, 1))

    def _resolution(self, position: int, item: Item) -> Resolution:
        body = self._bodies.get(item.addressee)
        addressee = self._said(body.name) if body else Said(text=item.addressee, language=self._language)
        basis = self._finding_numbers.get(item.basis or "")
        details = [
            self._word("basis", number=basis) if basis else "",
            self._word("due", date=day(item.due_on, self._language)) if item.due_on else "",
        ]
        return Resolution(
            number=position,
            addressee=addressee,
            text=self._said(item.text),
            details=tuple(detail for detail in details if detail),
        )

    def _source(self, source: Source) -> SourceLine:
        withheld = self._public and source.access in WITHHELD_ACCESS
        return SourceLine(
            number=self._source_numbers[source.id],
            kind=self._word(f"source_kind.{source.kind.value}"),
            title=self._said(source.title),
            owner=self._owner(source),
            reference=self._word(Label.WITHHELD) if withheld else printable(source.reference),
            obtained=day(source.obtained_on, self._language),
            access=self._word(f"access.{source.access}"),
            lawfulness=self._lawfulness(source),
        )

    def _owner(self, source: Source) -> Said:
        """As typed; a body that the report names in this language, too, by that name."""
        named = (self._content.bodies, self._content.objects, self._content.draft.conductors)
        known = (each.name for bodies in named for each in bodies)
        owner = next(
            (name for name in known if source.owner in (name.kk, name.ru, name.en)),
            None,
        )
        return self._said(owner) if owner else typed(source.owner, self._language)

    def _lawfulness(self, source: Source) -> Said:
        return typed(lawfulness_said(self._language, source), self._language)

    def _addressee(self, body: Named) -> AddresseeLine:
        return AddresseeLine(
            name=self._said(body.name),
            proposals=self._numbers_to(body.id, ItemKind.PROPOSAL),
            recommendations=self._numbers_to(body.id, ItemKind.RECOMMENDATION),
        )

    def _numbers_to(self, body: Id, kind: ItemKind) -> str:
        of_kind = [item for item in self._content.draft.decision.items if item.kind is kind]
        return ", ".join(str(n) for n, item in enumerate(of_kind, 1) if item.addressee == body)
