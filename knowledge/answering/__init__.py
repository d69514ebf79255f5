"""From a question to the sentences that answer it, and from a document's name to its text.

found = ask(store, "thời hạn tổ chức lễ kết nạp là bao lâu")
found.text, found.spoken, found.sources[0].where, found.sources[0].page
found = ask(store, "còn xét chính thức thì sao", found.context)

reading = open_reading(store, "đọc điều hai mươi quy định hai chín bốn")
reading = next_part(store, reading)
"""

from knowledge.answering.ask import ask
from knowledge.answering.found import Context, Found, FoundSource, Quote
from knowledge.answering.reading import Reading, next_part, open_reading, previous_part

__all__ = [
    "Context",
    "Found",
    "FoundSource",
    "Quote",
    "Reading",
    "ask",
    "next_part",
    "open_reading",
    "previous_part",
]
