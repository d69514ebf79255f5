"""Documents in right form, made by code, and the faults that can be planted in them.

Sizes, weights and distances stand here as written in the standards, apart from the rules: a rule
with a wrong number fails on a clean document.
"""

from __future__ import annotations

import copy
import io
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from knowledge.form_check import Rule

ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER,
         "both": WD_ALIGN_PARAGRAPH.JUSTIFY, "right": WD_ALIGN_PARAGRAPH.RIGHT}  # fmt: skip


@dataclass
class Piece:
    """One paragraph: its part, its text and how it looks."""

    part: str
    text: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    underline: bool = False
    align: str = "left"
    font: str = "Times New Roman"
    color: str = ""
    first_line: float = 0
    before: float = 0
    spacing: tuple[str, float] | None = None
    ruled: bool = False


@dataclass
class Form:
    """A document to be made."""

    standard: str
    kind: str
    pieces: list[Piece]
    paper: dict[str, float]
    mirrored: bool = True
    number_at: str = "header"
    number_align: str = "center"
    number_size: float = 14
    first_hidden: bool = True
    revisions: int = 0
    comments: int = 0
    styled: int = 0
    """0: looks on runs, 1: on paragraph styles, 2: on character styles."""
    extra: list[str] = field(default_factory=list)

    def of(self, part: str) -> list[Piece]:
        return [p for p in self.pieces if p.part == part]


LEFT = ("parent", "issuer", "star", "number", "letter_subject", "mark")
RIGHT = ("title", "republic", "motto", "date")
SIGN_LEFT = ("recipients_title", "recipient")
SIGN_RIGHT = ("authority", "position", "signer")

SENTENCES = [
    "Chi bộ đã lãnh đạo cán bộ, đảng viên và nhân dân trong khu phố thực hiện tốt chủ trương của "
    "Đảng, chính sách, pháp luật của Nhà nước, giữ vững an ninh trật tự và nếp sống văn minh.",
    "Tiếp tục nâng cao chất lượng sinh hoạt chi bộ, thực hiện nghiêm chế độ sinh hoạt thường kỳ và "
    "sinh hoạt chuyên đề, bảo đảm thời gian, nội dung theo hướng dẫn của Ban Tổ chức Trung ương.",
    "Phân công từng đảng viên phụ trách hộ gia đình, nắm tình hình tư tưởng của nhân dân, kịp thời "
    "phản ánh với cấp ủy những vấn đề phát sinh để có hướng giải quyết phù hợp với thực tế.",
    "Ngày 15/10/2025, chi bộ đã tổ chức quán triệt nghị quyết tới toàn thể đảng viên; 97,5% đảng "
    "viên tham dự, nhiều ý kiến đóng góp thiết thực, thể hiện tinh thần trách nhiệm cao.",
    "Phối hợp với Ban công tác Mặt trận vận động nhân dân tham gia phong trào toàn dân đoàn kết "
    "xây dựng đời sống văn hóa, giúp đỡ các hộ còn khó khăn (qua Quỹ vì người nghèo).",
]  # fmt: skip

PARTY_KINDS = {"nghị quyết": "NQ", "kế hoạch": "KH", "báo cáo": "BC", "kết luận": "KL",
               "thông báo": "TB", "chương trình": "CTr", "tờ trình": "TTr",
               "công văn": "CV"}  # fmt: skip
STATE_KINDS = {"quyết định": "QĐ", "kế hoạch": "KH", "báo cáo": "BC", "thông báo": "TB",
               "công văn": "CV"}  # fmt: skip


def clean(standard: str, kind: str, rng: random.Random, paragraphs: int = 14) -> Form:
    """A document in the form of ``standard``."""
    make = _state if standard == "nd30" else _party
    form = make(standard, kind, rng)
    form.styled = rng.randrange(3)
    _fill(form, rng, paragraphs)
    return form


