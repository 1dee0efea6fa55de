"""`c2c fetch`: current figures from the publishers' public interfaces.

One client (`c2c_lib.sources.fetch.http`, on httpx) speaks to all of them, because a fetch that
ends in a store of figures about children has to be told a cut-off answer from a whole one.
The packages that wrap single interfaces were looked at and are not used; ``docs/fetching.md``
says why, package by package.

Everything that is fetched lands in the raw folder, in the layout that the source's reader
knows, so that the next step is `c2c ingest --raw`, as with an export that was saved by hand.
Boundaries land in the layout that `c2c geo` reads.
"""
