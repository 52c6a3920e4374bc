"""`python -m tests.branches`: how many branches of `models/` were reached where `make test` measures it.

Measured are the tests that need no server (see docs/testing.md): tracing slows pure code alone, and there the
rules are proved. Fails under the least figure.
"""

import sys
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from coverage import Coverage
from pydantic import BaseModel

LEAST: Final = 95.0


class Totals(BaseModel):
    """Of the report that coverage writes."""

    num_branches: int
    covered_branches: int
    num_statements: int
    covered_lines: int


class Report(BaseModel):
    totals: Totals


def main() -> int:
    measured = Coverage()
    measured.load()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.json"
        measured.json_report(outfile=str(path))
        totals = Report.model_validate_json(path.read_text(encoding="utf-8")).totals
    branches = 100 * totals.covered_branches / totals.num_branches
    lines = 100 * totals.covered_lines / totals.num_statements
    print(
        f"models/: {branches:.1f} % of {totals.num_branches} branches, {lines:.1f} % of lines "
        f"(at least {LEAST:g} % of branches)"
    )
    if branches >= LEAST:
        return 0
    lacking = StringIO()
    measured.report(file=lacking, show_missing=True, skip_covered=True)
    print(lacking.getvalue())
    return 1


if __name__ == "__main__":
    sys.exit(main())
