"""A papermill engine that runs cells in this process instead of in a kernel.

Starting a kernel and importing the library in it costs more than drawing a report. The
build therefore forks a clean process from one that has imported everything and runs the
notebook right there. The process ends with the job, so that nothing leaks from one city
to the next. Outputs are those of a kernel: the same shell, the same formatters.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from ipykernel.jsonutil import encode_images, json_clean
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.engines import Engine
from traitlets import Type
from traitlets.config import Config

__all__ = ["ENGINE_NAME", "InProcessEngine"]

ENGINE_NAME: Final = "c2c-inprocess"


class _Outputs:
    """Collects what one cell shows, in order."""

    def __init__(self) -> None:
        self.items: list[NotebookNode] = []
        self.displays: dict[str, list[NotebookNode]] = {}

    def begin(self) -> list[NotebookNode]:
        self.items = []
        return self.items

    def stream(self, name: str, text: str) -> None:
        """Add printed text; all that a cell prints to one stream is one output."""
        for item in self.items:
            if item.output_type == "stream" and item.name == name:
                item.text += text
                return
        self.items.append(new_output("stream", name=name, text=text))

    def show(self, kind: str, data: dict[str, Any], metadata: dict[str, Any], **rest: Any) -> None:
        display = rest.pop("display_id", None)
        item = new_output(kind, data=_clean(data), metadata=json_clean(metadata), **rest)
        self.items.append(item)
        if display:
            self.displays.setdefault(display, []).append(item)

    def update(self, display: str, data: dict[str, Any], metadata: dict[str, Any]) -> None:
        for item in self.displays.get(display, []):
            item.data = NotebookNode(_clean(data))
            item.metadata = NotebookNode(json_clean(metadata))

    def error(self, name: str, value: str, traceback: list[str]) -> None:
        self.items.append(new_output("error", ename=name, evalue=value, traceback=traceback))


def _clean(data: dict[str, Any]) -> dict[str, Any]:
    cleaned: dict[str, Any] = json_clean(encode_images(data))
    return cleaned


class _Stream(io.TextIOBase):
    def __init__(self, name: str, outputs: _Outputs) -> None:
        self._name, self._outputs = name, outputs

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if text:
            self._outputs.stream(self._name, text)
        return len(text)


class _Publisher(DisplayPublisher):
    def publish(  # type: ignore[override]
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        display = (transient or {}).get("display_id", "")
        if update:
            self.shell.outputs.update(display, data, metadata or {})
        else:
            self.shell.outputs.show("display_data", data, metadata or {}, display_id=display)

    def clear_output(self, wait: bool = False) -> None:  # noqa: ARG002
        self.shell.outputs.items.clear()


class _DisplayHook(DisplayHook):
    shell: Any

    def write_output_prompt(self) -> None:
        """Leave out the prompt: the count stands in the output."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        outputs = self.shell.outputs
        outputs.show(
            "execute_result", format_dict, md_dict or {}, execution_count=self.prompt_count
        )

    def finish_displayhook(self) -> None:
        self._is_active = False


class _Shell(InteractiveShell):
    displayhook_class = Type(_DisplayHook)
    display_pub_class = Type(_Publisher)
    outputs: _Outputs

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        self.outputs.error(str(etype.__name__), str(evalue), stb)

    def enable_gui(self, gui: Any = None) -> None:
        """Ignore event loops: there is no window."""


@contextmanager
def _capture(outputs: _Outputs) -> Iterator[None]:
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _Stream("stdout", outputs), _Stream("stderr", outputs)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def _new_shell() -> _Shell:
    config = Config()
    config.HistoryManager.enabled = False
    InteractiveShell.clear_instance()
    # Set before the shell exists: making it already prints and displays.
    _Shell.outputs = _Outputs()
    return _Shell.instance(config=config)


class InProcessEngine(Engine):  # type: ignore[misc] # papermill has no types
    """Runs the cells of a notebook in this process.

    Meant for a process that ends with the notebook: the namespace, the modules and the
    settings that a notebook changes stay changed.
    """

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **kwargs: Any) -> None:
        """Execute every cell, stop at the first error, as papermill's own engine does.

        Parameters
        ----------
        nb_man : papermill.engines.NotebookExecutionManager
            The notebook and the state of its cells.
        kernel_name : str
            Not used: the kernel is this process.
        """
        del kernel_name, kwargs
        shell = _new_shell()
        try:
            for index, cell in enumerate(nb_man.nb.cells):
                nb_man.cell_start(cell, index)
                failed = _run_cell(shell, cell)
                if failed is not None:
                    nb_man.cell_exception(cell, cell_index=index, exception=failed)
                nb_man.cell_complete(cell, cell_index=index)
                if failed is not None:
                    break
        finally:
            InteractiveShell.clear_instance()


def _run_cell(shell: _Shell, cell: NotebookNode) -> BaseException | None:
    """Run one cell in place; return the error that ends the notebook, if there is one."""
    tags = cell.metadata.get("tags", [])
    if cell.cell_type != "code" or not cell.source.strip() or "skip-execution" in tags:
        return None
    cell.outputs = shell.outputs.begin()
    cell.execution_count = shell.execution_count
    with _capture(shell.outputs):
        result = shell.run_cell(cell.source, store_history=True)  # type: ignore[no-untyped-call]
    error: BaseException | None = result.error_before_exec or result.error_in_exec
    return None if "raises-exception" in tags else error
