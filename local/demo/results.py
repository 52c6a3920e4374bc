"""What a played scene left behind, seen through the API: figures for the table, the printed reports."""

from pathlib import Path

from local.demo.caller import Caller
from local.demo.screen import Outcome
from local.mailbox import Summary
from local.sample_country import Country
from local.sample_scenario import Scenario
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language, Stage


class SeenMonitoring(Model):
    """What the demo reads of a monitoring."""

    number: str
    stage: Stage


class SeenDocument(Model):
    rendition: str
    language: Language


class SeenVersion(Model):
    number: int
    documents: tuple[SeenDocument, ...]


class Results:
    """One monitoring's results, read by one of its people."""

    def __init__(self, reader: Caller, number: str) -> None:
        self._reader = reader
        self._number = number
        self._path = f"/api/v1/monitorings/{number}"

    async def stage(self) -> Stage:
        return (await self._reader.get(self._path, SeenMonitoring)).stage

    async def versions(self) -> list[SeenVersion]:
        listed = (await self._reader.ask(f"{self._path}/report/versions")).json()
        return [SeenVersion.model_validate(version) for version in listed]

    async def outcome(
        self, name: str, scenario: Scenario, country: Country, letters: list[Summary], look: str
    ) -> Outcome:
        """The line of the table."""
        replies = (await self._reader.ask(f"{self._path}/replies")).json()
        answered = sum(reply["answered_on"] is not None for reply in replies)
        lead = country.organisation(scenario.conductors[0])
        return Outcome(
            scene=name,
            number=self._number,
            kind=f"{lead.code}, {scenario.kind.value}",
            title=scenario.title.kk,
            stage=(await self.stage()).value,
            letters=sum(self._number in letter.subject for letter in letters),
            replies=f"{answered} of {len(replies)}",
            documents=sum(len(version.documents) for version in await self.versions()),
            look=look,
        )

    async def documents(self) -> dict[str, bytes]:
        """The printed reports by file name."""
        printed = {}
        for version in await self.versions():
            for document in version.documents:
                name = f"{document.rendition}/{document.language.value}"
                answer = await self._reader.ask(
                    f"{self._path}/report/versions/{version.number}/documents/{name}"
                )
                printed[f"{self._number}-v{version.number}-{name.replace('/', '-')}.pdf"] = answer.content
        return printed


def save(folder: Path, files: dict[str, bytes]) -> None:
    """Write files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
