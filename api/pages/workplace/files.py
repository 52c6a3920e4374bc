"""Files of a monitoring for people who are signed in: the same that the API gives, to the same readers."""

from typing import Annotated, Literal

from fastapi import Depends, Path, Response

from api.access.policy import ANY_READ, CONTENT_READS, EVERYTHING
from api.http.downloads import attached
from api.http.making import answered
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.policies import MonitoringPagePolicy
from api.pages.site.routing import Reads, page_router
from api.pages.workplace.mail_said import file_inside
from api.problems.problem import ProblemCode, not_found
from api.routes.attachments import download_attachment
from api.routes.bundle import bundle_of
from api.routes.dispatch import LetterInPath
from api.routes.proofs import AttemptInPath, download_mail, message_kept
from api.routes.report import (
    VersionInPath,
    download_as_word,
    download_document,
    download_draft_as_word,
)
from api.services.made import Made
from models.mail.opening import files_of, opened
from models.report.rendition import Rendition
from models.vocabulary.access import Action
from models.vocabulary.procedure import Id, Language

router = page_router()
_HERE = "/staff/monitorings/{number}"


@router.api_route(
    f"{_HERE}/report/versions/{{version}}/documents/{{rendition}}/{{language}}.docx",
    methods=Reads,
    name="download_as_word_here",
)
async def word_copy_of_version(
    version: VersionInPath,
    rendition: Rendition,
    language: Language,
    sitting: Annotated[MonitoringSitting, Depends(MonitoringPagePolicy(*ANY_READ))],
) -> Response:
    """A version as a Word document."""
    return await download_as_word(
        version, rendition, language, sitting.access, sitting.caller, sitting.session, sitting.services
    )


@router.api_route(f"{_HERE}/report/draft/{{language}}.docx", methods=Reads, name="download_draft_here")
async def word_copy_of_draft(
    language: Language,
    sitting: Annotated[MonitoringSitting, Depends(MonitoringPagePolicy(*CONTENT_READS))],
) -> Response:
    """The report as it stands, as a Word document."""
    return await download_draft_as_word(
        language, sitting.access, sitting.caller, sitting.session, sitting.services, sitting.today
    )


@router.api_route(
    f"{_HERE}/report/versions/{{version}}/documents/{{rendition}}/{{language}}",
    methods=Reads,
    name="download_document_here",
)
async def document_of_version(
    version: VersionInPath,
    rendition: Literal["filed", "public"],
    language: Language,
    sitting: Annotated[MonitoringSitting, Depends(MonitoringPagePolicy(*ANY_READ))],
) -> Response:
    """A version as it was printed."""
    return await download_document(version, rendition, language, sitting.access, sitting.session)


@router.api_route(
    f"{_HERE}/letters/{{letter}}/attempts/{{attempt}}/eml", methods=Reads, name="download_mail_here"
)
async def message_of_attempt(
    letter: LetterInPath,
    attempt: AttemptInPath,
    sitting: Annotated[MonitoringSitting, Depends(MonitoringPagePolicy(*EVERYTHING))],
) -> Response:
    """The message of an attempt without its link: the proof of what was sent."""
    return await download_mail(
        letter, attempt, sitting.access, sitting.session, sitting.today, sitting.language
    )


@router.api_route(
    f"{_HERE}/letters/{{letter}}/attempts/{{attempt}}/files/{{place}}",
    methods=Reads,
    name="download_letters_file",
)
async def file_of_letter(
    letter: LetterInPath,
    attempt: AttemptInPath,
    place: Annotated[int, Path(ge=0, le=10_000)],
    sitting: Annotated[MonitoringSitting, Depends(MonitoringPagePolicy(*EVERYTHING))],
) -> Response:
    """What a letter enclosed: always saved, never shown here."""
    sha256, message = await message_kept(sitting.session, sitting.number, letter, attempt)
    file = next((each for each in files_of(opened(message)) if each.place == place), None)
    content = file_inside(message, place) if file else None
    if file is None or content is None:
        raise not_found(ProblemCode.ATTACHMENT_UNKNOWN)
    name = file.filename or f"{sitting.number}-{letter}-{place}"
    return attached(content, "application/octet-stream", f"{sha256}-{place}", name)


@router.api_route(f"{_HERE}/attachments/{{attachment}}", methods=Reads, name="download_attachment_here")
async def attached_file(
    attachment: Annotated[Id, Path()],
    sitting: Annotated[MonitoringSitting, Depends(MonitoringPagePolicy(*CONTENT_READS))],
) -> Response:
    """A file under the name it was given."""
    return await download_attachment(attachment, sitting.access, sitting.session)


@router.api_route(f"{_HERE}/bundle", methods=Reads, name="download_bundle_here")
async def whole_bundle(
    sitting: Annotated[MonitoringSitting, Depends(MonitoringPagePolicy(Action.READ_BUNDLE))],
) -> Response:
    """Everything about it, to be checked offline."""
    await sitting.session.commit()  # whoever waits for a turn holds no connection

    async def making() -> Made:
        return await bundle_of(sitting.services, sitting.state, sitting.now)

    return await answered(sitting.services, sitting.caller.account, making, None)
