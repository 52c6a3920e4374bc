"""The program that seeds, imports, exports and lists calendars, as an operator runs it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from api.calendar.seed import seed_edition
from local.programs import ROOT
from models.calendar.csv import read_calendar, write_calendar


@pytest.fixture
def calendar_program(database_url: str) -> "Program":
    return Program(database_url)


class Program:
    """`python -m api.calendar_cli` on one database."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url

    def __call__(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "api.calendar_cli", *words],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": self._url, "COLUMNS": "200"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


def test_an_installation_is_seeded_once(calendar_program: Program) -> None:
    empty = calendar_program("export")
    assert (empty.returncode, "no calendar yet" in empty.stderr) == (2, True)
    first, second = calendar_program("seed"), calendar_program("seed")
    assert first.stdout == f"{seed_edition().id} is in use\n", first.stderr
    assert (second.returncode, second.stdout) == (0, "there is a calendar already; nothing was done\n")
    exported = calendar_program("export").stdout
    assert read_calendar(exported) == seed_edition()
    assert calendar_program("draft").stdout == exported


def test_a_file_becomes_the_next_edition(calendar_program: Program, tmp_path: Path) -> None:
    calendar_program("seed")
    file = tmp_path / "next.csv"
    file.write_text(write_calendar(seed_edition().model_copy(update={"id": "kz-2027.1"})), encoding="utf-8")
    published = calendar_program("import", str(file), "--reason", "Қаулы № 5")
    assert published.stdout == "kz-2027.1 is in use\n", published.stderr
    assert [line.split()[0] for line in calendar_program("list").stdout.splitlines()] == [
        "kz-2027.1",
        seed_edition().id,
    ]
    assert "Қаулы № 5" in calendar_program("list").stdout
    assert read_calendar(calendar_program("export", seed_edition().id).stdout) == seed_edition()
    again = calendar_program("import", str(file), "--reason", "Қаулы № 5")
    assert (again.returncode, "exists already" in again.stderr) == (2, True)


def test_mistakes_are_told(calendar_program: Program, tmp_path: Path) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_text("date,kind\n", encoding="utf-8")
    unsaid = calendar_program("import", str(broken), "--reason", "—")
    assert (unsaid.returncode, "say why" in unsaid.stderr) == (2, True)
    told = calendar_program("import", str(broken), "--reason", "x")
    assert (told.returncode, "line 1" in told.stderr) == (2, True)
    broken.write_bytes("edition,құрау".encode("utf-16"))
    assert "UTF-8" in calendar_program("import", str(broken), "--reason", "x").stderr
    unknown = calendar_program("export", "kz-1999.1")
    assert unknown.returncode == 2
