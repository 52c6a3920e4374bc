"""Pages read as browsers and screen readers do: by their elements, not by their bytes."""

from itertools import pairwise

from bs4 import BeautifulSoup, Tag
from httpx import Response

VOID_OF_LABEL = {"hidden", "submit"}


def soup(response: Response) -> BeautifulSoup:
    return BeautifulSoup(response.text, "html.parser")


def words(response: Response) -> str:
    """The visible text, with single spaces."""
    return " ".join(soup(response).get_text(" ").split())


def answered_and_unsent(response: Response) -> tuple[str, str]:
    """What counts, and what its reader had typed and was not sent."""
    page = soup(response)
    unsent = page.select_one("section.unsent")
    said = " ".join(unsent.extract().get_text(" ").split()) if unsent else ""
    return " ".join(page.get_text(" ").split()), said


def fields(response: Response) -> dict[str, list[str]]:
    """What the main form would send as it stands, buttons left out."""
    form = soup(response).find("form", id="form")
    assert isinstance(form, Tag), response.text[:2_000]
    sent: dict[str, list[str]] = {}
    for element in form.find_all(["input", "textarea"]):
        kind = element.get("type", "text")
        if kind == "file" or (kind in {"radio", "checkbox"} and not element.has_attr("checked")):
            continue
        value = (
            element.get_text().removeprefix("\n") if element.name == "textarea" else element.get("value", "")
        )
        sent.setdefault(str(element["name"]), []).append(str(value))
    return sent


def flaws(response: Response) -> list[str]:
    """What is wrong with a page: language, one main heading, order of headings, labels, ids, links."""
    page = soup(response)
    found: list[str] = []
    html = page.find("html")
    if not isinstance(html, Tag) or html.get("lang") not in {"kk", "ru", "en"}:
        found.append("no language")
    if not page.title or not page.title.get_text(strip=True):
        found.append("no title")
    return found + _heading_flaws(page) + _label_flaws(page) + _id_flaws(page) + _landmark_flaws(page)


def _heading_flaws(page: BeautifulSoup) -> list[str]:
    levels = [int(h.name[1]) for h in page.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
    found = [] if levels.count(1) == 1 else [f"{levels.count(1)} main headings"]
    # An error summary stands before the main heading; everything else goes down one level at a time.
    below = levels[levels.index(1) :] if 1 in levels else levels
    found += [f"h{b} after h{a}" for a, b in pairwise(below) if b > a + 1]
    return found


def _label_flaws(page: BeautifulSoup) -> list[str]:
    labelled = {label.get("for") for label in page.find_all("label")}
    controls = page.find_all(["input", "textarea", "select"])
    return [
        f"{control.get('name')} has no label"
        for control in controls
        if control.get("type") not in VOID_OF_LABEL and control.get("id") not in labelled
    ]


def _landmark_flaws(page: BeautifulSoup) -> list[str]:
    """Places that a screen reader lists are told apart by their names."""
    places = page.select("section[aria-label], section[aria-labelledby], [role=region]")
    names = [str(place.get("aria-label") or place.get("aria-labelledby", "")) for place in places]
    return [f"two places named {each}" for each in set(names) if names.count(each) > 1]


def _id_flaws(page: BeautifulSoup) -> list[str]:
    ids = [str(element["id"]) for element in page.find_all(id=True)]
    found = [f"id {each} twice" for each in set(ids) if ids.count(each) > 1]
    for element in page.find_all(True):
        for attribute in ("aria-describedby", "aria-labelledby"):
            named = str(element.get(attribute, "")).split()
            found += [f"{attribute} {each} leads nowhere" for each in named if each not in ids]
    links = [str(link["href"]) for link in page.find_all("a", href=True)]
    return found + [f"{link} leads nowhere" for link in links if link[0] == "#" and link[1:] not in ids]
