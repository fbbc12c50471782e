"""Write a synthetic treaty with its drafts and its amendments, the same for the same seed.

    python scripts/treaty.py FOLDER --seed 7

By default 70 articles of 420 provisions and about 25,000 words, in 20 drafts: in each some
provisions are edited, in some an article comes in or goes out, so that those behind it get another
number. 5,000 amendments are moved on the way, one in ten of them on another one; about 500 are
adopted. In the folder are ``names.jsonl``, ``draft-01.md`` and so on, and ``acts.jsonl``, to be
imported in this order; and ``plain/draft-01.txt`` and so on, the same drafts for git, with a line
for each sentence.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from negotrack.domain.states import STATES
from negotrack.exchange.markdown import written
from negotrack.exchange.parts import DraftPart

if TYPE_CHECKING:
    from collections.abc import Iterator

NEGOTIATION = "treaty"
FIRST_DAY = date(2019, 1, 7)
BETWEEN = timedelta(days=90)
PROVISIONS_OF_AN_ARTICLE = 6
WORDS_OF_A_PROVISION = 60
ADOPTED = 0.11
LAST_SHARE = 0.15
"""The share of amendments that are moved on the last draft; nothing is decided on those."""

_COMMON = "the of and to in for or by such as with its any each other under this"
_STEMS = (
    "access account act adopt afford agree assess assist author balance capac charge cable "
    "collect commit compet concern conduct confer confirm consent consid contain cooper "
    "custod data declar defin deliver depos design detect develop direct disclos document "
    "ensur establish evid exchang execut facilit form fulfil function govern grant guarant "
    "harm identif implement inform infring institut instrument intend interest invest judic "
    "jurisd law limit maintain measur mechan monitor mutual nation notif object observ offenc "
    "offer operat order organ particip parti perform period polic power preserv prevent "
    "proced process product protect provid public purpos recogn record regard regul relat "
    "releas request requir resourc respect respons restrict result review right safeguard "
    "secur seiz servic sign state storag suppress system technic territor train transfer "
    "transmit treat trust undertak verif violat "
)
_ENDINGS = ("", "s", "ed", "ing", "ion", "ment", "able", "ance")
_SENTENCE = re.compile(r"(?<=\.) ")


class Size(NamedTuple):
    """How large a treaty is."""

    articles: int = 70
    drafts: int = 20
    amendments: int = 5_000


class Provision:
    """A provision through all drafts: its address now, and in the draft before."""

    def __init__(self, text: str, title: str | None = None) -> None:
        """Begin without an address."""
        self.text, self.title = text, title
        self.address = ""
        self.formerly: str | None = None

    def numbered(self, address: str) -> None:
        """Take in the address in the next draft."""
        self.formerly = self.address if self.address not in ("", address) else None
        self.address = address


class Amendment(NamedTuple):
    """An amendment that was moved, on what, and the text that it asks for."""

    name: str
    target: str
    text: str


class Treaty:
    """A treaty while it is negotiated; each draft is written as it is issued."""

    def __init__(self, folder: Path, size: Size, seed: int) -> None:
        """Begin with articles of made-up words."""
        self.folder, self.size = folder, size
        self.chance = random.Random(seed)
        self.codes = sorted(STATES)[:60]
        self._common = _COMMON.split()
        self._rare = [stem + ending for stem in _STEMS.split() for ending in _ENDINGS]
        self.articles = [self._article() for _ in range(size.articles)]
        self.acts: list[dict[str, Any]] = []
        self.moved = 0
        self._number()

    # -- words --------------------------------------------------------------------------------

    def _words(self, count: int) -> list[str]:
        chance = self.chance
        return [
            chance.choice(self._common if chance.random() < 0.4 else self._rare)
            for _ in range(count)
        ]

    def _text(self, count: int) -> str:
        words = self._words(count)
        sentences: list[str] = []
        while words:
            long = self.chance.randrange(12, 28)
            head, words = words[:long], words[long:]
            verb = "[shall] [may]" if self.chance.random() < 0.05 else "shall"
            sentences.append(" ".join([head[0].capitalize(), verb, *head[1:]]) + ".")
        return " ".join(sentences)

    def _article(self) -> list[Provision]:
        paragraphs = [
            Provision(self._text(self.chance.randrange(40, 2 * WORDS_OF_A_PROVISION - 28)))
            for _ in range(PROVISIONS_OF_AN_ARTICLE - 1)
        ]
        chapeau = Provision(self._text(20), " ".join(self._words(3)).capitalize())
        return [chapeau, *paragraphs]

    @property
    def provisions(self) -> list[Provision]:
        """All provisions in their order."""
        return [provision for article in self.articles for provision in article]

    def _number(self) -> None:
        for number, article in enumerate(self.articles, 1):
            for paragraph, provision in enumerate(article):
                provision.numbered(f"art-{number}/{paragraph}" if paragraph else f"art-{number}")

    # -- drafts -------------------------------------------------------------------------------

    def negotiate(self) -> None:
        """Issue all drafts, with what happens between them, and write everything."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "plain").mkdir(exist_ok=True)
        lines(self.folder / "names.jsonl", self._names())
        last = self.size.drafts
        at_the_end = int(self.size.amendments * LAST_SHARE)
        for number in range(1, last + 1):
            day = FIRST_DAY + (number - 1) * BETWEEN
            if number > 1:
                self._edit(number)
            self._issue(number, day)
            share = (self.size.amendments - at_the_end - self.moved) // max(last - number, 1)
            amendments = self._moved(at_the_end if number == last else share, day)
            if number < last:
                self._decide(amendments, day + timedelta(days=30))
        lines(self.folder / "acts.jsonl", self.acts)

    def _names(self) -> Iterator[dict[str, Any]]:
        on = FIRST_DAY.isoformat()
        yield {"type": "negotiation.opened/1", "on": on, "title": "A synthetic treaty"}
        for code in self.codes:
            name = STATES[code].name
            yield {"type": "delegation.registered/1", "on": on, "delegation": code,
                   "kind": "state", "name": name}  # fmt: skip

    def _edit(self, number: int) -> None:
        """Change some provisions, and sometimes the articles, before the next draft."""
        for provision in self.chance.sample(self.provisions, len(self.provisions) // 10):
            provision.text = self._changed(provision.text)
        if number % 6 == 0:
            self.articles.insert(self.chance.randrange(len(self.articles)), self._article())
        elif number % 6 == 3:
            del self.articles[self.chance.randrange(len(self.articles))]
        self._number()

    def _changed(self, text: str) -> str:
        words = text.split(" ")
        place = self.chance.randrange(len(words))
        if any("[" in word or "]" in word for word in words[place : place + 3]):
            return text
        return " ".join([*words[:place], *self._words(3), *words[place + 2 :]])

    def _issue(self, number: int, day: date) -> None:
        slug = f"draft-{number:02}"
        facts = {"document": slug, "title": f"Draft {number}", "on": day.isoformat()}
        parts = [
            DraftPart(n, p.address, p.title, p.text, p.formerly, self._is_new(p, number))
            for n, p in enumerate(self.provisions, 1)
        ]
        (self.folder / f"{slug}.md").write_text("".join(written(facts, parts)))
        paragraphs = ["\n".join([p.address, *_SENTENCE.split(str(p.text))]) + "\n" for p in parts]
        (self.folder / "plain" / f"{slug}.txt").write_text("\n".join(paragraphs))
        self._issued = {id(p) for p in self.provisions}

    def _is_new(self, provision: Provision, number: int) -> bool:
        return number > 1 and provision.formerly is None and id(provision) not in self._issued

    # -- amendments ---------------------------------------------------------------------------

    def _moved(self, count: int, day: date) -> list[tuple[Provision, Amendment]]:
        """Move amendments on the text of a draft, one in ten of them on another amendment."""
        amendments: list[tuple[Provision, Amendment]] = []
        for n in range(count):
            on = day + timedelta(days=1 + n * 10 // max(count, 1))
            if amendments and self.chance.random() < 0.1:
                provision, above = self.chance.choice(amendments)
                self._move(above.name, above.text, on)
                continue
            provision = self.chance.choice(self.provisions)
            amendments.append((provision, self._move(provision.address, provision.text, on)))
        return amendments

    def _move(self, target: str, base: str, on: date) -> Amendment:
        self.moved += 1
        name = f"amd-{self.moved:04}"
        fields, text = self._operation(base)
        self._act(
            "amendment.moved", on, amendment=name, target=target, title=f"Amendment {self.moved}",
            by=self.chance.choice(self.codes), **fields,
        )  # fmt: skip
        return Amendment(name, target, text)

    def _operation(self, base: str) -> tuple[dict[str, str], str]:
        """Return what an amendment says of a text, and what that makes of it."""
        passage = self._passage(base)
        new = " ".join(self._words(self.chance.randrange(1, 6)))
        kind = self.chance.random()
        if passage is None or kind < 0.08:
            full = f"{base} {self._text(12)}"
            return {"action": "replace", "full": full}, full
        if kind < 0.2:
            text = base.replace(f" {passage}", "", 1)
            return {"action": "delete", "words": passage}, text
        if kind < 0.45:
            text = base.replace(passage, f"{passage} {new}", 1)
            return {"action": "add", "after": passage, "text": new}, text
        text = base.replace(passage, new, 1)
        return {"action": "replace", "words": passage, "text": new}, text

    def _passage(self, text: str) -> str | None:
        """Return a few words that stand once in a text, away from its brackets and stops."""
        words = text.split(" ")
        for _ in range(5):
            at = self.chance.randrange(1, max(len(words) - 5, 2))
            passage = " ".join(words[at : at + self.chance.randrange(2, 5)])
            is_plain = re.search(r"[^a-z ]", passage) is None
            if is_plain and f" {passage} " in text and text.count(passage) == 1:
                return passage
        return None

    def _decide(self, amendments: list[tuple[Provision, Amendment]], on: date) -> None:
        """Adopt some amendments, one of a provision at most; reject and withdraw others."""
        adopted: set[int] = set()
        for provision, amendment in amendments:
            fate = self.chance.random()
            if fate < ADOPTED * 1.35 and id(provision) not in adopted:
                adopted.add(id(provision))
                provision.text = amendment.text
                self._act("decision.taken", on, target=amendment.name, outcome="adopted")
            elif fate < 0.5:
                self._act("decision.taken", on, target=amendment.name, outcome="rejected")
            elif fate < 0.6:
                self._act("amendment.withdrawn", on, target=amendment.name)
        free = [p for p in self.provisions if id(p) not in adopted]
        for provision in self.chance.sample(free, len(free) // 20):
            self._bracket(provision, on)

    def _bracket(self, provision: Provision, on: date) -> None:
        passage = self._passage(provision.text)
        if passage is not None:
            provision.text = provision.text.replace(passage, f"[{passage}]", 1)
            self._act("bracket.placed", on, target=provision.address, words=passage,
                      by=self.chance.choice(self.codes))  # fmt: skip

    def _act(self, kind: str, on: date, **fields: Any) -> None:
        self.acts.append({"type": f"{kind}/1", "on": on.isoformat(), **fields})


def lines(path: Path, entries: Iterator[dict[str, Any]] | list[dict[str, Any]]) -> None:
    """Write drafts of entries as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        for entry in entries:
            file.write(json.dumps({"negotiation": NEGOTIATION, **entry}) + "\n")


def main() -> None:
    """Write the files of a treaty."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    for name, default in Size()._asdict().items():
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    size = Size(asked.articles, asked.drafts, asked.amendments)
    Treaty(asked.folder, size, asked.seed).negotiate()


if __name__ == "__main__":
    main()
