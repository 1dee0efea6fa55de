"""papermill's ordinary kernel engine, with outputs that do not depend on timing."""

from __future__ import annotations

from typing import Any, Final

from papermill.engines import NBClientEngine
from papermill.exceptions import PapermillException

__all__ = ["ENGINE_NAME", "KernelEngine", "KernelStartError"]

ENGINE_NAME: Final = "c2c-kernel"


class KernelStartError(PapermillException):  # type: ignore[misc] # papermill has no types
    """The kernel did not start; no cell has run, so trying again is safe."""


class KernelEngine(NBClientEngine):  # type: ignore[misc] # papermill has no types
    """Runs a notebook in a fresh kernel.

    Printed text arrives from a kernel in pieces whose borders depend on timing; here each
    stream of a cell is one output, as in the in-process engine.
    """

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **kwargs: Any) -> Any:
        """Execute every cell in a kernel.

        Parameters
        ----------
        nb_man : papermill.engines.NotebookExecutionManager
            The notebook and the state of its cells.
        kernel_name : str
            Name of an installed kernel.
        **kwargs
            As papermill passes them on.

        Raises
        ------
        KernelStartError
            If the kernel failed before the first cell began.
        """
        try:
            return super().execute_managed_notebook(
                nb_man, kernel_name, coalesce_streams=True, **kwargs
            )
        except Exception as error:
            if any(cell.metadata.papermill.get("start_time") for cell in nb_man.nb.cells):
                raise
            raise KernelStartError(f"{type(error).__name__}: {error}") from error
