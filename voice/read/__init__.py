"""The Vietnamese reader: written text to the words a person would say.

>>> from voice.read import words
>>> words("Chỉ thị 50-CT/TW")
'chỉ thị số năm mươi của trung ương'
"""

from voice.read.lexicon import Entry, Lexicon
from voice.read.numbers import (
    Region,
    spell_cardinal,
    spell_decimal,
    spell_digits,
    spell_fraction,
    spell_ordinal,
)
from voice.read.reader import Sentence, SpokenToken, read, words

__all__ = [
    "Entry",
    "Lexicon",
    "Region",
    "Sentence",
    "SpokenToken",
    "read",
    "spell_cardinal",
    "spell_decimal",
    "spell_digits",
    "spell_fraction",
    "spell_ordinal",
    "words",
]
