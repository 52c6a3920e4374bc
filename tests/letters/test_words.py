"""What every kind of letter says, in every language, as it arrives at a real mail server."""

from email.message import EmailMessage

import pytest

from activities.letters.data import read_letter
from activities.letters.text import letter_text, variant
from activities.registries.recipients import Recipient
from locales.catalogue import text
from locales.dates import say_date, say_due
from locales.quotes import to_be_quoted
from locales.terms import term
from models.letters.links import Link, verify
from models.monitoring.state import MonitoringState
from models.tables.content import NoteRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Community, Language
from tests.letters.causes import DEADLINES, PURPOSES, letter, order
from tests.letters.conftest import AS_ON_RECORD, SETTINGS, Bench, Sent
from tests.letters.ground import HEAD_HASH, NOW, NUMBER, QUESTION, REASON, TITLES, digest, note_body
from tests.letters.post_office import attachments, part

ORGANISATIONS = {
    Language.KK: "Аумақтық бөлімше",
    Language.RU: "Территориальное подразделение",
    Language.EN: "Division",
}

TO_STAFF = {
    LetterKind.APPROVAL_REQUEST,
    LetterKind.REPORT_RETURNED,
    LetterKind.PUBLICATION_REQUEST,
    LetterKind.LETTER_NOT_DELIVERED,
    LetterKind.NEWS_GATHERED,
    LetterKind.MONITORING_RESTED,
    LetterKind.MONITORING_REASSIGNED,
    LetterKind.CONFLICT_DECLARED,
    LetterKind.HEAD_CONFLICT_DECLARED,
    LetterKind.CONFLICT_LIFTED,
    LetterKind.REPLY_TERM_EXTENDED,
}
# They ask, and no date was set in the story; accepted items have days of their own, which is nothing to miss.
WITHOUT_DATE = {
    LetterKind.CONDUCT_REQUEST,
    LetterKind.CONDUCT_ON_LEADS_WORD,
    LetterKind.APPROVAL_REQUEST,
    LetterKind.PUBLICATION_REQUEST,
    LetterKind.REPORT_CORRECTED,
    LetterKind.COUNCIL_ITEM,
}


def link_in(message: EmailMessage) -> str:
    """The address on the button."""
    _, _, button = part(message, "text/html").partition('<td style="background: #00599c')
    return button.split('href="')[1].split('"')[0]


def test_every_letter_is_whole(sent: Sent) -> None:
    language, messages = sent
    for kind, message in messages.items():
        plain, html = part(message, "text/plain"), part(message, "text/html")
        assert str(message["Subject"]).startswith(f"{NUMBER} · "), kind
        assert message["Content-Language"] == language.value
        for form in (plain, html):
            body = form.replace(REASON, "").replace("{түзетілді}", "").partition("</head>")[2] or form
            assert "None" not in body, kind
            assert "{" not in body.replace(REASON, ""), kind
            assert ORGANISATIONS[language] in form, kind
            assert TITLES[language] in form, kind
            assert text(language, f"letter.{variant(language, letter(kind), 'if_silent')}") in form, kind
            how, where = ("staff", "monitorings") if kind in TO_STAFF else ("how", "check")
            assert text(language, f"letter.genuine.{how}", number=NUMBER) in form, kind
            assert f"https://monitoring.example.kz/{where}/{NUMBER}" in form, kind
            assert (f"/check/{NUMBER}" in form) == (kind not in TO_STAFF), kind
            assert HEAD_HASH[:16] in form, kind
            assert HEAD_HASH not in form, kind


def test_who_what_and_when_come_first(sent: Sent) -> None:
    language, messages = sent
    for kind, message in messages.items():
        who, what, when = part(message, "text/plain").splitlines()[:3]
        assert who.startswith(ORGANISATIONS[language]) or ORGANISATIONS[language] in who
        assert what, kind
        deadline = DEADLINES.get(kind)
        if deadline:
            assert say_due(language, deadline.due_on) in when, kind
        elif kind in WITHOUT_DATE:
            assert when == text(language, "letter.when.none"), kind
        else:
            assert when == "", kind


def test_a_date_says_what_it_rests_on(sent: Sent) -> None:
    language, messages = sent
    act = text(language, "letter.act.appc_76")
    rests_on = {
        LetterKind.INVITATION: text(language, "letter.basis.service"),
        LetterKind.INFORMATION_REQUEST: text(language, "letter.basis.requested"),
        LetterKind.REPORT_FOR_CONSIDERATION: text(language, "letter.basis.statutory", reference=act),
        LetterKind.REPLY_OVERDUE: text(language, "letter.basis.requested"),
    }
    for kind, sentence in rests_on.items():
        assert part(messages[kind], "text/plain").splitlines()[3] == sentence, kind
    statutory = text(language, "letter.basis.statutory", reference=act)
    assert statutory not in part(messages[LetterKind.INVITATION], "text/plain")
    assert text(language, "letter.when.provisional") in part(
        messages[LetterKind.INFORMATION_REQUEST], "text/plain"
    )


