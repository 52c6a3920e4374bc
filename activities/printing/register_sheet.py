"""What is printed of the consolidated register, as data: every text chosen and safe to print."""

from activities.printing.sheet import Said
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language


class ReportEntry(Model):
    """A report the register rests on."""

    number: str
    version: str
    title: Said
    conductor: str
    ended: str
    received: str
    content: str


class CountEntry(Model):
    """A figure with the reports it comes from: `2026-SARY-0001 (9)`."""

    name: str
    findings: str
    proposals: str
    recommendations: str
    indicators: str
    total: str
    reports: tuple[str, ...]


class CountGroup(Model):
    name: str
    counts: tuple[CountEntry, ...]


class FindingEntry(Model):
    text: Said
    details: str  # objects, regions, subject matter
    report: str


class FindingGroup(Model):
    """The findings of one sphere; one that concerns several stands under each."""

    name: str
    findings: tuple[FindingEntry, ...]


class RepeatEntry(Model):
    heading: str
    because: tuple[str, ...]
    members: tuple[FindingEntry, ...]


class ChangeEntry(Model):
    """A figure, the year before, and the difference or why there is none."""

    name: Said
    about: str
    year: str
    now: str
    before: str
    change: str
    why_not: str
    reports: tuple[str, ...]


class RegisterSheet(Model):
    """Everything the template prints. Dates and numbers are already in words of the language."""

    language: Language
    labels: dict[str, str]
    dated: tuple[int, int, int]  # year, month, day
    period: str
    narrowed: str
    made: str
    left_out: str
    empty_parts: str  # the parts that have no entries, in one sentence: they are not printed
    reports: tuple[ReportEntry, ...]
    counts: tuple[CountGroup, ...]
    findings: tuple[FindingGroup, ...]
    repeats: tuple[RepeatEntry, ...]
    count_changes: tuple[ChangeEntry, ...]
    indicator_changes: tuple[ChangeEntry, ...]
    note: str = ""
