"""The numbers behind a city's pages as files: tables, workbook, maps, and what describes them."""

from c2c_lib.reporting.downloads.table import in_words, read_download
from c2c_lib.reporting.downloads.write import write_downloads

__all__ = ["in_words", "read_download", "write_downloads"]
