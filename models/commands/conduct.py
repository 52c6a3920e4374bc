"""The start of a monitoring and the gathering of information (rules 2, 3, 5, 7-11, 14)."""

from datetime import date

from models.commands.command import Command
from models.report.facts import ContentPin
from models.vocabulary.actors import Authority
from models.vocabulary.bodies import Body
from models.vocabulary.editions import Edition
from models.vocabulary.procedure import Activity, Id, InformationOutcome, Kind, Number, SourceKind, Step
from models.vocabulary.texts import NoteHash


class StartMonitoring(Command):
    """Rules 2, 3, 5, 9-11, 14: begin a monitoring of one kind, of these spheres and bodies.

    `studied_from` and `studied_until` are local dates of the period that is studied, not of the conduct (A9).
    `agreements` name the act by which, the lead says, each co-conductor agreed to conduct jointly. Where
    `co_conductors_confirm`, it is one only by its confirmation; without it, as in starts of earlier releases,
    the named act is enough.
    """

    number: Number
    kind: Kind
    conductors: tuple[Body, ...]
    spheres: tuple[Id, ...] = ()
    objects: tuple[Body, ...] = ()
    studied_from: date
    studied_until: date
    title: NoteHash
    authorized_body: Id
    agreements: tuple[Authority, ...] = ()
    co_conductors_confirm: bool = False
    special_in_period: tuple[Id, ...] | None = None
    """Rule 5: the objects that were special state bodies on a day of that period; None: was not asked."""


class BeginCollection(Command):
    """Rule 8: the conduct begins with collecting, on a local date that the form prints as its start.

    `edition` is the one in force on that date, `rules_since` the date on which the first one came into force.
    """

    began_on: date
    edition: Edition | None = None
    rules_since: date | None = None


class RecordActivity(Command):
    """Rule 8: one of the five activities was done on a local date; the note says what was done."""

    activity: Activity
    done_on: date
    note: NoteHash


class CompleteCollection(Command):
    """Rules 7, 8: what was collected is enough; the sources are pinned as they stand."""

    content: ContentPin


class CompleteAnalysis(Command):
    """Rule 8: the analysis is done; indicators and findings are pinned as they stand."""

    content: ContentPin


class CompleteStep(Command):
    """Rule 14: an other subject completes the next of its four steps, on a local date."""

    step: Step
    completed_on: date
    content: ContentPin


class RequestInformation(Command):
    """Rules 7, 8: ask a body that holds information for it, by a local date (`reply_by`) or without.

    `special_now` says whether the holder is a special state body today (rule 5).
    """

    request: Id
    holder: Id
    source_kind: SourceKind
    question: NoteHash
    reply_by: date | None = None
    special_now: bool = False


class AnswerInformationRequest(Command):
    """Rules 7, 8: the body asked provides the information or declines; `source` is what came of it."""

    request: Id
    outcome: InformationOutcome
    answer: NoteHash
    source: Id | None = None


class WithdrawInformationRequest(Command):
    """Rules 7, 8: the information is not needed any more, and why; its holder is told (`tells_holder`)."""

    request: Id
    reason: NoteHash
    tells_holder: bool = False
