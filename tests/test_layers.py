"""An import never goes uphill, and never sideways: each room stands on the rooms below it."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "c2c_lib"

# From the ground up; rooms of one level do not know each other.
LEVELS = [
    ["errors"],
    ["paths"],
    ["catalog"],
    ["language"],
    ["params"],
    ["observations"],
    ["sources", "microdata", "equity"],
    ["privacy"],
    ["geography"],
    ["findings"],
    ["theory_of_action"],
    ["figures"],
    ["reporting"],
    ["cli"],
]
RANK = {room: level for level, rooms in enumerate(LEVELS) for room in rooms}


def room_of(module: str) -> str:
    """Return the room of a module, which is the part after ``c2c_lib``; empty for the package."""
    return [*module.split("."), ""][1]


def module_of(path: Path, package: Path) -> str:
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path, module: str) -> set[str]:
    """Return every module of the package that the file names in an import, wherever it stands."""
    names = set()
    holder = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = holder.split(".")[: len(holder.split(".")) - node.level + 1]
                base = ".".join([*above, *filter(None, [node.module])])
            # `from c2c_lib import figures` names a room only in its second half.
            names |= {f"{base}.{alias.name}" for alias in node.names}
    return {name for name in names if name.split(".")[0] == "c2c_lib"}


def uphill_imports(package: Path) -> list[str]:
    found = []
    for path in sorted(package.rglob("*.py")):
        module = module_of(path, package)
        room = room_of(module)
        for name in sorted(imported(path, module)):
            other = room_of(name)
            # The package's own names (`__version__`) belong to no room.
            if other == room or other not in RANK:
                continue
            if not room or RANK[other] >= RANK[room]:
                found.append(f"{module} imports {name}")
    return found


def test_no_import_goes_uphill():
    assert uphill_imports(PACKAGE) == []


def test_every_room_is_ranked():
    rooms = {
        path.stem
        for path in PACKAGE.iterdir()
        if (path.suffix == ".py" and path.stem != "__init__")
        or (path.is_dir() and any(path.rglob("*.py")))
    }
    assert rooms, f"no room in {PACKAGE}"
    assert rooms <= RANK.keys()


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("catalog/loader.py", "import c2c_lib.cli"),
        ("catalog/loader.py", "from c2c_lib.figures.map import choropleth"),
        ("catalog/loader.py", "from c2c_lib import errors, figures"),
        ("catalog/loader.py", "from ..figures import map"),
        ("catalog/__init__.py", "from ..figures import map"),
        ("catalog/loader.py", "from .. import figures"),
        ("catalog/data/deep.py", "from ...figures import map"),
        ("catalog/loader.py", "def f():\n    from c2c_lib.figures import map"),
        ("catalog/loader.py", "if TYPE_CHECKING:\n    import c2c_lib.figures"),
        ("sources/graduation.py", "from c2c_lib.equity import rates"),
        ("errors.py", "from c2c_lib.paths import project_root"),
        ("__init__.py", "from c2c_lib import errors"),
    ],
)
def test_an_uphill_import_is_caught(tmp_path: Path, file: str, code: str):
    path = tmp_path / "c2c_lib" / file
    path.parent.mkdir(parents=True)
    path.write_text(code, encoding="utf-8")
    (found,) = uphill_imports(tmp_path / "c2c_lib")
    assert found.startswith(module_of(path, tmp_path / "c2c_lib") + " imports c2c_lib.")


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("cli/app.py", "from c2c_lib import __version__, catalog"),
        ("figures/map.py", "from . import style\nfrom .style import ink"),
        ("figures/map.py", "import pandas as pd\nfrom c2c_lib.geography.layers import layer"),
    ],
)
def test_a_downhill_import_is_fine(tmp_path: Path, file: str, code: str):
    path = tmp_path / "c2c_lib" / file
    path.parent.mkdir(parents=True)
    path.write_text(code, encoding="utf-8")
    assert uphill_imports(tmp_path / "c2c_lib") == []