def _party(standard: str, kind: str, rng: random.Random) -> Form:
    letter = kind == "công văn"
    code = f"Số {rng.randrange(1, 60):02d}-{PARTY_KINDS[kind]}/CB"
    late = standard == "dang-hd05"
    day, month = rng.randrange(1, 29), rng.choice([6, 7, 11, 12]) if late else rng.randrange(1, 13)
    year = 2026 if late else 2025
    pieces = [
        Piece("parent", "ĐẢNG BỘ PHƯỜNG MINH PHỤNG", 14, align="center"),
        Piece("issuer", f"CHI BỘ KHU PHỐ {rng.randrange(1, 60)}", 14, bold=True, align="center"),
        Piece("star", "*", 14, align="center"),
        Piece("number", code, 14, align="center"),
        Piece("title", "ĐẢNG CỘNG SẢN VIỆT NAM", 15, bold=True, align="center", ruled=True),
        Piece("date", f"Minh Phụng, ngày {day:02d} tháng {_month(month)} năm {year}", 14,
              italic=True, align="center"),
    ]  # fmt: skip
    if letter:
        pieces.insert(4, Piece("letter_subject", "về việc tổ chức sinh hoạt chuyên đề quý IV", 12,
                               italic=True, align="center"))  # fmt: skip
        pieces.append(Piece("addressee", "Kính gửi: Đảng ủy phường Minh Phụng", 14, align="center"))
    else:
        pieces += [
            Piece("kind", kind.upper(), 15, bold=True, align="center"),
            Piece("subject", "về nhiệm vụ trọng tâm của chi bộ", 14, bold=True, align="center"),
            Piece("dashes", "-----", 14, align="center"),
        ]
    for text in ("- Căn cứ Điều lệ Đảng;", "- Căn cứ chương trình công tác năm của chi bộ;"):
        pieces.append(_body("ground", text, 14, ("exact", 18)))
    pieces += [
        Piece("recipients_title", "Nơi nhận:", 14, underline=True),
        Piece("recipient", "- Đảng ủy phường,", 12),
        Piece("recipient", "- Đảng viên chi bộ,", 12),
        Piece("recipient", "- Lưu chi bộ.", 12),
        Piece("authority", "T/M CHI BỘ", 14, bold=True, align="center"),
        Piece("position", "BÍ THƯ", 14, align="center"),
        Piece("signer", rng.choice(["Nguyễn Văn Hòa", "Trần Thị Thúy", "Lê Hữu Nghĩa"]), 14,
              bold=True, align="center"),
    ]  # fmt: skip
    paper = {"width": 210, "height": 297, "top": 20, "bottom": 20, "left": 30, "right": 15}
    return Form(standard, kind, pieces, paper)  # fmt: skip


def _state(standard: str, kind: str, rng: random.Random) -> Form:
    letter = kind == "công văn"
    code = f"{rng.randrange(1, 60):02d}"
    number = f"Số: {code}/UBND-VP" if letter else f"Số: {code}/{STATE_KINDS[kind]}-UBND"
    date = (
        f"Minh Phụng, ngày {rng.randrange(1, 29):02d} tháng {_month(rng.randrange(1, 13))} năm 2025"
    )
    pieces = [
        Piece("parent", "THÀNH PHỐ HỒ CHÍ MINH", 13, align="center"),
        Piece("issuer", "ỦY BAN NHÂN DÂN PHƯỜNG", 13, bold=True, align="center", ruled=True),
        Piece("number", number, 13, align="center"),
        Piece("republic", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True, align="center"),
        Piece("motto", "Độc lập - Tự do - Hạnh phúc", 14, bold=True, align="center", ruled=True),
        Piece("date", date, 14, italic=True, align="center"),
    ]
    if letter:
        pieces.insert(3, Piece("letter_subject", "V/v chỉnh trang đô thị", 12, align="center"))
        pieces.append(Piece("addressee", "Kính gửi: Các khu phố", 14, align="center"))
    else:
        pieces += [
            Piece("kind", kind.upper(), 14, bold=True, align="center"),
            Piece("subject", "Về việc chỉnh trang đô thị", 14, bold=True, align="center",
                  ruled=True),
        ]  # fmt: skip
    for text in ("Căn cứ Luật Tổ chức chính quyền địa phương;", "Căn cứ đề nghị của Văn phòng."):
        pieces.append(_body("ground", text, 14, ("lines", 1.2), italic=True))
    pieces += [
        Piece("recipients_title", "Nơi nhận:", 12, bold=True, italic=True),
        Piece("recipient", "- Như trên;", 11),
        Piece("recipient", "- Lưu: VT.", 11),
        Piece("authority", "TM. ỦY BAN NHÂN DÂN", 14, bold=True, align="center"),
        Piece("position", "CHỦ TỊCH", 14, bold=True, align="center"),
        Piece("signer", "Phạm Quốc Toàn", 14, bold=True, align="center"),
    ]
    paper = {"width": 210, "height": 297, "top": 20, "bottom": 20, "left": 30, "right": 15}
    return Form(standard, kind, pieces, paper)


