"""Finds words among thousands: the whole word, its beginning, a piece of it, and in spite of a slip."""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from pzdesk.domain.search import (
    LEAST_BEGINNING,
    SHORT_TYPED,
    Query,
    Rank,
    Sought,
    is_number,
    needed,
    passed_over,
    rank,
    slips,
)

Score = tuple[Rank, int, bool, bool, str, int]


class Shelf:
    """What is sought, by its words; a place is the number of a ``Sought`` in the order given.

    ``names``: these are people, of whom the voorvoegsels may be mistaken.
    """

    def __init__(self, things: Sequence[Sought], *, names: bool = False) -> None:
        self._things, self._names = things, names
        self._own = _by_word(thing.own for thing in things)
        self._other = _by_word(thing.other for thing in things)
        self._numbers = _by_word(thing.numbers for thing in things)
        self._long: dict[int, list[str]] = defaultdict(list)
        for word in dict.fromkeys((*self._own, *self._other)):
            self._long[len(word)].append(word)
        self._beginnings: dict[int, dict[str, list[str]]] = {}

    def find(self, queries: Iterable[Query], most: int) -> tuple[list[int], int, Rank | None]:
        """The best places in order, how many there are in all, and how well the best is found."""
        best: dict[int, Score] = {}
        for query in queries:
            for place, score in self._scores(query):
                if place not in best or score < best[place]:
                    best[place] = score
        first = heapq.nsmallest(most, best.values())
        return [score[-1] for score in first], len(best), first[0][0] if first else None

    def _scores(self, query: Query) -> Iterable[tuple[int, Score]]:
        found = self._by_words(query.words)
        begin = next(iter(needed(query.words)), "")
        for place, (how, missing) in found.items():
            thing = self._things[place]
            if query.days and (
                thing.day is None or not any(day.holds(thing.day) for day in query.days)
            ):
                continue
            elsewhere = not thing.order.startswith(begin)
            yield place, (how, missing, thing.behind, elsewhere, thing.order, place)

    def _by_words(self, words: tuple[str, ...]) -> Mapping[int, tuple[Rank, int]]:
        """The places where all words are found: the worst rank of them, and what is missing."""
        if not words:
            return dict.fromkeys(range(len(self._things)), (Rank.WHOLE, 0))
        must = needed(words) if self._names else words
        ranks = {word: self._ranks(word) for word in dict.fromkeys(words)}
        found: dict[int, Rank] = dict(ranks[must[0]])
        for word in must[1:]:
            more = ranks[word]
            found = {place: max(how, more[place]) for place, how in found.items() if place in more}
        may = [word for word in words if word not in must]
        scored = {
            place: (how, sum(place not in ranks[word] for word in may))
            for place, how in found.items()
        }
        if len(words) > 1:
            for place, how in self._begun("".join(words)).items():
                scored[place] = min(scored.get(place, (how, 0)), (how, 0))
        return scored

    def _ranks(self, typed: str) -> dict[int, Rank]:
        """How well one word finds each place, by its words and its numbers."""
        found: dict[int, Rank] = {}
        for words, is_own in ((self._own, True), (self._other, False)):
            for word, places in words.items():
                if typed in word and (how := rank(typed, word, is_own=is_own)) is not None:
                    _keep(found, places, how)
        for word, how in self._slipped(typed).items():
            for words in (self._own, self._other):
                _keep(found, words.get(word, ()), how)
        if is_number(typed):
            for number, places in self._numbers.items():
                if number.startswith(typed):
                    _keep(found, places, Rank.WHOLE if number == typed else Rank.BEGINS)
        return found

    def _begun(self, typed: str) -> dict[int, Rank]:
        """How well words typed apart find a surname that is one: "van den berg", "oude wesselink"."""
        found: dict[int, Rank] = {}
        for word, places in self._own.items():
            if word.startswith(typed):
                _keep(found, places, Rank.WHOLE if word == typed else Rank.BEGINS)
        return found

    def _slipped(self, typed: str) -> dict[str, Rank]:
        found: dict[str, Rank] = {}
        length = len(typed)
        if length >= LEAST_BEGINNING and slips(typed, typed):
            for cut in (length - 1, length, length + 1):
                pool = self._begin(cut)
                for begin, _, _ in _near(typed, list(pool), 1):
                    found.update(dict.fromkeys(pool[begin], Rank.SLIP_IN_BEGINNING))
        most = slips(typed, typed + "x")
        for other in range(length - most, length + most + 1):
            for word, apart, _ in _near(typed, self._long.get(other, []), most):
                if 0 < apart <= slips(typed, word):
                    found[word] = Rank.SLIP
        for word in self._long.get(length + 2, ()) if length in SHORT_TYPED else ():
            if passed_over(typed, word):
                found.setdefault(word, Rank.SLIP)
        return found

    def _begin(self, cut: int) -> dict[str, list[str]]:
        """The words longer than so many letters, by their first letters."""
        if cut not in self._beginnings:
            made: dict[str, list[str]] = defaultdict(list)
            for length, words in self._long.items():
                if length > cut:
                    for word in words:
                        made[word[:cut]].append(word)
            self._beginnings[cut] = made
        return self._beginnings[cut]


def _near(typed: str, pool: list[str], most: int) -> list[tuple[str, float, int]]:
    """The words of a pool that are at most so many slips away, with how many."""
    if not pool or most < 1:
        return []
    scorer = OSA.distance  # its overloads say more than a scorer is asked for
    return list(process.extract(typed, pool, scorer=scorer, score_cutoff=most, limit=None))  # type: ignore[arg-type]


def _by_word(all_words: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    made: dict[str, list[int]] = defaultdict(list)
    for place, words in enumerate(all_words):
        for word in words:
            made[word].append(place)
    return made


def _keep(found: dict[int, Rank], places: Iterable[int], how: Rank) -> None:
    for place in places:
        if found.get(place, how) >= how:
            found[place] = how
