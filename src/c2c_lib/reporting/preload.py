"""Imports everything that a report needs, once, in the process that jobs are forked from."""

from __future__ import annotations

import gc
import importlib
import os
from typing import Final

from c2c_lib.reporting.quick_start import leave_out_address_grammar

__all__ = ["MODULES", "preload"]

MODULES: Final = (
    "matplotlib",
    "IPython.core.interactiveshell",
    "papermill",
    "nbconvert",
    "c2c_lib.reporting.inprocess",
    "c2c_lib.reporting.kernel",
    "c2c_lib.reporting.nbconvert_renderer",
    "c2c_lib.observations",
    "c2c_lib.params",
    "c2c_lib.privacy",
    "c2c_lib.geography",
    "c2c_lib.findings",
    "c2c_lib.figures",
    "c2c_lib.reporting.cards",
    "c2c_lib.reporting.city_downloads",
    "c2c_lib.reporting.worker",
)
"""Only code: no figures are read here, so that a job sees the data of its own moment."""


def preload() -> None:
    """Import `MODULES` and set their objects aside, so that a fork shares their memory."""
    leave_out_address_grammar()
    os.environ["MPLBACKEND"] = "agg"  # matplotlib reads it when it is imported
    for name in MODULES:
        try:
            importlib.import_module(name)
        except ImportError:
            # The job that needs the module meets the same error and reports it in full.
            continue
    gc.collect()
    gc.freeze()


# The fork server imports this module and nothing else; a plain import elsewhere is a no-op.
if __name__ == "c2c_lib.reporting.preload" and os.environ.get("C2C_FORK_SERVER"):
    preload()
