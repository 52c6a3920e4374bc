"""A letter's words: subject, plain text and HTML from one set of data, by two templates for all kinds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from activities.letters.conductor import Sender
from activities.letters.data import Enclosure, LetterData, TermAwaitingReceipt
from activities.letters.particulars import Fact
from activities.letters.templates_in import templates_in
from locales.catalogue import has_text, plural, text
from locales.dates import say_date, say_due, say_size
from locales.due import basis_said, counted_said
from locales.spoken import marked
from models.letters.kinds import LETTERS
from models.letters.letter import Letter
from models.letters.purposes import LINKS
from models.letters.row import Family
from models.mail.quoting import MARKER
from models.monitoring.letters import seq_of
from models.vocabulary.access import Action
from models.vocabulary.base import Model
from models.vocabulary.letters import LetterKind, Purpose, RecipientKind
from models.vocabulary.procedure import Language

_TEMPLATES: Final = templates_in(Path(__file__).parent / "templates")


class LetterText(Model):
    """Ready to be put into an envelope."""

    subject: str
    plain: str
    html: str


class Sentences(Model):
    """What both templates lay out, already in words, in the order in which it is read."""

    language: Language
    subject: str
    number: str
    above: str
    writes: str
    ask: str
    when: tuple[str, ...]
    button: str
    link: str
    link_note: str
    if_silent: str
    facts: tuple[Fact, ...]
    items_title: str
    items: tuple[str, ...]
    items_further: str
    documents_title: str
    documents: tuple[str, ...]
    contacts_title: str
    contacts: tuple[str, ...]
    genuine_title: str
    genuine: str
    check_url: str
    check_word: str
    automatic: str
    journal: str


def subject_of(language: Language, kind: LetterKind, number: str) -> str:
    """The subject line: the number first, then the matter."""
    return text(language, f"letter.{kind.value}.subject", number=number)


def letter_text(data: LetterData, *, answered_by_mail: bool = False) -> LetterText:
    """Render one letter. Raises `MissingText` or a template error: faults of the product.

    One that asks for something, and may be answered by mail, draws the line above which to write.
    """
    sentences = _sentences(data)
    if answered_by_mail and data.order.letter.purpose is not None:
        above = text(data.language, "letter.above")
        sentences = sentences.model_copy(update={"above": f"{MARKER} {above} {MARKER[::-1]}"})
    return LetterText(
        subject=sentences.subject,
        plain=_TEMPLATES.get_template("letter.txt").render(s=sentences),
        html=_TEMPLATES.get_template("letter.html").render(s=sentences),
    )


def _sentences(data: LetterData) -> Sentences:
    language, kind = data.language, data.order.letter.kind

    def say(key: str, **params: object) -> str:
        return text(language, f"letter.{key}", number=data.number, **params)

    version = {"version": data.order.letter.version}
    return Sentences(
        language=language,
        subject=subject_of(language, kind, data.number),
        number=data.number,
        above="",
        writes=say(_writes(data), conductor=data.conductor.name, title=data.title),
        ask=_ask(data),
        when=_when(data),
        button=say(_said(data, "button")),
        link=data.link,
        link_note=_link_note(data),
        if_silent=say(_said(data, "if_silent"), **version),
        facts=data.facts,
        items_title=say("items"),
        items=data.listed.lines,
        items_further=data.listed.further,
        documents_title=say("documents"),
        documents=tuple(_document(language, document) for document in data.documents),
        contacts_title=say("contacts"),
        contacts=_contacts(language, data.conductor),
        genuine_title=say("genuine.title"),
        genuine=say(f"genuine.{_where_seen(data)}"),
        check_url=data.check_url,
        check_word=say("check_word", word=data.check_word) if data.check_word else "",
        automatic=say("automatic"),
        journal=say("journal", head_hash=data.head.short),
    )


def _writes(data: LetterData) -> str:
    """Most letters are about a monitoring; some are about a duty to conduct one, or the review of reports.

    A title that says itself that it is a monitoring is not said to be one again.
    """
    family = data.order.family
    if family is not Family.MONITORING:
        return f"{family.value}.writes"
    word = text(data.language, "letter.writes_titled.word")
    return "writes_titled" if word in data.title.casefold() else "writes"


def _where_seen(data: LetterData) -> str:
    """Where one sees that a letter is genuine: on a page for all; staff in lists of letters and timelines."""
    if not LETTERS[data.order.letter.kind].to_staff:
        return "how"
    return "staff" if data.order.family is Family.MONITORING else "timeline"


def variant(language: Language, letter: Letter, sentence: str) -> str:
    """Letters of several purposes say it in particular where the link is for reporting what was accepted."""
    key = f"{letter.kind.value}.{sentence}"
    particular = f"{key}_implementation"
    reports = letter.purpose is Purpose.REPORT_IMPLEMENTATION
    return particular if reports and has_text(language, f"letter.{particular}") else key


def _ask(data: LetterData) -> str:
    letter = data.order.letter
    # The line of the journal that the letter follows from: under this number the page shows it, too.
    registered = f"{data.number}/{seq_of(letter.id)}"
    return text(
        data.language,
        f"letter.{_said(data, 'ask')}",
        number=data.number,
        registered=registered,
        version=letter.version,
        replaced=data.asked.replaced,
    )


def _said(data: LetterData, sentence: str) -> str:
    """The sentence of this kind of letter, in the wording for what the report asks of this very body.

    Where nothing is asked of it, it is told so, and that it owes no reply.
    """
    language, letter = data.language, data.order.letter
    kind = letter.kind.value
    for case in _cases(data):
        if has_text(language, f"letter.{kind}.{sentence}_{case}"):
            return f"{kind}.{sentence}_{case}"
    if not data.asked.items and _asks_for_reply(letter) and has_text(language, f"letter.no_items.{sentence}"):
        return f"no_items.{sentence}"
    return variant(language, letter, sentence)


def _cases(data: LetterData) -> Iterator[str]:
    """What is particular about the body that is written to, the most particular first (A12)."""
    asked = data.asked
    if data.order.letter.purpose is None:
        yield "without_link"
    if not asked.items:
        if asked.for_consolidation:
            yield "for_consolidation"
        if asked.nothing_more:
            yield "nothing_more_replied" if data.replied else "nothing_more"
        yield "no_items"
        return
    if asked.for_consolidation:
        yield "with_items"
    if asked.replaced is None:
        yield "first"
    if asked.standing:
        yield "changed"


def _asks_for_reply(letter: Letter) -> bool:
    """Letters that wait for a reply to the report, and those about its date."""
    row, of_report = LETTERS[letter.kind], letter.purpose is Purpose.ANSWER_REPORT
    return of_report and (row.asks is Action.ANSWER_REPORT or bool(row.may_link))


def _link_note(data: LetterData) -> str:
    """Until when the link works, and whether a colleague may use it: an invitation is a person's own."""
    letter = data.order.letter
    if data.link_until is None:
        return ""
    key = "personal" if letter.recipient_kind is RecipientKind.PERSON else "shared"
    said = text(data.language, f"letter.link_until.{key}", date=say_date(data.language, data.link_until))
    if data.asked_until is None or data.asked_until <= data.link_until:
        return said
    return f"{said} {text(data.language, 'letter.link_until.later')}"


