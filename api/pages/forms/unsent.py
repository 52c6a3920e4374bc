"""What somebody typed that was not sent, beside what counts: only where the two say something else."""

from itertools import groupby
from typing import TypeAlias

from api.pages.forms.form import A, AnswerOnRecord, B, Form, Line
from api.pages.forms.typed import Typed

_Said: TypeAlias = tuple[str, str, tuple[tuple[str, str], ...]]


async def unsent_of(
    form: Form[A, B], bench: B, typed: Typed | None, recorded: AnswerOnRecord[A]
) -> tuple[Line, ...]:
    """In the words of an answer where it is one; nothing where nothing was typed or it is what was sent."""
    if typed is None:
        return ()
    reading = await form.read(typed, bench)
    if reading.answer == recorded.answer:
        return ()
    return _unlike(await form.as_typed(typed, reading, bench), await form.lines(recorded.answer, bench))


def _unlike(said: tuple[Line, ...], counts: tuple[Line, ...]) -> tuple[Line, ...]:
    """Group by group, as headings tell them apart."""
    known = {heading: {_says(line) for line in lines} for heading, lines in _groups(counts).items()}
    return tuple(
        line
        for heading, lines in _groups(said).items()
        if not {_says(each) for each in lines} <= known.get(heading, set())
        for line in lines
    )


def _groups(lines: tuple[Line, ...]) -> dict[str, list[Line]]:
    under, heading = [], ""
    for line in lines:
        heading = line.heading or heading
        under.append((heading, line))
    return {each: [line for _, line in pairs] for each, pairs in groupby(under, key=lambda pair: pair[0])}


def _says(line: Line) -> _Said:
    return line.label, line.value, tuple((file.name, file.sha256) for file in line.files)
