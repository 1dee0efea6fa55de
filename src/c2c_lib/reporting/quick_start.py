"""Leaves out of a process what takes seconds to import and what no notebook asks for."""

from __future__ import annotations

import sys

__all__ = ["leave_out_address_grammar"]

_GRAMMAR = "rfc3987_syntax"


def leave_out_address_grammar() -> None:
    """Let `jsonschema`, which reads notebooks, do without the grammar of web addresses.

    It comes with JupyterLab, and to import it is to build some forty parsers: more than half of
    the time that a build takes to start. Only the format ``iri`` of a JSON schema needs it, and
    the schema of notebooks has none. For processes that are this library's own: the command
    line and what it starts.

    Examples
    --------
    >>> leave_out_address_grammar()
    >>> import rfc3987_syntax
    Traceback (most recent call last):
    ...
    ModuleNotFoundError: import of rfc3987_syntax halted; None in sys.modules
    """
    sys.modules.setdefault(_GRAMMAR, None)  # type: ignore[arg-type] # None halts an import
