"""What one indicator says about one city, as one object for every way of saying it."""

from c2c_lib.catalog.comparability import may_compare
from c2c_lib.findings.finding import Change, Finding, Gap, GapSet, Limits, Quality, TwoLenses
from c2c_lib.findings.index import Figures
from c2c_lib.findings.make import make_finding, make_findings
from c2c_lib.findings.measured import measured

__all__ = [
    "Change",
    "Figures",
    "Finding",
    "Gap",
    "GapSet",
    "Limits",
    "Quality",
    "TwoLenses",
    "make_finding",
    "make_findings",
    "may_compare",
    "measured",
]
