"""Auto-replies: in three languages, marked and unmarked, and whatever else programs write to people."""

from typing import Final

from models.mail.sorts import Sort
from tests.models.mail.corpus.ground import (
    BOUNCE,
    CLERK,
    DOMAIN,
    HEADERS,
    LETTER,
    REPLY,
    THREADS,
    Case,
    case,
    written,
)

AWAY: Final = {
    "kk": ("Автоматты жауап", "Мен 16 қарашаға дейін еңбек демалысындамын. Хатыңызға кейін жауап беремін."),
    "ru": ("Автоответ", "Здравствуйте! Я в отпуске до 16 ноября. Отвечу на ваше письмо позже."),
    "en": ("Automatic reply", "I am out of the office until 16 November and will answer when I am back."),
}
_VACATION = f"From: {CLERK}\nTo: {BOUNCE}\nSubject: away from my mail\n"


def _away(
    name: str,
    sort: Sort,
    head: str,
    to: str = REPLY,
    language: str = "ru",
    sender: str = "",
    subject: str = "Re: x",
) -> Case:
    return case(name, sort, written(AWAY[language][1], head=head, to=to, subject=subject), to, sender)


UNMARKED: Final[tuple[Case, ...]] = (
    *(
        case(
            f"vacation(1), unmarked, from the person's own address, {language}",
            Sort.AUTO_REPLY,
            f"{_VACATION}Content-Type: text/plain; charset=utf-8\n\n{words}\n",
            sender=CLERK,
        )
        for language, (_, words) in AWAY.items()
    ),
    *(
        _away(
            f"unmarked, to the reply address, answering nothing, {language}",
            Sort.UNKNOWN,
            "",
            language=language,
            sender=CLERK,
            subject=AWAY[language][0],
        )
        for language in AWAY
    ),
    *(
        _away(
            f"unmarked, to the reply address, as an answer to the letter, {language}",
            Sort.UNKNOWN,
            THREADS,
            language=language,
            sender=CLERK,
        )
        for language in AWAY
    ),
    *(
        _away(
            f"unmarked but for its subject, {language}",
            Sort.UNKNOWN,
            THREADS,
            language=language,
            sender=CLERK,
            subject=f"{AWAY[language][0]}: x",
        )
        for language in AWAY
    ),
    _away("unmarked, null sender, to the reply address", Sort.UNKNOWN, THREADS),
    _away("unmarked, null sender written out", Sort.UNKNOWN, THREADS, sender="<>"),
    case(
        "vacation(1), unmarked, quoting the letter's headers",
        Sort.AUTO_REPLY,
        f"{_VACATION}\nI am away.\n\n{HEADERS}\n",
        sender=CLERK,
    ),
    case(
        "somebody's answer that came to the bounce address",
        Sort.AUTO_REPLY,
        written("Ответ на ваше письмо направлен почтой.", to=BOUNCE),
        sender=CLERK,
    ),
)

MARKED: Final[tuple[Case, ...]] = (
    *(
        case(
            f"sieve, {language}",
            Sort.AUTO_REPLY,
            written(
                words,
                subject=f"Auto: {subject}",
                head=f"{THREADS}Auto-Submitted: auto-replied (vacation)\n",
                to=BOUNCE,
            ),
        )
        for language, (subject, words) in AWAY.items()
    ),
    *(
        case(
            f"exchange, out of office, to the reply address, {language}",
            Sort.AUTO_REPLY,
            written(
                words,
                subject=f"{subject}: x",
                head=f"{THREADS}X-Auto-Response-Suppress: All\nAuto-Submitted: auto-generated\n",
            ),
            REPLY,
        )
        for language, (subject, words) in AWAY.items()
    ),
    _away(
        "outlook, a rule answers",
        Sort.AUTO_REPLY,
        f"{THREADS}X-MS-Exchange-Inbox-Rules-Loop: {CLERK}\n",
        sender=CLERK,
    ),
    _away("a web mail, precedence bulk", Sort.AUTO_REPLY, f"{THREADS}Precedence: bulk\n", sender=CLERK),
    _away("precedence auto_reply", Sort.AUTO_REPLY, "Precedence: auto_reply\n", sender=CLERK),
    _away("cpanel, X-Autorespond", Sort.AUTO_REPLY, "X-Autorespond: Re: x\n", sender=CLERK),
    _away("X-Autoreply", Sort.AUTO_REPLY, "X-Autoreply: yes\n", sender=CLERK),
    _away("communigate", Sort.AUTO_REPLY, "X-POST-MessageClass: 9; Autoresponder\n", sender=CLERK),
    _away("a mailer that calls itself an autoresponder", Sort.AUTO_REPLY, "X-Mailer: Mail Autoresponder 2\n"),
    _away("marked, in Kazakh", Sort.AUTO_REPLY, "Auto-Submitted: auto-replied\n", language="kk"),
    _away("marked in capital letters", Sort.AUTO_REPLY, "AUTO-SUBMITTED: Auto-Replied\n", sender=CLERK),
    case(
        "a system of documents tells that it registered the letter",
        Sort.AUTO_REPLY,
        written("Құжат № 412 болып тіркелді.", head=f"{THREADS}Auto-Submitted: auto-generated\n"),
        REPLY,
        CLERK,
    ),
)

LOOPS: Final[tuple[Case, ...]] = (
    case("our own letter comes back to the reply address", Sort.AUTO_REPLY, LETTER, REPLY, BOUNCE),
    case("our own letter comes back to the bounce address", Sort.AUTO_REPLY, LETTER, BOUNCE, BOUNCE),
    case("our own letter comes to a stranger's address", Sort.AUTO_REPLY, LETTER, f"post@{DOMAIN}", BOUNCE),
    case(
        "a message that passed sixty servers",
        Sort.UNKNOWN,
        "Received: from a by b; Mon, 02 Nov 2026 09:00:00 +0000\n" * 60
        + written("Жауап осында жазылған, толық мәтін."),
        REPLY,
        CLERK,
    ),
    case(
        "a mailing list hands on",
        Sort.UNKNOWN,
        written(
            "Бұл тізім арқылы келген хат.", head=f"{THREADS}List-Id: <all.example.kz>\nPrecedence: list\n"
        ),
        REPLY,
        CLERK,
    ),
)