def _month(month: int) -> str:
    return f"{month:02d}" if month < 3 else str(month)


def _body(part: str, text: str, size: float, spacing: tuple[str, float], italic: bool = False
          ) -> Piece:  # fmt: skip
    return Piece(part, text, size, italic=italic, align="both", first_line=10, before=6,
                 spacing=spacing)  # fmt: skip


def _fill(form: Form, rng: random.Random, paragraphs: int) -> None:
    spacing = ("lines", 1.2) if form.standard == "nd30" else ("exact", 18)
    made = []
    numerals = ["I", "II", "III", "IV", "V", "VI"]
    for n in range(paragraphs):
        if n % 5 == 0 and n // 5 < len(numerals):
            text = f"{numerals[n // 5]}. NHIỆM VỤ VÀ GIẢI PHÁP"
            made.append(Piece("roman", text, 14, bold=True, before=6, align="both"))
            for i, letter in enumerate(("1", "2")):
                made.append(_body("arabic", f"{letter}. Nhiệm vụ thứ {['nhất', 'hai'][i]}", 14,
                                  spacing))  # fmt: skip
        made.append(_body("body", rng.choice(SENTENCES), 14, spacing))
    for i, letter in enumerate("abc"):
        made.append(_body("letter", f"{letter}) Việc cần làm số {i + 1};", 14, spacing))
    form.pieces[-_ending(form) : -_ending(form)] = made


def _ending(form: Form) -> int:
    return sum(p.part in SIGN_LEFT + SIGN_RIGHT for p in form.pieces)


@cache
def _blank() -> bytes:
    """An empty document without the 160 styles that nobody uses here: half the time of a test."""
    word = docx.Document()
    kept = ("Normal", "Normal Table", "Table Grid", "Default Paragraph Font", "Header", "Footer",
            "No List", "annotation text", "annotation reference")  # fmt: skip
    for style in list(word.styles):
        if style.name not in kept:
            style.delete()
    latent = word.styles.element.find(qn("w:latentStyles"))
    word.styles.element.remove(latent)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def to_docx(form: Form) -> bytes:
    """The document as a file."""
    word = docx.Document(io.BytesIO(_blank()))
    section = word.sections[0]
    section.page_width, section.page_height = Mm(form.paper["width"]), Mm(form.paper["height"])
    for side in ("top", "bottom", "left", "right"):
        setattr(section, f"{side}_margin", Mm(form.paper[side]))
    section.different_first_page_header_footer = form.first_hidden
    if form.mirrored:
        word.settings.element.insert(0, OxmlElement("w:mirrorMargins"))
    _page_number(form, section)
    made: dict[str, Any] = {}
    _table(word, form, LEFT, RIGHT, made)
    for piece in form.pieces:
        if piece.part not in LEFT + RIGHT + SIGN_LEFT + SIGN_RIGHT:
            _write(word, word.add_paragraph(), piece, form.styled, made)
    for _ in range(form.revisions):
        paragraph = word.add_paragraph()
        run = paragraph.add_run("thêm")
        run.font.name, run.font.size = "Times New Roman", Pt(14)
        ins = OxmlElement("w:ins")
        paragraph._p.append(ins)
        ins.append(run._r)
    if form.comments:
        paragraph = word.paragraphs[-1 - form.revisions]
        word.add_comment(paragraph.runs[0], text="xem lại", author="x")
    _table(word, form, SIGN_LEFT, SIGN_RIGHT, made)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _table(
    word: Any,
    form: Form,
    left: tuple[str, ...],
    right: tuple[str, ...],
    made: dict[str, Any],
) -> None:
    table = word.add_table(1, 2)
    for cell, parts in zip(table.rows[0].cells, (left, right), strict=True):
        pieces = [p for p in form.pieces if p.part in parts]
        for n, piece in enumerate(pieces):
            _write(
                word,
                cell.paragraphs[0] if n == 0 else cell.add_paragraph(),
                piece,
                form.styled,
                made,
            )


