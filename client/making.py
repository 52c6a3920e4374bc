"""How the client's package is made: of the OpenAPI document by its generator, and of what is written by hand.

The same document gives the same files and the same wheel, byte for byte.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import chdir
from pathlib import Path
from typing import Final

import openapi_python_client as generator
from flit_core import buildapi
from openapi_python_client.config import Config, ConfigFile, MetaType

from client.document import for_the_generator
from models.vocabulary.version import VERSION

PACKAGE: Final = "anticorruption_monitoring_client"
HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent
WRITTEN, TEMPLATES = HERE / "written", HERE / "templates"
GUIDE: Final = ROOT / "docs" / "client.md"
# A wheel bears a date for each file; of a package that is made anew each time it is always this one.
EPOCH: Final = "1700000000"
DOWNLOADS: Final = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/zip",
    "message/rfc822",
    "*/*",
)
"""Media types that come as files."""


class NotMade(Exception):
    """The generator could not read a part of the document, or a program failed; says which."""


def make(document: Mapping[str, object], folder: Path) -> Path:
    """The project, ready for `pip install`, in a folder made anew; its wheel beside it. Returns that."""
    shutil.rmtree(folder, ignore_errors=True)
    package = folder / PACKAGE
    package.mkdir(parents=True)
    _generate(document, package)
    for part in sorted(WRITTEN.glob("*.py")):
        text = part.read_text(encoding="utf-8").replace("client.written", PACKAGE)
        (package / part.name).write_text(text, encoding="utf-8")
    (package / "py.typed").touch()
    _tidy(folder)
    project = (TEMPLATES / "project.toml").read_text(encoding="utf-8")
    (folder / "pyproject.toml").write_text(project.replace("{version}", VERSION), encoding="utf-8")
    shutil.copy(GUIDE, folder / "README.md")
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE")
    return _wheel(folder)


def _generate(document: Mapping[str, object], package: Path) -> None:
    """Whatever the generator warns of is missing in the client, so a warning is a failure here."""
    with tempfile.TemporaryDirectory() as kept:
        source = Path(kept) / "openapi.json"
        source.write_text(json.dumps(for_the_generator(document)), encoding="utf-8")
        faults = generator.generate(config=_config(source, package), custom_template_path=TEMPLATES)
    if faults:
        told = (f"{each.header}: {each.detail} {getattr(each, 'data', '') or ''}" for each in faults)
        raise NotMade("\n".join(told))


def _config(source: Path, package: Path) -> Config:
    choices = ConfigFile(
        package_name_override=PACKAGE,
        content_type_overrides=dict.fromkeys(DOWNLOADS, "application/octet-stream"),
        post_hooks=[],
    )
    return Config.from_sources(
        config_file=choices,
        meta_type=MetaType.NONE,
        document_source=source,
        file_encoding="utf-8",
        overwrite=True,
        output_path=package,
    )


def _tidy(folder: Path) -> None:
    """Unused imports go and lines are broken, by ruff's own rules, whatever the folder lies in."""
    for asked in (("check", "--fix", "--select", "F401,I", "--quiet"), ("format", "--quiet")):
        tidied = subprocess.run(
            [sys.executable, "-m", "ruff", *asked, "--isolated", "--no-cache", PACKAGE],
            cwd=folder,  # beside the package: it has a module that is called as one of Python's own
            capture_output=True,
            text=True,
            check=False,
        )
        if tidied.returncode:
            raise NotMade(tidied.stdout + tidied.stderr)


def _wheel(folder: Path) -> Path:
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    with chdir(folder):
        return folder.parent / str(buildapi.build_wheel(str(folder.parent.resolve())))
