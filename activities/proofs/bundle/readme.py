"""The auditor's README in three languages: what is in the bundle and how it is checked."""

from locales.catalogue import text
from models.proof.archive import RunStatus
from models.proof.bundle import Sheet
from models.vocabulary.procedure import Language


def readmes(sheet: Sheet, version: str) -> dict[str, bytes]:
    """One file per language."""
    return {f"README.{language.value}.md": _readme(sheet, version, language) for language in Language}


def _readme(sheet: Sheet, version: str, language: Language) -> bytes:
    of = sheet.workflow_id.partition("/")[0]
    still_open = sheet.runs[-1].status is RunStatus.RUNNING
    words = text(
        language,
        f"bundle.readme.{of}",
        number=sheet.number,
        seq=sheet.head.seq,
        head=sheet.head.hash,
        version=version,
        events=sheet.runs[-1].events,
    )
    end = text(language, f"bundle.{'open' if still_open else 'ended'}.{of}", events=sheet.runs[-1].events)
    return f"{words}\n\n{end}\n".encode()