def _write(word: Any, paragraph: Any, piece: Piece, styled: int, made: dict[str, Any]) -> None:
    form = paragraph.paragraph_format
    paragraph.alignment = ALIGN[piece.align]
    form.first_line_indent, form.space_before = Mm(piece.first_line), Pt(piece.before)
    if piece.spacing:
        how, value = piece.spacing
        form.line_spacing = Pt(value) if how == "exact" else value
        if how == "exact":
            form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    run = paragraph.add_run(piece.text)
    target = run
    if styled:
        key = (piece.size, piece.bold, piece.italic, piece.underline, piece.font, piece.color)
        name = f"{'PC'[styled - 1]} {key}"
        kind = (WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER)[styled - 1]
        if name not in made:
            made[name] = word.styles.add_style(name, kind)
            _look(made[name], piece)
        target = paragraph if styled == 1 else run
        target.style = made[name]
    else:
        _look(run, piece)
    if piece.ruled:
        border, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1")):
            bottom.set(qn(f"w:{name}"), value)
        border.append(bottom)
        paragraph._p.get_or_add_pPr().insert_element_before(
            border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )


def _look(target: Any, piece: Piece) -> None:
    font = target.font
    font.name, font.size = piece.font, Pt(piece.size)
    font.bold, font.italic, font.underline = piece.bold, piece.italic, piece.underline
    if piece.color:
        font.color.rgb = RGBColor.from_string(piece.color)


def _page_number(form: Form, section: Any) -> None:
    if not form.number_at:
        return
    paragraph = getattr(section, form.number_at).paragraphs[0]
    paragraph.alignment = ALIGN[form.number_align]
    run = paragraph.add_run()
    run.font.name, run.font.size = "Times New Roman", Pt(form.number_size)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if text:
            element = OxmlElement("w:instrText")
            element.text = text
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


# --- faults -----------------------------------------------------------------------------------

Fault = Callable[[Form], None]


def text(part: str, new: str, nth: int = 0) -> Fault:
    """Replace the text of a part; ``{}`` in ``new`` is the old text."""

    def plant(form: Form) -> None:
        piece = form.of(part)[nth]
        piece.text = new.replace("{}", piece.text)

    return plant


def swap(part: str, old: str, new: str, nth: int = 0) -> Fault:
    def plant(form: Form) -> None:
        piece = form.of(part)[nth]
        assert old in piece.text, (part, old, piece.text)
        piece.text = piece.text.replace(old, new)

    return plant


def number(pattern: str, new: str) -> Fault:
    """Another way of writing the code."""

    def plant(form: Form) -> None:
        piece = form.of("number")[0]
        piece.text = re.sub(pattern, new, piece.text, count=1)

    return plant


def drop(part: str) -> Fault:
    def plant(form: Form) -> None:
        form.pieces = [p for p in form.pieces if p.part != part]

    return plant


def add(part: str, words: str, after: str, **look: Any) -> Fault:
    def plant(form: Form) -> None:
        anchor = form.of(after)
        place = form.pieces.index(anchor[0]) + 1 if anchor else 0
        form.pieces.insert(place, Piece(part, words, **look))

    return plant


def setting(name: str, value: Any) -> Fault:
    return lambda form: setattr(form, name, value)


def code(letters: str) -> Fault:
    """Another kind in the code."""

    def plant(form: Form) -> None:
        piece = form.of("number")[0]
        first, last = ("-", "/") if form.standard != "nd30" else ("/", "-")
        head, tail = piece.text.split(first)[0], piece.text.split(last)[-1]
        piece.text = f"{head}{first}{letters}{last}{tail}"

    return plant


def day(words: str) -> Fault:
    return text("date", f"Minh Phụng, {words}")


def upper(part: str, to_upper: bool) -> Fault:
    def plant(form: Form) -> None:
        piece = form.of(part)[0]
        piece.text = piece.text.upper() if to_upper else piece.text.capitalize()

    return plant


