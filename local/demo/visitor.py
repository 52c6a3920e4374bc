"""Somebody who opens a letter's link in a browser: reads, fills in, checks, sends. No script needed."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urljoin

import httpx
from bs4 import BeautifulSoup, Tag

from local.demo.caller import DemoFailed, Gone, NotThere

Answers = Mapping[str, str]
_NOT_SENT: Final = {"submit", "button", "image", "reset"}


class Page:
    """A page as somebody sees it."""

    def __init__(self, response: httpx.Response) -> None:
        self.url = str(response.url)
        self.status = response.status_code
        self.soup = BeautifulSoup(response.text, "html.parser")

    @property
    def heading(self) -> str:
        heading = self.soup.find("h1")
        return heading.get_text(" ", strip=True) if heading else ""

    @property
    def code(self) -> str:
        """The first hash it prints."""
        code = self.soup.find("code")
        return code.get_text(strip=True) if code else ""

    def asks_for(self, field: str) -> bool:
        """Whether there is a field (or a button) of this name."""
        return self.soup.select_one(f"form [name={field!r}]") is not None

    def form(self, field: str) -> "Form":
        """The form that has a field (or a button) of this name."""
        for form in self.soup.find_all("form"):
            if form.select_one(f"[name={field!r}]"):
                return Form(self.url, form)
        raise DemoFailed(f"{self.url}: no form with a field “{field}” on the page “{self.heading}”")


class Form:
    """A form with what is filled in already."""

    def __init__(self, page: str, form: Tag) -> None:
        self.action = urljoin(page, str(form.get("action") or page))
        self.filled: dict[str, str] = {}
        for control in form.find_all(["input", "textarea", "select"]):
            value = _value(control)
            if control.get("name") and value is not None:
                self.filled[str(control["name"])] = value


def _value(control: Tag) -> str | None:
    """What a browser would send for a control as it stands; None for one that sends nothing."""
    if control.name == "textarea":
        return control.get_text()
    if control.name == "select":
        chosen = control.find("option", selected=True) or control.find("option")
        return str(chosen.get("value", "")) if isinstance(chosen, Tag) else None
    kind = str(control.get("type", "text"))
    if kind in _NOT_SENT or kind == "file":
        return None
    if kind in {"radio", "checkbox"} and not control.has_attr("checked"):
        return None
    return str(control.get("value", ""))


class Visitor:
    """A person without an account."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def opens(self, link: str) -> Page:
        return _seen(await self._client.get(link, follow_redirects=True))

    async def submits(self, form: Form, answers: Answers) -> Page:
        """Fill in a form and press its button."""
        response = await self._client.post(
            form.action,
            data={**form.filled, **answers},
            headers={"Origin": form.action.split("/r/")[0]},
            follow_redirects=True,
        )
        return _seen(response)


_NO_WAY: Final[Mapping[int, type[DemoFailed]]] = {httpx.codes.GONE: Gone, httpx.codes.NOT_FOUND: NotThere}


def _seen(response: httpx.Response) -> Page:
    page = Page(response)
    if response.is_success:
        return page
    errors = [error.get_text(" ", strip=True) for error in page.soup.select(".message, [role=alert]")]
    failed = _NO_WAY.get(response.status_code, DemoFailed)
    raise failed(f"{page.url}: {response.status_code} “{page.heading}” {errors}")
