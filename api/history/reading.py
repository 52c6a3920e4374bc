"""The timeline of one proceeding for one reader: lines understood, names looked up, everything in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from api.history.as_it_was import rows_until
from api.history.content import Written, written_in
from api.history.filters import HistoryFilters
from api.history.heard import heard
from api.history.journal import journal_rows, readable
from api.history.names import Names, names_for
from api.history.proofs import Deliveries, deliveries_of, letter_view
from api.history.rules_said import is_reading, rule_said, rules_said
from api.history.texts import Said, texts_said
from api.history.views import (
    ActorView,
    Choice,
    Choices,
    HeadView,
    History,
    HistoryLine,
    OnBehalfView,
    PinView,
    StandsInView,
    TextView,
)
from api.history.words import say, say_moment, sentence, type_name
from api.views.received_mail import MailSeen, mail_about
from locales.catalogue import text
from models.calendar.country import COUNTRY
from models.events import InvitationAnswered
from models.proceeding.state import Proceeding
from models.proof.chain import BEGINNING, Head
from models.proof.journals import kind_of_journal
from models.tables.journal import EntryRow
from models.timeline.lines import Line, Timeline, timeline
from models.timeline.pins import Pin, TextRef
from models.timeline.sayings import Mention, mentions, organisation
from models.vocabulary.actors import Actor
from models.vocabulary.letters import RecipientKind
from models.vocabulary.procedure import Id, Language, Role, Sha256
from models.words.order import by_name


async def read_history(
    session: AsyncSession,
    about: Proceeding,
    filters: HistoryFilters,
    language: Language,
    today: date,
    until: datetime | None = None,
) -> History:
    """All lines that the filters show, in words; `today` is the local date, whose names are used.

    With `until` (UTC) the timeline is what it was at that instant.
    """
    rows = await journal_rows(session, about.workflow_id)
    if until is not None:
        rows = rows_until(rows, until)
    whole = timeline(readable(rows), kind_of_journal(about.workflow_id))
    shown = tuple(line for line in whole.lines if filters.show(line))
    written = await written_in(session, about.mark, until)
    mentioned = (*_mentioned(whole, shown), *written.mentioned())
    letters = tuple(letter for line in shown for letter in line.letters)
    names = await names_for(session, language, today, mentioned, letters)
    texts = await texts_said(
        session,
        language,
        {ref.sha256: whole.states.get(line.seq, whole.state) for line in shown for ref in line.texts},
    )
    teller = _Teller(
        whole,
        names,
        texts,
        await deliveries_of(session, about.mark, until),
        {} if until else await mail_about(session, about.mark),
        {row.seq: row for row in rows},
    )
    unread = whole.broken_at or (rows[len(whole.lines)].seq if len(whole.lines) < len(rows) else None)
    head = Head(seq=rows[-1].seq, hash=rows[-1].hash) if rows else Head(seq=0, hash=BEGINNING)
    return History(
        number=about.mark,
        language=language,
        head=HeadView(seq=head.seq, hash=head.hash, whole=head.whole),
        broken_at=unread,
        lines=tuple(teller.line(line) for line in shown),
        content=written.shown(filters, whole.lines, names),
        total=len(rows),
        choices=_choices(whole, written, names),
    )


def _mentioned(whole: Timeline, lines: tuple[Line, ...]) -> Iterator[Mention]:
    """Everybody and everything that the lines speak of."""
    for line in lines:
        for saying in whole.told(line).values():
            yield from mentions(saying)
        yield from (organisation(ref.about) for ref in line.texts if ref.about)
    for line in whole.lines:
        yield from mentioned_in(line.entry.actor)


def _choices(whole: Timeline, written: Written, names: Names) -> Choices:
    """Who acted or wrote, what happened, under which rules, each once."""
    acted = (mention for line in whole.lines for mention in mentioned_in(line.entry.actor))
    actors = dict.fromkeys((*acted, *written.mentioned()))
    rules = {rule for line in whole.lines for rule in line.rules}
    system = Choice(value=Role.SYSTEM.value, name=say(Role.SYSTEM, names))
    types = {line.type for line in whole.lines} | written.types()
    return Choices(
        actors=(*_in_order({m.id: names.of(m) for m in actors}, names.language), system),
        types=_in_order({each: type_name(names.language, each) for each in types}, names.language),
        rules=tuple(
            Choice(value=rule, name=rule_said(names.language, rule))
            for rule in sorted(
                rules, key=lambda rule: (not rule.isdecimal(), is_reading(rule), rule.zfill(3))
            )
        ),
    )


def _in_order(named: dict[str, str], language: Language) -> tuple[Choice, ...]:
    return tuple(Choice(value=known, name=name) for known, name in by_name(named, language))


def mentioned_in(actor: Actor) -> Iterator[Mention]:
    """The account and the bodies of an actor."""
    if actor.account:
        yield Mention(registry=RecipientKind.ACCOUNT, id=actor.account)
    if actor.organisation:
        yield organisation(actor.organisation)
    if actor.on_behalf:
        yield organisation(actor.on_behalf.organisation)
    if actor.stands_in:
        yield Mention(registry=RecipientKind.ACCOUNT, id=actor.stands_in.account)


@dataclass(frozen=True)
class _Teller:
    """Puts lines into words."""

    whole: Timeline
    names: Names
    texts: dict[Sha256, Said]
    deliveries: Deliveries
    mail: dict[Id, tuple[MailSeen, ...]]
    rows: dict[int, EntryRow]

    def line(self, line: Line) -> HistoryLine:
        entry, row = line.entry, self.rows[line.seq]
        at = entry.at.astimezone(UTC)
        return HistoryLine(
            seq=line.seq,
            type=line.type,
            stage=line.stage,
            stage_name=say(line.stage, self.names),
            sentence=sentence(entry.event, self.whole.told(line), self.names),
            at=at,
            at_local=at.astimezone(COUNTRY),
            said_at=say_moment(self.names.language, at),
            actor=self._actor(line),
            rules=line.rules,
            rules_named=tuple(rule_said(self.names.language, rule) for rule in line.rules),
            rules_said=rules_said(self.names.language, line.rules),
            follows=line.follows,
            depth=line.depth,
            letters=tuple(
                letter_view(
                    letter,
                    self.deliveries,
                    self.names,
                    heard(self.names.language, self.mail.get(letter.id, ())),
                )
                for letter in line.letters
            ),
            pins=tuple(self._pin(pin) for pin in line.pins),
            texts=tuple(self._text(ref) for ref in line.texts),
            command=entry.command,
            previous_hash=row.previous_hash,
            hash=row.hash,
        )

    def _actor(self, line: Line) -> ActorView:
        actor = line.entry.actor
        account = Mention(registry=RecipientKind.ACCOUNT, id=actor.account) if actor.account else None
        role = self._role(line)
        person = self.names.of(account) if account else ""
        body = self.names.of(organisation(actor.organisation)) if actor.organisation else ""
        way = text(self.names.language, f"history.{line.way.value}", letter=actor.letter) if line.way else ""
        return ActorView(
            role=actor.role,
            role_name=role,
            account=actor.account,
            person_name=person,
            organisation=actor.organisation,
            organisation_name=body,
            letter=actor.letter,
            on_behalf=self._on_behalf(actor),
            stands_in=self._stands_in(actor),
            way=line.way,
            way_said=way,
            said=", ".join(part for part in (person, role, body, way) if part),
        )

    def _role(self, line: Line) -> str:
        """Rule 12: whoever answers an invitation is no member yet, and may never be one."""
        role = line.entry.actor.role
        if role is Role.MEMBER and isinstance(line.entry.event, InvitationAnswered):
            return text(self.names.language, "history.invited")
        return say(role, self.names)

    def _on_behalf(self, actor: Actor) -> OnBehalfView | None:
        given = actor.on_behalf
        if given is None:
            return None
        return OnBehalfView(
            organisation=given.organisation,
            organisation_name=self.names.of(organisation(given.organisation)),
            act=given.act,
            dated=given.dated,
        )

    def _stands_in(self, actor: Actor) -> StandsInView | None:
        given = actor.stands_in
        if given is None:
            return None
        name = self.names.of(Mention(registry=RecipientKind.ACCOUNT, id=given.account))
        return StandsInView(account=given.account, person_name=name, act=given.act, dated=given.dated)

    def _pin(self, pin: Pin) -> PinView:
        language = self.names.language
        rendition = text(language, f"history.rendition.{pin.rendition}") if pin.rendition else ""
        parts = (
            text(language, f"history.pin.{pin.kind.value}"),
            rendition,
            pin.language and pin.language.value,
        )
        return PinView(
            kind=pin.kind,
            name=", ".join(part for part in parts if part),
            sha256=pin.sha256,
            rendition=pin.rendition,
            language=pin.language,
            size=pin.size,
        )

    def _text(self, ref: TextRef) -> TextView:
        said = self.texts.get(ref.sha256)
        return TextView(
            kind=ref.kind,
            name=text(self.names.language, f"history.text.{ref.kind.value}"),
            about=self.names.of(organisation(ref.about)) if ref.about else "",
            sha256=ref.sha256,
            text=said.text if said else None,
            mark=said.mark if said else "",
            signed=said.signed if said else "",
        )
