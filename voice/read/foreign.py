"""Words of other languages: from the list, else by rule in Vietnamese syllables."""

from __future__ import annotations

import re
from functools import lru_cache

from voice.read.spelling import canonical, is_syllable, strip_marks

_VOWELS = "aeiouy"
_CHUNK = re.compile(r"[aeiouy]+|[^aeiouy]+")
_NUCLEI = {
    "ee": "i",
    "ea": "i",
    "ie": "i",
    "oo": "u",
    "ou": "ao",
    "ow": "ao",
    "oa": "oa",
    "ay": "ây",
    "ey": "ây",
    "ei": "ây",
    "ai": "ai",
    "au": "ao",
    "eu": "iu",
    "oi": "oi",
    "oy": "oi",
    "ue": "u",
    "ui": "ui",
    "y": "i",
    "e": "e",
    "o": "o",
}
_CLUSTERS = (
    ("sch", "s"),
    ("tch", "ch"),
    ("ck", "c"),
    ("ph", "ph"),
    ("sh", "s"),
    ("th", "th"),
    ("ch", "ch"),
    ("kh", "kh"),
    ("gh", "g"),
    ("wh", "u"),
    ("ng", "ng"),
    ("nh", "nh"),
    ("qu", "qu"),
    ("tr", "tr"),
)
_SINGLES = {"f": "ph", "j": "gi", "w": "u", "z": "d", "k": "c", "q": "c", "d": "đ", "x": "x"}
_ENDINGS = (("tion", "sân"), ("sion", "sân"))
_MAGIC_E = re.compile(r"(.*[^aeiouy])([aio])([bcdfgklmnprstvz])e")
_MAGIC = {"a": "ay", "i": "ai", "o": "o"}
"""A silent e makes the vowel before it long: name, time, phone."""
_CODAS = {
    "n": "n",
    "m": "m",
    "ng": "ng",
    "nh": "nh",
    "p": "p",
    "b": "p",
    "t": "t",
    "d": "t",
    "c": "c",
    "g": "c",
    "ch": "ch",
    "l": "n",
}
_ALONE = {"s": "xờ", "x": "xờ", "ph": "phờ", "r": "rờ", "l": "lờ", "b": "bờ", "c": "cờ"}
_STOP_CODAS = ("p", "t", "c", "ch")
_SHARP = str.maketrans("aăâeêioôơuưy", "áắấéếíóốớúứý")


def _consonants(cluster: str) -> list[str]:
    parts: list[str] = []
    while cluster:
        for written, said in _CLUSTERS:
            if cluster.startswith(written):
                parts.append(said)
                cluster = cluster[len(written) :]
                break
        else:
            letter = _SINGLES.get(cluster[0], cluster[0])
            if not parts or parts[-1] != letter:
                parts.append(letter)
            cluster = cluster[1:]
    return parts


def _onset(consonant: str, nucleus: str) -> str:
    front = nucleus[0] in "eêiy"
    if consonant == "c" and front:
        return "k"
    if consonant in ("g", "ng") and front:
        return consonant + "h"
    if consonant == "u":
        return "o" if nucleus[0] in "ae" else "u"
    if consonant == "gi" and nucleus[0] == "i":
        return "g"
    return consonant


def _compose(onset: str, nucleus: str, coda: str) -> str:
    if coda == "ch" and nucleus not in ("a", "i", "ê"):
        coda = "c"
    if coda == "ng" and nucleus in ("i", "ê", "e"):
        coda = "nh"
        nucleus = "ê" if nucleus == "e" else nucleus
    if onset == "u" and nucleus == "i":
        nucleus = "y"
    if coda == "nh" and nucleus not in ("a", "i", "ê"):
        coda = "n"
    if coda and nucleus in ("ây", "ai", "ao", "oi", "ui", "iu"):
        nucleus = {"ây": "ê", "ai": "a", "ao": "ao", "oi": "oi", "ui": "u", "iu": "iu"}[nucleus]
        if nucleus in ("ao", "oi", "iu"):
            coda = ""
    syllable = onset + nucleus + coda
    if coda in _STOP_CODAS:
        head, body = onset, nucleus
        syllable = head + body[:-1] + body[-1].translate(_SHARP) + coda
    return canonical(syllable)


@lru_cache(maxsize=4096)
def transliterate(word: str) -> str | None:
    """``word`` in Vietnamese syllables by rule of thumb, or None when it has no vowel.

    "Kennedy" → "ken nê đi". A rough guide for names nobody listed; the ward's lexicon and the
    list of foreign words come first.
    """
    bare = re.sub(r"[^a-z]", "", strip_marks(word.lower()))
    for ending, said in _ENDINGS:
        if bare.endswith(ending) and len(bare) > len(ending) + 1:
            head = transliterate(bare[: -len(ending)])
            return f"{head} {said}" if head else None
    if magic := _MAGIC_E.fullmatch(bare):
        bare = magic[1] + _MAGIC[magic[2]] + magic[3]
    if len(bare) > 3 and bare.endswith("e") and bare[-2] not in _VOWELS:
        bare = bare[:-1]
    if not any(c in _VOWELS for c in bare):
        return None
    chunks = _CHUNK.findall(bare.replace("qu", "cu"))
    out: list[str] = []
    onset = ""
    for index, chunk in enumerate(chunks):
        if chunk[0] not in _VOWELS:
            if index == 0:
                parts = _consonants(chunk)
                out += [_ALONE.get(p, p + "ờ") for p in parts[:-1]]
                onset = parts[-1] if parts else ""
            continue
        after = _consonants(chunks[index + 1]) if index + 1 < len(chunks) else []
        last = index + 2 >= len(chunks)
        nuclei = [chunk] if chunk in _NUCLEI or len(chunk) == 1 else list(chunk)
        for place, vowels in enumerate(nuclei):
            final = place == len(nuclei) - 1
            nucleus = _NUCLEI.get(vowels, vowels)
            coda = ""
            if final and after and (len(after) > 1 or last):
                coda = _CODAS.get(after[0], "")
                if coda or after[0] in ("r", "h"):
                    after = after[1:]
            if last and vowels == "e" and not coda and chunks[-1].startswith("r"):
                nucleus = "ơ"  # a final -er
            if nucleus == "e" and not coda:
                nucleus = "ê"
            if nucleus == "o" and not coda:
                nucleus = "ô"
            out.append(_compose(_onset(onset, nucleus) if onset else "", nucleus, coda))
            onset = ""
        if last:
            out += [_ALONE[p] for p in after if p in ("s", "x", "ph")]
        elif after:
            out += [_ALONE.get(p, p + "ờ") for p in after[:-1]]
            onset = after[-1]
    words = [word for word in out if word]
    return " ".join(words) if words and all(map(is_syllable, words)) else None
