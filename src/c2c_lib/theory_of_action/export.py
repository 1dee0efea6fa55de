"""The evidence on one city as plain values, for JSON and other programs."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

import pandas as pd

from c2c_lib.theory_of_action.evidence import ProgressEvidence

__all__ = ["as_plain"]


def as_plain(evidence: ProgressEvidence) -> dict[str, Any]:
    """Return everything that the progress page says as dictionaries, lists, numbers and text.

    Unknown numbers are None. ``definitions`` are those that were used; ``thresholds`` carry every
    count with ``have``, ``of``, ``needed``, ``unknown`` and ``answer``; ``reported`` holds only
    what is reported, so a benchmark that is not in it is not reported.
    """
    return {
        "city": evidence.city.slug,
        "baseline": evidence.baseline,
        "definitions": evidence.definitions.model_dump(mode="json"),
        "gateway_reported": evidence.progress.gateway.id if evidence.progress.gateway else None,
        "outcomes": _records(evidence.outcomes_frame()),
        "gaps": _records(evidence.gaps_frame()),
        "adjacent": [
            {
                "outcome": change.outcome.id,
                "indicator": change.indicator.id if change.indicator else "",
                "verdict": change.verdict,
                "reason": change.reason,
            }
            for change in evidence.adjacent
        ],
        "thresholds": [
            {
                "id": result.threshold.id,
                "answer": result.answer,
                "conditions": [asdict(condition) for condition in result.conditions],
            }
            for result in evidence.thresholds
        ],
        "checks": {
            name: {**asdict(check), "shown": check.shown} for name, check in evidence.checks.items()
        },
        "reported": [entry.model_dump(mode="json") for entry in evidence.progress.reported],
        "targets": [
            {
                "indicator": found.target.indicator,
                "value": found.target.value,
                "by": found.target.by,
                "pace": found.pace,
                "years_left": found.years_left,
                "verdict": str(found.way.verdict) if found.way else "not_enough_data",
                "children_to_go": found.children_to_go,
                "children_a_year": found.children_a_year,
            }
            for found in evidence.targets
        ],
    }


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(name): _plain(value) for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and math.isnan(value) else value