BODY = SENTENCES[0]
TEXT_FAULTS: dict[str, Fault] = {
    "D-TRON-01": add("republic", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "title", align="center"),
    "D-TRON-02": add("motto", "Độc lập - Tự do - Hạnh phúc", "title", align="center"),
    "D-TRON-03": number(r"(\d+)-(\w+)/(\w+)", r"\1/\2-\3"),
    "D-TRON-04": text("authority", "TM. CHI BỘ"),
    "D-TRON-05": text("authority", "KT. BÍ THƯ"),
    "D-TIEUDE-12": add("title", "ĐẢNG CỘNG SẢN VIỆT NAM", "title", size=15, bold=True,
                       align="center", ruled=True),
    "D-SAO-11": lambda f: f.pieces.insert(
        f.pieces.index(f.of("number")[0]) + 1, f.pieces.pop(f.pieces.index(f.of("star")[0]))),
    "D-SO-11": swap("number", "Số ", "Số: "), "D-SO-12": text("number", "Số 12"),
    "D-SO-13": number(r"\d+", "5"), "D-SO-14": swap("number", "-", " - "),
    "D-SO-15": code("XX"), "D-SO-16": swap("number", "/CB", "/ĐU"),
    "D-SO-17": swap("number", "-", "–"),
    "D-NGAY-11": day("ngày 12-11-2025, tháng năm"), "D-NGAY-12": text(
        "date", "Minh Phụng ngày 12 tháng 11 năm 2025"),
    "D-NGAY-13": day("ngày 5 tháng 11 năm 2025"), "D-NGAY-14": day("ngày 15 tháng 2 năm 2025"),
    "D-NGAY-15": day("ngày 15 tháng 09 năm 2025"), "D-NGAY-16": day("ngày 31 tháng 11 năm 2025"),
    "D-NGAY-17": day("ngày 15 tháng 11 năm 1925"),
    "D-LOAI-11": text("kind", "CHỈ THỊ"), "D-TRICHYEU-11": text("subject", "Về nhiệm vụ năm"),
    "D-TRICHYEU-12": text("subject", "{}."), "D-TRICHYEU-13": drop("dashes"),
    "D-CONGVAN-11": text("letter_subject", "V/v sinh hoạt"),
    "D-CANCU-11": text("ground", "- Căn cứ Điều lệ Đảng"),
    "D-CANCU-12": text("ground", "Căn cứ Điều lệ Đảng;"),
    "D-THAN-14": text("body", BODY[:-1] + "./.", -1), "D-KY-11": text("authority", "T/M. CHI BỘ"),
    "D-KY-12": text("authority", "K/T CHI BỘ"), "D-KY-13": text("authority", "T/U CHI BỘ"),
    "D-TEN-11": text("signer", "ThS. Lê Hữu Nghĩa"),
    "D-NOINHAN-11": text("recipients_title", "Nơi nhận"),
    "D-DSNHAN-11": text("recipient", "- Văn phòng.", -1),
    "D-DSNHAN-12": text("recipient", "- Lưu: chi bộ.", -1),
    "D-DSNHAN-13": text("recipient", "- Lưu chi bộ", -1),
    "D-DSNHAN-14": text("recipient", "- Đảng ủy phường"),
    "D-DSNHAN-15": text("recipient", "Đảng ủy phường,"),
    "N-TRON-01": add("title", "ĐẢNG CỘNG SẢN VIỆT NAM", "motto", size=15, align="center"),
    "N-TRON-02": add("star", "*", "issuer", align="center"),
    "N-TRON-03": number(r"(\d+)/(\w+)-(\w+)", r"\1-\2/\3"),
    "N-TRON-04": text("authority", "T/M ỦY BAN NHÂN DÂN"),
    "N-TIEUNGU-11": text("motto", "Độc lập-Tự do-Hạnh phúc"),
    "N-SO-11": swap("number", "Số: ", "Số "), "N-SO-12": text("number", "Số: 12"),
    "N-SO-13": number(r"\d+", "5"), "N-SO-15": code("XX"),
    "N-NGAY-12": text("date", "Minh Phụng ngày 12 tháng 11 năm 2025"),
    "N-NGAY-13": day("ngày 5 tháng 11 năm 2025"), "N-NGAY-14": day("ngày 15 tháng 2 năm 2025"),
    "N-NGAY-15": day("ngày 15 tháng 09 năm 2025"), "N-NGAY-16": day("ngày 31 tháng 11 năm 2025"),
    "N-CONGVAN-11": text("letter_subject", "Về chỉnh trang đô thị"),
    "N-CANCU-11": text("ground", "Căn cứ Luật Đất đai,"),
    "N-CANCU-13": text("ground", "Căn cứ đề nghị của Văn phòng;", -1),
    "N-TEN-11": text("signer", "ThS. Phạm Quốc Toàn"),
    "N-DSNHAN-11": text("recipient", "- Văn phòng.", -1),
    "C-CACH-01": text("body", "Chi bộ  đã họp đúng kỳ."),
    "C-CACH-02": text("body", BODY[:-1] + " ; xong."),
    "C-CACH-03": text("body", "Chi bộ gồm cấp ủy,đảng viên và quần chúng."),
    "C-CACH-04": text("body", "Chi bộ gồm cấp ủy,, đảng viên."),
    "C-CACH-05": text("body", "Chi bộ ( gồm cấp ủy) đã họp."),
    "C-CACH-06": text("body", "Chi bộ(gồm cấp ủy) đã họp."),
    "C-CACH-07": text("body", "Chi bộ đã họp.Cấp ủy đã báo cáo."),
    "C-CACH-08": text("body", "\tChi bộ đã họp đúng kỳ."),
    "C-CACH-09": lambda f: [add("blank", "", "roman")(f) for _ in range(4)] and None,
    "C-CHU-01": text("body", "Chi bộ và và cấp ủy đã họp."),
    "C-CHU-02": text("body", "Chi bộ thưc hành tiết kiệm nghêm túc."),
    "C-CHU-03": text("body", "Chi bộ bổ xung nội dung sinh hoạt."),
    "C-CHU-04": text("body", "Các hộ hoà thuận, đời sống văn hóa tốt, có hóa đơn."),
    "C-CHU-05": text("body", "Chi bộ\u200b đã họp."),
    "C-MA-01": text("body", "Chi bo\u0302\u0323 đã họp."),
    "C-MA-04": text("body", "§¶ng Céng s¶n ViÖt Nam l·nh ®¹o."),
    "C-MA-05": text("body", "Ñaûng Coäng saûn Vieät Nam."),
    "C-CAP-01": text("body", "Báo cáo Huyện ủy trước ngày họp."),
    "C-CAP-02": text("body", "Báo cáo UBND quận trước ngày họp."),
    "C-CAP-03": text("body", "Báo cáo HĐND huyện trước ngày họp."),
    "C-CAP-04": text("body", "Các hộ ở Quận 11 đã chuyển đi."),
    "C-CAP-05": text("body", "Các hộ ở huyện Củ Chi đã chuyển đi."),
    "C-NGAY-01": text("body", "Ngày 31/9/2025, chi bộ đã họp."),
    "C-MUC-01": swap("roman", "II.", "IV.", 1), "C-MUC-02": swap("arabic", "2.", "4.", 1),
    "C-MUC-03": swap("letter", "b)", "d)", 1),
    "C-MUC-04": lambda f: [add("body", t, "ground")(f) for t in (
        "Điều 3. Hiệu lực thi hành.", "Điều 1. Ban hành quy chế.")] and None,
    "C-TEP-01": setting("revisions", 1), "C-TEP-02": setting("comments", 1),
}  # fmt: skip
CAP_DATE = day("ngày 15 tháng 11 năm 2025")


