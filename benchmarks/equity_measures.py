"""How much faster the measures are than a plain `groupby.apply`, and how much memory they take.

13,000 made-up districts, 10 years and 8 groups: 1,040,000 figures. Every family whose measures
are worked out by formula is called once on the whole tidy table, through `measure`, and compared
with the same formulas written setting by setting (or series by series), as an analyst would with
`groupby.apply` and NumPy. The loop runs on every 130th district only; its time is scaled up,
which is fair because its cost is per setting. Times are CPU seconds of one core. Both must give
the same numbers there. Small areas are pooled over all districts, so that their loop is run on
the whole. Left out are the measures with simulated limits, Ho and Reardon's V (a fit for each
pair) and the counts of cohorts and attendance, which read other tables.

Memory is the growth of the peak resident memory of a fresh process during its first call,
result included, against the size of the tidy table in memory, with all columns of observations.
Beside it stands the same against the columns alone that the call reads: about half of it. A result
of several measures has a row for each of them, so that it alone can be larger than those.
Reference cases of these measures are recomputed first, if they lie beside the project.
"""

from __future__ import annotations

import ctypes
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import expit, xlogy
from scipy.stats import beta as beta_distribution
from scipy.stats import chi2, gamma, norm, t

from c2c_lib.equity import RESULT_COLUMNS, measure
from c2c_lib.equity.conformance.cases import read_cases
from c2c_lib.equity.conformance.run import check_cases
from c2c_lib.equity.inequality import MEASURES
from c2c_lib.observations import COLUMNS

DISTRICTS, YEARS, GROUPS = 13_000, 10, 8
EVERY = 130
Z = 1.959963984540054
NAMES = [one.name for one in MEASURES.values() if one.interval == "analytic"]
ORDER = [f"group_{number}" for number in range(GROUPS)]
READ = [
    "indicator",
    "geo_id",
    "period",
    "dimension",
    "group",
    "estimate",
    "numerator",
    "denominator",
]
"""The columns that a call reads; the plain loop gets no others."""


def table() -> pd.DataFrame:
    """Return tidy observations of shares, with counts."""
    random = np.random.default_rng(2026)
    size = DISTRICTS * YEARS * GROUPS
    population = random.integers(30, 900, size).astype(float)
    share = np.clip(random.normal(0.55, 0.12, size), 0.1, 0.9)
    counted = np.clip(random.binomial(population.astype(int), share), 1, population - 1)
    years = np.tile(np.repeat(range(2010, 2010 + YEARS), GROUPS), DISTRICTS)
    frame = pd.DataFrame(
        {
            "indicator": "made_up_share",
            "geo_level": "district",
            "geo_id": np.repeat([f"{n:07d}" for n in range(DISTRICTS)], YEARS * GROUPS),
            "period": years.astype(str),
            "period_end": years,
            "dimension": "made_up",
            "group": np.tile(ORDER, DISTRICTS * YEARS),
            "estimate": counted / population,
            "numerator": counted,
            "denominator": population,
            "moe90": np.nan,
            "status": "published",
            "source": "made_up_publisher_table",
            "note": "",
        }
    )
    return frame[[column.name for column in COLUMNS]]


def limits(value: float, error: float) -> list[float]:
    return [value, error, value - Z * error, value + Z * error]


def log_limits(value: float, error: float) -> list[float]:
    return [value, value * error, value * np.exp(-Z * error), value * np.exp(Z * error)]


