"""How many examples a test of hypothesis tries that needs fewer than usual."""

from hypothesis import settings

SHORT = 12
"""Examples of the short run, which looks at others every time."""


def at_most(number: int, in_short: int = SHORT) -> int:
    """Return `number`, or fewer in the short run.

    Parameters
    ----------
    number : int
        Examples of a run that takes its time.
    in_short : int
        Examples of the short run, where an example is costly.
    """
    return min(number, in_short) if settings.default.max_examples <= SHORT else number
