"""Which monitorings are found by words: the same for the API, the desk and the public pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ARRAY, ColumnElement, Text, cast, false, func, or_
from sqlmodel import col

from activities.database.words import Texts, subjects_with
from api.access.auth import Caller
from models.monitoring.readers import words_of_report, words_of_whole_sight
from models.tables.monitorings import MonitoringRow
from models.words.finding import Sought, sought


@dataclass(frozen=True)
class Reader:
    """By whose eyes texts are searched: nobody finds a monitoring by words that they may not read."""

    report: ColumnElement[bool]  # the monitorings of which they read the approved report
    whole: ColumnElement[bool]  # those of which they read drafts, too


EVERYBODY: Final = Reader(false(), false())
"""Who reads what is published alone: titles and published reports. Nobody is shown less."""


def reader(caller: Caller) -> Reader:
    """By the words that open a monitoring for the caller: the report to some, its drafts to fewer."""
    who = (caller.role, caller.organisation, caller.person)
    return Reader(found_by(words_of_report(*who)), found_by(words_of_whole_sight(*who)))


def with_words(text: str, by: Reader) -> list[ColumnElement[bool]]:
    """Every word stands somewhere in what the reader may read; a text without a word stands nowhere."""
    return [_with_word(word, by) for word in sought(text)] or [false()]


def _with_word(word: Sought, by: Reader) -> ColumnElement[bool]:
    number = col(MonitoringRow.number)
    bodies = func.array(subjects_with(word, Texts.BODY).scalar_subquery())
    spheres = func.array(subjects_with(word, Texts.SPHERE).scalar_subquery())
    return or_(
        number.in_(subjects_with(word, Texts.TITLE, Texts.PUBLISHED)),
        by.report & number.in_(subjects_with(word, Texts.APPROVED)),
        by.whole & number.in_(subjects_with(word, Texts.DRAFT)),
        col(MonitoringRow.conductors).bool_op("&&")(bodies),
        col(MonitoringRow.objects).bool_op("&&")(bodies),
        col(MonitoringRow.spheres).bool_op("&&")(spheres),
    )


def found_by(words: Iterable[str]) -> ColumnElement[bool]:
    """The rows with one of these words among their readers'."""
    return col(MonitoringRow.readers).bool_op("&&")(cast(sorted(words), ARRAY(Text)))
