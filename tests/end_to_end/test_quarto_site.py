"""The whole site through the Quarto project is the site that the build makes without Quarto."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from c2c_lib.paths import project_root
from c2c_lib.reporting.quarto import find_quarto
from support.parity import differences
from support.quarto import stand_in


def test_every_page_and_file_is_the_same(built_site: Path, tmp_path: Path) -> None:
    """By Quarto where it is installed, else by the Pandoc that it would run."""
    own = Path(sys.executable).parent
    if find_quarto() is None:
        (tmp_path / "bin").mkdir()
        program = tmp_path / "bin/quarto"
        program.write_text(stand_in(), encoding="utf-8")
        program.chmod(0o755)
    path = os.pathsep.join([str(tmp_path / "bin"), str(own), os.environ["PATH"]])
    done = subprocess.run(
        [str(own / "c2c"), "build", "--renderer", "quarto", "--output", str(tmp_path / "site")],
        cwd=project_root(),
        env={**os.environ, "PATH": path, "C2C_HOME": str(project_root())},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert differences(built_site, tmp_path / "site") == []
