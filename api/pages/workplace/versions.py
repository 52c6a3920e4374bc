"""The versions of the report as a monitoring's page lists them, each with its printed files (15, 16)."""

from api.history.names import Names
from api.history.texts import texts_said
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.forms import Way, ways_about
from api.views.versions import VersionView, versions_seen
from locales.catalogue import text
from locales.dates import say_day
from models.timeline.sayings import Mention
from models.vocabulary.base import Model
from models.vocabulary.letters import RecipientKind
from models.vocabulary.procedure import Sha256


class Printed(Model):
    """A PDF with the Word document beside it: their addresses, and what they are."""

    address: str
    sha256: Sha256
    rendition: str
    language: str
    size: int

    @property
    def word_copy(self) -> str:
        return f"{self.address}.docx"


class VersionSaid(Model):
    number: int
    said: str
    why_returned: str
    current: bool
    printed: tuple[Printed, ...]
    ways: tuple[Way, ...]


def versions_mentioned(sitting: MonitoringSitting) -> tuple[Mention, ...]:
    accounts = {each.submitted_by for each in versions_seen(sitting.access)}
    return tuple(Mention(registry=RecipientKind.ACCOUNT, id=each) for each in accounts if each)


async def versions_said(sitting: MonitoringSitting, names: Names) -> tuple[VersionSaid, ...]:
    """The newest first; why one was given back is said to those who work on it."""
    state = sitting.state
    reasons = await _reasons(sitting) if sitting.access.sees_everything else {}
    current = state.current.number if state.current else 0
    return tuple(
        VersionSaid(
            number=each.number,
            said=_said(sitting, each, names),
            why_returned=reasons.get(each.return_reason or "", ""),
            current=each.number == current,
            printed=tuple(
                Printed(
                    address=f"{sitting.home}/report/versions/{each.number}/documents/"
                    f"{document.rendition}/{document.language.value}",
                    sha256=document.sha256,
                    rendition=document.rendition,
                    language=document.language.value,
                    size=document.size,
                )
                for document in each.documents
            ),
            ways=tuple(ways_about(state, sitting.access.may, str(each.number), "versions")),
        )
        for each in reversed(versions_seen(sitting.access))
    )


async def _reasons(sitting: MonitoringSitting) -> dict[Sha256, str]:
    hashes = {each.returned: None for each in sitting.state.versions if each.returned}
    found = await texts_said(sitting.session, sitting.language, hashes) if hashes else {}
    return {sha256: said.text for sha256, said in found.items()}


def _said(sitting: MonitoringSitting, version: VersionView, names: Names) -> str:
    language = sitting.language
    parts = []
    if version.submitted_by and sitting.access.sees_everything:
        who = names.of(Mention(registry=RecipientKind.ACCOUNT, id=version.submitted_by))
        parts.append(text(language, "page.workplace.version.submitted", name=who))
    if version.returned:
        parts.append(text(language, "page.workplace.version.returned"))
    elif version.approved_on:
        parts.append(
            text(language, "page.workplace.version.approved", date=say_day(language, version.approved_on))
        )
    else:
        parts.append(text(language, "page.workplace.version.waits"))
    return " · ".join(parts)