def _after_july(plant: Fault) -> Fault:
    def both(form: Form) -> None:
        CAP_DATE(form)
        plant(form)

    return both


for _id in [f"C-CAP-0{n}" for n in range(1, 6)]:
    TEXT_FAULTS[_id] = _after_july(TEXT_FAULTS[_id])

_FLIPS = ("bold", "italic", "underline")


def fault_for(rule: Rule) -> Fault:
    """A way of breaking ``rule``."""
    args = rule.args
    if rule.id in TEXT_FAULTS:
        return TEXT_FAULTS[rule.id]
    what, part = args.get("what", ""), args.get("part", "")
    if rule.check == "paper":
        return lambda form: form.paper.__setitem__(what, args["high"] + 4)
    if rule.check == "page_trait":
        wrong = {"mirrored": False, "first_hidden": False, "number_at": "footer",
                 "number_align": "right", "number_size": 9.0}[what]  # fmt: skip
        return setting(what, wrong)
    if rule.check == "capitals":
        return upper(part, not args["is"])
    if rule.check == "present":
        return drop(part)
    if rule.check == "ruled":
        return lambda form: setattr(form.of(part)[-1], "ruled", False)
    if rule.check == "spacing":
        return lambda form: setattr(form.of(part)[0], "spacing", ("lines", 2.0))
    if rule.check == "old_font":
        font = {"tcvn3": ".VnTime", "vni": "VNI-Times"}[args["encoding"]]
        return lambda form: setattr(form.of("body")[0], "font", font)
    if rule.check != "look":
        raise KeyError(rule.id)
    wrong_value: Any = {"font": "Arial", "color": "FF0000", "align": "right"}.get(what)
    if what in _FLIPS:
        wrong_value = not args["is"]
    elif what == "size":
        wrong_value = args["high"] + 3
    elif wrong_value is None:
        wrong_value = max(0, args["low"] - 5)
    part = "body" if part == "any" else part
    return lambda form: setattr(form.of(part)[0], what, wrong_value)


