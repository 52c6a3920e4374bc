"""Before a commit the same is checked as by `make check`."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]


def test_the_file_for_commits_runs_what_make_check_runs() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    house = re.search(r"^HOUSE := (.+)$", makefile, re.MULTILINE)
    recipe = re.search(r"^check:.*\n((?:\t.+\n)+)", makefile, re.MULTILINE)
    assert house
    assert recipe
    lines = recipe[1].replace("$(HOUSE)", house[1]).replace("$(BIN)", ".venv/bin").replace("@", "")
    checked = [" ".join(line.split()) for line in lines.strip().splitlines()]
    written = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = [hook for repository in written["repos"] for hook in repository["hooks"]]
    assert [repository["repo"] for repository in written["repos"]] == ["local"], "nothing is fetched"
    assert [" ".join(hook["entry"].split()) for hook in hooks] == checked, (
        "a step of `make check` is a hook of .pre-commit-config.yaml too, in the same order"
    )
