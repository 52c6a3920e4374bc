"""The content of a monitoring: sources, indicators, findings, the annex form and the decision of rule 16.

Content lives in the database with its revisions; the procedure pins it by the SHA-256 of `canonical`
(RFC 8785 style: sorted keys, no spaces, UTF-8) and carries only the `ReportFacts` the rules ask about.
"""

import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from models.vocabulary.actors import Authority
from models.vocabulary.base import Model
from models.vocabulary.bodies import Body
from models.vocabulary.procedure import (
    Facet,
    Id,
    IndicatorKind,
    IndicatorRole,
    ItemKind,
    Kind,
    Language,
    Sha256,
    SourceAccess,
    SourceKind,
    Task,
)
from models.vocabulary.texts import LongText, ShortText, TitleText


class Wording(Model):
    """One text in up to three languages; Kazakh first. At least one is given."""

    kk: LongText = ""
    ru: LongText = ""
    en: LongText = ""

    def given(self) -> frozenset[Language]:
        return frozenset(lang for lang in Language if getattr(self, lang.value))

    def best(self, language: Language) -> str:
        """The text in this language, else Kazakh, Russian, English in that order."""
        wanted = str(getattr(self, language.value))
        return wanted or self.kk or self.ru or self.en


class Title(Wording):
    """A wording as a title is entered: one line, something of which can be seen.

    What is kept is a `Wording`: older titles stay readable.
    """

    kk: TitleText = ""
    ru: TitleText = ""
    en: TitleText = ""


class Source(Model):
    """Rule 7: one source of information, with where it comes from and who can reach it."""

    id: Id
    kind: SourceKind
    title: Wording
    owner: ShortText
    reference: ShortText  # an address (URL) or a publication's reference
    obtained_on: date
    access: SourceAccess
    lawfulness_note: LongText = ""  # kind 6: why the law does not prohibit it
    attachments: tuple[Sha256, ...] = ()
    information_request: Id | None = None  # the request whose answer this source is


# Bounded, so that no stated value can be too long to print or to compute with.
Measure = Annotated[Decimal, Field(max_digits=24, decimal_places=8)]


class Quantitative(Model):
    """A measured indicator. A share is `numerator / denominator * 100`; a stated value must agree."""

    kind: Literal[IndicatorKind.QUANTITATIVE] = IndicatorKind.QUANTITATIVE
    id: Id
    role: IndicatorRole
    name: Wording
    unit: ShortText = ""
    value: Measure
    numerator: Measure | None = None
    denominator: Measure | None = None
    previous: Measure | None = None
    previous_period: ShortText = ""
    sources: tuple[Id, ...] = ()

    def is_share(self) -> bool:
        return self.numerator is not None and self.denominator is not None

    def recomputed(self) -> Decimal | None:
        """The share in percent, to as many decimals as the stated value has; None if it is not a share."""
        if self.numerator is None or self.denominator is None or self.denominator == 0:
            return None
        exponent = self.value.as_tuple().exponent
        places = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
        return (self.numerator / self.denominator * 100).quantize(min(places, Decimal(1)))

    def differs(self) -> bool:
        """Whether the stated share is not what its numerator and denominator give."""
        if not self.is_share() or self.undivided():
            return False
        return self.recomputed() != self.value

    def half_given(self) -> bool:
        """Whether one number of a share is there without the other: nobody could recompute it."""
        return (self.numerator is None) is not (self.denominator is None)

    def undivided(self) -> bool:
        """Whether nothing can be a share of what is given as the whole."""
        return self.denominator is not None and self.denominator <= 0


class Qualitative(Model):
    """An indicator in words."""

    kind: Literal[IndicatorKind.QUALITATIVE] = IndicatorKind.QUALITATIVE
    id: Id
    role: IndicatorRole
    text: Wording
    sources: tuple[Id, ...] = ()


Indicator = Annotated[Quantitative | Qualitative, Field(discriminator="kind")]


class Finding(Model):
    """A problem issue that contributes to corruption (rules 11, 14.3), tagged by rule 6's facets."""

    id: Id
    text: Wording
    facets: tuple[Facet, ...] = ()
    sources: tuple[Id, ...] = ()


class Item(Model):
    """A proposal or a recommendation of the decision (rule 16), to one body, on the ground of a finding."""

    id: Id
    kind: ItemKind
    addressee: Id
    text: Wording
    basis: Id | None = None  # the finding it rests on
    due_on: date | None = None


class Decision(Model):
    """Rule 16: the assessment with proposals (1), and recommendations or a reasoned «no grounds» (2)."""

    assessment: Wording = Wording()
    items: tuple[Item, ...] = ()
    no_grounds: Wording = Wording()


class TaskAnswer(Model):
    """Rule 10: how the report answers one task of a comprehensive monitoring."""

    task: Task
    text: Wording


class Conductor(Model):
    """Form I.2: who conducted, with e-mail and telephone, as printed.

    `leads_word` is the act by which it agreed, where only the lead says so.
    """

    organisation: Id
    name: Wording
    natural_person: bool = False
    email: ShortText = ""
    phone: ShortText = ""
    leads_word: Authority | None = None


class ReportDraft(Model):
    """What an analyst writes besides indicators and findings. Dates are local (Asia/Almaty)."""

    started_on: date | None = None
    ended_on: date | None = None
    conductors: tuple[Conductor, ...] = ()
    conclusions: Wording = Wording()
    tasks: tuple[TaskAnswer, ...] = ()
    decision: Decision = Decision()
    authentic_language: Language = Language.KK


class Named(Model):
    """A body or a sphere with its names as they were when the content was frozen."""

    id: Id
    name: Wording


class ReportContent(Model):
    """Everything a report version is made of, frozen together: it can be printed without the database."""

    number: str
    kind: Kind
    title: Wording = Wording()
    spheres: tuple[Named, ...] = ()
    objects: tuple[Named, ...] = ()
    bodies: tuple[Named, ...] = ()  # the addressees of the decision's items
    registered: tuple[Body, ...] | None = None  # who of them the registry knew that day; None: was not asked
    draft: ReportDraft = ReportDraft()
    sources: tuple[Source, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    findings: tuple[Finding, ...] = ()


def canonical(model: Model) -> bytes:
    """The bytes a hash is taken of: sorted keys, no spaces, UTF-8, NFC as stored."""
    plain = model.model_dump(mode="json")
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def content_sha256(content: Model) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()
