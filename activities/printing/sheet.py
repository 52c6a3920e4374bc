"""What is printed, as data: every text chosen, numbered and safe to print.

The sheet goes to the typesetter as JSON, so no text of a person is ever read as markup.
"""

from models.vocabulary.base import Model
from models.vocabulary.procedure import Language, Sha256


class Said(Model):
    """A text and the language it is in: readers that speak aloud must know."""

    text: str
    language: Language
    mark: str = ""  # which language it is in, where that is not the document's


class Figure(Model):
    number: int
    name: Said
    value: str
    calculation: str
    previous: str
    mark: str = ""  # which language its unit is in, where that is not the document's
    previous_mark: str = ""  # the same of the period before
    sources: tuple[str, ...]


class Statement(Model):
    number: int
    text: Said
    sources: tuple[str, ...]


class Drawn(Model):
    """A chart as SVG, and what it shows in words for whoever does not see it."""

    svg: str
    title: str
    description: str


class Indicators(Model):
    """The indicators of one role: numbers in charts and in a table beneath, words in paragraphs."""

    charts: tuple[Drawn, ...] = ()
    figures: tuple[Figure, ...]
    statements: tuple[Statement, ...]


class Problem(Model):
    number: int
    text: Said
    facets: tuple[str, ...]
    sources: tuple[str, ...]


class TaskLine(Model):
    task: str
    text: Said


class Resolution(Model):
    """One proposal or recommendation; `details` are its basis and date, in words."""

    number: int
    addressee: Said
    text: Said
    details: tuple[str, ...]


class SheetContact(Model):
    name: Said
    email: str
    phone: str
    leads_word: str = ""  # that only the lead says it, and by which act


class SourceLine(Model):
    number: str
    kind: str
    title: Said
    owner: Said
    reference: str
    obtained: str
    access: str
    lawfulness: Said


class AddresseeLine(Model):
    name: Said
    proposals: str
    recommendations: str


class Sheet(Model):
    """Everything the template prints. Dates and numbers are already in words of the language."""

    language: Language
    labels: dict[str, str]
    kind: str
    title: Said
    document_title: str
    number: str
    version: int
    rendition: str
    authentic_language: str
    content_sha256: Sha256
    dated: tuple[int, int, int]  # year, month, day
    period: str
    scope: tuple[Said, ...]
    contacts: tuple[SheetContact, ...]
    state: Indicators
    cause: Indicators
    problems: tuple[Problem, ...]
    conclusions: Said
    effectiveness: Indicators
    tasks: tuple[TaskLine, ...]
    assessment: Said
    proposals: tuple[Resolution, ...]
    recommendations: tuple[Resolution, ...]
    no_grounds: Said
    sources: tuple[SourceLine, ...]
    addressees: tuple[AddresseeLine, ...]
    notes: tuple[str, ...] = ()
    printed_as: str = ""  # which print of the form it is; nothing was said of the first
