"""What is made: whole, the same each time, with a guide whose example runs."""

import asyncio
import json
import os
import re
import subprocess
import sys
from asyncio.subprocess import PIPE, STDOUT
from email.parser import BytesHeaderParser
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import pytest

from client.__main__ import main
from client.making import GUIDE, PACKAGE, ROOT
from models.vocabulary.version import VERSION
from tests.api_contract.schema import Json, document, operations
from tests.client.conftest import Made, Served

BROKEN: Json = {
    "openapi": "3.1.0",
    "info": {"title": "x", "version": "1"},
    "components": {"schemas": {"Stage": {"type": "array"}}},
    "paths": {
        "/x": {
            "get": {
                "operationId": "x",
                "responses": {
                    "200": {
                        "description": "x",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Stage"}}},
                    }
                },
            }
        }
    },
}

pytestmark = pytest.mark.xdist_group("client")


def test_it_has_every_operation_and_no_part_is_left_out(made: Made, user: ModuleType) -> None:
    there = {path.stem for path in (made.installed / PACKAGE / "api").glob("*/*.py")} - {"__init__"}
    assert there == {operation.name for operation in operations()}
    text = "".join(path.read_text() for path in (made.installed / PACKAGE / "api").glob("*/*.py"))
    keyed = [each for each in operations() if "Idempotency-Key" in each.parameters("header")]
    assert text.count('headers.setdefault("Idempotency-Key", new_key())') == len(keyed) > 0
    assert "Problem" not in text
    assert "boundary=" not in text


def test_its_wheel_says_what_it_needs(made: Made) -> None:
    with ZipFile(made.wheel) as wheel:
        names = wheel.namelist()
        told = BytesHeaderParser().parsebytes(wheel.read(f"{PACKAGE}-{VERSION}.dist-info/METADATA"))
    assert told["Version"] == VERSION
    assert sorted(told.get_all("Requires-Dist", [])) == ["attrs>=24", "httpx>=0.28,<1"]
    assert f"{PACKAGE}/py.typed" in names
    assert f"{PACKAGE}-{VERSION}.dist-info/licenses/LICENSE" in names
    imported = {
        word
        for path in (made.installed / PACKAGE).rglob("*.py")
        for word in re.findall(r"^(?:from|import) (\w+)", path.read_text(), re.MULTILINE)
    }
    assert imported - set(sys.stdlib_module_names) == {"attrs", "httpx", PACKAGE}


def test_the_same_document_makes_the_same_wheel(made: Made, tmp_path: Path) -> None:
    """In another process, whose sets have another order."""
    told = tmp_path / "openapi.json"
    told.write_text(json.dumps(document()), encoding="utf-8")
    program = (
        "import json, pathlib, sys; from client.making import make;"
        "print(make(json.loads(pathlib.Path(sys.argv[1]).read_bytes()), pathlib.Path(sys.argv[2])))"
    )
    subprocess.run(
        [sys.executable, "-c", program, str(told), str(tmp_path / "again")],
        env=os.environ | {"PYTHONHASHSEED": "192"},
        cwd=ROOT,
        check=True,
    )
    again = tmp_path / made.wheel.name
    assert sha256(again.read_bytes()).digest() == sha256(made.wheel.read_bytes()).digest()


def test_what_the_generator_cannot_read_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main([str(tmp_path / "broken")], lambda: BROKEN) == 1
    assert "Stage" in capsys.readouterr().err


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The example of the guide, as a program."""
    (written,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    program = tmp_path / "example.py"
    program.write_text(written, encoding="utf-8")
    return program


async def test_the_example_of_the_guide_runs(made: Made, served: Served, example: Path) -> None:
    await served.is_staffed()
    given = os.environ | {"PYTHONPATH": str(made.installed), "API": served.url}
    said = await _ran(str(example), **given, TOKEN=served.tokens["uo-analyst"])
    assert re.search(r"started 2026-UO-\d+", said), said
    assert "monitoring.monitoring_started" in said
    refused = await _ran(str(example), **given, TOKEN=served.tokens["ashyk-analyst"])
    assert refused.startswith("refused under rule 10 (comprehensive_by_other_subject): ")


async def test_its_types_are_strict(made: Made, example: Path) -> None:
    given = os.environ | {"MYPYPATH": str(made.installed)}
    asked = ("--strict", "--config-file=", f"--cache-dir={example.parent}", str(example))
    assert await _ran("-m", "mypy", *asked, **given) == "Success: no issues found in 1 source file\n"


async def _ran(*program: str, **environment: str) -> str:
    """What a program of Python said."""
    running = await asyncio.create_subprocess_exec(
        sys.executable, *program, env=environment, stdout=PIPE, stderr=STDOUT, cwd=ROOT.anchor
    )
    said, _ = await running.communicate()
    return said.decode()
