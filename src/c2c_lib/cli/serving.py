"""Show a built site in a browser on this computer."""

from __future__ import annotations

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
    from c2c_lib.reporting.serve import site_server

    folder = project_at(site).site
    if not folder.is_dir():
        raise InputError(
            [Problem(where="serve", what="there is no such folder", value=str(folder))]
        )
    with site_server(folder, port) as server:
        host, number = server.server_address[:2]
        stdout.print(f"Open http://{host!s}:{number}/ in a browser. Ctrl-C stops.")
        server.serve_forever()
