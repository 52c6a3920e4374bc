"""Which texts of a report become public, and what in them is a person's identification number.

Beyond the Rules: rule 19 makes the report public, and nothing in it should be there unnoticed. Telephones and
e-mail addresses are recognised by libraries, outside this layer (`api/content/disclosures.py`).
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from models.report.content import Quantitative, ReportContent, Source, Wording
from models.report.rendition import WITHHELD_ACCESS
from models.vocabulary.base import Model
from models.vocabulary.disclosures import DisclosureKind

Text = tuple[str, str]

_IIN_DIGITS: Final = 12
_WEIGHTS: Final = (tuple(range(1, 12)), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))
# The seventh digit: sex and century of birth; 0 is given to foreigners of either century.
_CENTURIES: Final = {1: (18,), 2: (18,), 3: (19,), 4: (19,), 5: (20,), 6: (20,), 0: (19, 20)}


class Disclosure(Model):
    """One place: a JSON pointer into the report's content, what is there, and its surroundings masked."""

    pointer: str
    kind: DisclosureKind
    excerpt: str = ""
    file: str = ""  # the attachment's name, where it is in a file


def public_texts(content: ReportContent) -> Iterator[Text]:
    """Pointer and text of whatever the public rendition prints, but for what the form asks for by name.

    Contacts of conductors are a field of the form (annex I.2) and masked for natural persons (A11); names of
    bodies and spheres are the registry's; the reference of a withheld source is not printed (A8).
    """
    draft, decision = content.draft, content.draft.decision
    yield from _wording("/title", content.title)
    for conductor in draft.conductors:
        if conductor.leads_word is not None:
            yield f"/draft/conductors/{conductor.organisation}/leads_word", conductor.leads_word.act
    for source in content.sources:
        yield from _source(source)
    for indicator in content.indicators:
        if isinstance(indicator, Quantitative):
            yield from _wording(f"/indicators/{indicator.id}/name", indicator.name)
            yield f"/indicators/{indicator.id}/unit", indicator.unit
            yield f"/indicators/{indicator.id}/previous_period", indicator.previous_period
        else:
            yield from _wording(f"/indicators/{indicator.id}/text", indicator.text)
    for finding in content.findings:
        yield from _wording(f"/findings/{finding.id}/text", finding.text)
    yield from _wording("/draft/conclusions", draft.conclusions)
    for answer in draft.tasks:
        yield from _wording(f"/draft/tasks/{answer.task.value}/text", answer.text)
    yield from _wording("/draft/decision/assessment", decision.assessment)
    for item in decision.items:
        yield from _wording(f"/draft/decision/items/{item.id}/text", item.text)
    yield from _wording("/draft/decision/no_grounds", decision.no_grounds)


def public_files(content: ReportContent) -> Iterator[Text]:
    """Pointer and SHA-256 of the files behind sources that anybody may reach: they go with the report."""
    for source in content.sources:
        if source.access not in WITHHELD_ACCESS:
            for sha256 in source.attachments:
                yield f"/sources/{source.id}/attachments", sha256


def is_iin(digits: str) -> bool:
    """Whether twelve digits are a person's identification number: a real day of birth and the check digit.

    A body's BIN has a 4, 5 or 6 where the day of birth begins, so that it is none (Law on national registers
    of identification numbers, and the order on the structure of the numbers).
    """
    if len(digits) != _IIN_DIGITS or not digits.isdecimal():
        return False
    number = tuple(map(int, digits))
    return _born(digits) and number[-1] == _check_digit(number)


def _born(digits: str) -> bool:
    centuries = _CENTURIES.get(int(digits[6]), ())
    return any(
        _is_day(century * 100 + int(digits[:2]), int(digits[2:4]), int(digits[4:6])) for century in centuries
    )


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _check_digit(number: tuple[int, ...]) -> int | None:
    """The sum by the first weights; by the second where that gives 10; none where both do."""
    for weights in _WEIGHTS:
        rest = sum(weight * digit for weight, digit in zip(weights, number, strict=False)) % 11
        if rest < 10:
            return rest
    return None


def _source(source: Source) -> Iterator[Text]:
    place = f"/sources/{source.id}"
    yield from _wording(f"{place}/title", source.title)
    yield f"{place}/owner", source.owner
    if source.access not in WITHHELD_ACCESS:
        yield f"{place}/reference", source.reference
    yield f"{place}/lawfulness_note", source.lawfulness_note


def _wording(pointer: str, wording: Wording) -> Iterator[Text]:
    for language in sorted(wording.given()):
        yield f"{pointer}/{language.value}", getattr(wording, language.value)
