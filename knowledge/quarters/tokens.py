"""An address text cut into numbers, words and signs, and the words that frame names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.quarters.names import bare_word, is_bare
from knowledge.quarters.spoken import LETTERS, is_number_word

_TOKEN = re.compile(
    # 1.234 is one number; 6A, 12bis and 6A1 keep what is written to them.
    r"(?P<num>\d{1,3}(?:\.\d{3})+(?![\d\w])|\d+)"
    r"(?P<suffix>(?:bis|ter|[a-zđ]\d{0,2})(?![^\W_]))?"
    r"|(?P<word>[^\W\d_]+)|(?P<sign>[/\-–,;:.()?!])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text."""

    kind: str
    """``n`` a number, ``w`` a word, ``s`` a sign."""
    text: str
    """As written; a number without the dots of its thousands."""
    low: str
    """In lower case; a number without its suffix."""
    suffix: str = ""
    """Upper case suffix of a number."""

    def among(self, accented: frozenset[str], plain: frozenset[str]) -> bool:
        """Whether this word is in ``accented``, or typed without accents in ``plain``."""
        return self.low in accented or (self.low in plain and is_bare(self.low))


def tokenize(text: str) -> list[Token]:
    """The tokens of ``text``."""
    found = []
    for match in _TOKEN.finditer(unicodedata.normalize("NFC", text)):
        if match["num"]:
            figures = match["num"].replace(".", "")
            suffix = (match["suffix"] or "").upper()
            found.append(Token("n", figures + (match["suffix"] or ""), figures, suffix))
        elif match["word"]:
            found.append(Token("w", match["word"], match["word"].lower()))
        else:
            sign = "-" if match["sign"] == "–" else match["sign"]
            found.append(Token("s", sign, sign))
    return found


class WordSet:
    """Words that are recognised with their accents, and without when typed without."""

    def __init__(self, text: str) -> None:
        self.accented = frozenset(text.split())
        self.plain = frozenset(bare_word(word) for word in self.accented)

    def __contains__(self, token: Token) -> bool:
        return token.kind == "w" and token.among(self.accented, self.plain)


STREET = WordSet("đường phố đ đg")
"""Words before the name of a street."""

_NO_STREET = WordSet("khu dân thành")
"""Before "phố" these make it something else: khu phố, tổ dân phố, thành phố."""

HEM = WordSet("hẻm hẽm")
"""The South's alley; where ngõ and ngách are named too, the innermost one."""

NGO = WordSet("ngõ kiệt")
NGACH = WordSet("ngách")
HOUSE = WordSet("số nhà căn")
LOT = WordSet("lô block lốc khối")
NO_HOUSE = WordSet(
    "tổ lầu tầng phòng hộ tháng ngày năm khóa thứ lúc giờ tuổi người chi bộ quốc tỉnh điều"
)
"""A number behind one of these is no house number."""

BEFORE = WordSet(
    "đường phố đ đg ở tại nhà số trên mặt tiền hẻm ngõ ngách kiệt của bác tôi tui ông chị anh em "
    "hỏi tra xem tìm coi giùm giúp cho là ngoài trong dọc đầu cuối đoạn dãy thuộc cứu địa chỉ "
    "căn phía bên lẻ chẵn khu ơi thì nằm với và hay mình ạ dạ vâng không phải"
)
"""Words that may stand before a street's name without being part of it."""

AFTER = WordSet(
    "thuộc ở là khu kp tổ tdp phường p xã quận q huyện tp thành tỉnh số thì bây giờ nay nằm về "
    "chia có bên phía dãy đoạn hẻm ngõ ngách kiệt cũ mới nhà chung lô vậy ạ với nhập chừ hỏi "
    "đường phố tại trong trên gần đối góc nào mấy và của tôi bác hay phải không rồi thế đi giùm "
    "nhé nha nhỉ hả chẵn lẻ mặt được bị đã sẽ vào ra gì sao ơi lầu tầng căn"
)
"""Words that may stand behind a street's name without being part of it."""

NEAR = WordSet("gần góc cạnh đối diện ngã sau giáp kế")
"""What follows is a street nearby, not the one of the address."""


def is_street_word(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token at ``at`` says that a street's name follows; "khu phố" does not."""
    if not 0 <= at < len(tokens) or tokens[at] not in STREET:
        return False
    return not (at and tokens[at - 1] in _NO_STREET)


def is_edge(tokens: Sequence[Token], at: int, allowed: WordSet) -> bool:
    """Whether the token at ``at`` cannot belong to a name next to it."""
    if not 0 <= at < len(tokens):
        return True
    token = tokens[at]
    if token.kind != "w" or token in allowed:
        return True
    # A spoken number, or the letter of a house, also ends a name.
    return is_number_word(token.low) or len(token.low) == 1 or token.low in LETTERS
