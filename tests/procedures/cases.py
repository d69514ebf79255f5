"""One case of every procedure: what was said, what a finger would give, and what must come out.

Papers and dates were worked out by hand from the documents and the calendars of 2026 and 2027.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from knowledge.procedures import Value

Step = tuple[str, str, Value]
"""Id of the question that must be asked now, the words said, the value touched."""


@dataclass(frozen=True)
class Case:
    procedure: str
    today: date
    steps: tuple[Step, ...]
    missing: frozenset[str] = frozenset()
    have: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()
    due: dict[str, str] = field(default_factory=dict)
    late: frozenset[str] = frozenset()
    stopped: bool = False
    says: tuple[str, ...] = ()
    """Parts of the sentences that are read aloud."""


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


CASES: tuple[Case, ...] = (
    Case(
        "member_reception",
        date(2027, 1, 20),
        (
            ("kind", "dạ chuyển chính thức", "official"),
            ("sheet", "màu lá mạ", "ten"),
            ("introduced_on", "ngày mười lăm tháng một", "2027-01-15"),
            ("probation", "không phải ạ", False),
            ("sealed", "còn", True),
            ("box_one", "đúng rồi", True),
            ("fees_paid", "chưa", False),
            ("check_papers", "có", "each"),
            ("paper_intro_10", "có rồi", True),
            ("paper_card", "tôi chưa có", False),
            ("paper_self_review", "rồi", True),
            ("paper_decision", "chưa có", False),
            ("paper_file", "dạ có", True),
            ("paper_member_sheet", "có", True),
        ),
        missing=_set("card decision"),
        have=_set("intro_10 self_review file member_sheet"),
        # Off: 4, 5, 8, 9 and 10 February (Tết of the Year of the Goat).
        due={"present": "2027-03-05"},
        says=("Thu đảng phí cho hết tháng", "Bác còn thiếu 2 loại giấy tờ", "5 tháng 3 năm 2027"),
    ),
    Case(
        "admission",
        date(2026, 11, 25),
        (
            ("age", "hai mươi lăm tuổi", 25),
            ("school", "rồi", True),
            ("course", "có rồi", True),
            ("course_on", "ngày 5 tháng 3 năm 2024", "2024-03-05"),
            ("union", "đoàn viên công đoàn", "labour"),
            ("again", "không", False),
            ("sponsor", "phải rồi", True),
            ("resolved", "rồi ạ", True),
            ("resolved_on", "ngày hai mươi tháng mười một", "2026-11-20"),
            ("decided", "chưa", False),
            ("check_papers", "tôi có đủ rồi", "all"),
        ),
        have=_set(
            "application life course_paper sponsor_paper labour_paper checks opinions birth diploma"
        ),
        needed=_set("resolution"),
        # Not counted: 24 November (Culture Day) and 1 January.
        due={"course_valid": "2029-03-05", "decide": "2027-01-26"},
        says=("Bác cần 1 loại giấy tờ",),
    ),
    Case(
        "badge",
        date(2026, 11, 25),
        (
            ("kind", "xét tặng", "grant"),
            ("joined_on", "mười tháng mười hai năm một chín tám sáu", "1986-12-10"),
            ("years", "bốn mươi năm", 40),
            ("ill", "không", False),
            ("punished", "không bị kỷ luật", "none"),
            ("check_papers", "không cần", "none"),
        ),
        needed=_set("application proof"),
        due={"full": "2026-12-10", "ceremony": "2027-02-03"},
    ),
    Case(
        "card_damaged",
        date(2026, 11, 25),
        (
            ("reported", "báo rồi", True),
            ("kept", "vẫn còn", True),
            ("chip", "bị mờ", "faded"),
            ("reviewed", "chưa", False),
            ("photo", "tôi chưa có", False),
            ("check_papers", "hỏi từng loại", "each"),
            ("paper_account", "chưa có", False),
            ("paper_old", "có", True),
            ("paper_photo_file", "chưa", False),
        ),
        missing=_set("account photo_file"),
        have=_set("old"),
        needed=_set("list decision"),
        says=("Chi bộ chỉ xét sau khi", "Chụp ở tiệm ảnh"),
    ),
    Case(
        "card_lost",
        date(2026, 11, 25),
        (
            ("reported", "chưa ạ", False),
            ("stolen", "bị mất cắp", "stolen"),
            ("misused", "không", False),
            ("reviewed", "chưa", False),
            ("photo", "có rồi", True),
            ("check_papers", "đủ rồi", "all"),
        ),
        have=_set("account police photo_file"),
        needed=_set("list decision"),
        says=("Đồng chí báo cáo ngay với cấp ủy",),
    ),
    Case(
        "card_new",
        date(2026, 11, 25),
        (
            ("official", "rồi", True),
            ("number_known", "có", True),
            ("photo", "chưa có", False),
            ("check_papers", "không", "none"),
        ),
        needed=_set("list photo_file recognition"),
    ),
    Case(
        "cell_evaluation",
        date(2026, 11, 25),
        (
            ("committee", "có", True),
            ("members_done", "xong rồi", True),
            ("discipline", "không", False),
            ("meeting_on", "ngày mười hai tháng mười hai", "2026-12-12"),
            ("check_papers", "vâng", "each"),
            ("paper_report", "tôi chưa có", False),
            ("paper_members", "có đủ", True),
        ),
        missing=_set("report"),
        have=_set("members"),
        needed=_set("minutes"),
        due={"send": "2026-12-11"},
    ),
    Case(
        "cell_report",
        date(2026, 11, 25),
        (
            ("period", "báo cáo quý", "quarter"),
            ("due_known", "có", True),
            ("due_on", "ba mươi mốt tháng mười hai", "2026-12-31"),
            ("approved", "chưa", False),
            ("check_papers", "thôi", "none"),
        ),
        needed=_set("report figures"),
        due={"send": "2026-12-31"},
    ),
    Case(
        "exemption",
        date(2026, 11, 25),
        (
            ("reason", "chữa bệnh dài ngày", "ill"),
            ("months", "sáu tháng", 6),
            ("from", "mùng một tháng mười hai", "2026-12-01"),
            ("check_papers", "có", "each"),
            ("paper_application", "chưa", False),
        ),
        missing=_set("application"),
        needed=_set("proof resolution"),
        due={"end": "2027-06-01"},
        says=("Chi bộ ra nghị quyết đề nghị cấp ủy cơ sở quyết định",),
    ),
    Case(
        "fees",
        date(2026, 11, 25),
        (
            ("group", "tôi về hưu", "pension"),
            ("years", "năm mươi hai năm", 52),
            ("poor", "không", False),
            ("behind", "ba tháng", 3),
            ("check_papers", "đủ", "all"),
        ),
        have=_set("pension_paper"),
        says=("0,5% lương hưu", "xem xét đề nghị xóa tên", "được miễn đảng phí"),
    ),
    Case(
        "inspection",
        date(2026, 2, 10),
        (
            ("plan", "có rồi", True),
            ("kind", "giám sát", "supervise"),
            ("told", "rồi", True),
            ("self_done", "chưa xong", False),
            ("criticised", "có", True),
            ("criticised_on", "hai mươi tám tháng một", "2026-01-28"),
            ("check_papers", "không cần", "none"),
        ),
        needed=_set("plan_paper notice self report minutes"),
        # Off: 16 to 20 February (Tết of the Year of the Horse).
        due={"answer": "2026-03-18"},
    ),
    Case(
        "meeting_minutes",
        date(2026, 11, 25),
        (
            ("meeting_on", "hôm qua", "2026-11-24"),
            ("resolution", "có", True),
            ("vote", "có", True),
            ("guests", "không", False),
            ("check_papers", "đủ cả rồi", "all"),
        ),
        have=_set("minutes attendance votes resolution_paper"),
        due={"before": "2026-11-23", "after": "2026-11-26"},
        late=_set("before"),
    ),
    Case(
        "member_evaluation",
        date(2027, 1, 25),
        (
            ("exempt", "không", False),
            ("leader", "không giữ chức vụ", "member"),
            ("working", "có", True),
            ("written", "chưa", False),
            ("meeting_on", "ngày mười một tháng hai", "2027-02-11"),
            ("check_papers", "có", "each"),
            ("paper_own", "chưa", False),
            ("paper_note", "rồi", True),
        ),
        missing=_set("own"),
        have=_set("note"),
        # The working day before Thursday 11 February is Wednesday 3 February: Tết lies between.
        due={"post": "2027-02-03"},
    ),
    Case(
        "official_recognition",
        date(2026, 3, 1),
        (
            ("admitted_on", "ngày 30 tháng 1 năm 2025", "2025-01-30"),
            ("course", "rồi", True),
            ("elsewhere", "không", False),
            ("union", "có", True),
            ("resolved", "chưa", False),
            ("check_papers", "không", "none"),
        ),
        needed=_set("course_paper self_review helper union_note resolution card_list"),
        due={"probation_end": "2026-01-30", "cell": "2026-03-20"},
    ),
    Case(
        "reception_temporary",
        date(2026, 11, 25),
        (
            ("abroad", "không phải", False),
            ("over", "ngày 30 tháng 4 năm 2027", "2027-04-30"),
            ("longer", "có", True),
            ("official", "không", False),
            ("check_papers", "đủ rồi", "all"),
        ),
        have=_set("intro_8 self_review"),
        due={"ask_longer": "2027-04-30"},
    ),
    Case(
        "removal",
        date(2026, 5, 20),
        (
            ("reason", "không đóng đảng phí", "fees"),
            ("excuse", "không có", False),
            ("review", "cố tình không làm", "refused"),
            ("received_on", "ngày hai mươi ba tháng tư", "2026-04-23"),
            ("check_papers", "không", "none"),
        ),
        needed=_set("requests proof minutes"),
        # Off: 27 April (for Giỗ Tổ on a Sunday), 30 April, 1 May.
        due={"complain": "2026-06-09"},
        says=("thực hiện ngay quy trình",),
    ),
    Case(
        "residence_213",
        date(2026, 11, 25),
        (
            ("side", "đảng viên đang công tác", "member"),
            ("exempt", "không thuộc trường hợp nào", "none"),
            ("introduced", "rồi", True),
            ("year_end", "đúng rồi", True),
            ("check_papers", "có", "each"),
            ("paper_letter", "rồi", True),
            ("paper_note", "tôi chưa có", False),
        ),
        missing=_set("note"),
        have=_set("letter"),
    ),
    Case(
        "transfer_official",
        date(2026, 2, 10),
        (
            ("reason", "tôi về hưu", "retire"),
            ("examined", "không", False),
            ("target", "khác phường", "outside"),
            ("official", "rồi", True),
            ("effective", "mùng hai tháng một", "2026-01-02"),
            ("introduced", "có rồi", True),
            ("introduced_on", "ngày sáu tháng hai", "2026-02-06"),
            ("check_papers", "hỏi đi", "each"),
            ("paper_retirement", "có", True),
            ("paper_self_review", "chưa có", False),
            ("paper_card", "có", True),
        ),
        missing=_set("self_review"),
        have=_set("retirement card"),
        needed=_set("file member_sheet intro_10"),
        # Worked: Saturday 10 January. Off: 16 to 20 February.
        due={"present": "2026-03-27", "begin": "2026-04-02"},
    ),
    Case(
        "transfer_temporary",
        date(2026, 11, 25),
        (
            ("study", "đi học tập trung", "study"),
            ("months", "mười tám tháng", 18),
            ("official", "chưa", False),
            ("from", "ngày một tháng chín năm hai nghìn không trăm hai mươi sáu", "2026-09-01"),
            ("check_papers", "không", "none"),
        ),
        needed=_set("reason_paper self_review admission_decision helper_note intro_8"),
        due={"return": "2028-03-01"},
    ),
    # Cases that end early.
    Case(
        "card_damaged",
        date(2026, 11, 25),
        (("reported", "rồi", True), ("kept", "không còn", False)),
        stopped=True,
        says=("làm như thẻ bị mất", "hiện nay chưa làm được"),
    ),
    Case(
        "transfer_official",
        date(2026, 11, 25),
        (("reason", "đổi nơi ở", "move"), ("examined", "có", True)),
        stopped=True,
        says=("chưa chuyển sinh hoạt đảng chính thức",),
    ),
    Case(
        "member_reception",
        date(2026, 11, 25),
        (("kind", "chính thức", "official"), ("sheet", "tôi chưa có", "none")),
        stopped=True,
        says=("Chưa có giấy giới thiệu thì chưa tiếp nhận được",),
    ),
    # A member on probation who moves in for a time.
    Case(
        "member_reception",
        date(2026, 11, 25),
        (
            ("kind", "tạm thời", "temporary"),
            ("introduced_on", "hôm nay", "2026-11-25"),
            ("probation", "phải", True),
            ("fees_paid", "rồi", True),
            ("check_papers", "đủ rồi", "all"),
        ),
        have=_set("intro_8 admission_decision self_review helper_note"),
        says=("không tính vào đảng số",),
    ),
)