CONSEQUENCES = {
    "C-MA-02": ("D-THAN-01", "N-THAN-01"),
    "C-MA-03": ("D-THAN-01", "N-THAN-01"),
    "C-MA-04": ("C-CHU-02",),
    "D-LOAI-10": ("D-TRICHYEU-10",),
    "D-LOAI-11": ("D-SO-15",),
}
"""Rules that a broken rule breaks with it: an old font is not Times New Roman either."""


def suitable(rule: Rule, rng: random.Random, paragraphs: int = 6) -> Form:
    """A clean document in which ``rule`` can be broken."""
    standard = rng.choice(list(rule.trust))
    part = rule.args.get("part", "")
    kinds = sorted(STATE_KINDS if standard == "nd30" else PARTY_KINDS)
    kinds.remove("công văn")
    kind = "công văn" if part == "letter_subject" else rng.choice(kinds)
    # A page number is asked for from the second page on.
    form = clean(standard, kind, rng, 14 if rule.check == "page_trait" else paragraphs)
    if part == "mark":
        form.pieces.insert(0, Piece("mark", "KHẨN", 14, bold=True, align="center"))
        form.pieces.append(form.pieces.pop(0))
    return form


def planted(rules: list[Rule], rng: random.Random, most: int = 6) -> tuple[Form, list[Rule]]:
    """A document with up to ``most`` of ``rules`` broken, no two in one part."""
    form = suitable(rules[0], rng, 14)
    base = copy.deepcopy(form)
    done: list[Rule] = []
    used: set[str] = set()
    for rule in rules:
        place = touched(rule)
        if len(done) == most:
            break
        if form.standard not in rule.trust or place & used or not _has(base, rule):
            continue
        fault_for(rule)(form)
        used |= place
        done.append(rule)
    return form, done


def touched(rule: Rule) -> set[str]:
    """The parts that breaking ``rule`` changes; two faults in one part would hide each other."""
    if rule.check in ("paper", "page_trait", "trait"):
        return {rule.args["what"] if rule.check == "paper" else "page"}
    named = {"code_kind": "number", "code_issuer": "number", "cell_authority": "number",
             "date_padding": "date", "date_sane": "date"}  # fmt: skip
    part = str(rule.args.get("part") or rule.args.get("first") or "body")
    place = named.get(rule.check, part)
    place = {"any": "body", "kind": "number", "roman": "body", "article": "body",
             "dashes": "subject", "star": "number"}.get(place, place)  # fmt: skip
    return {place, "date"} if rule.id.startswith("C-CAP") else {place}


def _has(form: Form, rule: Rule) -> bool:
    part = rule.args.get("part", "body")
    if part in ("any", "republic", "motto", "title", "article", "star"):
        return part in ("any", "article") or bool(form.of(part)) or "-TRON-" in rule.id
    if rule.check == "present" and form.kind == "công văn":
        return False
    return bool(form.of(part))
