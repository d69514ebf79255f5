"""Reading the text of a file: PDF, DOCX, HTML, Markdown and plain text become blocks.

    >>> from pathlib import Path
    >>> from knowledge.extract import extract
    >>> found = extract(Path("huong-dan.pdf"))          # doctest: +SKIP
    >>> found.title, found.blocks[0].kind, found.blocks[0].page   # doctest: +SKIP

A file comes from anywhere, so it is read in a process of its own with limits on bytes, pages,
memory and time (``knowledge/extract/isolation.py``); whatever is wrong with it becomes a
:class:`~knowledge.errors.DocumentRefused`.
"""

from knowledge.extract.blocks import Block, BlockKind, Extracted
from knowledge.extract.isolation import extract
from knowledge.extract.limits import Limits
from knowledge.extract.reading import read_here

__all__ = ["Block", "BlockKind", "Extracted", "Limits", "extract", "read_here"]
