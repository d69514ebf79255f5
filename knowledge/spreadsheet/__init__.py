"""The entries in a spreadsheet: written for an administrator, read back with its changes.

write_entries(store, Path("cau-hoi.xlsx"))
change = read_entries(store, Path("cau-hoi.xlsx"))   # nothing is written yet
apply_entries(store, change, by="ban xây dựng Đảng")
"""

from knowledge.spreadsheet.reading import RowProblem, SheetChange, apply_entries, read_entries
from knowledge.spreadsheet.writing import write_entries

__all__ = ["RowProblem", "SheetChange", "apply_entries", "read_entries", "write_entries"]
