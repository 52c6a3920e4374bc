"""There is one way to Temporal for whatever carries payloads: none can forget to encrypt."""

import ast
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
PROGRAMS: Final = sorted(
    [
        ROOT / "worker.py",
        *(
            path
            for layer in ("activities", "api", "local", "workflows")
            for path in (ROOT / layer).rglob("*.py")
        ),
    ]
)
# They set up the server and ask it about queues; no workflow is started or read through their clients.
ADMINISTRATION: Final = {"local/temporal.py", "local/programs.py"}
# An auditor's own machine has no key: histories reach it decrypted, and are replayed there as they are.
WITHOUT_KEYS: Final = {"activities/proofs/verification/histories.py"}
WAY: Final = "workflows/client.py"
PLAIN: Final = {"pydantic_data_converter", "DataConverter.default"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", PROGRAMS, ids=name_of)
def test_clients_are_made_in_one_place(path: Path) -> None:
    used = {ast.unparse(node) for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.expr)}
    assert "Client.connect" not in used or name_of(path) in ADMINISTRATION | {WAY}, (
        f"{name_of(path)} makes a client of its own: use workflows.client.connect, or be given one"
    )
    assert used.isdisjoint(PLAIN) or name_of(path) in WITHOUT_KEYS, (
        f"{name_of(path)} names a converter that encrypts nothing: use activities.encryption.data_converter"
    )
