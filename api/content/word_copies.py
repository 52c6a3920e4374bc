"""A report as a Word document, made from its content when it is asked for: nothing of it is kept or filed."""

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from activities.printing.form_docx import MEDIA_TYPE, render_docx
from activities.printing.form_words import day, label
from activities.registries.contents import frozen_content
from api.problems.problem import ProblemCode, not_found
from api.services.made import Made, kept
from api.services.services import Services
from models.report.content import ReportContent, content_sha256
from models.report.rendition import Rendition
from models.vocabulary.procedure import Language, Sha256


class StandingOf(Protocol):
    """What a version says of how far it is."""

    @property
    def number(self) -> int: ...
    @property
    def approved_on(self) -> date | None: ...
    @property
    def returned(self) -> object: ...


@dataclass(frozen=True)
class WordCopy:
    """Which document: `standing` says in words how far it is."""

    rendition: Rendition
    language: Language
    version: int
    standing: str
    draft: bool = False

    def made_of(self, content: ReportContent, sha256: Sha256) -> Made:
        """Takes up to seconds for a large report: not beside the loop."""
        body = render_docx(
            content,
            language=self.language,
            rendition=self.rendition,
            version=self.version,
            content_sha256=sha256,
            standing=self.standing,
        )
        which = "draft" if self.draft else f"v{self.version}-{self.rendition.value}"
        name = f"{content.number}-{which}-{self.language.value}.docx"
        return kept(body, name, MEDIA_TYPE)


async def copy_of_version(
    services: Services, version: StandingOf, content: Sha256, rendition: Rendition, language: Language
) -> Made:
    """A version as it was frozen. Raises Failed (404) where its content is not on file."""
    copy = WordCopy(rendition, language, version.number, _standing(version, language))
    async with services.sessions() as session:
        frozen = await frozen_content(session, content)
    if frozen is None:
        raise not_found(ProblemCode.ATTACHMENT_UNKNOWN)
    return await asyncio.to_thread(copy.made_of, frozen, content)


async def copy_of_draft(content: ReportContent, version: int, language: Language) -> Made:
    """The report as it would be submitted now, as its next version."""
    copy = WordCopy(Rendition.FILED, language, version, label(language, "standing.draft"), draft=True)
    return await asyncio.to_thread(lambda: copy.made_of(content, content_sha256(content)))


def _standing(version: StandingOf, language: Language) -> str:
    if version.approved_on is not None:
        return label(language, "standing.approved", date=day(version.approved_on, language))
    key = "standing.returned" if version.returned else "standing.submitted"
    return label(language, key, version=version.number)
