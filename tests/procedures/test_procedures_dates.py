"""Working days over Tết and the other holidays, counted by hand on a calendar."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.procedures import Calendar, shipped
from knowledge.procedures.spoken_dates import expected_dates, read_date
from knowledge.procedures.spoken_numbers import read_number, spell
from knowledge.procedures.workdays import add_months, next_occasion


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return Calendar(shipped().days_off, shipped().days_on)


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        # Tết 2025: Monday 27 January to Friday 31 January off.
        ("2025-01-24", 1, "2025-02-03"),
        ("2025-01-20", 30, "2025-03-10"),
        # 2025: 30 April, 1 May; Friday 2 May off, Saturday 26 April worked for it.
        ("2025-04-24", 5, "2025-05-05"),
        # Tết 2026: 16 to 20 February off.
        ("2026-01-28", 30, "2026-03-18"),
        ("2026-02-13", 1, "2026-02-23"),
        ("2026-02-15", 1, "2026-02-23"),
        ("2026-02-06", 30, "2026-03-27"),
        # Friday 2 January 2026 off, Saturday 10 January worked for it.
        ("2025-12-31", 1, "2026-01-05"),
        ("2026-01-02", 60, "2026-04-02"),
        # Giỗ Tổ on Sunday 26 April 2026: Monday off; 30 April and 1 May.
        ("2026-03-10", 45, "2026-05-15"),
        ("2026-04-24", 3, "2026-05-04"),
        # 31 August to 2 September 2026 off, Saturday 22 August worked.
        ("2026-08-21", 6, "2026-08-28"),
        ("2026-08-28", 1, "2026-09-03"),
        # Tết 2027: 4 to 10 February.
        ("2027-01-15", 30, "2027-03-05"),
        ("2027-02-03", 1, "2027-02-11"),
        # Backwards over Tết.
        ("2027-02-11", -1, "2027-02-03"),
        ("2026-02-24", -2, "2026-02-13"),
    ],
)
def test_working_days(calendar: Calendar, start: str, count: int, last: str) -> None:
    assert calendar.add_working_days(date.fromisoformat(start), count).day.isoformat() == last


def test_holidays_in_between_are_named(calendar: Calendar) -> None:
    due = calendar.add_working_days(date(2026, 2, 13), 2)
    assert [day.isoformat() for day, _ in due.days_off] == [
        "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20",
    ]  # fmt: skip
    assert all("Tết" in name for _, name in due.days_off)


def test_days_that_a_ward_adds_are_obeyed() -> None:
    own = Calendar({"2026-11-26": "Mất điện"}, frozenset({"2026-11-28"}))
    due = own.add_working_days(date(2026, 11, 25), 2)
    assert due.day == date(2026, 11, 28)
    assert due.days_off == ((date(2026, 11, 26), "Mất điện"),)


@pytest.mark.parametrize(
    ("start", "count", "unit", "last"),
    [
        ("2026-02-12", 2, "days", "2026-02-23"),  # a Saturday at Tết: the next working day
        ("2026-11-24", 2, "days", "2026-11-26"),
        ("2026-11-25", -1, "days", "2026-11-24"),
        ("2026-01-31", 1, "months", "2026-02-28"),
        ("2023-02-28", 12, "months", "2024-02-28"),
        ("2024-02-29", 12, "months", "2025-02-28"),
        ("1986-12-10", 40, "years", "2026-12-10"),
    ],
)
def test_other_units(calendar: Calendar, start: str, count: int, unit, last: str) -> None:
    assert calendar.due(date.fromisoformat(start), count, unit).day.isoformat() == last


def test_months_and_occasions() -> None:
    assert add_months(date(2026, 3, 31), -1) == date(2026, 2, 28)
    occasions = ((2, 3), (5, 19), (9, 2), (11, 7))
    assert next_occasion(date(2026, 11, 8), occasions) == date(2027, 2, 3)
    assert next_occasion(date(2026, 5, 19), occasions) == date(2026, 5, 19)


TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("said", "near", "day"),
    [
        ("hôm nay", "past", "2026-11-25"),
        ("hom qua", "past", "2026-11-24"),
        ("ngày mai", "future", "2026-11-26"),
        ("ba ngày trước", "past", "2026-11-22"),
        ("cách đây hai tuần", "past", "2026-11-11"),
        ("mười lăm tháng mười một", "past", "2026-11-15"),
        ("ngay muoi lam thang muoi mot", "past", "2026-11-15"),
        ("mồng năm tháng giêng", "past", ""),
        ("rằm tháng tám", "past", ""),
        ("mùng một tháng tư", "past", "2026-04-01"),
        ("15/11", "past", "2026-11-15"),
        ("15-11-2025", "past", "2025-11-15"),
        ("30.12", "past", "2025-12-30"),
        ("30.12", "future", "2026-12-30"),
        ("ngày hai mươi tháng này", "past", "2026-11-20"),
        ("mùng hai tháng trước", "past", "2026-10-02"),
        ("ngày năm tháng năm năm ngoái", "past", "2025-05-05"),
        ("tháng mười ngày mười", "past", "2026-10-10"),
        ("ngày 31 tháng 2", "any", ""),
        ("29/2", "past", "2024-02-29"),
        ("ngày mai", "past", ""),
        ("tháng mười", "past", ""),
        ("chưa xong", "past", ""),
    ],
)
def test_spoken_dates(said: str, near, day: str) -> None:
    found = read_date(said, TODAY, near)
    assert (found.day.isoformat() if found.day else "") == day


def test_every_date_that_is_listened_for_is_understood() -> None:
    for near in ("past", "future", "any"):
        for text in expected_dates(TODAY, near):
            assert read_date(text, TODAY, near).day is not None, text


@pytest.mark.parametrize(
    ("said", "unit", "number"),
    [
        ("hai mươi lăm", "tuổi", 25), ("hai lăm tuổi", "tuổi", 25), ("hăm mốt", "", 21),
        ("một trăm linh năm", "", 105), ("sau muoi bay", "năm", 67), ("năm mươi năm", "năm", 50),
        ("năm năm", "năm", 5), ("năm", "năm", 5), ("bốn mươi lăm năm tuổi đảng", "năm", 45),
        ("không", "tháng", 0), ("7,5 triệu", "đồng", 7_500_000), ("1.250.000", "đồng", 1_250_000),
        ("hai ba", "", None), ("nhiều lắm", "", None),
    ],
)  # fmt: skip
def test_spoken_numbers(said: str, unit: str, number: int | None) -> None:
    assert read_number(said, unit) == number


def test_numbers_come_back_from_their_words() -> None:
    for number in [*range(200), 205, 999, 1000, 2026, 10_015, 999_999]:
        assert read_number(spell(number)) == number
