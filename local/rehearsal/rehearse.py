"""The whole of it: stage, plot, proof, and what is left to be shown."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from local.rehearsal.days import Days
from local.rehearsal.plot import Plot
from local.rehearsal.stage import stage
from local.rehearsal.timetable import Happened, timetable
from local.rehearsal.truth import Truth, proved
from local.rehearsal.words import Words, words_for
from models.consolidation.state import ConsolidationState
from models.duty.state import DutyState
from models.monitoring.state import MonitoringState
from models.report.received import ReceivedReport
from models.vocabulary.procedure import Id, Language


@dataclass(frozen=True)
class Rehearsed:
    """What came of it."""

    days: Days
    lines: tuple[Happened, ...]
    words: Words
    duties: list[DutyState]
    consolidation: ConsolidationState
    inbox: dict[Id, ReceivedReport]
    monitorings: list[MonitoringState]
    truth: Truth


async def rehearse(language: Language, says: Callable[[str], None]) -> Rehearsed:
    """Play the plot once. Raises `RehearsalFailed` where something is not as it should be."""
    async with played(says) as plot:
        return await judged(plot, language)


@asynccontextmanager
async def played(says: Callable[[str], None]) -> AsyncIterator[Plot]:
    """The plot played to its end, on a stage that stands until the block ends. Raises `RehearsalFailed`."""
    async with stage() as parts:
        plot = Plot(parts, says)
        await plot.play()
        yield plot


async def judged(plot: Plot, language: Language) -> Rehearsed:
    """What came of it, proved. Raises `RehearsalFailed`."""
    records = plot.records
    lines = await timetable(records)
    (consolidation,) = await records.consolidations()
    async with plot.stage.working():
        truth = await proved(plot.stage, records)
    return Rehearsed(
        days=plot.days,
        lines=lines,
        words=await words_for(plot.stage.sessions, language, plot.days.end, lines),
        duties=await records.duties(),
        consolidation=consolidation,
        inbox=await records.received(),
        monitorings=await records.monitorings(),
        truth=truth,
    )
