"""RSS 2.0 and Atom (RFC 4287) that were saved, as a table: a publication a line. Nothing is fetched.

An address that is written in part is taken from `xml:base` (RFC 4287, 2), else from the feed's own.
A file that declares entities or a document type is refused unread.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from activities.registries.local_day import local_day
from api.problems.problem import ProblemCode, invalid
from api.sheets.importing.limits import MOST_LINES, unreadable
from models.report.importing.columns import Column, Layout
from models.report.importing.table import Cell, Line, Sheet
from models.vocabulary.procedure import Language

PARTS: Final = ("title", "link", "publication", "published", "author", "section", "summary")
"""What is told of each publication, in the order of the columns."""
_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_XHTML: Final = "{http://www.w3.org/1999/xhtml}"
_KAZAKH: Final = re.compile("[ӘәҒғҚқҢңӨөҰұҮүҺһІі]")
_CYRILLIC: Final = re.compile("[А-Яа-я]")
_LONGEST: Final = 20_000  # letters of a text that are looked at
_WEB: Final = ("http://", "https://")


@dataclass(frozen=True)
class Feed:
    """Its publications as lines without headings, and what each column is, as far as it shows."""

    sheet: Sheet
    layout: Layout


def read_feed(content: bytes) -> Feed:
    """Raises Failed (422): no XML, entities, or neither RSS nor Atom."""
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        raise unreadable() from None
    match root.tag:
        case "rss":
            name, told, items = _rss(root)
        case tag if tag == f"{_ATOM}feed":
            name, told, items = _atom(root)
        case _:
            raise invalid(ProblemCode.IMPORT_NO_FEED, "/file")
    lines = tuple(Line(number, cells) for number, cells in enumerate(items, 1) if any(c != "" for c in cells))
    sheet = Sheet(name=name, lines=lines[:MOST_LINES], width=len(PARTS), cut=len(lines) > MOST_LINES)
    return Feed(sheet, _layout(sheet, told))


def _layout(sheet: Sheet, told: str) -> Layout:
    """The day of publication stands for the day on which it was obtained: it can be mapped otherwise."""
    language = next((each for each in Language if told.lower().startswith(each.value)), None)
    titles = " ".join(str(line.at(0)) for line in sheet.lines)
    if language is None or (language is Language.RU and _mostly_kazakh(sheet)):
        cyrillic = Language.RU if _CYRILLIC.search(titles) else Language.EN
        language = Language.KK if _mostly_kazakh(sheet) else cyrillic
    title = Column(f"title_{language.value}")
    places = {0: title, 1: Column.REFERENCE, 2: Column.OWNER, 3: Column.OBTAINED_ON}
    return Layout(heading=0, places=places)


def _mostly_kazakh(sheet: Sheet) -> bool:
    kazakh = sum(_KAZAKH.search(str(line.at(0))) is not None for line in sheet.lines)
    return kazakh * 2 > len(sheet.lines)


Read = tuple[str, str, Iterator[tuple[Cell, ...]]]


def _rss(root: Element) -> Read:
    channel = root.find("channel")
    if channel is None:
        raise invalid(ProblemCode.IMPORT_NO_FEED, "/file")
    name = _plain(channel.findtext("title", ""))
    base = _base(_link(channel.findtext("link", "")), root, channel)

    def items() -> Iterator[tuple[Cell, ...]]:
        for item in channel.iter("item"):
            guid = item.find("guid")
            permanent = guid is not None and guid.get("isPermaLink", "true") == "true"
            link = _joined(base, item.findtext("link", "")) or (
                _link(guid.text or "") if permanent and guid is not None else ""
            )
            yield (
                _plain(item.findtext("title", "")),
                link,
                _plain(item.findtext("source", "")) or name,
                _mailed(item.findtext("pubDate", "")) or _stamped(item.findtext(f"{_DC}date", "")),
                _plain(item.findtext(f"{_DC}creator", "") or item.findtext("author", "")),
                "; ".join(_plain(each.text or "") for each in item.findall("category")),
                _plain(item.findtext("description", "")),
            )

    return name, channel.findtext("language", "").strip(), items()


def _atom(root: Element) -> Read:
    name = _said(root.find(f"{_ATOM}title"))
    own = (_link(each.get("href", "")) for each in root.findall(f"{_ATOM}link"))
    base = _base(next((each for each in own if each), ""), root)

    def items() -> Iterator[tuple[Cell, ...]]:
        for entry in root.iter(f"{_ATOM}entry"):
            published = entry.findtext(f"{_ATOM}published", "") or entry.findtext(f"{_ATOM}updated", "")
            whose = entry.find(f"{_ATOM}source/{_ATOM}title")
            yield (
                _said(entry.find(f"{_ATOM}title")),
                _alternate(_base(base, entry), entry),
                _said(whose) or name,
                _stamped(published),
                "; ".join(_plain(each.text or "") for each in entry.findall(f"{_ATOM}author/{_ATOM}name")),
                "; ".join(
                    str(each.get("label") or each.get("term") or "")
                    for each in entry.findall(f"{_ATOM}category")
                ),
                _said(entry.find(f"{_ATOM}summary")),
            )

    return name, root.get(f"{_XML}lang", "").strip(), items()


def _alternate(base: str, entry: Element) -> str:
    links = entry.findall(f"{_ATOM}link")
    chosen = [each for each in links if each.get("rel", "alternate") == "alternate"]
    return _joined(_base(base, chosen[0]), chosen[0].get("href", "")) if chosen else ""


def _base(start: str, *inside: Element) -> str:
    """Whence an address is taken that is written in part: each `xml:base` goes on from the one above."""
    for each in inside:
        start = _joined(start, each.get(f"{_XML}base", "")) or start
    return start


def _joined(base: str, said: str) -> str:
    """The whole address (RFC 3986, 5); nothing where it leads to no page of the web."""
    if not said.strip():
        return ""
    try:
        return _link(urljoin(base, said.strip()))
    except ValueError:
        return ""


def _link(said: str) -> str:
    """An address of the web; nothing else leads anywhere for a reader."""
    link = said.strip()
    return link if link.lower().startswith(_WEB) else ""


def _said(text: Element | None) -> str:
    """A text of Atom (RFC 4287, 3.1): plain, as HTML, or as elements of XHTML."""
    if text is None:
        return ""
    match text.get("type", "text"):
        case "xhtml":
            return " ".join("".join(text.itertext()).split())
        case "html":
            return _plain(text.text or "")
    return " ".join((text.text or "").split())


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def _plain(marked: str) -> str:
    """The words of a text that may have marks of HTML in it, as newspapers send them."""
    marked = marked[:_LONGEST]
    if "<" not in marked:
        return " ".join(html.unescape(marked).split())
    parser = _Text()
    parser.feed(marked)
    parser.close()
    return " ".join("".join(parser.said).split())


def _mailed(said: str) -> Cell:
    """A date of RFC 822 as the local day; as it is written where it is none."""
    written = said.strip()
    try:
        return _day(parsedate_to_datetime(written)) if written else ""
    except (ValueError, TypeError, IndexError, OverflowError):
        return written


def _stamped(said: str) -> Cell:
    """The same of RFC 3339."""
    written = said.strip()
    try:
        return _day(datetime.fromisoformat(written)) if written else ""
    except (ValueError, OverflowError):
        return written


def _day(moment: datetime) -> date:
    return moment.date() if moment.tzinfo is None else local_day(moment)
