"""Show a built site in a browser on this computer."""

from __future__ import annotations

import functools
from typing import Annotated

import typer

from c2c_lib.cli.options import Site, project_at
from c2c_lib.cli.terminal import stdout
from c2c_lib.errors import InputError, Problem

__all__ = ["commands"]

commands = typer.Typer()


@commands.command()
def serve(
    site: Site = None,
    port: Annotated[int, typer.Option(help="0 takes a free one.")] = 8000,
) -> None:
    """Show a built site in a browser on this computer, until Ctrl-C."""
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

    folder = project_at(site).site
    if not folder.is_dir():
        raise InputError(
            [Problem(where="serve", what="there is no such folder", value=str(folder))]
        )
    handler = functools.partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        host, number = server.server_address[:2]
        stdout.print(f"Open http://{host!s}:{number}/ in a browser. Ctrl-C stops.")
        server.serve_forever()
