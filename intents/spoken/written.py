"""Values as people read them: "123/45/6A Lạc Long Quân", "27/11/2026", "quý 3 năm 2026"."""

from __future__ import annotations

from datetime import date

from intents.spoken.spots import Value
from intents.spoken.tables import table

_FORMS: dict[str, str] = table("value_forms")


def written_value(kind: str, value: Value) -> str:
    """``value`` of the slot type ``kind``, written to be shown and confirmed.

    A lunar day is written with the solar one it falls on, since it is asked back.
    """
    if isinstance(value, bool):
        return _FORMS["yes" if value else "no"]
    if isinstance(value, dict):
        return _written_parts(kind, value)
    if kind == "quarter_of_year":
        year, quarter = str(value).split("-Q")
        return _FORMS[kind].format(year=year, quarter=quarter)
    if kind == "month":
        year, month = str(value).split("-")
        return _FORMS[kind].format(year=year, month=int(month))
    if kind == "year":
        return _FORMS[kind].format(year=value)
    if kind == "form":
        return _FORMS[kind].format(form=value)
    return str(value)


def _written_parts(kind: str, value: dict[str, int | str | bool | None]) -> str:
    if kind == "house":
        number = str(value["number"])
        if value.get("alley_only"):
            number = _FORMS["alley"].format(number=number)
        return f"{number} {value['street']}" if value.get("street") else number
    if kind == "date":
        return _written_date(value)
    if kind == "document":
        return _written_document(value)
    if kind == "quarter":
        form = "quarter" if value.get("kind") else "quarter_alone"
        return _FORMS[form].format(**value)
    if kind == "money":
        return f"{_grouped(value['amount'])} {value['currency']}"
    return str(value.get("name") or value.get("written") or value)


def _written_date(value: dict[str, int | str | bool | None]) -> str:
    told = value.get("date")
    day = _day(str(told)) if told else ""
    if value.get("calendar") == "lunar":
        return _FORMS["lunar"].format(day=value["day"], month=value["month"], date=day)
    if value.get("last") and value["last"] != told:
        return _FORMS["stretch"].format(first=day, last=_day(str(value["last"])))
    return day


def _written_document(value: dict[str, int | str | bool | None]) -> str:
    if value.get("symbol"):
        return _FORMS["document_issued"].format(**value)
    return _FORMS["document_year" if value.get("year") else "document"].format(**value)


def _day(iso: str) -> str:
    found = date.fromisoformat(iso)
    return f"{found.day}/{found.month}/{found.year}"


def _grouped(amount: object) -> str:
    return f"{amount:,}".replace(",", ".") if isinstance(amount, int) else str(amount)
