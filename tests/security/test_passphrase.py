"""A passphrase is long and not one that is tried first (NIST SP 800-63B-4); nothing else is asked."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pzdesk import paths
from pzdesk.domain.errors import BadInput
from pzdesk.security import passphrase

WORDS = [
    *("dakgoot", "kersenpit", "wolkje", "zadel", "moerbei", "trommel", "schuur", "inktvis"),
    *("lantaarn", "egel", "kruimel", "vijver", "hamster", "sjaal", "kompas", "brievenbus"),
    *("mosterd", "ladder", "gitaar", "tulband"),
]


def _sentence(text: str, *, login: str = "", practice: str = "") -> str:
    with pytest.raises(BadInput) as told:
        passphrase.check(text, login=login, practice=practice)
    assert told.value.field == "wachtzin"
    return str(told.value)


def _entries() -> list[str]:
    lines = (paths.resources() / "passphrases.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "~"))]


@given(st.integers(0, 2**64))
def test_five_loose_words_are_good(seed: int) -> None:
    words = random.Random(seed).sample(WORDS, 5)  # noqa: S311
    passphrase.check(" ".join(words), login="poh", practice="Huisartsenpraktijk De Linde")


@pytest.mark.parametrize(
    "text",
    [
        "dakgoot ladders",  # fifteen characters
        "inktvis in de ladder " * 6 + "ab",  # 128
        "kleineletterszonderietsanders",
        "HOOFDLETTERS MET EGELS",
        "739104826650317",
        "şğłđĳőș†→ ünïcödé",
        "пароль из пяти слов",
        "密碼是五個不相關的詞語加上一些別的",
        "🦔🍒🪜🎸🧭📮🐹🧣🥁🦑🌥️🏚️🪔🫖🧂",
        "tab\tregel\neinde\x00nul",
        "$€%&~#{}[]|\\;:<",
        "   blanks   om heen   ",
    ],
)
def test_every_character_may_be_used_and_no_kind_is_asked_for(text: str) -> None:
    passphrase.check(text, login="poh", practice="Huisartsenpraktijk De Linde")


@pytest.mark.parametrize("length", [0, 1, 14])
def test_shorter_than_fifteen_is_refused_with_its_length(length: int) -> None:
    told = _sentence("dakgoot ladders"[:length])
    assert "ten minste 15 tekens" in told
    assert f"heeft er {length}" in told


def test_128_characters_are_taken_and_129_are_not() -> None:
    words = " ".join(WORDS)
    passphrase.check(words[:128])
    assert "ten hoogste 128 tekens" in _sentence(words[:129])


def test_length_is_counted_in_composed_characters() -> None:
    composed = "dé égel bij zèè"
    assert len(composed) == 15
    decomposed = unicodedata.normalize("NFD", composed)
    passphrase.check(composed)
    passphrase.check(decomposed)
    assert "heeft er 14" in _sentence(decomposed[:-2])


@pytest.mark.parametrize(
    "text",
    [
        "aaaaaaaaaaaaaaa",
        "               ",
        "!!!!!!!!!!!!!!!!",
        "abababababababab",
        "a-a-a-a-a-a-a-a-a",
        "a!a?a.a,a;a:a/a\\a",
        "kersenpitkersenpit",
        "Kersenpit, kersenpit! KERSENPIT?",
        "egel egel egel egel",
        "aaaaaaabbbbbbbbb",
    ],
)
def test_repetition_is_refused(text: str) -> None:
    assert "herhaalt" in _sentence(text)


@pytest.mark.parametrize(
    "text",
    [
        "123456789012345",
        "0987654321098765",
        "abcdefghijklmnop",
        "zyxwvutsrqponmlk",
        "yzabcdefghijklmno",
        "QWERTYUIOPasdfghjkl",
        "azertyuiop qsdfg",
        "1qaz2wsx3edc4rfv",
        "qwerty123456789",
        "asdf jkl; qwerty 1234",
        "1q2w3e4r5t6y7u8i",
    ],
)
def test_walks_over_keys_and_alphabet_are_refused(text: str) -> None:
    assert "volgt de toetsen" in _sentence(text)


@pytest.mark.parametrize(
    "text",
    [
        "dit is mijn wachtwoord",
        "Dit-Is-Mijn-Wachtwoord!!",
        "DITISMIJNWACHTWOORD2026",
        "dit is míjn wáchtwoord",
        "w@chtw00rd123456",
        "2026 Welkom in de praktijk 2026",
        "correct horse battery staple",
        "juist paard batterij nietje",
        "ik hou van jou!!!!",
        "Huisartsenpraktijk1!",
        "palliatieve zorg",
        "onze vader die in de hemel zijt",
        "!@#$%^&*()_+{}|",
    ],
)
def test_common_ones_are_refused_however_they_are_dressed(text: str) -> None:
    assert "komt vaak voor" in _sentence(text)


def test_every_entry_of_the_list_is_refused_as_it_stands_or_with_digits() -> None:
    entries = _entries()
    assert len(entries) > 300
    for entry in entries:
        if len(entry) >= 15 or entry[0].isalpha():
            with pytest.raises(BadInput):
                passphrase.check(entry + "4071962853950174"[: max(0, 15 - len(entry))])


def test_the_list_is_what_refuses_them() -> None:
    passphrase.check("dit is mijn wachtlijst")
    passphrase.check("correct horse battery stable")


@pytest.mark.parametrize(
    "text",
    [
        "jansen2026202620",
        "jansen jansen 1965",
        "jansen!pzdesk!2026",
        "PZdesk PZdesk 2026",
        "pzdesk 1234567890",
        "Zonneweide Zuid 2026",
        "de zonneweide-zuid!",
        "huisartsen zonneweide zuid",
        "welkom zonneweide",
        "wachtwoord zonneweide",
    ],
)
def test_names_that_everybody_here_knows_are_no_passphrase(text: str) -> None:
    practice = "Huisartsen Zonneweide-Zuid"
    assert "weinig meer dan" in _sentence(text, login="jansen", practice=practice)


def test_a_name_may_stand_in_a_longer_passphrase() -> None:
    practice = "Huisartsen Zonneweide-Zuid"
    passphrase.check("jansen telt vijftien kersenpitten", login="jansen", practice=practice)
    passphrase.check("in zonneweide woont een inktvis", login="jansen", practice=practice)
    passphrase.check("jo klimt op de ladder", login="jo", practice="")


def test_a_lone_surrogate_cannot_be_kept() -> None:
    assert "niet kan worden bewaard" in _sentence("dakgoot ladders \ud800")


@given(st.text(min_size=15, max_size=140), st.text(max_size=12), st.text(max_size=30))
def test_any_text_is_taken_or_refused_and_never_repeated_in_the_sentence(
    text: str, login: str, practice: str
) -> None:
    told = ""
    try:
        passphrase.check(text, login=login, practice=practice)
    except BadInput as refused:
        told = str(refused)
    assert text not in told


@given(
    st.text(
        st.characters(categories=["L", "N", "P", "S"]),
        min_size=30,
        max_size=64,
    ).filter(lambda text: len(set(unicodedata.normalize("NFKD", text.casefold()))) > 24)
)
def test_long_random_text_of_any_script_is_taken(text: str) -> None:
    if len(unicodedata.normalize("NFC", text)) >= 15:
        passphrase.check(text)
