"""Reports that say something else or more than the scenario's, and replies as browsers send them."""

from collections.abc import Mapping, Sequence

from httpx import AsyncClient, Response

from local.samples import content_of
from models.report.content import Item, ReportContent, Wording
from models.vocabulary.procedure import ItemKind
from tests.pages.reading import soup
from tests.pages.story import CLINIC, Story

Upload = tuple[str, tuple[str, bytes, str]]
BOUNDARY = b"----WebKitFormBoundaryExample"
SIGNED = {"respondent": "Үлгі Отыз бірінші", "post": "Бас дәрігер"}


def report_of(story: Story, items: int) -> ReportContent:
    """The scenario's report with so many proposals to one body, beside its recommendation."""
    content = content_of(story.scenario)
    known = content.draft.decision.items
    proposal = next(item for item in known if item.kind is ItemKind.PROPOSAL)
    more = tuple(
        Item.model_validate(
            {
                **proposal.model_dump(),
                "id": f"n{number}",
                "addressee": CLINIC,
                "text": Wording(kk=f"№{number}"),
            }
        )
        for number in range(1, items + 1)
    )
    others = tuple(item for item in known if item.kind is not ItemKind.PROPOSAL)
    decision = content.draft.decision.model_copy(update={"items": (*more, *others)})
    return content.model_copy(update={"draft": content.draft.model_copy(update={"decision": decision})})


def with_words(content: ReportContent, words: str, *items: str) -> ReportContent:
    """The report with items that say something else."""
    decision = content.draft.decision
    said = Wording(kk=words, ru=words, en=words)
    changed = tuple(
        each.model_copy(update={"text": said}) if each.id in items else each for each in decision.items
    )
    draft = content.draft.model_copy(update={"decision": decision.model_copy(update={"items": changed})})
    return content.model_copy(update={"draft": draft})


def reply_to(items: int, words: str = "Орындалады") -> dict[str, str]:
    said = {f"response-n{number}": "partly" for number in range(1, items + 1)}
    said |= {f"reason-n{number}": f"{words} {number}" for number in range(1, items + 1)}
    return {**said, "response-q1": "accepted", **SIGNED}


def as_parts(typed: Mapping[str, str | Sequence[str]], files: list[Upload]) -> tuple[bytes, str]:
    """A form with files as browsers write it (RFC 7578), where none was chosen too; and its content type."""
    parts: list[bytes] = []
    for name, values in typed.items():
        for value in [values] if isinstance(values, str) else values:
            parts.append(f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    for name, (filename, content, kind) in files:
        head = f'Content-Disposition: form-data; name="{name}"; filename="{filename}"\r\nContent-Type: {kind}'
        parts.append(head.encode() + b"\r\n\r\n" + content + b"\r\n")
    body = b"".join(b"--" + BOUNDARY + b"\r\n" + part for part in parts) + b"--" + BOUNDARY + b"--\r\n"
    return body, f"multipart/form-data; boundary={BOUNDARY.decode()}"


async def as_browsers_send(
    browser: AsyncClient,
    page: Response,
    button: str,
    typed: Mapping[str, str | Sequence[str]],
    files: list[Upload] | None = None,
) -> Response:
    """All fields of the page's form as parts, and a part for every place a file can be chosen in."""
    form = soup(page).find("form", id="form")
    assert form is not None
    places = [str(each["name"]) for each in form.find_all("input", type="file")]
    chosen = files or []
    taken = {place for place, _ in chosen}
    empty: list[Upload] = [
        (place, ("", b"", "application/octet-stream")) for place in places if place not in taken
    ]
    hidden = {str(each["name"]): str(each["value"]) for each in form.find_all("input", type="hidden")}
    data = {**hidden, **dict(typed), "action": button}
    body, kind = as_parts(data, [*chosen, *empty])
    return await browser.post(str(form["action"]), content=body, headers={"Content-Type": kind})
