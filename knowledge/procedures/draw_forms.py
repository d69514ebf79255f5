"""Draws the DOCX templates of all forms: ``python -m knowledge.procedures.draw_forms``.

Run it after changing a form's YAML file. Equal files give equal bytes.
"""

from __future__ import annotations

from pathlib import Path

from knowledge.content import SHIPPED, load_content
from knowledge.procedures.docx_files import template
from knowledge.procedures.form_files import read_form
from knowledge.yaml_lines import read_yaml


def draw(folder: Path = SHIPPED) -> list[Path]:
    """Draw every form of ``folder``/forms beside its YAML file; returns what was written."""
    documents = load_content(SHIPPED).documents
    written = []
    for path in sorted((folder / "forms").glob("*.yaml")):
        target = path.with_suffix(".docx")
        target.write_bytes(template(read_form(read_yaml(path), path.stem, documents)))
        written.append(target)
    return written


if __name__ == "__main__":
    for path in draw():
        print(path.name)
