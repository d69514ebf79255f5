"""Which quarter (khu phố, tổ dân phố) an address lies in, by the ward's own table.

>>> table = open_ward_table(state_root)                           # doctest: +SKIP
>>> lookup(table, "123/45/6A Lạc Long Quân").quarter              # doctest: +SKIP
'21'

A question that is still open comes back as an answer of status ``ask``; :func:`refine` goes on
from it with what is said next.
"""

from knowledge.quarters.address import Address
from knowledge.quarters.answer import Choice, Expected, QuarterAnswer, address_line, address_text
from knowledge.quarters.checking import check
from knowledge.quarters.dialogue import refine
from knowledge.quarters.errors import QuarterTableError, TableRefused, TableUnreadable
from knowledge.quarters.lookup import lookup
from knowledge.quarters.picture import draw_street
from knowledge.quarters.problems import Problem
from knowledge.quarters.report import report
from knowledge.quarters.rows import RawTable, Row
from knowledge.quarters.table import (
    INVENTED,
    Quarter,
    QuarterTable,
    build_table,
    load_table,
    read_raw,
)
from knowledge.quarters.units import Units, load_units
from knowledge.quarters.ward import (
    install_table,
    open_ward_table,
    read_streets,
    ward_streets,
    ward_table,
)

__all__ = [
    "INVENTED",
    "Address",
    "Choice",
    "Expected",
    "Problem",
    "Quarter",
    "QuarterAnswer",
    "QuarterTable",
    "QuarterTableError",
    "RawTable",
    "Row",
    "TableRefused",
    "TableUnreadable",
    "Units",
    "address_line",
    "address_text",
    "build_table",
    "check",
    "draw_street",
    "install_table",
    "load_table",
    "load_units",
    "lookup",
    "open_ward_table",
    "read_raw",
    "read_streets",
    "refine",
    "report",
    "ward_streets",
    "ward_table",
]
