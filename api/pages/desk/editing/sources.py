"""Sources of information are entered, changed and removed (rules 7, 14.1)."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import col, select

from api.content.checks import check_attachments, check_source
from api.content.store import Part
from api.pages.desk.editing.edit_form import EditView
from api.pages.desk.editing.item_form import NEW, ItemForm, RemovalForm
from api.pages.desk.editing.seat import EditSitting
from api.pages.desk.naming import bodies_named
from api.pages.desk.wordings import read_title, said_in_each, stated_line, stated_text, wording_fields
from api.pages.forms.form import Line
from api.pages.forms.typed import Reader, Typed
from api.register.choices import Choice
from locales.catalogue import text
from locales.dates import say_date, say_day
from locales.lawful import lawfulness_said
from locales.terms import term
from models.report.content import Source, Wording
from models.tables.files import AttachmentRow
from models.vocabulary.procedure import Language, SourceAccess, SourceKind

_KEY = "page.desk.source"


@dataclass(frozen=True)
class SourceView(EditView):
    """What can be chosen from."""

    kinds: tuple[tuple[str, str], ...] = ()
    accesses: tuple[tuple[str, str], ...] = ()
    files: tuple[Choice, ...] = ()
    requests: tuple[Choice, ...] = ()


class OfSources(ItemForm[Source]):
    """What its forms share: how a source is read and said."""

    part = Part.SOURCE

    def kept(self, body: object) -> Source:
        return Source.model_validate(body)

    async def said(self, written: Source, sitting: EditSitting) -> tuple[Line, ...]:
        files = {each.value: each.name for each in await _files(sitting)}
        requests = {each.value: each.name for each in await _requests(sitting)}
        return tuple(_said(written, sitting.language, files, requests))


class SourceForm(OfSources):
    """A source is changed."""

    path, template, key = "sources/{about}", "desk/source.html", "source"
    fields_of_refusals = {
        "source_in_future": "obtained_on",
        "source_lawfulness_note_missing": "lawfulness_note",
        "source_not_open": "access",
        "source_reference_missing": "reference",
    }

    async def fields(self, standing: Source, sitting: EditSitting) -> dict[str, tuple[str, ...]]:
        return {
            **wording_fields("title", standing.title),
            "kind": (str(standing.kind.value),),
            "owner": (standing.owner,),
            "reference": (standing.reference,),
            "obtained_on": (standing.obtained_on.isoformat(),),
            "access": (standing.access.value,),
            "lawfulness_note": (standing.lawfulness_note,),
            "file": standing.attachments,
            "request": (standing.information_request or "",),
        }

    async def shown(self, view: EditView, typed: Typed, sitting: EditSitting) -> SourceView:
        language = sitting.language
        return SourceView(
            seen=view.seen,
            theirs=view.theirs,
            kinds=tuple((str(each.value), term(language, each)) for each in SourceKind),
            accesses=tuple((each.value, term(language, each)) for each in SourceAccess),
            files=await _files(sitting),
            requests=await _requests(sitting),
        )

    async def typed_as(self, reader: Reader, typed: Typed, sitting: EditSitting) -> Source | None:
        kind = next((each for each in SourceKind if str(each.value) == typed.one("kind")), None)
        if kind is None:
            reader.fault("kind", "desk_source_kind_missing")
        title = read_title(reader, typed, "title", "desk_source_title_missing")
        owner, reference = stated_line(reader, "owner"), stated_line(reader, "reference")
        obtained_on = reader.day("obtained_on", "desk_source_obtained_on_missing")
        access = reader.choice("access", SourceAccess, "desk_source_access_missing")
        lawfulness = stated_text(reader, "lawfulness_note")
        if kind is None or title is None or obtained_on is None or access is None:
            return None
        files = {each.value for each in await _files(sitting)}
        requests = {each.value for each in await _requests(sitting)}
        return Source(
            id=sitting.about or NEW,
            kind=kind,
            title=Wording(**title.model_dump()),
            owner=owner,
            reference=reference,
            obtained_on=obtained_on,
            access=access,
            lawfulness_note=lawfulness,
            attachments=tuple(each for each in typed.all("file") if each in files),
            information_request=typed.one("request") if typed.one("request") in requests else None,
        )

    async def check(self, written: Source, sitting: EditSitting) -> None:
        check_source(sitting.state, written, sitting.caller.organisation, sitting.today)
        await check_attachments(sitting.session, sitting.number, written)


class NewSourceForm(SourceForm):
    """A source is entered."""

    path, key = "sources/new", "source_new"


class SourceRemovalForm(RemovalForm[Source], OfSources):
    """A source is removed."""

    path, key = "sources/{about}/removal", "source_removal"


async def _files(sitting: EditSitting) -> tuple[Choice, ...]:
    """The files of the monitoring, each once."""
    rows = await sitting.session.exec(
        select(AttachmentRow).where(AttachmentRow.number == sitting.number).order_by(col(AttachmentRow.at))
    )
    names = {row.sha256: row.filename for row in rows}
    return tuple(Choice(value=sha256, name=name) for sha256, name in names.items())


async def _requests(sitting: EditSitting) -> tuple[Choice, ...]:
    """The requests for information, by the bodies that were asked and the days asked for."""
    requests = sitting.state.requests.values()
    holders = {each.holder for each in requests}
    names = await bodies_named(sitting.session, sitting.language, sitting.today, holders)
    return tuple(
        Choice(
            value=each.id,
            name=text(
                sitting.language,
                "page.desk.unanswered.until",
                name=names[each.holder],
                date=say_day(sitting.language, sitting.state.deadlines[each.deadline].due_on),
            ),
        )
        for each in requests
    )


def _said(
    source: Source, language: Language, files: dict[str, str], requests: dict[str, str]
) -> Iterator[Line]:
    def line(field: str, value: str) -> Line:
        return Line(label=text(language, f"{_KEY}.{field}"), value=value)

    yield line("kind", term(language, source.kind))
    yield from said_in_each(language, f"{_KEY}.title_field", source.title)
    yield line("owner", source.owner)
    yield line("reference", source.reference)
    yield line("obtained_on", say_date(language, source.obtained_on))
    yield line("access", term(language, source.access))
    if source.lawfulness_note:
        yield line("lawfulness_note", lawfulness_said(language, source))
    if source.attachments:
        yield line("files", "; ".join(files.get(each, each) for each in source.attachments))
    if source.information_request:
        yield line("request", requests.get(source.information_request, source.information_request))
