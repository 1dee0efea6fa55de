"""``python -m c2c_lib.equity.conformance FILE.csv...``: exit code 1 if a case fails."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from c2c_lib.equity.conformance.cases import read_cases
from c2c_lib.equity.conformance.run import check_cases, report
from c2c_lib.errors import InputError


def main(arguments: Sequence[str] | None = None) -> int:
    """Recompute the cases of the files named and print the outcome; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m c2c_lib.equity.conformance",
        description="Recompute reference cases and say which values agree.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.csv")
    parser.add_argument(
        "--brief", action="store_true", help="count the known defects instead of listing them"
    )
    chosen = parser.parse_args(arguments)
    failed = False
    for path in chosen.files:
        try:
            checked = check_cases(read_cases(path))
        except InputError as error:
            sys.stderr.write(f"{error}\n")
            return error.exit_code
        sys.stdout.write(report(path.name, checked, brief=chosen.brief))
        failed = failed or any(one.outcome == "failed" for one in checked)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
