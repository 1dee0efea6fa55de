"""Indices of segregation, as their own registry has them: called by their functions."""

from __future__ import annotations

from typing import Final

from c2c_lib.equity.family import Family, Measure
from c2c_lib.equity.segregation.registry import SEGREGATION_INDICES, Index

__all__ = ["FAMILY"]

_TWO: Final = "[120, 40, 25, 90], [200, 310, 90, 60]"
_MANY: Final = "[[120, 200, 30], [40, 310, 12], [25, 90, 260], [90, 60, 44]]"
_NATS: Final = {"mutual_information", "diversity"}


def _measure(index: Index) -> Measure:
    two = index.groups == "two"
    function = f"segregation.{'two_group' if two else 'multigroup'}_segregation"
    return Measure(
        name=f"segregation_{index.name}",
        family="segregation",
        title=index.title,
        question=index.question,
        formula=index.formula,
        citation=index.citation,
        unit="nats" if index.name in _NATS else "none",
        columns=("group", "other") if two else ("counts",),
        needs=("counts of two groups by school" if two else "counts of groups by school",),
        scaled="unchanged",
        function=function,
        example=f'equity.{function}({_TWO if two else _MANY}, ["{index.name}"], draws=100)',
    )


def _plain(
    name: str,
    title: str,
    question: str,
    formula: str,
    citation: str,
    call: str,
    columns: tuple[str, ...] = ("counts",),
    needs: tuple[str, ...] = ("counts of groups by school",),
) -> Measure:
    return Measure(
        name=f"segregation_{name}",
        family="segregation",
        title=title,
        question=question,
        formula=formula,
        citation=citation,
        unit="nats" if name == "local" else "share",
        columns=columns,
        needs=needs,
        scaled="unchanged",
        function=call.partition("(")[0],
        example=f"equity.{call}",
    )


FAMILY: Final = Family(
    name="segregation",
    title="Segregation of schools and neighborhoods",
    rows="all schools (or tracts) of a place with their groups",
    options={},
    reasons={},
    measures=(
        *map(_measure, SEGREGATION_INDICES.values()),
        _plain(
            "local",
            "Local segregation",
            "How far are a school's groups from those of all children?",
            "sum_m p_im ln(p_im / P_m)",
            "Alonso-Villar & Del Rio 2010, Math Soc Sci 60:30-38",
            f"segregation.local_segregation({_MANY})",
        ),
        _plain(
            "exposure",
            "Exposure of every group to every other",
            "What are the schoolmates of the average child of each group?",
            "sum_i (c_ig / C_g)(c_ih / t_i)",
            "Bell 1954, Social Forces 32:357-364",
            f"segregation.exposure({_MANY})",
        ),
        _plain(
            "delta",
            "Delta: concentration in space",
            "What share of the group would have to move for the same density everywhere?",
            "1/2 sum |a_i/A - s_i/S|",
            "Hoover 1941, J Econ Hist 1:10-28",
            "segregation.delta([10, 30], [3, 1])",
            columns=("group", "area"),
            needs=("a group and areas",),
        ),
        _plain(
            "effective_numbers",
            "Effective number of children asked",
            "How many children is it as if a survey had asked in each area?",
            "p (1 - p) / SE^2",
            "Korn & Graubard 1998, Survey Methodology 24:193-201",
            "segregation.effective_numbers([0.5, 0.2], [0.0823, 0.0823], [1000, 500])",
            columns=("share", "margin", "size"),
            needs=("shares of areas with margins of error",),
        ),
    ),
)