def logit_fit(x: np.ndarray, y: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return coefficients, and how each figure moves them."""
    design = np.column_stack([np.ones_like(x), x])
    fitted = (n * y + 0.5) / (n + 1)
    linear, deviance = np.log(fitted / (1 - fitted)), np.inf
    for _ in range(60):
        weight = n * fitted * (1 - fitted)
        working = linear + (y - fitted) / (fitted * (1 - fitted))
        information = design.T @ (weight[:, None] * design)
        beta = np.linalg.solve(information, design.T @ (weight * working))
        linear = design @ beta
        fitted = expit(linear)
        before = deviance
        deviance = 2 * np.sum(n * (xlogy(y, y / fitted) + xlogy(1 - y, (1 - y) / (1 - fitted))))
        if abs(deviance - before) < 1e-8 * (abs(deviance) + 0.1):
            break
    information = design.T @ ((n * fitted * (1 - fitted))[:, None] * design)
    return beta, np.linalg.solve(information, design.T * n)


def roots(
    y: np.ndarray, s: np.ndarray, p: np.ndarray, mu: float, bgv: list[float]
) -> tuple[list[float], list[float]]:
    """Return between-group standard deviation and coefficient of variation."""
    root, inner = np.sqrt(bgv[0]), (p * s) ** 2
    centre = (y / s**2).sum() / (1 / s**2).sum()
    unclear = ((y - centre) ** 2 / s**2).sum() <= chi2.ppf(0.95, len(y) - 1)
    joint = bgv[1] ** 2 - 8 * bgv[0] / mu * (inner * (y - mu)).sum()
    joint += 4 * bgv[0] ** 2 / mu**2 * inner.sum()
    found = []
    for factor, error in ((1.0, bgv[1]), (100 / mu, np.sqrt(joint))):
        own = min(error / (2 * root), np.sqrt(error))
        low = 0.0 if unclear else max(root - Z * own, 0.0)
        high = np.sqrt(bgv[3]) if unclear else root + Z * own
        found.append([factor * one for one in (root, own, low, high)])
    return found[0], found[1]


def inequality_of(part: pd.DataFrame) -> dict[str, tuple[float, ...]]:
    """Work every measure out for one setting, with plain NumPy."""
    part = part.sort_values("group")
    y, n = part["estimate"].to_numpy(), part["denominator"].to_numpy()
    s = np.sqrt(y * (1 - y) / n)
    p = n / n.sum()
    mu = (p * y).sum()
    r, rank = y / mu, np.cumsum(p) - p / 2
    found: dict[str, list[float]] = {}
    found["difference"] = limits(y[-1] - y[0], np.hypot(s[-1], s[0]))
    found["ratio"] = log_limits(y[-1] / y[0], np.hypot(s[-1] / y[-1], s[0] / y[0]))
    inner = (p * s) ** 2
    square = 4 * (inner * (y - mu) ** 2).sum() + 2 * (
        inner.sum() ** 2 - (p**4 * s**4).sum() + (p**2 * (1 - p) ** 2 * s**4).sum()
    )
    found["bgv"] = limits((p * (y - mu) ** 2).sum(), np.sqrt(square))
    found["bgsd"], found["cov"] = roots(y, s, p, mu, found["bgv"])
    near = 1000 * found["bgv"][1] / (2 * mu**2)
    centre = (y / s**2).sum() / (1 / s**2).sum()
    unclear = ((y - centre) ** 2 / s**2).sum() <= chi2.ppf(0.95, len(y) - 1)
    mld_error = 1000 * np.sqrt(((s * p / mu) ** 2 * (1 - 1 / r) ** 2).sum())
    mld_error = max(mld_error, near) if unclear else mld_error
    found["mld"] = limits(1000 * (p * -np.log(r)).sum(), mld_error)
    middle = (p * r * (1 + np.log(r))).sum()
    theil_error = 1000 * np.sqrt(((p * s / mu) ** 2 * (1 + np.log(r) - middle) ** 2).sum())
    theil_error = max(theil_error, near) if unclear else theil_error
    found["theil"] = limits(1000 * (p * r * np.log(r)).sum(), theil_error)
    par = max(y[-1] - mu, 0.0)
    c, d = y[-1] * n[-1], n[-1] * (1 - y[-1])
    a, total = (y * n).sum() - c, n.sum()
    b = total - a - c - d
    walter = np.sqrt(c * total * (a * d * (total - c) + b * c**2) / ((a + c) * (c + d)) ** 3)
    found["par"] = limits(par, mu * walter)
    found["paf"] = limits(100 * par / mu, 100 * walter)
    slopes = 2 * p * (rank - 0.5)
    aci = (slopes * (y - mu)).sum()
    found["aci"] = limits(aci, np.sqrt(((slopes * s) ** 2).sum()))
    for name, factor, change in (
        ("rci", 1 / mu, -1 / mu**2),
        ("rci_wagstaff", 1 / (mu * (1 - mu)), -(1 - 2 * mu) / (mu * (1 - mu)) ** 2),
        ("rci_erreygers", 4.0, 0.0),
    ):
        error = np.sqrt((((slopes * factor + aci * change * p) * s) ** 2).sum())
        found[name] = limits(aci * factor, error)
    centre = (p * rank).sum()
    on_slope = p * (rank - centre) / (p * (rank - centre) ** 2).sum()
    on_start = p - centre * on_slope
    start, slope = (on_start * y).sum(), (on_slope * y).sum()
    found["sii_linear"] = limits(slope, np.sqrt(((on_slope * s) ** 2).sum()))
    gradient = (1 / (start + slope) - 1 / start) * on_start + on_slope / (start + slope)
    linear = np.sqrt(((gradient * s) ** 2).sum())
    found["rii_linear"] = log_limits((start + slope) / start, linear)
    beta, moves = logit_fit(rank, y, n)
    low, high = expit(beta[0]), expit(beta.sum())
    steep = np.array([high * (1 - high) - low * (1 - low), high * (1 - high)])
    found["sii"] = limits(high - low, np.sqrt(((steep @ moves * s) ** 2).sum()))
    steep = np.array([low - high, 1 - high])
    found["rii"] = log_limits(high / low, np.sqrt(((steep @ moves * s) ** 2).sum()))
    return {name: (values[0], values[2], values[3]) for name, values in found.items()}


def wilson(x: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    centre = (x + Z**2 / 2) / (n + Z**2)
    half = Z * np.sqrt(x * (n - x) / n + Z**2 / 4) / (n + Z**2)
    return centre - half, centre + half


def newcombe(
    x: np.ndarray, n: np.ndarray, y: np.ndarray, m: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the difference of two shares with its limits."""
    p, q = x / n, y / m
    (a, b), (c, d) = wilson(x, n), wilson(y, m)
    low = p - q - np.sqrt((p - a) ** 2 + (d - q) ** 2)
    return p - q, low, p - q + np.sqrt((b - p) ** 2 + (q - c) ** 2)


def katz(
    x: np.ndarray, n: np.ndarray, y: np.ndarray, m: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    ratio = (x / n) / (y / m)
    error = np.sqrt(1 / x - 1 / n + 1 / y - 1 / m)
    return ratio, ratio * np.exp(-Z * error), ratio * np.exp(Z * error)


def figures_of(part: pd.DataFrame) -> dict[str, tuple[np.ndarray, ...]]:
    x, n = part["numerator"].to_numpy(), part["denominator"].to_numpy()
    low = beta_distribution.ppf(0.025, x, n - x + 1)
    width = beta_distribution.ppf(0.975, x + 1, n - x) - low
    share = x / n
    weak = (n < 30) | (width >= 0.3) | ((width > 0.05) & (width > 1.3 * share))
    narrow = (width <= 0.05) & ~weak
    care = (width > 1.3 * (1 - share)) | (width > 0.15) | (width > 0.65 * share)
    word = np.select([weak, narrow, care], [0, 2, 1], default=2)
    return {"figure": (share, *wilson(x, n)), "quality": (share, word)}


def gaps_of(part: pd.DataFrame) -> dict[str, tuple[np.ndarray, ...]]:
    part = part.sort_values("group")
    x, n = part["numerator"].to_numpy(), part["denominator"].to_numpy()
    focal, size, y, m = x[:-1], n[:-1], x[-1], n[-1]
    difference, low, high = newcombe(focal, size, y, m)
    p, q = focal / size, y / m
    probit = norm.ppf(p) - norm.ppf(q)
    error = np.sqrt(
        p * (1 - p) / size / norm.pdf(norm.ppf(p)) ** 2
        + q * (1 - q) / m / norm.pdf(norm.ppf(q)) ** 2
    )
    return {
        "gap": (difference, low, high),
        "gap_ratio": katz(focal, size, y, m),
        "excess": (-size * difference, -size * high, -size * low),
        "probit_gap": (probit, probit - Z * error, probit + Z * error),
    }


def disproportion_of(part: pd.DataFrame) -> dict[str, tuple[np.ndarray, ...]]:
    x, n = part["numerator"].to_numpy(), part["denominator"].to_numpy()
    others, size = x.sum() - x, n.sum() - n
    ratio = katz(x, n, others, size)
    error = np.sqrt(1 / x + 1 / others)
    enough = (x >= 10) & (n >= 30) & (others >= 10) & (size >= 30)
    return {
        "risk": (x / n,),
        "risk_ratio": ratio,
        "composition_index": (x / x.sum() / (n / n.sum()),),
        "composition_difference": (x / x.sum() - n / n.sum(),),
        "incident_rate_ratio": (
            ratio[0],
            ratio[0] * np.exp(-Z * error),
            ratio[0] * np.exp(Z * error),
        ),
        "idea_risk_ratio": tuple(np.where(enough, values, np.nan) for values in ratio),
    }


def change_of(part: pd.DataFrame) -> dict[str, tuple[np.ndarray, ...]]:
    """Return change and gap change of all groups of one district."""
    part = part.sort_values(["group", "period"])
    x = part["numerator"].to_numpy().reshape(GROUPS, YEARS)
    n = part["denominator"].to_numpy().reshape(GROUPS, YEARS)
    first, last = (x[:, 0], n[:, 0]), (x[:, -1], n[:, -1])
    moved, low, high = newcombe(*last, *first)
    gap = [newcombe(x[-1, at], n[-1, at], x[:-1, at], n[:-1, at]) for at in (0, -1)]
    more = gap[1][0] - gap[0][0]
    below = np.hypot(gap[1][0] - gap[1][1], gap[0][2] - gap[0][0])
    above = np.hypot(gap[1][2] - gap[1][0], gap[0][0] - gap[0][1])
    gaps = (np.append(one, np.nan) for one in (more, more - below, more + above))
    return {"change": (moved, low, high), "gap_change": tuple(gaps)}


def trend_of(part: pd.DataFrame) -> dict[str, tuple[Any, ...]]:
    part = part.sort_values("period")
    y, when = part["estimate"].to_numpy(), part["period"].to_numpy(dtype=float)
    i, j = np.triu_indices(len(y), 1)
    s = np.sign(y[j] - y[i]).sum()
    found = {"trend_test": (s / len(i),), "pace": (np.median((y[j] - y[i]) / (when[j] - when[i])),)}
    for name, values in (("trend_line", y), ("annual_percent_change", np.log(y))):
        away = when - when.mean()
        slope = (away * values).sum() / (away**2).sum()
        rest = values - values.mean() - slope * away
        error = np.sqrt((rest**2).sum() / (len(y) - 2) / (away**2).sum())
        half = t.ppf(0.975, len(y) - 2) * error
        limits = np.array([slope, slope - half, slope + half])
        found[name] = tuple(limits if name == "trend_line" else 100 * np.expm1(limits))
    return found


def areas_of(part: pd.DataFrame) -> dict[str, tuple[np.ndarray, ...]]:
    e, n = part["numerator"].to_numpy(), part["denominator"].to_numpy()
    r, b = e / n, e.sum() / n.sum()
    a = max((n * (r - b) ** 2).sum() / n.sum() - b / n.mean(), 0.0)
    shape, rate = b**2 / a + e, b / a + n
    limits = (gamma.ppf(chance, shape, scale=1 / rate) for chance in (0.025, 0.975))
    smoothed = b + a / (a + b / n) * (r - b)
    return {"raw_rate": (r, *wilson(e, n)), "smoothed_rate": (smoothed, *limits)}


def framed(one: Callable[[pd.DataFrame], Any]) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Return what one setting gives as the frame that `groupby.apply` puts together."""

    def wrapped(part: pd.DataFrame) -> pd.DataFrame:
        return pd.DataFrame(
            {
                f"{name} {k}": np.atleast_1d(values)
                for name, fields in one(part).items()
                for k, values in enumerate(fields)
            }
        )

    return wrapped


SETTING, SERIES = ["indicator", "geo_id", "period"], ["indicator", "geo_id", "dimension", "group"]
WHOLE: dict[str, Any] = {"unit": "share", "polarity": "higher_is_better"}
FAMILIES: dict[str, tuple[list[str], Callable[[pd.DataFrame], Any], dict[str, Any]]] = {
    "inequality": (SETTING, inequality_of, {"by": SETTING, "order": ORDER}),
    "figures": (SETTING, figures_of, {"by": SETTING}),
    "gaps": (SETTING, gaps_of, {"by": SETTING, "reference": ORDER[-1]}),
    "disproportionality": (SETTING, disproportion_of, {"by": SETTING}),
    "change": (["indicator", "geo_id"], change_of, {"by": SETTING, "reference": ORDER[-1]}),
    "trend": (SERIES, trend_of, {"by": SETTING}),
    "areas": (["indicator", "period", "group"], areas_of, {"by": ["indicator", "period", "group"]}),
}
QUALITY = ("too_weak", "use_with_care", "strong")


def compared(family: str, plain: pd.DataFrame, sample: pd.DataFrame, names: list[str]) -> float:
    """Return the largest difference between both ways on the sample."""
    found = measure(sample, names, **FAMILIES[family][2], **WHOLE)
    worst = 0.0
    for name in names:
        rows = found[found["measure"] == name]
        setting = rows.groupby(FAMILIES[family][0], sort=False).ngroup().to_numpy()
        rows = rows.iloc[np.argsort(setting, kind="stable")]
        fields = {0: rows["estimate"], 1: rows["lower"], 2: rows["upper"]}
        if name == "quality":
            words = {word: number for number, word in enumerate(QUALITY)}
            fields[1] = rows["verdict"].astype(str).map(words)
        for k, values in fields.items():
            if f"{name} {k}" not in plain:
                continue
            here, there = values.to_numpy(float), plain[f"{name} {k}"].to_numpy(float)
            if len(here) < len(there):  # the reference has no gap
                there = there[~np.isnan(there)]
            if len(here) != len(there) or (np.isnan(here) != np.isnan(there)).any():
                raise SystemExit(f"{name}: the two have different rows")
            gap = np.abs(here - there) / np.maximum(1.0, np.abs(there))
            worst = max(worst, float(np.nanmax(gap)))
    return worst


def peak_growth(family: str, names: list[str]) -> list[float]:
    """Return how far the memory of a fresh process grows in a call, and the size of the result.

    In sizes of the table, in sizes of the columns read, and the result in sizes of the table.
    The process calls nothing before, so that no memory lies about that the call could use again.
    """
    command = [sys.executable, __file__, "--memory", family, *names]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return list(map(float, shown.split()))


def print_growth(family: str, names: list[str]) -> None:
    """Print what `peak_growth` reads."""
    frame = table()
    size = int(frame.memory_usage(deep=True).sum())
    ctypes.CDLL(None).malloc_trim(0)  # what building the table has left over
    # The peak begins anew here; that of the system's accounts may be a parent's.
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = resident_peak()
    found = measure(frame, names, **FAMILIES[family][2], **WHOLE)
    grown = resident_peak() - before
    own = [name for name in RESULT_COLUMNS if name == "estimate" or not shares(found, name)]
    result = found[own].memory_usage(deep=True, index=False).sum()
    read = int(frame[READ].memory_usage(deep=True).sum())
    print(grown / size, grown / read, result / size)


def resident_peak() -> int:
    """Return the largest resident memory of this process so far, in bytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024


def shares(found: pd.DataFrame, name: str) -> bool:
    """Return whether a column is the estimates themselves."""
    if found[name].dtype != float:
        return False
    return np.shares_memory(found[name].to_numpy(), found["estimate"].to_numpy())


def reference_cases() -> None:
    """Recompute the reference cases of these measures, if they lie beside the project."""
    folder = Path(__file__).resolve().parents[1].parent / "shared" / "reference_cases"
    for name in ("equity_corrected.csv", "healthequal_runs.csv", "two_proportions.csv"):
        if not (folder / name).is_file():
            continue
        outcomes = [one.outcome for one in check_cases(read_cases(folder / name))]
        counted = {word: outcomes.count(word) for word in dict.fromkeys(outcomes)}
        print(f"{name}: " + ", ".join(f"{n} {word}" for word, n in counted.items()))
        if counted.get("failed"):
            raise SystemExit("reference cases failed")


def main() -> None:
    reference_cases()
    frame = table()
    size = int(frame.memory_usage(deep=True).sum())
    chosen = frame["geo_id"].unique()[::EVERY]
    part = frame[frame["geo_id"].isin(chosen)].reset_index(drop=True)
    scale = DISTRICTS / len(chosen)
    ours_all = loop_all = most = lean = districts = 0.0
    print(
        f"{len(frame):,} figures, {size / 2**20:.0f} MiB; groupby.apply on 1 of {EVERY} districts"
    )
    for family, (keys, one, options) in FAMILIES.items():
        sample, factor = (frame, 1.0) if family == "areas" else (part, scale)
        begin = time.process_time()
        plain = sample[READ].groupby(keys, sort=False)[READ].apply(framed(one))
        loop = (time.process_time() - begin) * factor
        names = list(dict.fromkeys(str(column).rsplit(" ", 1)[0] for column in plain))
        worst = compared(family, plain, sample, names)
        if worst > 1e-8:
            raise SystemExit(f"{family}: the two differ by {worst:.1e}")

        def call(names: list[str] = names, options: dict[str, Any] = options) -> object:
            return measure(frame, names, **options, **WHOLE)

        times = []
        for _ in range(3):
            begin = time.process_time()
            call()
            times.append(time.process_time() - begin)
        ours = statistics.median(times)
        memory, of_read, result = peak_growth(family, names)
        print(
            f"{family:<19}{len(names):>3} measures  {ours:6.2f} s  against {loop:7.1f} s: "
            f"{loop / ours:5.0f} times; same to {worst:.0e}; memory {memory:.1f} times the table "
            f"({of_read:.1f} times what it reads), of which the result {result:.1f}"
        )
        ours_all, loop_all = ours_all + ours, loop_all + loop
        if family != "areas":
            districts = loop_all / ours_all
        most, lean = max(most, memory), max(lean, of_read)
    print(f"most memory that a call needs: {most:.1f} times the table, its result included")
    print(f"against the columns alone that it reads: {lean:.1f} times")
    print(f"all of them are {loop_all / ours_all:.0f} times as fast as groupby.apply")
    print(f"without areas, whose loop has only {YEARS * GROUPS} settings: {districts:.0f} times")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--memory"]:
        print_growth(sys.argv[2], sys.argv[3:])
    else:
        main()
