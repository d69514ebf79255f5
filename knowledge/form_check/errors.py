"""What can go wrong when the form of a document is checked.

FormCheckError (a KnowledgeError)
├── no_office    a .doc, .odt or .pdf, and LibreOffice is not installed
├── conversion   LibreOffice gave no document
├── signed       a digitally signed file is not changed
└── not_fixed    a written file would not pass, or would lose text: nothing is written
"""

from __future__ import annotations

from knowledge.errors import KnowledgeError

SENTENCES = {
    "no_office": "Tệp {name} không phải DOCX. Hãy cài LibreOffice, "
    "hoặc mở bằng Word và lưu thành DOCX rồi kiểm tra lại.",
    "conversion": "LibreOffice không chuyển được tệp {name}. Hãy lưu thành DOCX rồi thử lại.",
    "signed": "Tệp {name} đã ký số; sửa sẽ làm hỏng chữ ký nên không sửa. Hãy sửa ở bản chưa ký.",
    "not_fixed": "Không sửa được tệp {name} mà giữ nguyên nội dung. Hãy sửa bằng tay.",
}
"""Reason -> what to tell the user, with the file's name as ``{name}``."""


class FormCheckError(KnowledgeError):
    """The form of a document cannot be checked or put right; ``reason`` says why."""

    def __init__(self, reason: str, name: str, detail: str) -> None:
        super().__init__(f"{name}: {reason}: {detail}", vi=SENTENCES[reason].format(name=name))
        self.reason = reason
        """A key of :data:`SENTENCES`."""
