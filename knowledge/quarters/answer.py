"""What the quarter lookup answers, as data a screen and a voice can use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from knowledge.quarters.address import Address
from knowledge.quarters.rows import Row
from knowledge.quarters.table import QuarterTable
from knowledge.quarters.wording import line

Status = Literal["found", "ask", "other_ward", "unknown"]
Missing = Literal[
    "", "address", "street", "street_is", "number", "parity", "alley", "house", "lot", "order",
    "ward", "old_ward",
]  # fmt: skip
"""What a question asks for; ``""`` when none is asked."""


Expected = Literal["", "address", "street", "number", "parity", "yes_no", "lot", "choice"]
"""What kind of answer a question waits for, so that the ears can listen for it."""

_EXPECTED: dict[Missing, Expected] = {
    "": "", "address": "address", "street": "street", "street_is": "yes_no", "number": "number",
    "parity": "parity", "alley": "number", "house": "number", "lot": "lot", "order": "choice",
    "ward": "yes_no", "old_ward": "choice",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers a question offers."""

    label: str
    """What to show on its button, and to say."""
    address: Address
    """The address with this choice made."""


@dataclass(frozen=True, slots=True)
class QuarterAnswer:
    """The answer to one address, or the question that is still open. JSON-ready."""

    status: Status
    address: Address
    """What was understood."""
    quarter: str = ""
    """``"21"``, without "khu phố"; empty unless found."""
    cell: str = ""
    rule: str = ""
    """Which rule decided: ``house``, ``building``, ``alley``, ``mouth``, ``range``, ``street``,
    ``quarter`` (a quarter of before); empty unless found."""
    row: int = 0
    """The deciding row of the table's file; 0 unless found."""
    question: str = ""
    """What to ask, when the status is ``ask``."""
    missing: Missing = ""
    """What :attr:`question` asks for."""
    say: str = ""
    """To be spoken. The understood address always comes before the quarter."""
    show: tuple[str, ...] = ()
    """Lines for the screen; the first is the heading."""
    choices: tuple[Choice, ...] = ()
    """Offered answers, for touch."""
    invented: bool = False
    """Whether the table is the invented ward's."""
    ward: str = ""
    """The other ward, when the status is ``other_ward``."""

    @property
    def expects(self) -> Expected:
        """The kind of answer :attr:`question` waits for; empty when nothing is asked."""
        return _EXPECTED[self.missing]

    def as_dict(self) -> dict[str, Any]:
        """Everything as JSON-ready values; :meth:`from_dict` reads it."""
        return {
            "status": self.status, "quarter": self.quarter, "cell": self.cell,
            "address": self.address.as_dict(), "rule": self.rule, "row": self.row,
            "question": self.question, "missing": self.missing, "say": self.say,
            "show": list(self.show),
            "choices": [{"label": c.label, "address": c.address.as_dict()} for c in self.choices],
            "invented": self.invented, "ward": self.ward,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> QuarterAnswer:
        """The answer :meth:`as_dict` wrote, to go on with later."""
        values = dict(fields)
        values["address"] = Address.from_dict(values["address"])
        values["show"] = tuple(values["show"])
        values["choices"] = tuple(
            Choice(c["label"], Address.from_dict(c["address"])) for c in values["choices"]
        )
        return cls(**values)


def address_text(table: QuarterTable, address: Address) -> str:
    """The address as it is read back: "số nhà 123/45/6A, đường Lạc Long Quân"."""
    parts = []
    if address.building:
        lot = f"lô {address.lot} " if address.lot else ""
        parts.append(lot + address.building[0].lower() + address.building[1:])
    if address.house:
        # "nhà", so that the reader takes the number for a house's.
        parts.append(f"số nhà {address.number_text}")
    elif address.alley:
        parts.append(f"hẻm {address.alley}")
    elif address.in_alley:
        parts.append("trong hẻm")
    if address.parity and not address.house:
        parts.append("bên số chẵn" if address.parity == "E" else "bên số lẻ")
    street = address.street or address.said_street
    if street:
        parts.append(street_text(table, street))
    if address.old_quarter and not parts:
        parts.append(f"{table.quarter_word} {address.old_quarter}")
    if address.ward:
        parts.append(f"{address.ward} {address.district}".strip())
    return ", ".join(parts)


def address_line(address: Address) -> str:
    """The address as it is written on an envelope: "123/45/6A Lạc Long Quân"."""
    building = f"Lô {address.lot} {address.building}" if address.lot else address.building
    street = " ".join(part for part in (address.number_text, address.street or address.said_street)
                      if part)  # fmt: skip
    quarter = f"khu phố {address.old_quarter}" if address.old_quarter else ""
    ward = f"{address.ward} {address.district}".strip()
    return ", ".join(part for part in (building, street, quarter, ward) if part)


def street_text(table: QuarterTable, street: str) -> str:
    """A street with its word: "đường Lạc Long Quân", "đường số 3", "cư xá Lữ Gia"."""
    first = street.split()[0].lower()
    if first in ("đường", "phố", "hẻm", "ngõ", "cư", "xóm", "đại", "quốc", "tỉnh", "khu", "ngách"):
        return street[0].lower() + street[1:]
    return f"{table.street_word} {street}"


def found(table: QuarterTable, address: Address, row: Row, rule: str) -> QuarterAnswer:
    """The answer that ``row`` gives by ``rule``."""
    quarter = table.quarters[row.quarter]
    cell = row.cell or (quarter.cells[0] if len(quarter.cells) == 1 else "")
    name = table.quarter_name(row.quarter)
    key = ("old_quarter" if rule == "quarter" else "found") + "_invented" * table.invented
    say = line(
        "say", key, address=_begin(address_text(table, address), table), quarter=name,
        cell=line("say", "cell", cell=cell) if cell else "",
    )  # fmt: skip
    show = [line("show", "quarter", quarter=name[0].upper() + name[1:])]
    for key, value in (
        ("cell", cell), ("secretary", quarter.secretary), ("place", quarter.place),
        ("note", row.note),
    ):  # fmt: skip
        if value:
            show.append(line("show", key, **{key: value}))
    show.append(line("show", "rule", rule=line("show", f"rule_{rule}"), row=str(row.number)))
    if table.invented:
        show.append(line("show", "invented"))
    return QuarterAnswer(
        "found", address, row.quarter, cell, rule, row.number, say=say,
        show=(_upper(address_text(table, address)), *show), invented=table.invented,
    )  # fmt: skip


def ask(
    table: QuarterTable, address: Address, missing: Missing, key: str, /,
    choices: tuple[Choice, ...] = (), **values: str,
) -> QuarterAnswer:  # fmt: skip
    """The question ``key`` of lines.yaml, as an answer."""
    read_back = _upper(address_text(table, address))
    question = line("ask", key, **{"address": read_back, **values})
    show = (question, *([line("show", "invented")] if table.invented else []))
    return QuarterAnswer(
        "ask", address, question=question, missing=missing, say=question, show=show,
        choices=choices, invented=table.invented,
    )  # fmt: skip


def unknown(table: QuarterTable, address: Address, key: str) -> QuarterAnswer:
    """The table does not know it: say what was understood and what to do."""
    say = line("say", key, address=address_text(table, address))
    return QuarterAnswer("unknown", address, say=say, show=(say,), invented=table.invented)


def other_ward(table: QuarterTable, address: Address, other: str, old: str) -> QuarterAnswer:
    """The address lies in another ward."""
    ours = table.ward or "phường này"
    key = "other_ward_old" if old else "other_ward"
    name = other[0].lower() + other[1:]
    say = line(
        "say", key, address=address_text(table, address), other=name, ward=_lower(ours), old=old
    )
    return QuarterAnswer(
        "other_ward", address, say=say, show=(say,), ward=other, invented=table.invented
    )


def _begin(text: str, table: QuarterTable) -> str:
    return text if table.invented else _upper(text)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
