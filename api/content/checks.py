"""What is checked when content is entered: the same functions judge it again when a stage is completed."""

from collections.abc import Mapping
from datetime import date

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from sqlmodel import select

from api.content.store import Part, newest_revisions
from api.http.deps import Session
from api.problems.problem import ProblemCode, invalid
from models.monitoring.rules.report_form import indicator_refusals
from models.monitoring.rules.sources import source_refusals
from models.monitoring.state import MonitoringState
from models.report.content import Indicator, ReportContent, ReportDraft, Source, Title, Wording
from models.report.facts import facts_of
from models.tables.content import RevisionRow
from models.tables.files import AttachmentRow
from models.vocabulary.procedure import Id, Kind, Number
from models.vocabulary.refusal import refuse_all
from models.vocabulary.texts import says_something


def check_source(state: MonitoringState, source: Source, by: Id, today: date) -> None:
    """Rules 7, 7.6 and 14.1, for whichever conductor brings it in. Raises `Refused`, Failed (422) for words
    that say nothing, or RequestValidationError for its title."""
    check_title(source.title)
    _check_stated("/owner", source.owner)
    _check_stated("/reference", source.reference)
    _check_stated("/lawfulness_note", source.lawfulness_note)
    facts = facts_of(ReportContent(number=state.number, kind=state.kind, sources=(source,)))
    refuse_all(source_refusals(facts.sources[0], state.sources_of(by), state.edition, today))


def check_reasons(draft: ReportDraft) -> None:
    """Rule 16.2 (A6): where there are «no grounds», it is said why. Raises Failed (422)."""
    reasons = draft.decision.no_grounds
    for language in reasons.given():
        _check_stated(f"/decision/no_grounds/{language.value}", reasons.best(language))


def _check_stated(pointer: str, text: str) -> None:
    """Nothing may be missing yet; what is there is more than a dash."""
    if text and not says_something(text):
        raise invalid(ProblemCode.INVALID, pointer, "text_says_nothing")


def check_title(title: Wording) -> None:
    """One line of which something can be seen. Raises RequestValidationError with the language it is in."""
    try:
        Title.model_validate(title.model_dump())
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
        raise RequestValidationError([{**e, "loc": ("body", "title", *e["loc"])} for e in found]) from None


async def check_attachments(session: Session, number: Number, source: Source) -> None:
    """A source's files were attached to this monitoring before. Raises Failed (422)."""
    for sha256 in source.attachments:
        if not await attached(session, number, sha256):
            raise invalid(ProblemCode.ATTACHMENT_UNKNOWN, "/attachments")


def check_indicator(indicator: Indicator, pointer: str = "") -> None:
    """A stated share agrees with its numbers (annex II); `pointer` is the indicator's in its body.

    Raises `Refused`, or Failed (422) if it has none.
    """
    content = ReportContent(number="", kind=Kind.THEMATIC, indicators=(indicator,))
    try:
        facts = facts_of(content)
    except ArithmeticError:
        raise invalid(ProblemCode.NUMBER_OUT_OF_RANGE, f"{pointer}/value") from None
    refuse_all(indicator_refusals(facts.indicators[0]))


async def check_cited(session: Session, number: Number, sources: tuple[Id, ...]) -> None:
    """As `are_cited`, of what is there now."""
    are_cited(
        await newest_revisions(session, number, *((Part.SOURCE, source) for source in sources)), sources
    )


def are_cited(newest: Mapping[tuple[Part, Id], RevisionRow], sources: tuple[Id, ...]) -> None:
    """Whatever cites a source cites one of this monitoring (rule 7). Raises Failed (422, source_unknown)."""
    for place, source in enumerate(sources):
        row = newest.get((Part.SOURCE, source))
        if row is None or row.body is None:
            raise invalid(ProblemCode.SOURCE_UNKNOWN, f"/sources/{place}", source=source)


async def attached(session: Session, number: Number, sha256: str) -> bool:
    """Whether a file of this hash was attached to the monitoring."""
    found = select(AttachmentRow.id).where(AttachmentRow.number == number, AttachmentRow.sha256 == sha256)
    return (await session.exec(found.limit(1))).first() is not None
