"""`c2c fetch`: current figures from the publishers' public interfaces.

One client (`c2c_lib.sources.fetch.http`) speaks to all of them. The packages that wrap single
interfaces (censusdis and pygris for the Census Bureau, sodapy for Socrata) bring no retries
with ``Retry-After``, no conditional requests and no checksums, and an answer that is cut off
or an error page with status 200 passes through them; what they add for us is building an
address with a few parameters, which the modules here do in a line each.

Everything that is fetched lands in the raw folder, in the layout that the source's reader
knows, so that the next step is `c2c ingest --raw`, as with an export that was saved by hand.
"""
