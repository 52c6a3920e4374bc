"""One release, said in one place; a fingerprint that changes with the code that replays."""

import shutil
import tomllib
from pathlib import Path

from activities.proofs.code_version import code_version, sources
from local.programs import ROOT
from models.vocabulary.version import VERSION


def test_the_project_file_says_the_same_release() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
    assert f"anticorruption-monitoring:{VERSION}" in (ROOT / "docker-compose.yml").read_text(encoding="utf-8")


def test_the_fingerprint_covers_workflows_and_rules_and_no_edges(tmp_path: Path) -> None:
    names = {name for name, _ in sources(ROOT)}
    assert {"workflows/monitoring.py", "models/events/time.py", "models/monitoring/rules/start.py"} <= names
    assert not [name for name in names if name.startswith(("models/tables/", "models/settings/"))]
    assert code_version().version == VERSION
    for layer in ("models", "workflows"):
        shutil.copytree(ROOT / layer, tmp_path / layer)
    assert list(sources(tmp_path)) == list(sources(ROOT))
