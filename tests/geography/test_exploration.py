"""The exploration notebook runs as it stands, for every city."""

from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output


@pytest.fixture
def shell():
    """A shell inside this process: as fast as a script, and it shows what a cell shows."""
    made = InteractiveShell()
    yield made
    made.history_manager.end_session()
    plt.close("all")


@pytest.mark.thorough
@pytest.mark.parametrize("city", ["stamford", "norwalk"])
def test_every_cell_runs(project_root: Path, shell: InteractiveShell, city: str):
    notebook = nbformat.read(project_root / "notebooks/explore/geography.ipynb", as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells)
    with capture_output() as shown:
        for cell in notebook.cells:
            if cell.cell_type != "code":
                continue
            source = cell.source.replace('city = "stamford"', f'city = "{city}"')
            result = shell.run_cell(source)
            assert result.success, f"{cell.id}: {result.error_in_exec or result.error_before_exec}"
    assert "groups" in shown.stdout
    assert shell.user_ns["here"]["town"].unique().tolist() == [city]
