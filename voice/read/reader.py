"""Written Vietnamese to spoken words.

The text is cut into blocks, and each block is read from left to right: at every place the first
rule that fits takes as much as it understands and gives words for it; punctuation becomes rests.
Which rules may apply is decided by the first character, so that plain words cost next to nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from voice.read import sentences
from voice.read.abbreviations import (
    foreign_heads,
    match_abbreviation,
    match_foreign,
    match_mixed,
    match_roman,
    unlisted,
)
from voice.read.addresses import match_house
from voice.read.codes import match_code
from voice.read.contacts import match_address, match_identity, match_phone
from voice.read.dates import match_date, match_time
from voice.read.lexicon import Lexicon
from voice.read.numbers import Region, spell_cardinal, spell_digits, spell_ordinal
from voice.read.quantities import match_fraction, match_quantity, parse_number, per_word
from voice.read.roman import roman_value
from voice.read.spelling import canonical, is_sayable, is_syllable, normalise
from voice.read.tables import tables
from voice.read.tokens import BREAK, DASH, DASHES, WORD, Piece, Scan

Rule = Callable[[Scan, int], list[Piece] | None]


@dataclass(frozen=True, slots=True)
class SpokenToken:
    """A written token and what is said for it."""

    words: str
    """Vietnamese words, lower case, NFC, parted by spaces; "" when nothing is said."""
    start: int
    """Offset of its first character in the text that was given to :func:`read`."""
    end: int
    """Offset past its last character."""
    pause: float
    """Seconds of rest after it, inside its sentence."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, heading, item or table row."""

    start: int
    """Offset of its first character in the text, its bullet or quotation mark included."""
    end: int
    """Offset past its last character, its full stop included."""
    tokens: tuple[SpokenToken, ...]
    pause: float
    """Seconds of rest after it."""

    @property
    def words(self) -> str:
        """All its words, parted by spaces."""
        return " ".join(token.words for token in self.tokens if token.words)

    @property
    def spoken(self) -> str:
        """Its words with a comma at every rest and a full stop at the end."""
        parts: list[str] = []
        for token in self.tokens:
            if token.words:
                parts.append(token.words)
            if token.pause >= sentences.HEARD and parts and not parts[-1].endswith(","):
                parts[-1] += ","
        line = " ".join(parts).rstrip(",")
        return line + "." if line else ""


def read(text: str, *, region: Region = "bac", lexicon: Lexicon | None = None) -> list[Sentence]:
    """``text`` as sentences of spoken tokens, their offsets pointing into ``text`` itself.

    Every character of ``text`` lies in a token or is white space or punctuation between tokens.
    ``region`` chooses the words of the North, Centre or South; ``lexicon`` comes before all rules.
    """
    return _Reader(text, region, lexicon).read()


def words(text: str, *, region: Region = "bac", lexicon: Lexicon | None = None) -> str:
    """Only the words of :func:`read`."""
    return " ".join(s.words for s in read(text, region=region, lexicon=lexicon) if s.words)


_NUMERIC: tuple[Rule, ...] = (
    match_code,
    match_identity,
    match_phone,
    match_house,
    match_time,
    match_date,
)
_SLOW_AFTER = frozenset("./&@'’0123456789" + DASH + "_")
_PREFIX_WORDS = frozenset(("số", "Số", "SỐ"))
_ROMAN_SYLLABLES = frozenset(("vi", "xi"))
_NEXT_WRITTEN = re.compile(r"\s+([^\W\d_]+)")
_LETTER = re.compile(r"\W*([^\W\d_])")
_THU = re.compile(rf"\s*[{DASHES}]\s*(?=[Tt]hứ|[Cc]hủ nhật)")


