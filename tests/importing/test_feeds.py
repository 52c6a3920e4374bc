"""RSS 2.0 and Atom that were saved are read as tables of publications; what they could do is left undone."""

from datetime import date

import pytest

from api.problems.problem import Failed, ProblemCode
from api.sheets.importing.feeds import read_feed
from models.report.importing.columns import Column

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru"><title>Вестник</title>
<entry><title type="html">Очередь &lt;b&gt;закрыта&lt;/b&gt;</title>
<link rel="self" href="https://example.kz/feed"/><link href="https://example.kz/a/1"/>
<author><name>Автор</name></author><category term="жильё"/>
<published>2026-09-01T23:30:00+05:00</published><summary>Кратко</summary></entry>
<entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Вторая <i>новость</i></div></title>
<link href="javascript:alert(1)"/><updated>2026-09-02T00:10:00Z</updated></entry></feed>"""


def rss(items: str, about: str = "<title>Газет</title>") -> bytes:
    return f'<rss version="2.0"><channel>{about}{items}</channel></rss>'.encode()


def test_atom_is_told_as_its_readers_see_it() -> None:
    feed = read_feed(ATOM.encode())
    first, second = (line.cells for line in feed.sheet.lines)
    assert first == (
        "Очередь закрыта",
        "https://example.kz/a/1",
        "Вестник",
        date(2026, 9, 1),
        "Автор",
        "жильё",
        "Кратко",
    )
    assert second[:4] == ("Вторая новость", "", "Вестник", date(2026, 9, 2)), "no address that is none"
    assert feed.layout.places[0] is Column.TITLE_RU


@pytest.mark.parametrize(
    ("of_feed", "of_entry", "href", "whole"),
    [
        ('xml:base="https://example.kz/news/"', "", "a/1", "https://example.kz/news/a/1"),
        ('xml:base="https://example.kz/news/"', 'xml:base="old/"', "1", "https://example.kz/news/old/1"),
        ("", "", "/a/1?x=1", "https://gazet.example.kz/a/1?x=1"),
        ("", "", "//other.example.kz/1", "https://other.example.kz/1"),
        ("", "", "javascript:alert(1)", ""),
        ("", "", "http://[", ""),
        ("", "", "", ""),
    ],
)
def test_rfc_4287_an_address_written_in_part_is_made_whole(
    of_feed: str, of_entry: str, href: str, whole: str
) -> None:
    feed = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {of_feed}><title>x</title>'
        f'<link href="https://gazet.example.kz/"/>'
        f'<entry {of_entry}><title>y</title><link href="{href}"/></entry></feed>'
    )
    assert read_feed(feed.encode()).sheet.lines[0].cells[1] == whole


def test_an_address_of_rss_written_in_part_is_of_its_channel() -> None:
    about = "<title>Газет</title><link>https://gazet.example.kz/</link>"
    feed = read_feed(rss("<item><title>x</title><link>/news/7</link></item>", about))
    assert feed.sheet.lines[0].cells[1] == "https://gazet.example.kz/news/7"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Tue, 01 Sep 2026 20:00:00 +0000", date(2026, 9, 2)),  # the local day (Asia/Almaty)
        ("Tue, 01 Sep 2026 20:00:00 GMT", date(2026, 9, 2)),
        ("01 Sep 2026 20:00 +0500", date(2026, 9, 1)),
        ("01.09.2026", "01.09.2026"),
        ("yesterday", "yesterday"),
        ("", ""),
    ],
)
def test_the_day_of_a_publication_is_the_local_one_or_stays_as_written(said: str, day: object) -> None:
    feed = read_feed(rss(f"<item><title>x</title><pubDate>{said}</pubDate></item>"))
    assert feed.sheet.lines[0].cells[3] == day


@pytest.mark.parametrize(
    ("language", "title", "column"),
    [
        ("kk-KZ", "Кезек", Column.TITLE_KK),
        ("ru", "Очередь", Column.TITLE_RU),
        ("ru", "Мектепке қабылдау", Column.TITLE_KK),
        ("", "Очередь", Column.TITLE_RU),
        ("", "The queue", Column.TITLE_EN),
    ],
)
def test_titles_are_of_the_language_that_is_said_or_shows(language: str, title: str, column: Column) -> None:
    feed = read_feed(rss(f"<language>{language}</language><item><title>{title}</title></item>"))
    assert feed.layout.places[0] is column


def test_a_permanent_guid_is_an_address_and_text_of_windows_1251_is_text() -> None:
    items = "<item><title>Школа</title><guid>https://example.kz/9</guid></item><item><guid isPermaLink='false'>https://example.kz/8</guid><title>Сад</title></item>"
    text = '<?xml version="1.0" encoding="windows-1251"?>' + rss(items).decode()
    lines = read_feed(text.encode("cp1251")).sheet.lines
    assert [line.cells[:2] for line in lines] == [("Школа", "https://example.kz/9"), ("Сад", "")]


def test_marks_of_html_in_a_text_are_none_of_its_words() -> None:
    marked = "<![CDATA[<p>Баға &lt; құн <script>x</script><a href='https://example.kz'>сілтеме</a></p>]]>"
    (line,) = read_feed(rss(f"<item><title>{marked}</title></item>")).sheet.lines
    assert line.cells[0] == "Баға < құн xсілтеме"


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE rss [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE rss [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE rss SYSTEM "https://example.kz/rss.dtd">',
        "<!DOCTYPE rss>",
    ],
)
def test_a_declared_document_type_is_refused_unread(declared: str) -> None:
    with pytest.raises(Failed) as told:
        read_feed(declared.encode() + rss("<item><title>x</title></item>"))
    assert told.value.refusals[0].code == ProblemCode.IMPORT_UNREADABLE


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<rss/>", ProblemCode.IMPORT_NO_FEED),
        (b"<html><body/></html>", ProblemCode.IMPORT_NO_FEED),
        (b"<rss", ProblemCode.IMPORT_UNREADABLE),
        (b"", ProblemCode.IMPORT_UNREADABLE),
        (b'<?xml version="1.0" encoding="no-such"?><rss/>', ProblemCode.IMPORT_UNREADABLE),
        (b"<a>" * 50_000, ProblemCode.IMPORT_UNREADABLE),
    ],
)
def test_what_is_no_feed_is_told(content: bytes, code: ProblemCode) -> None:
    with pytest.raises(Failed) as told:
        read_feed(content)
    assert told.value.refusals[0].code == code
