"""What people write: answers, interim ones, questions, and what only somebody can tell."""

import base64
from typing import Final

from models.mail.keys import Role
from models.mail.quoting import MARKER
from models.mail.sorts import Sort
from tests.models.mail.corpus.ground import (
    CLERK,
    FORMER,
    REPLY,
    THREADS,
    Case,
    address,
    case,
    with_file,
    written,
)

_ANSWER = {
    "kk": "Есептің үш ұсынымы қабылданды. Олар 2027 жылғы 1 наурызға дейін орындалады.",
    "ru": "Три рекомендации отчёта приняты. Они будут исполнены до 1 марта 2027 года.",
    "en": "We accept the three recommendations of the report and carry them out by 1 March 2027.",
}
_INTERIM = {
    "kk": "Хатыңыз қаралуда. Толық жауап 20 қарашада жіберіледі.",
    "ru": "Направляем промежуточный ответ: данные собираются подведомственными организациями.",
    "en": "This is an interim reply: the data are collected and follow by 20 November.",
}
_QUESTION = {
    "kk": "Сәлеметсіз бе! Екінші ұсыным қай нысанға қатысты?",
    "ru": "Добрый день! К какому объекту относится вторая рекомендация?",
    "en": "Good day! Which object does the second recommendation concern?",
}
_HEADING = {
    "kk": "2026 ж. 2 қар. 14:00 monitoring@example.kz жазды:",
    "ru": "2 ноября 2026 г. 14:00 monitoring@example.kz пишет:",
    "en": "On 2 November 2026 at 14:00 monitoring@example.kz wrote:",
}
_OUTLOOK = {
    "kk": "Кімнен: monitoring@example.kz\nЖіберілген күні: 2 қараша 2026 ж. 14:00\nКімге: кеңсе\nТақырыбы: x",
    "ru": "От: monitoring@example.kz\nОтправлено: 2 ноября 2026 г. 14:00\nКому: канцелярия\nТема: x",
    "en": "From: monitoring@example.kz\nSent: 2 November 2026 14:00\nTo: office\nSubject: x",
}
_TNEF = base64.b64encode(
    bytes.fromhex("789f3e22010001069008000400000000000100010001079006000800000000")
).decode()
_LARGE = base64.encodebytes(b"%PDF-1.7\n" + bytes(15 * 1024 * 1024)).decode()
_CYRILLIC = "кеңсе@әкімдік.example.kz"


def _quoting(words: str, heading: str) -> str:
    return f"{words}\n\n{heading}\n> {MARKER} Жауапты осы жолдан жоғары жазыңыз\n> Құрметті әріптестер!\n"


def _from(name: str, sort: Sort, message: str | bytes, to: str = REPLY, sender: str = CLERK) -> Case:
    return case(name, sort, message, to, sender)


