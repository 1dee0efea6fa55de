"""Statistics of areas and their neighbours: called by their functions."""

from __future__ import annotations

from functools import partial
from typing import Final

from c2c_lib.equity.family import Family, called

__all__ = ["FAMILY"]

_NEAR: Final = "equity.spatial.Neighbours.from_pairs([(i, i + 1) for i in range(11)], range(12))"
_VALUES: Final = "[9, 9, 8, 9, 1, 2, 1, 2, 1, 1, 2, 1]"
_EVENTS: Final = "[9, 3, 70, 0, 8, 44, 5, 2, 31, 12, 6, 9]"
_PEOPLE: Final = "[410, 95, 1210, 60, 300, 505, 200, 80, 700, 420, 150, 330]"
_ASSUNCAO: Final = "Assuncao & Reis 1999, Stat Med 18:2147-2162"
_GETIS: Final = "Getis & Ord 1992, Geogr Anal 24:189-206; Ord & Getis 1995, Geogr Anal 27:286-306"
_RATES: Final = ("events", "population", "neighbours")


_measure: Final = partial(
    called,
    "spatial",
    unit="none",
    columns=("values", "neighbours"),
    needs=("areas with their neighbours",),
    scaled="unchanged",
    shifted="unchanged",
)

FAMILY: Final = Family(
    name="spatial",
    title="Areas and their neighbours",
    rows="all areas of a map, or one of them",
    options={},
    reasons={},
    measures=(
        _measure(
            "moran",
            "Moran's I",
            "Are neighbouring areas alike, over the whole map?",
            "n / S0 sum_ij w_ij z_i z_j / sum z_i^2",
            f"spatial.moran({_VALUES}, {_NEAR})",
            citation="Moran 1950, Biometrika 37:17-23; Cliff & Ord 1981, Spatial Processes",
        ),
        _measure(
            "moran_of_rates",
            "Moran's I of rates",
            "Are the rates of neighbouring areas alike, populations allowed for?",
            "Moran's I of (r_i - b) / sqrt(a + b / n_i)",
            f"spatial.moran_of_rates({_EVENTS}, {_PEOPLE}, {_NEAR})",
            citation=_ASSUNCAO,
            columns=_RATES,
            shifted="changes",
        ),
        _measure(
            "local_moran",
            "Local Moran's I",
            "Which areas are like their neighbours, and which unlike?",
            "z_i / m2 sum_j w_ij z_j; false discovery rate controlled",
            f"spatial.local_moran({_VALUES}, {_NEAR}, permutations=999)",
            citation="Anselin 1995, Geogr Anal 27:93-115",
        ),
        _measure(
            "local_moran_of_rates",
            "Local Moran's I of rates",
            "Which areas have rates like their neighbours, populations allowed for?",
            "local Moran's I of (r_i - b) / sqrt(a + b / n_i)",
            f"spatial.local_moran_of_rates({_EVENTS}, {_PEOPLE}, {_NEAR}, permutations=999)",
            citation=_ASSUNCAO,
            columns=_RATES,
            shifted="changes",
        ),
        _measure(
            "gi_star",
            "Getis and Ord's Gi*",
            "Where are hot and cold spots, the area itself included?",
            "(sum_j w_ij y_j - W_i mean) / (s sqrt((n S_1i - W_i^2) / (n - 1)))",
            f"spatial.getis_ord({_VALUES}, {_NEAR})",
            citation=_GETIS,
        ),
        _measure(
            "gi",
            "Getis and Ord's Gi",
            "Where are hot and cold spots around an area, without itself?",
            "as Gi*, over the others only",
            f"spatial.getis_ord({_VALUES}, {_NEAR}, own=False)",
            citation=_GETIS,
        ),
        _measure(
            "local_smoothed_rate",
            "Rate smoothed towards its neighbourhood",
            "What is the area's rate likely to be, beside its neighbours?",
            "b_i + a_i / (a_i + b_i / n_i) (r_i - b_i), a and b of the neighbourhood",
            f"smooth_rates({_EVENTS}, {_PEOPLE}, neighbours={_NEAR}.links.toarray())",
            citation="Marshall 1991, J R Stat Soc C 40:283-294",
            columns=_RATES,
            unit="share",
            scaled="changes",
            shifted="changes",
        ),
        _measure(
            "standardised_rate",
            "Standardised rate (empirical Bayes)",
            "How many standard deviations is the area's rate from the mean of all?",
            "(r_i - b) / sqrt(a + b / n_i)",
            f"eb_standardised_rates({_EVENTS}, {_PEOPLE})",
            citation=_ASSUNCAO,
            columns=("events", "population"),
            needs=("all areas at once",),
            unit="deviations",
            scaled="changes",
            shifted="changes",
        ),
        _measure(
            "false_discovery",
            "False discovery rate",
            "How many of the finds of many tests may be false?",
            "min over j >= i of p_(j) m / j",
            "spatial.false_discovery([0.001, 0.02, 0.03, 0.4])",
            citation="Benjamini & Hochberg 1995, J R Stat Soc B 57:289-300",
            columns=("p_values",),
            needs=("p-values of many tests",),
            unit="share",
            scaled="changes",
            shifted="changes",
        ),
    ),
)
