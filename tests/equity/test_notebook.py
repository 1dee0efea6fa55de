"""The notebook for researchers runs from top to bottom on the store that ships."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient


@pytest.mark.thorough
@pytest.mark.end_to_end
def test_exploring_equity_runs(project_root: Path) -> None:
    path = project_root / "notebooks" / "explore" / "equity.ipynb"
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}}
    )
    client.execute()
    printed = "".join(
        output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", [])
    )
    assert "About the same as boys; the difference is smaller than the margin of error." in printed
    assert "Graduación en cuatro años" in printed
    assert not any(
        output.output_type == "error"
        for cell in notebook.cells
        for output in cell.get("outputs", [])
    )
