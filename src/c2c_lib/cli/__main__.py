"""``python -m c2c_lib.cli``: the same as ``c2c``."""

from c2c_lib.cli import main

main()