class _Reader:
    """Reads one text; what a sentence needs while it grows."""

    def __init__(self, text: str, region: Region, lexicon: Lexicon | None) -> None:
        self.normalised = normalise(text)
        self.scan = Scan(
            text=self.normalised.text,
            region=region,
            tables=tables(),
            lexicon=lexicon,
            lower=self.normalised.text.lower(),
        )
        if len(self.scan.lower) != len(self.scan.text):
            self.scan.lower = "".join(
                c.lower() if len(c.lower()) == 1 else c for c in self.scan.text
            )
        self.sentences: list[Sentence] = []
        self.pieces: list[Piece] = []
        self.open = 0
        """Where the sentence being read begins."""
        self.silent: list[Piece] = []
        """Dropped signs that wait for a sentence to belong to."""
        self.block_pause = 0.0
        """Seconds of rest after the block being read."""
        self.quantity = -9
        """Index of the last piece that was a quantity."""

    def read(self) -> list[Sentence]:
        position = 0
        for block in sentences.blocks(self.scan.text):
            self._skip(position, block.start, self.silent)
            self._block(block)
            position = block.end
        self._skip(position, len(self.scan.text), self.silent)
        if self.silent and self.sentences:
            self._append_silent()
        return self.sentences

    def _skip(self, start: int, end: int, pieces: list[Piece]) -> None:
        """Keep the place of the signs (bullets, rules) in a stretch where nothing is said."""
        for pos in range(start, end):
            if unicodedata.category(self.scan.text[pos])[0] not in "PZC":
                pieces.append(Piece("", pos, pos + 1))

    # -- sentences

    def _close(self, end: int, pause: float) -> None:
        """End the sentence at ``end``."""
        if not any(piece.words for piece in self.pieces):
            self.silent += self.pieces
            self.pieces = []
            if self.sentences:
                self._append_silent()
            return
        pieces = self.silent + self.pieces
        start = min(self.open, pieces[0].start)
        pieces[-1] = replace(pieces[-1], pause=0.0)
        source = self.normalised.source
        tokens = tuple(
            SpokenToken(piece.words, source(piece.start), source(piece.end), piece.pause)
            for piece in pieces
        )
        self.sentences.append(Sentence(source(start), source(end), tokens, pause))
        self.pieces, self.silent = [], []
        self.quantity = -9

    def _append_silent(self) -> None:
        last = self.sentences[-1]
        source = self.normalised.source
        more = tuple(
            SpokenToken("", source(piece.start), source(piece.end), 0.0) for piece in self.silent
        )
        end = max(last.end, more[-1].end) if more else last.end
        self.sentences[-1] = Sentence(last.start, end, last.tokens + more, last.pause)
        self.silent = []

    def _rest(self, seconds: float, breaks: bool = True) -> None:
        """Rest after the last piece."""
        if self.pieces and self.pieces[-1].pause < seconds:
            self.pieces[-1] = replace(self.pieces[-1], pause=seconds)
        if breaks:
            self.scan.remember(BREAK)

    def _add(self, pieces: list[Piece]) -> int:
        scan = self.scan
        for piece in pieces:
            if piece.number:
                self.quantity = len(self.pieces)
            spoken = piece.words
            if spoken[:1] == " " or spoken[-1:] == " " or "  " in spoken:
                # A sign with a letter of another script leaves a hole.
                piece = replace(piece, words=" ".join(spoken.split()))
            self.pieces.append(piece)
            scan.remember(piece.words)
        return pieces[-1].end

    # -- a block

    def _block(self, block: sentences.Block) -> None:
        scan = self.scan
        scan.begin, scan.end = block.start, block.end
        self.block_pause = block.pause
        body = scan.text[block.start : block.end]
        scan.capitals = body.isupper() and len(body) > 6 and " " in body
        scan.history.clear()
        scan.day_run = scan.roman_run = scan.line_run = False
        self.open = pos = block.start
        if not block.row:
            pos = self._lead(pos)
        while pos < block.end:
            pos = self._step(pos, block)
        self._close(block.end, block.pause)

    def _lead(self, pos: int) -> int:
        """Read the bullet or index a block begins with; return where its text begins."""
        scan = self.scan
        text, end = scan.text, scan.end
        start = pos
        pos = sentences.match_bullet(text, pos, end)
        self._skip(start, pos, self.pieces)
        index = sentences.match_index(text, pos, end)
        if not index or match_date(scan, index.start("sign")):
            scan.day_run = False
            return pos
        sign = index["sign"]
        value = roman_value(sign)
        if sign[0].isdecimal():
            number = parse_number(scan, index.start("sign"))
            if number is None or number.end != index.end("sign"):
                return pos
            spoken = number.words
        elif value is not None and (len(sign) > 1 or sign in "IVX"):
            spoken = spell_cardinal(value, region=scan.region)
        elif len(sign) <= 2 and not (sign.isupper() and _is_abbreviated(scan, index)):
            spoken = scan.tables.letters[sign[0].lower()]
            if len(sign) == 2:
                spoken += " " + spell_cardinal(int(sign[1]), region=scan.region)
        else:
            return pos
        piece = Piece(spoken, index.start("sign"), index.end("sign"), sentences.INDEX)
        self._add([piece])
        scan.history.clear()
        return index.end()

    def _step(self, pos: int, block: sentences.Block) -> int:
        """Read what stands at ``pos``; return where it ends."""
        character = self.scan.text[pos]
        if character.isspace():
            if character == "\t" and block.row:
                self._rest(sentences.CELL)
            return pos + 1
        if character.isalpha():
            return self._word(pos)
        if character.isdecimal():
            return self._number(pos)
        return self._sign(pos, block)

    # -- words

    def _word(self, pos: int) -> int:
        scan = self.scan
        if scan.lexicon is not None and (found := self._own(pos)):
            return found
        match = WORD.match(scan.text, pos, scan.end)
        if not match:  # a letter by Unicode that is no word character
            return self._add([Piece("", pos, pos + 1)])
        written, end = match[0], match.end()
        low = canonical(written)
        following = scan.text[end] if end < scan.end else ""
        plain = (
            following not in _SLOW_AFTER
            and written not in scan.tables.abbreviations
            and written not in _PREFIX_WORDS
            and low not in foreign_heads()
            and len(written) > 1
            and (not written.isupper() or (not written.isascii() and is_sayable(low)))
            and is_syllable(low)
            and not (low in _ROMAN_SYLLABLES and scan.cued("roman_lower"))
        )
        if not plain and (pieces := self._special(pos, written)):
            end = self._add(pieces)
            # The full stop of "v.v." may be the sentence's as well.
            closes = scan.text[end - 1] == "." and pieces[-1].words == "vân vân"
            letter = _LETTER.match(scan.text, end, scan.end)
            if closes and (letter is None or letter[1].isupper()):
                return self._stop(end - 1)
            return end
        if is_syllable(low) and len(written) > 1 and self._is_word(written, pos):
            spoken = low
        elif len(written) == 1:
            spoken = scan.tables.letters.get(low, low if is_syllable(low) else "")
        else:
            spoken = unlisted(scan, written)
        scan.roman_run = scan.roman_run and spoken in ("và", "đến", "tới", "hoặc", "sang")
        scan.day_run = scan.day_run and spoken in ("và", "đến", "tới", "hoặc", "sang", "ngày")
        return self._add([Piece(spoken, pos, end)])

    def _is_word(self, written: str, pos: int) -> bool:
        """Whether capitals are a word shouted, not letters to be spelt."""
        if not written.isupper() or self.scan.capitals:
            return True
        if not written.isascii():
            return is_sayable(written.lower())
        # In a text with lower case, BOT stands for something; MINH, or LAN beside TRẦN, is a name.
        if len(written) > 2 and is_sayable(written.lower()):
            return True
        before = self.scan.text[max(self.scan.begin, pos - 12) : pos].split()
        after = _NEXT_WRITTEN.match(self.scan.text, pos + len(written), self.scan.end)
        return any(
            other.isupper() and len(other) > 1 and other not in self.scan.tables.abbreviations
            for other in (before[-1] if before else "", after[1] if after else "")
        )

    def _special(self, pos: int, written: str) -> list[Piece] | None:
        scan = self.scan
        rules: tuple[Rule, ...] = (match_address,)
        if written in _PREFIX_WORDS or written in scan.tables.kinds or written.isupper():
            rules += (match_code,)
        rules += (match_abbreviation, match_foreign, match_roman, match_mixed)
        for rule in rules:
            if pieces := rule(scan, pos):
                return pieces
        return None

    def _own(self, pos: int) -> int | None:
        scan = self.scan
        if scan.lexicon is None or (pos > scan.begin and scan.text[pos - 1].isalnum()):
            return None
        found = scan.lexicon.match(scan.text, pos, scan.end, scan.region)
        if not found:
            return None
        entry, end = found
        return self._add([Piece(entry.spoken, pos, end)])

    # -- numbers

    def _number(self, pos: int) -> int:
        scan = self.scan
        if found := self._own(pos):
            return found
        scan.roman_run = False
        if pieces := match_address(scan, pos):
            return self._add(pieces)
        for rule in _NUMERIC:
            if pieces := rule(scan, pos):
                if rule is not match_date:
                    scan.day_run = False
                return self._add(pieces)
        scan.day_run = False
        if nickname := self._nickname(pos):
            return self._add(nickname)
        if scan.before() in ("thứ", "hạng", "tháng") and (pieces := self._ordinal(pos)):
            return self._add(pieces)
        pieces = match_fraction(scan, pos) if not _has_unit_fraction(scan, pos) else None
        pieces = pieces or self._scale(pos) or match_quantity(scan, pos)
        if pieces:
            end = pieces[-1].end
            if end < scan.end and scan.text[end].isalpha() and len(pieces) == 1:
                mixed = match_mixed(scan, pos)
                if mixed:
                    return self._add(mixed)
            return self._add(pieces)
        return self._add([Piece("", pos, pos + 1)])

    def _nickname(self, pos: int) -> list[Piece] | None:
        """ "đảng viên 213": the number of a rule that has become a name, digit by digit."""
        scan = self.scan
        match = re.compile(r"\d{3}(?![\d.,/]|\w)").match(scan.text, pos, scan.end)
        names = scan.tables.cues["nickname"]
        if not match or not any(f"{scan.before(n)} {match[0]}" in names for n in (1, 2, 3)):
            return None
        return [Piece(spell_digits(match[0]), pos, match.end())]

    def _ordinal(self, pos: int) -> list[Piece] | None:
        scan = self.scan
        number = parse_number(scan, pos)
        if number is None or number.value is None or number.value > 10**6:
            return None
        if re.compile(r"[/,]\d").match(scan.text, number.end, scan.end):
            return None
        before = scan.before()
        if before == "tháng" and number.value != 4:
            return None
        if before == "hạng" and number.value != 1:
            return None
        if scan.before(2) in ("số thứ", "vị thứ"):
            return None
        words_ = spell_ordinal(number.value, region=scan.region)
        return [Piece(words_, pos, number.end)]

    def _scale(self, pos: int) -> list[Piece] | None:
        """1:500 on a map, 2-1 in a match: two numbers, one after the other."""
        scan = self.scan
        match = re.compile(rf"(\d+)\s?([:{DASHES}])\s?(\d[\d.]*\d|\d)(?!\d)").match(
            scan.text, pos, scan.end
        )
        if not match or not scan.cued("scale", "score"):
            return None
        first, second = parse_number(scan, pos), parse_number(scan, match.start(3))
        if first is None or second is None:
            return None
        joint = " trên " if match[2] == ":" and scan.cued("scale") else " "
        return [Piece(f"{first.words}{joint}{second.words}", pos, second.end)]

    # -- signs and punctuation

    def _sign(self, pos: int, block: sentences.Block) -> int:
        scan = self.scan
        text, end = scan.text, scan.end
        character = text[pos]
        following = text[pos + 1] if pos + 1 < end else ""
        if character in "+(" and (pieces := match_phone(scan, pos)):
            return self._add(pieces)
        if character in ".!?…":
            return self._stop(pos)
        if character == ",":
            self._rest(sentences.COMMA)
        elif character == ";":
            self._rest(sentences.SEMICOLON)
        elif character == ":":
            self._rest(sentences.COLON)
        elif character == "|" and block.row:
            self._rest(sentences.CELL)
            return self._add_silent(pos)
        elif character in DASH:
            return self._dash(pos)
        elif character == "/":
            return self._slash(pos)
        elif character in "()[]{}\"“”„‘’«»'":
            if character in "'’" and following.isalpha() and pos and text[pos - 1].isalpha():
                return pos + 1
            self._rest(sentences.BRACKET, breaks=False)
        elif unicodedata.category(character)[0] not in "PZC" or character in "&@%§":
            return self._symbol(pos)
        return pos + 1

    def _stop(self, pos: int) -> int:
        """A run of full stops, dots or marks: the end of the sentence, or a rest in it."""
        scan = self.scan
        text, end = scan.text, scan.end
        stop, done = sentences.ends_sentence(text, pos, end)
        if done:
            following = stop
            while following < end and text[following].isspace():
                following += 1
            final = following >= end
            self._close(stop, self.block_pause if final else sentences.SENTENCE)
            scan.history.clear()
            scan.day_run = False
            self.open = stop = following
        elif stop - pos > 1 or text[pos] == "…":
            self._rest(sentences.ELLIPSIS)
        elif text[pos] in "!?":
            self._rest(sentences.COMMA)
        return stop

    def _add_silent(self, pos: int) -> int:
        """A sign that is not said keeps its place all the same."""
        scan = self.scan
        stop = pos + 1
        while stop < scan.end and scan.text[stop] == scan.text[pos]:
            stop += 1
        rest = self.pieces[-1].pause if self.pieces else 0.0
        self.pieces.append(Piece("", pos, stop, rest))
        return stop

    def _dash(self, pos: int) -> int:
        scan = self.scan
        text, end = scan.text, scan.end
        left = text[pos - 1] if pos > scan.begin else " "
        right = text[pos + 1] if pos + 1 < end else " "
        if right.isdecimal() and not left.isalnum() and left not in ")%" and not self._joins(pos):
            number = self._number(pos + 1)
            first = next(i for i, p in enumerate(self.pieces) if p.start == pos + 1)
            piece = self.pieces[first]
            self.pieces[first] = replace(piece, words="âm " + piece.words, start=pos)
            return number
        if self.pieces and self.pieces[-1].number and left.isspace() and right.isspace():
            self._rest(sentences.SPACED_DASH)
        elif left.isspace() and right.isspace():
            weekday = scan.before(2).startswith("thứ ") or scan.before(2) == "chủ nhật"
            if weekday and _THU.match(text, pos, end):
                return self._add([Piece("đến", pos, pos + 1)])
            self._rest(sentences.SPACED_DASH if text[pos] == "-" else sentences.LONG_DASH)
        elif left.isspace() != right.isspace():
            self._rest(sentences.COMMA)
        return pos + 1

    def _joins(self, pos: int) -> bool:
        """Whether the dash before a digit hangs on a number or code to its left."""
        return bool(self.pieces) and self.pieces[-1].end == pos

    def _slash(self, pos: int) -> int:
        scan = self.scan
        if self.quantity >= len(self.pieces) - 3 and scan.followed(pos + 1, "per"):
            per = per_word(scan.ahead(pos + 1, 1)[0])
            return self._add([Piece(per, pos, pos + 1, number=True)])
        self._rest(sentences.SPACED_DASH)
        return pos + 1

    def _symbol(self, pos: int) -> int:
        scan = self.scan
        text, end = scan.text, scan.end
        character = text[pos]
        following = text[pos + 1 : pos + 2]
        if character == "$" and following.isdecimal():
            number = self._number(pos + 1)
            last = self.pieces[-1]
            self.pieces[-1] = replace(last, words=last.words + " đô la")
            first = next(i for i, p in enumerate(self.pieces) if p.start == pos + 1)
            self.pieces[first] = replace(self.pieces[first], start=pos)
            return number
        found = scan.tables.symbols.get(character)
        if found:
            spoken, where = found
            number_next = bool(re.compile(r"\s?\d").match(text, pos + 1, end))
            number_before = pos > scan.begin and text[pos - 1 : pos].strip()[-1:].isdecimal()
            if not number_before and pos - 1 > scan.begin and text[pos - 1] == " ":
                number_before = text[pos - 2].isdecimal()
            if (
                where == "any"
                or (where == "number" and number_next)
                or (where == "between" and number_next and number_before)
            ):
                return self._add([Piece(spoken, pos, pos + 1)])
        if character in "→⇒➔=>":
            self._rest(sentences.COMMA)
        return self._add_silent(pos)


def _is_abbreviated(scan: Scan, index: re.Match[str]) -> bool:
    """Whether "P." at the start of a line is phường and not item P."""
    readings = scan.tables.abbreviations.get(index["sign"] + ".", ())
    return any(
        reading.when is None or scan.holds(reading.when, index.end("sign") + 1)
        for reading in readings
    )


def _has_unit_fraction(scan: Scan, pos: int) -> bool:
    """Whether a unit touches the share ("1/2kg"), which the quantity rule reads better."""
    match = re.compile(r"\d{1,3}/\d{1,4}(?=[a-z])").match(scan.text, pos, scan.end)
    return match is not None
