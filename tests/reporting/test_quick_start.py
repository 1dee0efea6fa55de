"""What a build need not import it does not import, and reads notebooks all the same."""

import subprocess
import sys

BUILT = """
import sys
from c2c_lib.reporting.quick_start import leave_out_address_grammar
leave_out_address_grammar()
import nbformat
from nbformat.v4 import new_code_cell, new_notebook
notebook = new_notebook(cells=[new_code_cell("1")])
nbformat.validate(notebook)
notebook.cells[0].source = 1
try:
    nbformat.validate(notebook)
except nbformat.ValidationError:
    print("judged")
print(sys.modules["rfc3987_syntax"])
"""


def test_notebooks_are_judged_without_the_grammar():
    done = subprocess.run(
        [sys.executable, "-c", BUILT], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["judged", "None"]
