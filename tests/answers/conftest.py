"""A small content of its own, so that tests of the machinery do not depend on what is shipped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge import Content, Store, load_content, open_store
from knowledge.content import SHIPPED

DOCUMENTS = """\
documents:
  - id: old
    kind: hướng dẫn
    number: "07"
    code: 07-HD/TW
    date: 2019-01-31
    issuer: Trung ương Đảng
    title: về thử nghiệm
    trust: gốc
    replaced_by: new
    replaced_trust: cần kiểm tra
  - id: new
    kind: hướng dẫn
    number: "09"
    code: 09-HD/TW
    date: 2024-02-29
    issuer: Trung ương Đảng
    title: về thử nghiệm
    trust: báo
    in_force_from: 2024-03
"""

ANSWERS = """\
topic: trial
entries:
  trial:
    title: Thử nghiệm
    text: Bác làm theo hướng dẫn mới.
    trust: báo
    as_of: 2026-11-25
    sources:
      - {document: new, where: mục 1}
    follow_ups: [other]
  other:
    title: Việc khác
    leads:
      - Bác hỏi nhà số {number}, đường {street}.
      - Bác hỏi đường {street}.
    text: Bác hỏi chi ủy.
    trust: cần kiểm tra
    as_of: 2026-11-25
    sources:
      - {document: old}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content folder that can be changed."""
    folder = tmp_path / "content"
    (folder / "answers").mkdir(parents=True)
    (folder / "documents.yaml").write_text(DOCUMENTS, encoding="utf-8")
    (folder / "answers" / "trial.yaml").write_text(ANSWERS, encoding="utf-8")
    (folder / "lines.yaml").write_bytes((SHIPPED / "lines.yaml").read_bytes())
    return folder


@pytest.fixture
def trial(folder: Path) -> Content:
    return load_content(folder)


@pytest.fixture(scope="session")
def shipped() -> Content:
    return load_content()


@pytest.fixture(scope="session")
def store(shipped: Content, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The shipped content in a store that no test writes to."""
    with open_store(tmp_path_factory.mktemp("store") / "knowledge.db", shipped) as store:
        yield store