def _when(data: LetterData) -> tuple[str, ...]:
    """Until when, on what that date rests, and whether it may still move."""
    language, deadline = data.language, data.deadline
    if data.awaiting_receipt is not None:
        if _asks_for_reply(data.order.letter) and not data.asked.items:
            freely = plural(language, "letter.when.freely_from_receipt", data.awaiting_receipt.working_days)
            return (freely,)
        return awaiting_receipt_said(language, data.awaiting_receipt)
    if deadline is None:
        return (text(language, "letter.when.none"),) if _lacks_date(data) else ()
    key = "letter.when.passed" if deadline.due_on < data.today else "letter.when.due"
    due = text(language, key, due=say_due(language, deadline.due_on))
    counted = counted_said(language, deadline)
    lines = [due, *((counted,) if counted else ()), basis_said(language, deadline, data.ground)]
    if deadline.provisional:
        lines.append(text(language, "letter.when.provisional"))
    return tuple(lines)


def awaiting_receipt_said(language: Language, term: TermAwaitingReceipt) -> tuple[str, ...]:
    """How long from the receipt, and on what that rests."""
    return (
        plural(language, "letter.when.from_receipt", term.working_days),
        appc_76_said(language, by_law=term.by_law),
    )


def appc_76_said(language: Language, *, by_law: bool) -> str:
    """On what the Code's term rests: where it does not bind, on the sender's request."""
    basis = "letter.basis.statutory" if by_law else "letter.basis.requested"
    return text(language, basis, reference=text(language, "letter.act.appc_76"))


def _lacks_date(data: LetterData) -> bool:
    """Whether something is asked for by no day at all; accepted items have their own."""
    letter = data.order.letter
    days_of_items = letter.purpose is not None and LINKS[letter.purpose].days_of_items
    asks_nothing = _asks_for_reply(letter) and not data.asked.items
    return LETTERS[letter.kind].asks is not None and not days_of_items and not asks_nothing


def _document(language: Language, document: Enclosure) -> str:
    return f"{document.filename} ({say_size(language, document.size)})"


def _contacts(language: Language, conductor: Sender) -> tuple[str, ...]:
    address = marked(language, conductor.address)
    lines = (conductor.reached or conductor.name, conductor.email, conductor.phone, address)
    return tuple(line for line in lines if line)
