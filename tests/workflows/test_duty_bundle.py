"""The bundle of a duty over the years: a run a year, each archived or open, all of them in one file."""

from datetime import date
from pathlib import Path
from zipfile import ZipFile

from models.letters.letter import Letter
from models.proof.archive import RunStatus
from models.proof.bundle import Sheet
from models.vocabulary.letters import LetterStatus
from tests.archive.keeping import verified_of
from tests.bundle.forger import forger_of, verdict
from tests.workflows.owing import Owing
from tests.workflows.theatre import Theatre


async def test_runs_of_two_years_and_letters_verify_and_an_edited_letter_does_not(
    theatre: Theatre, tmp_path: Path
) -> None:
    duty = Owing(theatre, "td-sary")
    await duty.starts()
    first = (await duty.state()).period
    assert first is not None
    await duty.passes(date(first.begins_on.year + 1, 1, 31))
    path = tmp_path / "duty.zip"
    manifest = await verified_of(theatre, theatre.client, duty.workflow_id, path)
    state = await duty.state()
    assert (manifest.number, manifest.head.seq) == (state.mark, state.seq)
    with ZipFile(path) as files:
        sheet = Sheet.model_validate_json(files.read("duty.json"))
    assert [run.status for run in sheet.runs] == [RunStatus.CONTINUED_AS_NEW, RunStatus.RUNNING]
    assert sheet.stage is None
    sent: list[Letter] = [x for x in state.letters.values() if x.status is LetterStatus.SENT]
    assert len(sent) > 1, "a breach was told"
    forger = forger_of(path.read_bytes())
    name = next(name for name in sorted(forger.files) if name.endswith(".eml"))
    forger.files[name] = forger.files[name].replace(b"Auto-Submitted", b"Auto-submitted", 1)
    wrong = await verdict(forger.seal(), tmp_path)
    assert wrong is not None
    assert wrong.element == name
