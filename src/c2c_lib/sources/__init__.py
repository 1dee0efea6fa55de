"""One file per publisher report: a raw export in, observations out.

A module here with ``SOURCE`` and ``read`` is found by itself; a new report is one new file
and one entry in the catalog's ``sources.yml``.
"""

from c2c_lib.sources.ingest import IngestReport, ingest

__all__ = ["IngestReport", "ingest"]
