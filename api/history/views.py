"""How the timeline is shown to programs and people: every line in words, beside its ids and hashes."""

from datetime import date, datetime
from typing import Final

from pydantic import BaseModel, Field

from models.timeline.content import ContentChange
from models.timeline.pins import PinKind, TextKind
from models.timeline.ways import AnswerWay
from models.vocabulary.letters import LetterKind, LetterStatus
from models.vocabulary.procedure import Id, Language, Mark, Role, Sha256, Stage

NUMBER: Final = "The number of a monitoring, the mark of a duty or of the consolidation."


class OnBehalfView(BaseModel):
    """For whom somebody acted, and by which act."""

    organisation: Id
    organisation_name: str
    act: str
    dated: date


class StandsInView(BaseModel):
    """In whose stead somebody acted, and by which act."""

    account: Id
    person_name: str
    act: str
    dated: date


class ActorView(BaseModel):
    """Who acted: an account, whoever held the link of a letter, or the system."""

    role: Role
    role_name: str
    account: Id | None
    person_name: str
    organisation: Id | None
    organisation_name: str
    letter: Id | None
    on_behalf: OnBehalfView | None
    stands_in: StandsInView | None = None
    way: AnswerWay | None = Field(description="How an answer came; nothing for what is no answer.")
    way_said: str = Field(description="The same in words.", examples=["L12-0 хатының сілтемесімен"])
    said: str = Field(description="All of it in one phrase.", examples=["А. Сейітов, талдаушы, Департамент"])


class AttemptView(BaseModel):
    """Proof of delivery: one attempt to hand a letter to the mail server, and what it said."""

    attempt: int
    at: datetime
    said_at: str
    outcome: str
    outcome_name: str
    address: str
    language: str
    smtp_code: int | None
    smtp_reply: str
    queue_id: str | None = Field(description="Under which id the mail server took it, if it said so.")
    message_id: str
    eml_sha256: Sha256 | None = Field(description="The message as sent, byte by byte.")
    kept_sha256: Sha256 | None = Field(description="The copy that is kept: the message without its link.")


class CausedLetterView(BaseModel):
    """A letter that a line caused, and its proofs."""

    id: Id
    kind: LetterKind
    kind_name: str
    recipient: Id
    recipient_name: str
    status: LetterStatus
    status_name: str
    attempts: tuple[AttemptView, ...]
    heard: tuple[str, ...] = Field((), description="What came by mail about it: statements, in words.")


class PinView(BaseModel):
    """What the line fixed for ever under its hash."""

    kind: PinKind
    name: str
    sha256: Sha256
    rendition: str
    language: Language | None
    size: int | None


class TextView(BaseModel):
    """A text the line refers to; `text` is absent where it is not on record any more."""

    kind: TextKind
    name: str
    about: str
    sha256: Sha256
    text: str | None
    mark: str = Field(description="Which language the text is in, where that is not the reader's.")
    signed: str = Field(description="Who wrote it, where the author signed.")

    @property
    def says(self) -> bool:
        """A form's text that was left empty is on record and says nothing."""
        return self.text != "" or bool(self.signed)


class HistoryLine(BaseModel):
    """One line of the timeline."""

    seq: int
    type: str
    stage: Stage | None
    stage_name: str
    sentence: str
    at: datetime = Field(description="UTC.")
    at_local: datetime = Field(description="The same instant in Asia/Almaty, with its offset.")
    said_at: str
    actor: ActorView
    rules: tuple[str, ...] = Field(description="The paragraphs of the Rules; none where it is beyond them.")
    rules_named: tuple[str, ...] = Field(description="Each as it is called.", examples=[["12"]])
    rules_said: str = Field(description="All of them in words.", examples=["Қағидалардың тармағы: 12"])
    follows: int | None = Field(description="The line this one followed from.")
    depth: int
    letters: tuple[CausedLetterView, ...]
    pins: tuple[PinView, ...]
    texts: tuple[TextView, ...]
    command: Id | None
    previous_hash: str
    hash: str


class PieceView(BaseModel):
    """A piece of the content, or a file, as a change left it."""

    id: Id
    name: str
    revision: int = Field(description="0 for a file, which has none.")
    sha256: Sha256 = Field(description="Of what it says, canonical JSON; of the file's bytes.")
    signs: Sha256 | None = Field(description="Of a detached signature: the file it is of.")


class ContentLine(BaseModel):
    """What one person did to the content at one moment. It stands in no chain: each piece bears its hash."""

    after: int = Field(description="The line of the journal before it.")
    type: ContentChange
    stage: Stage | None
    stage_name: str
    sentence: str
    at: datetime = Field(description="UTC.")
    at_local: datetime = Field(description="The same instant in Asia/Almaty, with its offset.")
    said_at: str
    account: Id | None
    letter: Id | None
    person_name: str
    organisation: Id | None = Field(description="Of the account, as it is today.")
    organisation_name: str
    way_said: str
    pieces: tuple[PieceView, ...]

    @property
    def by(self) -> str:
        """Whoever did it, in one phrase."""
        return ", ".join(part for part in (self.person_name, self.organisation_name, self.way_said) if part)


class HeadView(BaseModel):
    """The end of the chain; `whole` is what letters and pages print, there shortened."""

    seq: int
    hash: str
    whole: str


class Choice(BaseModel):
    """A value to filter by, and what it is called."""

    value: str
    name: str


class Choices(BaseModel):
    """What the lines of a whole journal can be filtered by."""

    actors: tuple[Choice, ...]
    types: tuple[Choice, ...]
    rules: tuple[Choice, ...]


class History(BaseModel):
    """All lines that were asked for, oldest first."""

    number: Mark = Field(description=NUMBER)
    language: Language
    head: HeadView
    broken_at: int | None = Field(description="The first line that cannot be read or cannot have followed.")
    lines: tuple[HistoryLine, ...]
    content: tuple[ContentLine, ...]
    total: int
    choices: Choices


def in_order(history: History) -> tuple[HistoryLine | ContentLine, ...]:
    """The lines of the journal, and what was done to the content after each of them."""
    both: list[HistoryLine | ContentLine] = [*history.lines, *history.content]
    return tuple(sorted(both, key=_place))


def _place(line: HistoryLine | ContentLine) -> tuple[int, int]:
    return (line.seq, 0) if isinstance(line, HistoryLine) else (line.after, 1)