def test_the_link_is_a_button_and_a_text_and_signed_for_this_letter(sent: Sent) -> None:
    secret = SETTINGS.link_secret.get_secret_value()
    for kind, message in sent.messages.items():
        link = link_in(message)
        html = part(message, "text/html")
        assert html.count(f'href="{link}"') >= 2, kind
        assert f">{link}</a>" in html, kind
        assert part(message, "text/plain").splitlines().count(link) >= 1, kind
        if kind in PURPOSES:
            base, _, token = link.rpartition("/")
            assert base == "https://monitoring.example.kz/r"
            wanted = Link(number=NUMBER, letter=letter(kind).id, purpose=PURPOSES[kind])
            opened = verify(secret, token, days=SETTINGS.link_days)
            assert opened.key, kind
            assert opened.model_copy(update={"key": ""}) == wanted
        else:
            assert "/r/" not in html, kind


def test_particulars_belong_to_their_kind(sent: Sent) -> None:
    language, messages = sent

    def says(kind: LetterKind, value: str) -> bool:
        return value in part(messages[kind], "text/plain")

    for kind in (
        LetterKind.INFORMATION_REQUEST,
        LetterKind.INFORMATION_REMINDER,
        LetterKind.INFORMATION_OVERDUE,
        LetterKind.INFORMATION_NOT_NEEDED,
    ):
        assert says(kind, QUESTION)
    for kind in (
        LetterKind.REPORT_CORRECTED,
        LetterKind.ANSWERS_STAND,
        LetterKind.EXTENSION_REFUSED,
        LetterKind.DEADLINE_EXTENDED,
        LetterKind.COUNCIL_ITEM_WITHDRAWN,
        LetterKind.MONITORING_CANCELLED,
        LetterKind.INFORMATION_NOT_NEEDED,
    ):
        assert says(kind, REASON), kind
    for kind in (LetterKind.INVITATION_REMINDER, LetterKind.INFORMATION_REMINDER, LetterKind.REPLY_REMINDER):
        assert says(kind, text(language, "letter.fact.first_letter")), kind
    assert says(LetterKind.INVITATION, term(language, Community.EXPERT))
    assert says(LetterKind.INVITATION, "17-Ө")
    assert "&lt;2026&gt; &amp;" in part(messages[LetterKind.MONITORING_CANCELLED], "text/html")


def test_a_corrected_report_says_what_it_replaces(sent: Sent) -> None:
    language, messages = sent
    message = messages[LetterKind.REPORT_CORRECTED]
    ask = text(language, "letter.report_corrected.ask", version=2, replaced=1)
    assert part(message, "text/plain").splitlines()[1] == ask
    stand = part(messages[LetterKind.ANSWERS_STAND], "text/plain")
    assert stand.splitlines()[1] == text(language, "letter.answers_stand.ask", version=2, replaced=1)
    assert text(language, "letter.when.none") not in stand, "nothing is asked for"


@pytest.mark.parametrize("language", Language)
async def test_a12_a_corrected_report_says_that_the_answers_on_what_has_not_changed_stand(
    bench: Bench, language: Language
) -> None:
    async with bench.sessions.begin() as session:
        row = await session.get_one(MonitoringRow, NUMBER)
        state = MonitoringState.model_validate(row.state)
        items = {known: item.model_copy(update={"answered_for": 1}) for known, item in state.items.items()}
        row.state = state.model_copy(update={"items": items}).model_dump(mode="json")
    recipient = Recipient(name="Әкімдік", address="akimat@example.kz", language=language)
    async with bench.sessions() as session:
        letter = await read_letter(
            AS_ON_RECORD, session, order(LetterKind.REPORT_CORRECTED), recipient, SETTINGS, NOW
        )
    said = letter_text(letter).plain
    assert text(language, "letter.report_corrected.ask_changed", version=2, replaced=1) in said


def test_letters_are_light_and_watch_nobody(sent: Sent) -> None:
    for kind, message in sent.messages.items():
        html = part(message, "text/html")
        assert "<img" not in html, kind
        assert "url(" not in html, kind
        assert "src=" not in html, kind
        without_files = len(message.as_bytes()) - sum(map(len, attachments(message).values())) * 2
        assert without_files < 100_000, kind


