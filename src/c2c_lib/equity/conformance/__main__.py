"""``python -m c2c_lib.equity.conformance FILE.csv...``: exit code 1 if a case fails."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from c2c_lib.equity.conformance.cases import read_cases
from c2c_lib.equity.conformance.run import Recompute, check_cases, report
from c2c_lib.errors import InputError

_FURTHER: Final = ("c2c_lib.privacy.conformance",)
"""Modules of rooms above that know further measures.

A command stands at the edge of the package and may call any room, but the statistics
themselves must not: so the room above is looked up by name, and only here.
"""


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
    further: dict[str, Recompute] = {}
    for name in _FURTHER:
        further |= importlib.import_module(name).MEASURES
    failed = False
    for path in chosen.files:
        try:
            checked = check_cases(read_cases(path), further)
        except InputError as error:
            sys.stderr.write(f"{error}\n")
            return error.exit_code
        sys.stdout.write(report(path.name, checked, brief=chosen.brief))
        failed = failed or any(one.outcome == "failed" for one in checked)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
