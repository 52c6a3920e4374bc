"""Repeat findings (beyond the Rules). When findings repeat each other, exactly:

1. they stand in two or more different reports, and
2. at least one of these holds for all of them:
   - *same text*: their texts in one language are the same but for case, punctuation and blanks;
   - *same object*: they speak of the same facets of rule 6, all of them, and of one common object;
   - *same sphere*: likewise, and of one common sphere.

A finding without facets can only repeat by its text: nothing is known of what it speaks about. Each repeat
names its members and every reason that holds for exactly these members. Nothing is inferred from A repeating
B and B repeating C.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from models.register.rows import ElementKind, Row
from models.register.wording import plain
from models.vocabulary.base import Model
from models.vocabulary.procedure import Facet, Language


class RepeatReason(StrEnum):
    """Why findings are said to repeat each other."""

    SAME_TEXT = "same_text"
    SAME_OBJECT = "same_object"
    SAME_SPHERE = "same_sphere"


class Because(Model):
    """One reason; `common` is the object or sphere, or the language of the text."""

    reason: RepeatReason
    common: str
    facets: tuple[Facet, ...] = ()


class Repeat(Model):
    """Findings that repeat each other, the newest first."""

    because: tuple[Because, ...]
    members: tuple[Row, ...]

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({row.year for row in self.members}))


_REASONS = tuple(RepeatReason)
_LANGUAGES = tuple(language.value for language in Language)


def repeats_among(rows: Iterable[Row]) -> tuple[Repeat, ...]:
    """The repeats among the findings, those of most reports first."""
    alike: dict[tuple[Because, str], list[Row]] = {}
    for row in rows:
        if row.kind is ElementKind.FINDING:
            for likeness in _likenesses(row):
                alike.setdefault(likeness, []).append(row)
    groups: dict[tuple[tuple[int, str, str], ...], tuple[set[Because], list[Row]]] = {}
    for (because, _), members in alike.items():
        if len({row.source.report for row in members}) > 1:
            members.sort(key=_newest_first)
            reasons, _ = groups.setdefault(tuple(map(_newest_first, members)), (set(), members))
            reasons.add(because)
    found = (
        Repeat(because=tuple(sorted(reasons, key=_in_order)), members=tuple(members))
        for reasons, members in groups.values()
    )
    return tuple(sorted(found, key=_most_first))


def _likenesses(row: Row) -> Iterator[tuple[Because, str]]:
    """All that another finding may have in common with this one; the text itself tells texts apart."""
    for language in Language:
        text = plain(str(getattr(row.text, language.value)))
        if text:
            yield Because(reason=RepeatReason.SAME_TEXT, common=language.value), text
    if row.facets:
        for each in row.objects:
            yield Because(reason=RepeatReason.SAME_OBJECT, common=each, facets=row.facets), ""
        for each in row.spheres:
            yield Because(reason=RepeatReason.SAME_SPHERE, common=each, facets=row.facets), ""


def _newest_first(row: Row) -> tuple[int, str, str]:
    return (-row.year, row.source.report, row.source.element)


def _in_order(because: Because) -> tuple[int, int, str, tuple[Facet, ...]]:
    """Texts in the order of the languages, Kazakh first; bodies and spheres by their ids."""
    language = _LANGUAGES.index(because.common) if because.reason is RepeatReason.SAME_TEXT else 0
    return (_REASONS.index(because.reason), language, because.common, because.facets)


def _most_first(repeat: Repeat) -> tuple[int, tuple[tuple[int, str, str], ...]]:
    reports = {row.source.report for row in repeat.members}
    return (-len(reports), tuple(map(_newest_first, repeat.members)))
