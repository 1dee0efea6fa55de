"""Every index of segregation with what it answers, its formula and its source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.segregation import many_groups, two_groups

__all__ = ["SEGREGATION_INDICES", "Index", "segregation_indices"]

Kind = Literal["evenness", "exposure", "diversity"]

_MASSEY: Final = "Massey & Denton 1988, Social Forces 67:281-315"
_REARDON: Final = "Reardon & Firebaugh 2002, Sociol Methodol 32:33-67"


@dataclass(frozen=True)
class Index:
    """One index of segregation.

    Attributes
    ----------
    name, title, question, formula, citation : str
        What it is called, what it answers in plain words, and where it is from.
    groups : {"two", "many"}
        Whether it compares two groups or any number of them.
    kind : {"evenness", "exposure", "diversity"}
        ``evenness`` is 0 where all units are alike and is too high in small units;
        ``exposure`` and ``diversity`` depend on the make-up of all children.
    value : callable
        Takes counts of shape (..., units, groups).
    """

    name: str
    title: str
    question: str
    formula: str
    citation: str
    groups: Literal["two", "many"]
    kind: Kind
    value: Callable[[FloatArray], FloatArray]


def _of_two(
    function: Callable[[FloatArray, FloatArray], FloatArray],
) -> Callable[[FloatArray], FloatArray]:
    return lambda counts: function(counts[..., 0], counts[..., 1])


_TWO: Final = (
    Index("dissimilarity", "Dissimilarity (D)", "What share of either group would have to change "
          "schools for the same shares everywhere?", "1/2 sum |a_i/A - b_i/B|",
          "Duncan & Duncan 1955, Am Sociol Rev 20:210-217", "two", "evenness",
          _of_two(two_groups.dissimilarity)),
    Index("gini", "Gini index of segregation", "How unequal are the shares of the group that two "
          "children find in their schools?", "sum_ij t_i t_j |p_i - p_j| / (2 T^2 P (1 - P))",
          _MASSEY, "two", "evenness", _of_two(two_groups.gini_segregation)),
    Index("entropy", "Entropy index (Theil's H)", "How much less diverse is the average school "
          "than all children together?", "sum t_i (E - E_i) / (T E)",
          "Theil & Finizza 1971, J Math Sociol 1:187-194", "two", "evenness",
          _of_two(two_groups.entropy_index)),
    Index("atkinson", "Atkinson index of segregation (b = 1/2)", "How little do the two groups "
          "overlap, rare and frequent alike?", "1 - (sum (a_i/A)^b (b_i/B)^(1-b))^(1/(1-b))",
          _MASSEY, "two", "evenness", _of_two(two_groups.atkinson_segregation)),
    Index("minmax", "Min-max index", "How little do the distributions of the two groups overlap?",
          "1 - sum min(a_i/A, b_i/B) / sum max(a_i/A, b_i/B)",
          "O'Sullivan & Wong 2007, Geogr Anal 39:147-168", "two", "evenness",
          _of_two(two_groups.minmax)),
    Index("correlation_ratio", "Correlation ratio (eta squared)", "How far is the group's average "
          "child isolated beyond what its share of all would bring?", "(xPx - P) / (1 - P)",
          _MASSEY, "two", "evenness", _of_two(two_groups.correlation_ratio)),
    Index("concentration_profile", "Concentration profile (R)", "How strongly is the group "
          "gathered in units where it is the many?",
          "(P - int_0^P v + int_P^1 v) / (1 - P)",
          "Hong & Sadahiro 2014, J Geogr Syst 16:211-231", "two", "evenness",
          _of_two(two_groups.concentration_profile)),
    Index("isolation", "Isolation (xPx)", "What share of the schoolmates of the group's average "
          "child is of the same group?", "sum (a_i/A)(a_i/t_i)", "Bell 1954; " + _MASSEY, "two",
          "exposure", _of_two(two_groups.isolation)),
    Index("interaction", "Interaction (xPy)", "What share of the schoolmates of the group's "
          "average child is of the other group?", "sum (a_i/A)(b_i/t_i)", "Bell 1954; " + _MASSEY,
          "two", "exposure", _of_two(two_groups.interaction)),
)  # fmt: skip
_MANY: Final = (
    Index("multigroup_dissimilarity", "Dissimilarity of many groups", "What share of all children "
          "would have to change schools, of those who would in complete segregation?",
          "sum_m sum_i t_i |p_im - P_m| / (2 T I)", _REARDON, "many", "evenness",
          many_groups.multigroup_dissimilarity),
    Index("multigroup_gini", "Gini index of many groups", "How unequal are the shares of the "
          "groups that two children find in their schools?",
          "sum_m sum_ij t_i t_j |p_im - p_jm| / (2 T^2 I)", _REARDON, "many", "evenness",
          many_groups.multigroup_gini),
    Index("information_theory", "Information theory index (H)", "How much less diverse is the "
          "average school than all children together?", "M / E", _REARDON, "many", "evenness",
          many_groups.information_theory),
    Index("mutual_information", "Mutual information (M)", "How much does a child's school tell "
          "about its group?", "sum t_i/T sum_m p_im ln(p_im / P_m)",
          "Mora & Ruiz-Castillo 2011, Sociol Methodol 41:159-194", "many", "evenness",
          many_groups.mutual_information),
    Index("normalised_exposure", "Normalised exposure", "How far are children isolated in their "
          "groups beyond what the groups' sizes bring?",
          "sum_m sum_i t_i (p_im - P_m)^2 / (T (1 - P_m))", _REARDON, "many", "evenness",
          many_groups.normalised_exposure),
    Index("relative_diversity", "Relative diversity", "How much less often are two children of a "
          "school of two groups than two of all?", "sum_m sum_i t_i (p_im - P_m)^2 / (T I)",
          _REARDON, "many", "evenness", many_groups.relative_diversity),
    Index("squared_cv", "Squared coefficient of variation", "How far are the shares of the groups "
          "from those of all, every group alike?",
          "sum_m sum_i t_i (p_im - P_m)^2 / (T (k-1) P_m)", _REARDON, "many", "evenness",
          many_groups.squared_coefficient_of_variation),
    Index("diversity", "Diversity (entropy)", "How diverse are all children together?",
          "-sum P_m ln P_m", "Shannon 1948", "many", "diversity", many_groups.diversity),
    Index("simpson_concentration", "Simpson's concentration", "How probable is it that two "
          "children are of one group?", "sum P_m^2", "Simpson 1949, Nature 163:688", "many",
          "diversity", many_groups.simpson_concentration),
    Index("simpson_interaction", "Simpson's interaction", "How probable is it that two children "
          "are of two groups?", "1 - sum P_m^2", "Simpson 1949, Nature 163:688", "many",
          "diversity", many_groups.simpson_interaction),
)  # fmt: skip

SEGREGATION_INDICES: Final[dict[str, Index]] = {index.name: index for index in (*_TWO, *_MANY)}
"""Every index by its name."""


def segregation_indices() -> pd.DataFrame:
    """Return the registry as a frame: one row per index.

    Examples
    --------
    >>> segregation_indices().loc[0, ["name", "groups", "kind"]].tolist()
    ['dissimilarity', 'two', 'evenness']
    """
    columns = ["name", "title", "question", "formula", "citation", "groups", "kind"]
    rows = [
        {column: getattr(found, column) for column in columns}
        for found in SEGREGATION_INDICES.values()
    ]
    return pd.DataFrame(rows, columns=columns)
