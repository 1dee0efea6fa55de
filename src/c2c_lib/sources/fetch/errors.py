"""What can go wrong between a publisher's interface and the raw folder."""

from __future__ import annotations

from c2c_lib.errors import C2CError, Problem

__all__ = ["FetchError", "NotThereError"]


class FetchError(C2CError):
    """The publisher could not be reached or did not answer as expected. Nothing was written.

    Parameters
    ----------
    problem : Problem
        What happened, at which address, and what to do.
    """

    exit_code = 1

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


class NotThereError(FetchError):
    """The publisher says that there is nothing at the address (404)."""