def test_report_letters_bring_the_report_in_the_readers_language(sent: Sent) -> None:
    language, messages = sent
    renditions = {
        LetterKind.REPORT_FOR_CONSIDERATION: ("filed", 1),
        LetterKind.REPORT_FOR_CONSOLIDATION: ("filed", 1),
        LetterKind.REPORT_CORRECTED: ("filed", 2),
        LetterKind.ANSWERS_STAND: ("filed", 2),
        LetterKind.PUBLICATION_REQUEST: ("public", 1),
        LetterKind.COUNCIL_ITEM: ("public", 2),
    }
    for kind, message in messages.items():
        pdfs = {name: body for name, body in attachments(message).items() if name.endswith(".pdf")}
        if kind not in renditions:
            assert pdfs == {}, kind
            continue
        rendition, version = renditions[kind]
        name = f"{NUMBER}-v{version}-{language.value}.pdf"
        assert pdfs == {name: f"%PDF-1.7 {rendition} {language.value}".encode()}, kind
        assert f"{name} (" in part(message, "text/plain"), kind


def test_the_link_tells_its_last_day(sent: Sent) -> None:
    language, messages = sent
    assert NOW.date().isoformat() == "2026-11-23"
    last = say_date(language, NOW.date().replace(year=2027, month=5, day=22))
    personal = text(language, "letter.link_until.personal", date=last)
    shared = text(language, "letter.link_until.shared", date=last)
    assert personal in part(messages[LetterKind.INVITATION], "text/plain")
    assert shared in part(messages[LetterKind.REPLY_REMINDER], "text/plain")
    assert last not in part(messages[LetterKind.MONITORING_CANCELLED], "text/plain")


@pytest.mark.parametrize("language", Language)
async def test_a_body_to_which_nothing_is_addressed_is_asked_for_nothing(
    bench: Bench, language: Language
) -> None:
    kinds = (LetterKind.REPORT_FOR_CONSIDERATION, LetterKind.REPORT_CORRECTED, LetterKind.REPLY_REMINDER)
    async with bench.sessions.begin() as session:
        row = await session.get_one(MonitoringRow, NUMBER)
        row.state = {**row.state, "items": {}}
    for kind in kinds:
        ordered = order(kind)
        recipient = Recipient(name="Әкімдік", address="akimat@example.kz", language=language)
        async with bench.sessions() as session:
            said = letter_text(
                await read_letter(AS_ON_RECORD, session, ordered, recipient, SETTINGS, NOW)
            ).plain
        assert text(language, f"letter.{kind.value}.ask_no_items", version=2) in said, kind


@pytest.mark.parametrize("language", Language)
def test_an_answer_is_shown_only_while_the_earlier_link_works(language: Language) -> None:
    said = text(language, "letter.answer_confirmation.ask", registered=f"{NUMBER}/7")
    for always in ("кез келген уақытта", "всегда", "at any time"):
        assert always not in said


@pytest.mark.parametrize(
    ("language", "title", "written"),
    [
        (Language.KK, "«Бәйтерек» мектебі", "«„Бәйтерек“ мектебі»"),
        (Language.RU, "Школа «Байтерек»", "«Школа „Байтерек“»"),
        (Language.EN, "The school “Baiterek”", "“The school ‘Baiterek’”"),
    ],
)
def test_quotation_marks_inside_others_have_their_own_form(
    language: Language, title: str, written: str
) -> None:
    said = text(language, "letter.writes", conductor="X", title=to_be_quoted(language, title))
    assert written in said


@pytest.mark.parametrize(
    ("language", "title", "writes"),
    [
        (
            Language.KK,
            "Сыбайлас жемқорлыққа қарсы мониторинг: мектептер",
            "Аумақтық бөлімше Сізге жазып отыр: «{}».",
        ),
        (
            Language.RU,
            "Тематический антикоррупционный мониторинг школ",
            "Вам пишет Территориальное подразделение: «{}».",
        ),
        (Language.EN, "Anti-corruption monitoring of schools", "Division writes to you: “{}”."),
    ],
)
async def test_a_title_that_says_it_is_a_monitoring_is_not_said_to_be_one_again(
    bench: Bench, language: Language, title: str, writes: str
) -> None:
    body = note_body({each.value: title for each in Language})
    async with bench.sessions.begin() as session:
        row = await session.get_one(MonitoringRow, NUMBER)
        row.state = {**row.state, "title": digest(body.encode())}
        session.add(NoteRow(sha256=digest(body.encode()), body=body, at=NOW))
    recipient = Recipient(name="Әкімдік", address="akimat@example.kz", language=language)
    async with bench.sessions() as session:
        data = await read_letter(
            AS_ON_RECORD, session, order(LetterKind.ANSWER_CONFIRMATION), recipient, SETTINGS, NOW
        )
    assert letter_text(data).plain.splitlines()[0] == writes.format(title)


MARKS = {Language.KK: "", Language.RU: " [на казахском]", Language.EN: " [in Kazakh]"}


def test_what_was_typed_in_one_language_bears_it_for_readers_of_another(sent: Sent) -> None:
    said = part(sent.messages[LetterKind.INFORMATION_REQUEST], "text/plain")
    assert f"{QUESTION}{MARKS[sent.language]}\n" in said
