"""Old Vietnamese encodings: TCVN3 (the .Vn fonts) and VNI (the VNI- fonts) to Unicode.

Both put Vietnamese letters where Western ones belong, so that text of theirs arrives as
``§¶ng Céng s¶n`` or ``Ñaûng Coäng saûn``: characters of Latin-1 with another meaning.
"""

from __future__ import annotations

import re
import unicodedata

_TCVN3 = {
    "à": "µ", "ả": "¶", "ã": "·", "á": "¸", "ạ": "¹",
    "ă": "¨", "ằ": "»", "ẳ": "¼", "ẵ": "½", "ắ": "¾", "ặ": "Æ",
    "â": "©", "ầ": "Ç", "ẩ": "È", "ẫ": "É", "ấ": "Ê", "ậ": "Ë",
    "đ": "®", "è": "Ì", "ẻ": "Î", "ẽ": "Ï", "é": "Ð", "ẹ": "Ñ",
    "ê": "ª", "ề": "Ò", "ể": "Ó", "ễ": "Ô", "ế": "Õ", "ệ": "Ö",
    "ì": "×", "ỉ": "Ø", "ĩ": "Ü", "í": "Ý", "ị": "Þ",
    "ò": "ß", "ỏ": "á", "õ": "â", "ó": "ã", "ọ": "ä",
    "ô": "«", "ồ": "å", "ổ": "æ", "ỗ": "ç", "ố": "è", "ộ": "é",
    "ơ": "¬", "ờ": "ê", "ở": "ë", "ỡ": "ì", "ớ": "í", "ợ": "î",
    "ù": "ï", "ủ": "ñ", "ũ": "ò", "ú": "ó", "ụ": "ô",
    "ư": "\xad", "ừ": "õ", "ử": "ö", "ữ": "÷", "ứ": "ø", "ự": "ù",
    "ỳ": "ú", "ỷ": "û", "ỹ": "ü", "ý": "ý", "ỵ": "þ",
    "Ă": "¡", "Â": "¢", "Đ": "§", "Ê": "£", "Ô": "¤", "Ơ": "¥", "Ư": "¦",
}  # fmt: skip
"""Unicode letter -> its place in TCVN 5712:1993 VN3 (ABC); capitals with a tone have none."""

FROM_TCVN3 = str.maketrans({old: new for new, old in _TCVN3.items()})

# VNI-Windows writes the base letter and then one mark; a few letters are single characters.
_VNI_SINGLE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị",
               "î": "ỵ"}  # fmt: skip
_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309",
    "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip

_SINGLE = {**_VNI_SINGLE, **{k.upper(): v.upper() for k, v in _VNI_SINGLE.items()}}
_MARKS = {**_VNI_MARKS, **{k.upper(): v for k, v in _VNI_MARKS.items()}}
_VNI = re.compile(f"([aeouyAEOUYôöÔÖ])([{''.join(_MARKS)}])|([{''.join(_SINGLE)}])")


def from_tcvn3(text: str, *, capitals: bool = False) -> str:
    """``text`` read as TCVN3; ``capitals`` for the fonts whose name ends in H."""
    read = unicodedata.normalize("NFC", text.translate(FROM_TCVN3))
    return read.upper() if capitals else read


def from_vni(text: str) -> str:
    """``text`` read as VNI-Windows.

    >>> from_vni("Ñaûng Coäng saûn Vieät Nam")
    'Đảng Cộng sản Việt Nam'
    """

    def letter(match: re.Match[str]) -> str:
        base, mark, single = match.groups()
        if single:
            return _SINGLE[single]
        return _SINGLE.get(base, base) + _MARKS[mark]

    return unicodedata.normalize("NFC", _VNI.sub(letter, text))


def font_encoding(font: str) -> str:
    """``tcvn3``, ``vni`` or nothing, by the name of a font: ``.VnTime``, ``VNI-Times``."""
    name = font.casefold().partition("+")[2] or font.casefold()
    if name.startswith((".vn", "vntime", "_.vn")):
        return "tcvn3"
    return "vni" if name.startswith(("vni-", "vni ")) else ""
