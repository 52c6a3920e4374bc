"""The filters of the register as they stand in the address."""

from typing import Annotated

from fastapi import Depends, Query
from pydantic import BaseModel, Field

from api.http.languages import ReadersLanguage
from api.http.requests import SearchText
from models.register import ElementKind, RegisterFilters
from models.vocabulary.procedure import Id, Language


class AskedRegister(BaseModel):
    """All of them together; what is left out does not narrow."""

    sphere: Id | None = None
    region: SearchText | None = Field(default=None, description="A region as the registry of bodies has it.")
    object: Id | None = Field(default=None, description="A body that was monitored.", examples=["clinic-2"])
    year: int | None = Field(default=None, ge=2000, le=2100, description="Of the last day of conduct.")
    kind: ElementKind | None = None
    conductor: Id | None = Field(default=None, description="One of the bodies that conducted it.")

    def filters(self) -> RegisterFilters:
        return RegisterFilters.model_validate(self.model_dump())


AnyAskedRegister = Annotated[AskedRegister, Query()]


def language_wanted(
    accepted: ReadersLanguage,
    language: Annotated[
        Language | None, Query(description="Of names and headings; else as `Accept-Language` says.")
    ] = None,
) -> Language:
    """A register that is passed on as an address keeps its language."""
    return language or accepted


WantedLanguage = Annotated[Language, Depends(language_wanted)]
