"""The command line: ``c2c build``, ``c2c plan``, ``c2c show`` and the rest.

One module per task of a user; each has a `typer.Typer` named ``commands`` whose commands
`c2c_lib.cli.app` takes over. Every command imports what it needs when it runs, so that
``c2c --help`` and a build with nothing to do are quick. Exit codes: 0 done, 1 failed, 2 wrong
input.
"""

from c2c_lib.cli.app import app, main

__all__ = ["app", "main"]
