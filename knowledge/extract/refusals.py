"""Why a file is not read, as sentences that say what to do instead."""

from __future__ import annotations

from knowledge.errors import DocumentRefused

REASONS = {
    "missing": "Không mở được tệp {name}. Hãy kiểm tra tên tệp và quyền đọc.",
    "not_a_file": "{name} không phải là tệp. Hãy chọn một tệp văn bản.",
    "empty": "Tệp {name} không có chữ nào. Hãy chọn tệp khác.",
    "too_large": "Tệp {name} quá lớn. Hãy tách thành nhiều tệp nhỏ rồi nhập lại.",
    "too_slow": "Tệp {name} đọc quá lâu nên đã dừng. Hãy lưu lại tệp này rồi thử lại.",
    "damaged": "Tệp {name} bị hỏng, không đọc được. Hãy xin lại tệp gốc.",
    "locked": "Tệp {name} có mật khẩu. Hãy lưu một bản không có mật khẩu rồi nhập lại.",
    "scan": "Tệp {name} là bản quét, chưa có chữ để đọc. Hãy dùng tùy chọn --ocr, "
    "hoặc xin bản có chữ.",
    "no_ocr": "Tệp {name} là bản quét, mà máy này chưa có bộ nhận dạng chữ tiếng Việt. "
    "Hãy cài tesseract-ocr và tesseract-ocr-vie, hoặc xin bản có chữ.",
    "unknown_kind": "Tệp {name} không thuộc loại đọc được. Hãy dùng PDF có chữ, DOCX, HTML, "
    "Markdown hoặc văn bản thuần.",
    "old_word": "Tệp {name} thuộc định dạng cũ. Hãy mở bằng Word hoặc LibreOffice, "
    "lưu thành DOCX rồi nhập lại.",
    "macros": "Tệp {name} có chứa macro nên không được đọc. Hãy lưu thành DOCX không có macro.",
    "bomb": "Tệp {name} nén bất thường nên không được mở. Hãy xin lại tệp gốc.",
    "entities": "Tệp {name} có khai báo XML lạ nên không được đọc. Hãy lưu lại bằng Word.",
    "encoding": "Tệp {name} dùng bảng mã chữ không nhận ra được. "
    "Hãy lưu lại bằng Unicode (UTF-8) rồi nhập lại.",
}
"""Reason -> Vietnamese sentence with the file's name as ``{name}``."""


def refuse(reason: str, name: str, detail: str) -> DocumentRefused:
    """The error for ``reason``, a key of :data:`REASONS`; ``detail`` is English, for the log."""
    return DocumentRefused(
        reason, f"{name}: {reason}: {detail}", vi=REASONS[reason].format(name=name)
    )
