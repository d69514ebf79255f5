"""The tokens that a Vietnamese sentence is made of.

Whisper's vocabulary has 51 865 tokens for a hundred languages; scoring a phrase needs the
probability of its tokens among those that Vietnamese could have had there. Normalising over a
sixth of the vocabulary takes the output layer from half of the decoder's work to a sixth. Short
words of other languages stay in, so that foreign speech does not fit Vietnamese phrases.
"""

from __future__ import annotations

import re
import unicodedata

import tokenizers

MAX_FOREIGN = 3
"""Letters of a token that is kept whatever language it is."""

_SYLLABLE = re.compile(
    r"(ngh?|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?[aăâeêioôơuưy]{1,3}(ng|nh|ch|[cmnpt])?"
)
"""A Vietnamese syllable without its tone: onset, nucleus, coda."""

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))


def vietnamese_tokens(tokenizer: tokenizers.Tokenizer, end: int) -> set[int]:
    """Ids below ``end`` of Vietnamese syllables, other short words, and pieces of letters."""
    letters = _vietnamese_letters()
    to_byte = _byte_of_char()
    found = set()
    for token, index in tokenizer.get_vocab().items():
        if index >= end:
            continue
        try:
            text = bytes(to_byte[c] for c in token).decode()
        except KeyError:
            continue
        except UnicodeDecodeError:
            # One letter with its tone may take several tokens, none of which is a letter.
            found.add(index)
            continue
        word = text.removeprefix(" ").lower()
        if set(word) <= letters and (len(word) <= MAX_FOREIGN or _is_syllable(word)):
            found.add(index)
    return found


def _is_syllable(word: str) -> bool:
    toneless = unicodedata.normalize("NFD", word).translate(_TONES)
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", toneless)) is not None


def _vietnamese_letters() -> set[str]:
    vowels = "aăâeêioôơuưy"
    tones = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    toned = {unicodedata.normalize("NFC", v + t) for v in vowels for t in tones}
    return {*"abcdefghijklmnopqrstuvwxyz", "đ"} | toned


def _byte_of_char() -> dict[str, int]:
    """Inverse of the byte-level alphabet of GPT-2's tokenizer (``bytes_to_unicode``)."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [b for b in range(256) if b not in printable]
    chars = [*map(chr, printable), *(chr(256 + n) for n in range(len(rest)))]
    return dict(zip(chars, [*printable, *rest], strict=True))
