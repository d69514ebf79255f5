"""The columns of the sheet, and entries as its cells."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.records import Document, Entry, EntrySource

SHEET = "Câu hỏi"
DOCUMENTS_SHEET = "Văn bản"
HELP_SHEET = "Hướng dẫn"

COLUMNS: dict[str, tuple[str, int]] = {
    "Mã": ("id", 24),
    "Chủ đề": ("topic", 14),
    "Câu hỏi": ("title", 34),
    "Cách hỏi khác": ("asked", 40),
    "Trả lời": ("text", 80),
    "Lưu ý": ("caution", 40),
    "Nguồn": ("sources", 40),
    "Độ tin cậy": ("trust", 14),
    "Ngày kiểm tra": ("as_of", 14),
    "Hỏi tiếp": ("follow_ups", 24),
    "Mở đầu": ("leads", 24),
    "Tóm tắt của": ("document", 18),
    "Xuất xứ": ("origin", 12),
    "Việc": ("action", 10),
}
"""Heading -> (field, width in letters). Độ tin cậy and Xuất xứ are shown, never read."""

READ_ONLY = ("trust", "origin")

REMOVE = "xóa"
"""In the column Việc: take back what the ward wrote."""

ORIGINS = {"release": "chương trình", "ward": "phường"}

HELP = (
    "Mỗi dòng của tờ “Câu hỏi” là một câu hỏi và câu trả lời của máy.",
    "Sửa chữ ngay trong ô, lưu lại, rồi chạy: troly knowledge import --xlsx TỆP.",
    "Thêm câu mới: điền một dòng mới, để trống ô Mã. Máy tự đặt mã.",
    "Trả lời: câu ngắn, có dấu chấm cuối câu, nhiều nhất 7 câu, mỗi câu nhiều nhất 40 chữ.",
    "Cách hỏi khác, Hỏi tiếp, Mở đầu, Nguồn: mỗi ý một dòng trong ô (Alt+Enter).",
    "Nguồn: ký hiệu hoặc mã văn bản | chỗ trong văn bản | độ tin cậy. Hai phần sau có thể bỏ. "
    "Ví dụ: 42-HD/BTCTW | mục II | báo",
    "Khi một ký hiệu có hai văn bản, ghi mã của văn bản, xem tờ “Văn bản”.",
    "Độ tin cậy và Xuất xứ do máy tính, sửa cũng không đổi.",
    "Việc: ghi “xóa” để bỏ câu của phường; câu có sẵn thì trở lại lời ban đầu.",
    "Dòng bị xóa hẳn khỏi bảng không làm mất câu nào.",
)


def cells_of(entry: Entry, origin: str, documents: Mapping[str, Document]) -> dict[str, str]:
    """Field -> text of its cell."""
    return {
        "id": entry.id,
        "topic": entry.topic,
        "title": entry.title,
        "asked": "\n".join(entry.asked),
        "text": entry.text,
        "caution": entry.caution,
        "sources": "\n".join(source_line(s, documents) for s in entry.sources),
        "trust": entry.trust,
        "as_of": entry.as_of,
        "follow_ups": "\n".join(entry.follow_ups),
        "leads": "\n".join(entry.leads),
        "document": entry.document or "",
        "origin": ORIGINS.get(origin, origin),
        "action": "",
    }


def source_line(source: EntrySource, documents: Mapping[str, Document]) -> str:
    """One line of the column Nguồn: id, place, and the trust when it is not the document's."""
    parts = [source.document, source.where]
    document = documents.get(source.document)
    if document is None or source.trust != document.trust:
        parts.append(source.trust)
    while parts and not parts[-1]:
        parts.pop()
    return " | ".join(parts)
