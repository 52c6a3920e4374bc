"""A PDF of what was replied, item by item: behind the link that asked, and behind the confirmation's."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from fastapi import Response

from activities.printing.documents import LANGUAGES
from activities.printing.facts import PrintedFact, fact
from activities.printing.form_words import typed
from activities.printing.glyphs import printable
from activities.printing.reply import PrintedFile, RepliedPart, ReplySheet, render_reply
from api.http.making import answered
from api.pages.forms.uploads import File, files_by_hash
from api.pages.links.due import term_day_said
from api.pages.links.matter import Matter
from api.pages.links.opened import AnyOpenedLink, recipient_named
from api.pages.links.questions import Question, name_of
from api.pages.links.replies_given import Given, questions_at, replies_given
from api.pages.links.usable import stop_of
from api.pages.links.words import label
from api.pages.site.routing import Reads, page_router
from api.pages.site.stopping import StopKind, Stopped
from api.services.made import Made, kept
from api.views.replies import AMENDED, replied
from locales.catalogue import text
from locales.dates import say_instant, say_size
from locales.terms import term
from models.letters.purposes import LINKS, LinkSubject
from models.report.notes import ItemReply
from models.vocabulary.procedure import Language, Sha256

router = page_router()
_LABELS: Final = ("items", "file", "sha256")


@router.api_route("/r/{token}/reply/{language}.pdf", methods=Reads)
async def print_reply(matter: AnyOpenedLink, language: Language) -> Response:
    """The reply that counts, as it is on record. In Kazakh and Russian, as every document is."""
    if (stopped := await stop_of(matter)) is not None:
        raise stopped
    if LINKS[matter.purpose].subject is not LinkSubject.ADDRESSEE or language not in LANGUAGES:
        raise Stopped(StopKind.NOT_FOUND, language=matter.language)
    spoken = await replace(matter, chosen=language).again()
    given = await replies_given(spoken)
    if not given:
        raise Stopped(StopKind.NOT_FOUND, language=matter.language)
    sheet = await _sheet(spoken, given[-1])
    name = f"{matter.number}-{given[-1].line.seq}-{language.value}.pdf"
    await matter.session.commit()  # whoever waits for a turn holds no connection

    async def making() -> Made:
        return kept(await asyncio.to_thread(render_reply, sheet), name, "application/pdf")

    return await answered(matter.services, matter.holder, making, None)


def papers_of(matter: Matter) -> tuple[tuple[Language, str], ...]:
    """Where the reply on record is to be had on paper, the page's language first."""
    if matter.on_paper:
        return ()
    first = sorted(LANGUAGES, key=lambda each: each is not matter.language)
    return tuple((each, matter.address("reply", f"{each.value}.pdf").partition("?")[0]) for each in first)


async def _sheet(matter: Matter, given: Given) -> ReplySheet:
    language, line, answer = matter.language, given.line, given.answer
    questions = {each.id: each for each in await questions_at(matter, line)}
    named = (*answer.attachments, *(each for item in answer.items for each in item.attachments))
    files = {file.sha256: file for file in await files_by_hash(matter, named)}
    day = matter.state.calendar.local_date(line.at)
    way = matter.way_of(line)
    body = await recipient_named(matter.session, matter.lookup, matter.letter)
    facts = (
        ("matter", matter.title, False),
        ("number", matter.number, False),
        ("registered", f"{matter.number}/{line.seq}", False),
        ("received", say_instant(language, line.at), False),
        ("body", body or matter.recipient, False),
        ("to", matter.contact.name, False),
        ("version", str(matter.letter.version or ""), False),
        ("words_hash", replied(line).reply, True),
        ("entry_hash", line.hash, True),
    )
    whole = RepliedPart(
        heading=label(matter, "reply.whole"),
        facts=_facts(
            language,
            (text(language, "reply.pdf.text"), answer.text),
            (text(language, "reply.pdf.respondent"), answer.respondent),
            (text(language, "reply.pdf.post"), answer.post),
        ),
        files=_files(language, answer.attachments, files),
    )
    return ReplySheet(
        language=language,
        labels={each: text(language, f"reply.pdf.{each}") for each in _LABELS},
        dated=(day.year, day.month, day.day),
        heading=text(language, f"reply.pdf.{'amended' if line.type == AMENDED else 'title'}"),
        foot=f"№ {matter.number}/{line.seq}",
        facts=tuple(
            fact(language, text(language, f"reply.pdf.{name}"), value, code=code)
            for name, value, code in facts
            if value
        ),
        parts=(*(_part(matter, item, questions.get(item.item), files) for item in answer.items), whole),
        notes=(
            *((text(language, "page.answered.on_paper"),) if way == "on_paper" else ()),
            text(language, "reply.pdf.means"),
        ),
    )


def _part(
    matter: Matter, item: ItemReply, question: Question | None, files: Mapping[Sha256, File]
) -> RepliedPart:
    language, calendar = matter.language, matter.state.calendar
    planned = term_day_said(language, calendar, item.planned_on) if item.planned_on else ""
    return RepliedPart(
        heading=printable(name_of(question, matter) if question else item.item),
        text=typed(question.text, language) if question else None,
        facts=_facts(
            language,
            (text(language, "reply.pdf.response"), term(language, item.response) if item.response else ""),
            (text(language, "reply.pdf.reason"), item.text),
            (text(language, "reply.pdf.planned"), planned),
        ),
        files=_files(language, item.attachments, files),
    )


def _facts(language: Language, *said: tuple[str, str]) -> tuple[PrintedFact, ...]:
    return tuple(fact(language, name, value) for name, value in said if value)


def _files(
    language: Language, named: tuple[Sha256, ...], files: Mapping[Sha256, File]
) -> tuple[PrintedFile, ...]:
    """Files that are not there any more are named by their hashes alone."""
    return tuple(
        PrintedFile(
            said=printable(f"{file.name} ({say_size(language, file.size)})") if file else "", sha256=each
        )
        for each in named
        for file in (files.get(each),)
    )
