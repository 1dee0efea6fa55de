"""How much faster `c2c build` is than the plain loop: papermill, then nbconvert, per city.

Both make a page from the same notebook for the same four cities, in this run, on this machine.
The loop is what an analyst would type: `papermill` and `jupyter nbconvert`, one city after the
other. Run with `make bench`; the last line is the ratio of the medians.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = ROOT / "notebooks" / "report" / "report_card.ipynb"
CITIES = ("bridgeport", "norwalk", "stamford", "waterbury")
ROUNDS = 3


def tool(name: str) -> str:
    """Return the path of a command of this environment."""
    return str(Path(sys.executable).parent / name)


def run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def loop(folder: Path) -> None:
    """Execute and convert one city after the other."""
    for city in CITIES:
        executed = str(folder / f"{city}.ipynb")
        run(tool("papermill"), str(NOTEBOOK), executed, "-p", "city", city, "-k", "python3")
        run(tool("jupyter"), "nbconvert", "--to", "html", "--no-input", executed)


def build(folder: Path) -> None:
    """Build the checked site, from nothing."""
    run(tool("c2c"), "build", "--force", "--output", str(folder / "site"))


def seconds(job: object) -> float:
    """Return how long one run takes, in a fresh folder."""
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        job(Path(folder))  # type: ignore[operator]
        return time.perf_counter() - begin


def main() -> None:
    times: dict[str, list[float]] = {"loop": [], "build": []}
    for number in range(ROUNDS):  # interleaved, so that both see the same machine
        for name, job in (("loop", loop), ("build", build)):
            times[name].append(seconds(job))
            print(f"round {number + 1}: {name} {times[name][-1]:.1f} s")
    medians = {name: statistics.median(values) for name, values in times.items()}
    print(f"loop {medians['loop']:.1f} s, c2c build {medians['build']:.1f} s")
    print(f"c2c build is {medians['loop'] / medians['build']:.1f} times as fast as the loop")


if __name__ == "__main__":
    main()
