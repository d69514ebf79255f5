"""A report as sentences to be said, and as lines for a terminal."""

from __future__ import annotations

from knowledge.form_check.findings import Report

NAMES = {"dang-hd36": "văn bản của Đảng, Hướng dẫn 36 năm 2018",
         "dang-hd05": "văn bản của Đảng, Hướng dẫn 05 năm 2026",
         "nd30": "văn bản hành chính Nhà nước, Nghị định 30 năm 2020",
         "": "không rõ của Đảng hay Nhà nước"}  # fmt: skip
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_HEARD = 3
"""Errors said aloud; more than three are not kept in mind."""


def count_word(number: int) -> str:
    """A small number as a word, a larger one as digits, which the voice reads itself."""
    return _DIGITS[number] if number <= 10 else str(number)


def spoken(report: Report) -> str:
    """The summary that is read aloud.

    >>> spoken(Report("a", "dang-hd36", "nghi quyet", 9, 9, ()))
    'Đây là văn bản của Đảng, Hướng dẫn 36 năm 2018. Không thấy lỗi thể thức nào.'
    """
    opening = f"Đây là {NAMES[report.standard]}."
    if not report.standard:
        opening = "Không nhận ra đây là văn bản của Đảng hay Nhà nước, nên chỉ kiểm tra chính tả "
        opening += "và giấy."
    if not report.findings:
        return f"{opening} Không thấy lỗi thể thức nào."
    errors = [f for f in report.findings if f.severity == "lỗi"]
    rules = dict.fromkeys(f.why for f in errors)
    said = [opening]
    if any(f.gravest for f in errors):
        said.append("Nặng nhất: văn bản lẫn thể thức của Đảng và của Nhà nước.")
    if rules:
        said.append(f"Văn bản có {count_word(len(rules))} lỗi nặng: "
                    + " ".join(list(rules)[:_HEARD]))  # fmt: skip
        if len(rules) > _HEARD:
            said.append(f"Còn {count_word(len(rules) - _HEARD)} lỗi nữa, xem trên màn hình.")
    else:
        said.append("Không có lỗi nặng.")
    warnings, hints = report.count("cảnh báo"), report.count("gợi ý")
    if warnings or hints:
        said.append(f"Có {count_word(warnings)} cảnh báo và {count_word(hints)} gợi ý.")
    return " ".join(said)


def shown(report: Report) -> str:
    """The report for a terminal: one finding in three lines."""
    rows = [f"{report.name}: {NAMES[report.standard]} ({report.rules} quy tắc)"]
    for f in report.findings:
        mark = " (lẫn Đảng với Nhà nước)" if f.gravest else ""
        rows += [f"[{f.severity}] {f.place}{mark}: {f.found} → {f.wanted}   ({f.rule})",
                 f"    {f.why} {f.source} – {f.sureness}"]  # fmt: skip
        if f.fixable:
            rows.append("    Sửa được bằng --fix.")
    rows.append(spoken(report))
    return "\n".join(rows)