ANSWERS: Final[tuple[Case, ...]] = (
    *(_from(f"an answer, {each}", Sort.ANSWER, written(words)) for each, words in _ANSWER.items()),
    *(
        _from(f"above the quoted letter, {each}", Sort.ANSWER, written(_quoting(_ANSWER[each], heading)))
        for each, heading in _HEADING.items()
    ),
    *(
        _from(
            f"outlook, above the letter, {each}", Sort.ANSWER, written(f"{_ANSWER[each]}\n\n{heading}\n\nx")
        )
        for each, heading in _OUTLOOK.items()
    ),
    *(_from(f"with a file, {each}", Sort.ANSWER, with_file(words)) for each, words in _ANSWER.items()),
    _from("a file and no word", Sort.ANSWER, with_file("")),
    _from(
        "between the lines",
        Sort.ANSWER,
        written(f"> 1. Тізілімді жариялаңыз\n\n{_ANSWER['kk']}\n\n> 2. Ереже\n"),
    ),
    _from(
        "HTML alone",
        Sort.ANSWER,
        written(
            f"<html><head><title>x</title></head><body><p>{_ANSWER['ru']}</p></body></html>",
            kind="text/html; charset=utf-8",
        ),
    ),
    _from(
        "windows-1251, not said so",
        Sort.ANSWER,
        written(_ANSWER["ru"], kind="text/plain").encode("cp1251"),
    ),
    _from(
        "KOI8-R",
        Sort.ANSWER,
        written(_ANSWER["ru"].replace("ё", "е"), kind="text/plain; charset=koi8-r").encode("koi8-r"),
    ),
    _from("UTF-8 under us-ascii", Sort.ANSWER, written(_ANSWER["kk"], kind="text/plain; charset=us-ascii")),
    _from(
        "an alphabet nobody knows", Sort.ANSWER, written(_ANSWER["ru"], kind="text/plain; charset=x-nobody")
    ),
    _from(
        "without a thread, quoting the letter",
        Sort.ANSWER,
        written(_quoting(_ANSWER["ru"], _HEADING["ru"]), head=""),
    ),
    _from("from a Cyrillic mailbox", Sort.ANSWER, written(_ANSWER["kk"], writer=_CYRILLIC), sender=_CYRILLIC),
    _from(
        "a colleague answers",
        Sort.ANSWER,
        written(_ANSWER["ru"], subject="Re: Fwd: x", writer="zanger@akimdik.example.kz"),
    ),
    _from("the address in capital letters", Sort.ANSWER, written(_ANSWER["ru"]), REPLY.upper()),
    _from(
        "the address in quotes",
        Sort.ANSWER,
        written(_ANSWER["ru"]),
        f'"{REPLY.partition("@")[0]}"@reply.example.kz',
    ),
    _from("signed by a former secret", Sort.ANSWER, written(_ANSWER["ru"]), address(Role.REPLY, FORMER)),
    _from(
        "outlook, winmail.dat",
        Sort.ANSWER,
        with_file(_ANSWER["ru"], _TNEF, media_type="application/ms-tnef", filename="winmail.dat"),
    ),
    _from(
        "signed by S/MIME",
        Sort.ANSWER,
        with_file(
            _ANSWER["kk"],
            "MIIB",
            media_type="application/pkcs7-signature",
            filename="smime.p7s",
            frame='multipart/signed; protocol="application/pkcs7-signature"',
        ),
    ),
    _from(
        "signed by OpenPGP",
        Sort.ANSWER,
        with_file(
            _ANSWER["en"],
            "wsBc",
            media_type="application/pgp-signature",
            filename="signature.asc",
            frame='multipart/signed; protocol="application/pgp-signature"',
        ),
    ),
    _from("twenty megabytes", Sort.ANSWER, with_file(_ANSWER["ru"], _LARGE)),
    _from("a boundary that never ends", Sort.ANSWER, with_file(_ANSWER["ru"]).replace("--m--", "")),
    _from("Auto-Submitted: no", Sort.ANSWER, written(_ANSWER["en"], head=f"{THREADS}Auto-Submitted: no\n")),
    _from("base64 cut off", Sort.ANSWER, with_file(_ANSWER["ru"], "JVBERi0xLj")),
)

INTERIM: Final[tuple[Case, ...]] = (
    *(
        _from(f"an interim answer, {each}", Sort.INTERIM_ANSWER, written(words))
        for each, words in _INTERIM.items()
    ),
    _from("interim, with a file", Sort.INTERIM_ANSWER, with_file(_INTERIM["ru"])),
    _from(
        "asks for more time",
        Sort.INTERIM_ANSWER,
        written("Просим продлить срок ответа до 20 ноября 2026 года."),
    ),
    _from(
        "more time, in Kazakh",
        Sort.INTERIM_ANSWER,
        written("Жауап беру мерзімін 20 қарашаға дейін ұзартуды сұраймыз."),
    ),
)

QUESTIONS: Final[tuple[Case, ...]] = (
    *(_from(f"a question, {each}", Sort.QUESTION, written(words)) for each, words in _QUESTION.items()),
    _from("a question above the letter", Sort.QUESTION, written(_quoting(_QUESTION["ru"], _HEADING["ru"]))),
)

DOUBTFUL: Final[tuple[Case, ...]] = (
    _from("only thanks", Sort.UNKNOWN, written("Рахмет!")),
    _from("only received", Sort.INTERIM_ANSWER, written("Хат алынды, рахмет.")),
    _from("only a signature", Sort.UNKNOWN, written("-- \nКеңсе, Үлгі аудан әкімдігі, телефон 100")),
    _from("nothing above the quoted letter", Sort.UNKNOWN, written(_quoting("", _HEADING["kk"]))),
    _from("empty", Sort.UNKNOWN, written("")),
    _from(
        "only a picture of a signature",
        Sort.UNKNOWN,
        with_file("", media_type="image/png", filename="logo.png"),
    ),
    _from("answers nothing of ours", Sort.UNKNOWN, written(_ANSWER["ru"], head="")),
    _from(
        "a reply to an invitation of the calendar",
        Sort.UNKNOWN,
        written(
            "BEGIN:VCALENDAR\nMETHOD:REPLY\nVERSION:2.0\nPRODID:x\nEND:VCALENDAR",
            kind="text/calendar; method=REPLY; charset=utf-8",
        ),
    ),
)
