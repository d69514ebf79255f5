"""What the kiosk itself writes passes its own checker with no error."""

import io
from datetime import UTC, datetime
from pathlib import Path

import docxtpl
import jinja2
import pytest

from knowledge.content import SHIPPED
from knowledge.form_check import check_here
from knowledge.meetings import (
    Attendance,
    Cell,
    Meeting,
    Names,
    Plan,
    SimulatedClock,
    load_rules,
    make_agenda,
    to_docx,
    write_minutes,
    write_resolution,
)

FORMS = sorted((SHIPPED / "forms").glob("*.docx"))


class Dots(jinja2.ChainableUndefined):
    """What is not filled in is a dotted line."""

    def __str__(self):
        return "……"


def filled(path: Path) -> bytes:
    document = docxtpl.DocxTemplate(path)
    known = {"so": "05", "ngay": "12", "thang": "11", "nam": "2025", "dia_danh": "Minh Phụng",
             "dang_bo": "ĐẢNG BỘ PHƯỜNG MINH PHỤNG", "chi_bo": "CHI BỘ KHU PHỐ 21"}  # fmt: skip
    document.render(known, jinja_env=jinja2.Environment(undefined=Dots, autoescape=True))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def errors(data: bytes) -> list[tuple[str, str, str]]:
    report = check_here(data, "own.docx")
    assert report.standard.startswith("dang")
    return [(f.rule, f.found, f.quote) for f in report.findings if f.severity == "lỗi"]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_has_no_error(path):
    assert errors(filled(path)) == []


def test_minutes_and_resolution_of_a_meeting_have_no_error(tmp_path):
    rules = load_rules()
    ward = next(iter(rules.wards.values()))
    cell = Cell(24, 2, name="Chi bộ Khu phố 21", parent="Đảng bộ phường Minh Phụng",
                place="Minh Phụng")  # fmt: skip
    agenda = make_agenda(rules, "regular", cell, ward)
    clock = SimulatedClock(datetime(2025, 11, 12, 19, tzinfo=UTC))
    plan = Plan(agenda, cell, ward.id, chair="Nguyễn Văn Hòa", secretary="Trần Thị Thúy")
    meeting = Meeting.start(tmp_path, plan, rules, ward, clock)
    meeting.take_attendance(Attendance(22, 2))
    for _ in agenda.items:
        meeting.advance()
        meeting.note("Nhất trí với nội dung đã trình bày.")
    meeting.end()
    names = Names(5, 6, signer="Nguyễn Văn Hòa")
    for record in (
        write_minutes(meeting.state, rules, ward, names),
        write_resolution(meeting.state, rules, names),
    ):
        assert errors(to_docx(record, clock())) == []
