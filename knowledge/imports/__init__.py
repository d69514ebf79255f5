"""Bringing originals into the store: recognised, parted into sections, searched, undone.

plan = plan_import(store, Path("294-QD-TW.pdf"))   # nothing is written yet
plan = plan.corrected(title="về thi hành Điều lệ Đảng")
result = apply_import(store, plan, by="bí thư")     # one transaction
"""

from knowledge.imports.apply import apply_import, remove_document
from knowledge.imports.folder import ImportResult, files_in, import_all
from knowledge.imports.plan import ImportPlan, Replaced, plan_import
from knowledge.imports.recognise import Recognised, recognise
from knowledge.imports.tree import SectionDraft, parted

__all__ = [
    "ImportPlan",
    "ImportResult",
    "Recognised",
    "Replaced",
    "SectionDraft",
    "apply_import",
    "files_in",
    "import_all",
    "parted",
    "plan_import",
    "recognise",
    "remove_document",
]
