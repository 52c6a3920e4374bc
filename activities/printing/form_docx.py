"""The annex form of order №192 as a Word document: the sheet that the PDF prints, to be read and worked on.

Every text is put in as data, run by run; no template is filled in. Pure: same content, same bytes.
"""

from collections.abc import Sequence
from typing import Final

from activities.printing.chart_pictures import WIDE, as_png
from activities.printing.docx_paper import Column, Paper
from activities.printing.form_writer import sheet_of
from activities.printing.sheet import Indicators, Resolution, Said, Sheet, SourceLine
from models.report.content import ReportContent
from models.report.rendition import Rendition
from models.vocabulary.procedure import Language, Sha256

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NONE: Final = "—"


def render_docx(
    content: ReportContent,
    *,
    language: Language,
    rendition: Rendition,
    version: int,
    content_sha256: Sha256,
    standing: str,
) -> bytes:
    """One version of a report, or its draft, as a document of Office Open XML (ISO/IEC 29500).

    `standing` says in words what it is (a draft, approved on a day) and stands at the head of every page.
    """
    sheet = sheet_of(
        content,
        language=language,
        rendition=rendition,
        version=version,
        content_sha256=content_sha256,
    )
    return _Writer(sheet, standing).written()


class _Writer:
    def __init__(self, sheet: Sheet, standing: str) -> None:
        self._sheet, self._words = sheet, sheet.labels
        self._paper = Paper(
            language=sheet.language,
            title=sheet.document_title,
            dated=sheet.dated,
            head=standing,
            foot=f"№ {sheet.number} · {self._words['version']}: {sheet.version} · {sheet.rendition}",
        )

    def written(self) -> bytes:
        self._introduction()
        self._information()
        self._conclusion()
        self._cover()
        return self._paper.written()

    def _introduction(self) -> None:
        sheet, words, paper = self._sheet, self._words, self._paper
        paper.aside(words["annex"])
        paper.aside(words["form"])
        paper.heading(1, words["heading"])
        paper.centred(sheet.kind, strong=True)
        paper.centred(words["kind_caption"])
        paper.heading(2, words["part_1"])
        paper.entry(1, f"{words['objects']}:")
        for named in sheet.scope:
            paper.text(named, strong=True, inside=True)
        paper.entry(2, f"{words['conducted_by']}:")
        for contact in sheet.contacts:
            paper.text(contact.name, strong=True, inside=True)
            paper.own(f"{words['email']}: {contact.email}", inside=True)
            paper.own(f"{words['phone']}: {contact.phone}", inside=True)
            if contact.leads_word:
                paper.own(contact.leads_word, inside=True, small=True)
        paper.entry(3, sheet.period)
        paper.own(words["origin"], small=True)

    def _information(self) -> None:
        sheet, words, paper = self._sheet, self._words, self._paper
        paper.heading(2, words["part_2"])
        paper.own(words["part_2_text"], slanted=True)
        for name, group in ((words["state"], sheet.state), (words["cause"], sheet.cause)):
            self._indicators(name, group)
        if sheet.problems:
            paper.heading(3, words["problems"])
        for problem in sheet.problems:
            paper.entry(problem.number, problem.text, after=_cited(problem.sources))
            if problem.facets:
                paper.own(f"{words['facets']}: {'; '.join(problem.facets)}", inside=True, small=True)

    def _indicators(self, name: str, group: Indicators) -> None:
        words, paper = self._words, self._paper
        if group.figures or group.statements:
            paper.heading(3, name)
        if group.figures:
            paper.heading(4, words["quantitative"])
            for chart in group.charts:
                paper.picture(as_png(chart.svg), f"{chart.title}. {chart.description}", WIDE)
            paper.table(
                (
                    Column(words["column_number"], 10),
                    Column(words["column_name"], 52),
                    Column(words["column_value"], 26, right=True),
                    Column(words["column_calculation"], 31, right=True),
                    Column(words["column_previous"], 27, right=True),
                    Column(words["column_sources"], 24),
                ),
                [
                    (
                        str(figure.number),
                        figure.name,
                        _marked(figure.value, figure.mark),
                        figure.calculation or _NONE,
                        _marked(figure.previous or _NONE, figure.previous_mark),
                        _cited(figure.sources),
                    )
                    for figure in group.figures
                ],
            )
        if group.statements:
            paper.heading(4, words["qualitative"])
        for statement in group.statements:
            paper.entry(statement.number, statement.text, after=_cited(statement.sources))

    def _conclusion(self) -> None:
        sheet, words, paper = self._sheet, self._words, self._paper
        paper.heading(2, words["part_3"])
        paper.own(words["part_3_text"], slanted=True)
        paper.heading(3, words["conclusions"])
        self._text_or_none(sheet.conclusions)
        if sheet.tasks:
            paper.heading(3, words["tasks"])
        for position, row in enumerate(sheet.tasks, 1):
            paper.heading(4, f"{position}) {row.task}")
            paper.text(row.text)
        self._indicators(words["effectiveness"], sheet.effectiveness)
        paper.heading(3, words["decision"])
        if sheet.assessment.text:
            paper.heading(4, words["assessment"])
            paper.text(sheet.assessment)
        if sheet.proposals:
            paper.heading(4, words["proposals"])
            self._resolutions(sheet.proposals)
        paper.heading(4, words["recommendations"])
        self._resolutions(sheet.recommendations)
        if sheet.no_grounds.text:
            paper.own(f"{words['no_grounds']}:")
            paper.text(sheet.no_grounds)
        elif not sheet.recommendations:
            paper.own(_NONE)

    def _text_or_none(self, said: Said) -> None:
        if said.text:
            self._paper.text(said)
        else:
            self._paper.own(_NONE)

    def _resolutions(self, rows: Sequence[Resolution]) -> None:
        for row in rows:
            self._paper.entry(row.number, row.addressee, before=f"{self._words['addressee']}: ", strong=True)
            self._paper.text(row.text, inside=True)
            if row.details:
                self._paper.own(" · ".join(row.details), inside=True, small=True)

    def _cover(self) -> None:
        """What the form has no fields for, on a page of its own that says so."""
        sheet, words, paper = self._sheet, self._words, self._paper
        paper.new_page()
        paper.heading(2, words["cover"])
        paper.own(words["cover_note"], small=True)
        paper.facts(
            (
                (words["title"], sheet.title),
                (words["number"], sheet.number),
                (words["version"], str(sheet.version)),
                (words["rendition"], sheet.rendition),
                (words["authentic"], sheet.authentic_language),
                (words["content_hash"], sheet.content_sha256),
            )
        )
        if sheet.sources:
            paper.heading(3, words["sources"])
            paper.table(
                (
                    Column(words["column_number"], 10),
                    Column(words["source_kind"], 45),
                    Column(words["source_title"], 89),
                    Column(words["source_obtained"], 26),
                ),
                [
                    (source.number, f"{source.kind}\n{source.access}", self._source(source), source.obtained)
                    for source in sheet.sources
                ],
            )
        if sheet.addressees:
            paper.heading(3, words["addressees"])
            paper.table(
                (
                    Column(words["addressee"], 98),
                    Column(words["column_proposals"], 36),
                    Column(words["column_recommendations"], 36),
                ),
                [
                    (row.name, row.proposals or _NONE, row.recommendations or _NONE)
                    for row in sheet.addressees
                ],
            )
        for note in (*sheet.notes, words["docx_note"]):
            paper.own(note, small=True)

    def _source(self, source: SourceLine) -> tuple[Said, ...]:
        language, words = self._sheet.language, self._words
        lines = [source.title]
        for name, said in (
            (words["source_owner"], source.owner),
            (words["source_reference"], Said(text=source.reference, language=language)),
            (words["source_lawfulness"], source.lawfulness),
        ):
            if said.text:
                lines += [Said(text=f"{name}: ", language=language), said]
        return tuple(lines)


def _cited(sources: Sequence[str]) -> str:
    return " ".join(f"[{source}]" for source in sources)


def _marked(value: str, mark: str) -> str:
    return f"{value}\n{mark}" if mark else value
