"""Made addresses of the invented ward with the quarter each must give, in every written and
spoken form. The truth comes from :class:`knowledge.quarters.invented.World`, not from the lookup.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from knowledge.quarters.invented import World
from knowledge.quarters.names import bare_word
from voice.read.numbers import Region, spell_cardinal, spell_house

QUESTIONS = ("", " thuộc khu phố nào", " ở khu phố mấy", " là khu phố nào vậy", " khu phố mấy")
LEADS = ("", "", "nhà tôi ở ", "cho hỏi ", "tra khu phố ", "tìm khu phố cho ")


@dataclass(frozen=True, slots=True)
class Made:
    """One address with what it must give."""

    form: str
    text: str
    exact: bool
    """Written with every letter as in the table: a wrong quarter is never excusable."""
    quarters: frozenset[str]
    """Right quarters: one, or empty when only a question can be right."""
    street: str = ""
    """The street meant."""
    asks: frozenset[str] = frozenset()
    """What a question may rightly ask for (``QuarterAnswer.missing``)."""
    ward: str = ""
    """The other ward it lies in."""


@dataclass(frozen=True, slots=True)
class _Place:
    street: str
    alley: tuple[str, ...]
    house: str
    quarter: str

    @property
    def number(self) -> str:
        return "/".join((*self.alley, self.house))


def spoken_number(number: str, draw: random.Random) -> str:
    """A house number as people say it: whole or figure by figure, xuyệt, xẹt or trên."""
    region: Region = draw.choice(("bac", "nam"))
    slash = draw.choice(("xuyệt", "xẹt") if region == "nam" else ("trên", "xuyệt"))
    words = []
    for part in number.split("/"):
        figures = "".join(c for c in part if c.isdigit())
        letter = part[len(figures) :].lower()
        said = (
            spell_house(figures, region=region)
            if draw.random() < 0.5
            else spell_cardinal(int(figures), region=region)
        )
        words.append(f"{said} {'bít' if letter == 'bis' else letter}".strip())
    return f" {slash} ".join(words)


def _written(street: str) -> str:
    return (
        street if street.split()[0] in ("Đường", "Cư", "Hẻm", "Xóm", "Ngõ") else f"đường {street}"
    )


def _misspelt(street: str, draw: random.Random) -> str:
    """One slip of hand or ear: a tone, a letter doubled, s/x, tr/ch, n/ng."""
    swaps = [("s", "x"), ("tr", "ch"), ("n ", "ng "), ("l", "n"), ("â", "a"), ("ê", "e"),
             ("ễ", "ể"), ("ạ", "ặ"), ("ô", "o"), ("ư", "u"), ("i", "y")]  # fmt: skip
    draw.shuffle(swaps)
    text = street.lower() + " "
    for old, new in swaps:
        if old in text:
            return text.replace(old, new, 1).strip()
    return text.strip() + text.strip()[-1]


class Maker:
    """Draws addresses from a world."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.draw = random.Random(seed)
        self.streets = sorted({row["street"] for row in world.rows if row.get("street")})
        self._alleys: dict[str, list[str]] = {street: [] for street in self.streets}
        for street, alley in (*world.alleys, *world.in_alley):
            self._alleys[street].append(alley)
        self._listed = sorted(world.houses)

    def place(self) -> _Place:
        """A house that exists, of any kind."""
        draw = self.draw
        while True:
            if draw.random() < 0.1:
                street, alley, house = draw.choice(self._listed)
                path = tuple(alley.split("/")) if alley else ()
            else:
                street = draw.choice(self.streets)
                fronts = self.world.fronts[street]
                mouth = draw.choice(list(fronts)) if fronts else draw.randint(1, 300)
                path, house = (), str(mouth)
                roll = draw.random()
                if roll < 0.3 and self._alleys[street]:
                    path = tuple(draw.choice(self._alleys[street]).split("/"))
                    house = str(draw.randint(1, 40))
                elif roll < 0.5:
                    path = (str(mouth),)
                    house = str(draw.randint(1, 90))
                    if draw.random() < 0.4:
                        path, house = (*path, house), str(draw.randint(1, 30))
                if draw.random() < 0.25:
                    house += draw.choice(("A", "B", "C", "bis"))
            quarter = self.world.truth(street, path, house.replace("bis", "BIS"))
            if quarter:
                return _Place(street, path, house.replace("BIS", "bis"), quarter)

    def framed(self, text: str) -> str:
        """The address inside a question, or by itself."""
        return self.draw.choice(LEADS) + text + self.draw.choice(QUESTIONS)

    # -- forms -----------------------------------------------------------------------------

    def southern(self) -> Made:
        """123/45/6A Lạc Long Quân."""
        p = self.place()
        number = self.draw.choice(("", "số ", "nhà số ", "số nhà ")) + p.number
        street = self.draw.choice((p.street, _written(p.street)))
        text = self.draw.choice(
            (f"{number} {street}", f"{number}, {street}", f"{street} số {p.number}")
        )
        return Made("southern", self.framed(text), True, frozenset({p.quarter}), p.street)

    def no_accents(self) -> Made:
        """123/45/6a lac long quan."""
        p = self.place()
        text = " ".join(bare_word(w) for w in f"so {p.number} {_written(p.street)}".split())
        return Made("no accents", text, False, frozenset({p.quarter}), p.street,
                    frozenset({"street"}))  # fmt: skip

    def decomposed(self) -> Made:
        """NFD, upper case: as some keyboards and files give it."""
        p = self.place()
        text = unicodedata.normalize("NFD", f"{p.number} {p.street}".upper())
        return Made("decomposed", text, True, frozenset({p.quarter}), p.street)

    def northern(self) -> Made:
        """số 6A ngách 123/45 ngõ 123 phố …, and hẻm 123 số 6A."""
        while True:
            p = self.place()
            if p.alley:
                break
        path = "/".join(p.alley)
        if len(p.alley) == 1:
            text = self.draw.choice(
                (f"số {p.house} ngõ {path} {_written(p.street)}",
                 f"hẻm {path} số {p.house} {_written(p.street)}",
                 f"nhà {p.house} hẻm {path} {p.street}")
            )  # fmt: skip
        else:
            text = self.draw.choice(
                (f"số {p.house} ngách {path} ngõ {p.alley[0]} {_written(p.street)}",
                 f"số {p.house} ngách {path} {_written(p.street)}",
                 f"hẻm {path} số {p.house} {_written(p.street)}")
            )  # fmt: skip
        return Made("northern", self.framed(text), True, frozenset({p.quarter}), p.street)

    def spoken(self) -> Made:
        """một hai ba xuyệt bốn lăm xuyệt sáu a đường …, as a recogniser writes it."""
        p = self.place()
        number = spoken_number(p.number, self.draw)
        street = _written(p.street).lower()
        digits = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
        words = []
        for word in street.split():
            if word.isdigit():
                word = digits[int(word)] if len(word) == 1 else spell_cardinal(int(word))
            words.append(word)
        text = f"{self.draw.choice(('', 'số ', 'nhà số '))}{number} {' '.join(words)}"
        return Made("spoken", self.framed(text), False, frozenset({p.quarter}), p.street,
                    frozenset({"number", "street_is"}))  # fmt: skip

    def misspelt(self) -> Made:
        """A slip in the street's name: right, or asked back."""
        p = self.place()
        text = f"số {p.number} đường {_misspelt(p.street, self.draw)}"
        return Made("misspelt", self.framed(text), False, frozenset({p.quarter}), p.street,
                    frozenset({"street", "street_is"}))  # fmt: skip

    def joint(self) -> Made:
        """123-125: one house on two plots."""
        while True:
            p = self.place()
            if not p.alley and p.house.isdigit():
                break
        second = str(int(p.house) + 2)
        other = self.world.truth(p.street, (), second)
        same = not other or other == p.quarter
        return Made("joint", f"{p.house}-{second} {p.street}", True,
                    frozenset({p.quarter} if same else ()), p.street,
                    frozenset() if same else frozenset({"number"}))  # fmt: skip

    def building(self) -> Made:
        """lô B chung cư …."""
        (name, lot), quarter = self.draw.choice(sorted(self.world.buildings.items()))
        text = self.draw.choice(
            (f"lô {lot} chung cư {name}", f"chung cư {name} lô {lot}", f"lô {lot}, CC {name}")
            if lot else (f"chung cư {name}", f"CC {name}")
        )  # fmt: skip
        return Made("building", self.framed(text), True, frozenset({quarter}))

    def whole_building(self) -> Made:
        """A block whose lot was not said."""
        name = self.draw.choice(sorted({name for name, _ in self.world.buildings}))
        quarters = {q for (n, _), q in self.world.buildings.items() if n == name}
        return Made("building without lot", self.framed(f"chung cư {name}"), True,
                    frozenset(quarters if len(quarters) == 1 else ()),
                    asks=frozenset({"lot"} if len(quarters) > 1 else ()))  # fmt: skip

    def old_ward(self) -> Made:
        """…, P.7, Q.11: a ward of before that is ours."""
        p = self.place()
        ward = self.draw.choice(("phường 7 quận 11 cũ", "P.7, Q.11", "P7 Q11", "phường 16 cũ"))
        return Made("old ward", f"{p.number} {p.street}, {ward}", True,
                    frozenset({p.quarter}), p.street)  # fmt: skip

    def other_ward(self) -> Made:
        """Another ward's address."""
        p = self.place()
        said, ward = self.draw.choice(
            (("phường Bến Thành", "Phường Bến Thành"), ("phường 5 quận 11", "Phường Hòa Bình"),
             ("P. Bình Thới", "Phường Bình Thới"), ("phường Minh Phụng", "Phường Minh Phụng"),
             ("phường 14, Q.11 cũ", "Phường Hòa Bình"))
        )  # fmt: skip
        return Made("other ward", f"{p.number} {p.street}, {said}", True, frozenset(), p.street,
                    ward=ward)  # fmt: skip

    def old_quarter(self) -> Made:
        """khu phố 5 phường 16 cũ nay là khu phố mấy."""
        (ward, quarter), now = self.draw.choice(sorted(self.world.before.items()))
        number = ward.split(",")[0].split()[-1]
        spoken = self.draw.random() < 0.4
        text = (
            f"khu phố {spell_cardinal(int(quarter))} phường {spell_cardinal(int(number))}"
            if spoken else f"khu phố {quarter} phường {number}"
        )  # fmt: skip
        return Made("old quarter", f"{text} cũ nay là khu phố mấy", not spoken,
                    frozenset(now if len(now) == 1 else ()),
                    asks=frozenset({"address"} if len(now) > 1 else ()))  # fmt: skip

    def street_only(self) -> Made:
        """Only a street, or one side of it."""
        street = self.draw.choice(self.streets)
        side = self.draw.choice(("", "", "bên số chẵn ", "bên số lẻ "))
        fronts = self.world.fronts[street]
        alleys = [a for s, a in (*self.world.alleys, *self.world.in_alley) if s == street]
        listed = any(s == street for s, _, _ in self.world.houses)
        everywhere = {*fronts.values(), *filter(None, [self.world.whole.get(street)])}
        asked = {n: q for n, q in fronts.items() if not side or (n % 2 == 0) == ("chẵn" in side)}
        sure = not alleys and not listed and side and len(set(asked.values())) == 1
        quarters = frozenset(asked.values()) if sure else frozenset()
        if not alleys and not listed and len(everywhere) == 1:
            quarters = frozenset(everywhere)
        return Made("street only", f"{side}{_written(street)} thuộc khu phố nào", True, quarters,
                    street,
                    frozenset() if quarters else frozenset({"number", "parity"}))  # fmt: skip


FORMS: tuple[tuple[Callable[[Maker], Made], int], ...] = (
    (Maker.southern, 26), (Maker.no_accents, 8), (Maker.decomposed, 4), (Maker.northern, 12),
    (Maker.spoken, 20), (Maker.misspelt, 8), (Maker.joint, 4), (Maker.building, 3),
    (Maker.whole_building, 1), (Maker.old_ward, 4), (Maker.other_ward, 4),
    (Maker.old_quarter, 3), (Maker.street_only, 3),
)  # fmt: skip
"""Forms with their shares in a hundred."""


def made_addresses(world: World, count: int, *, seed: int = 6) -> list[Made]:
    """``count`` addresses, the same ones every time."""
    maker = Maker(world, seed)
    forms = [form for form, _ in FORMS]
    shares = [share for _, share in FORMS]
    return [form(maker) for form in maker.draw.choices(forms, shares, k=count)]
