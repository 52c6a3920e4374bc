"""Places with a person's data, as they are shown to whoever writes, approves or publishes a report."""

from typing import Final

from pydantic import BaseModel, Field

from locales.catalogue import text
from locales.terms import term
from models.report.disclosures import Disclosure
from models.vocabulary.disclosures import DisclosureKind
from models.vocabulary.procedure import Language

DISCLOSURES_SEEN: Final[bool] = Field(
    default=False,
    description="That the caller has seen the places with a person's data (`disclosures` of the version). "
    "Needed only where there are any.",
)


class DisclosureView(BaseModel):
    """One place: where it is, of what kind, its surroundings with the data masked, and a sentence."""

    pointer: str = Field(examples=["/findings/f1/text/kk"])
    kind: DisclosureKind
    excerpt: str = Field(examples=["… ЖСН 82•••••••••• …"])
    file: str = Field(description="The attachment's name, where it is in a file.")
    detail: str = Field(examples=["Мәтінде жеке сәйкестендіру нөмірі (ЖСН) бар."])


def disclosures_view(found: tuple[Disclosure, ...], language: Language) -> tuple[DisclosureView, ...]:
    return tuple(DisclosureView(**place.model_dump(), detail=_detail(place, language)) for place in found)


def _detail(place: Disclosure, language: Language) -> str:
    key = "say.disclosure_in_file" if place.file else "say.disclosure"
    return text(language, key, kind=term(language, place.kind), file=place.file)
