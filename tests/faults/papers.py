"""Promise 16: what is printed is what was written: no sign lost or off the page, nothing read or fetched."""

import random
import sys
from collections.abc import Callable
from functools import partial
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from pzdesk.documents.style import printable
from tests.documents.reading import content, squeezed, with_texts
from tests.documents.test_every_paper import HOSTILE, PAPERS, SKIPPED, assert_on_the_page
from tests.faults.outcome import Outcome

_ALPHABETS = (
    "abcdefghij klmnop qrstuv wxyz",
    "<>&;/=\"'[]{}()%$\\ ab",
    "ŞğłđĳőșäëïéèçØßŠž ’–“”½² ",
    "0123456789 .,-:/+()",
    "شالوم עברית 日本語 😀🫀 Ωδ Жук",
    "\t\n\r\x00\x07\u200b\u00ad\u202e\ufeff ab",
)
_KINDS = tuple(kind for kind in PAPERS if kind != "recovery")


def any_text(chance: random.Random) -> str:
    """A text as somebody might type or paste it, with a mark of its own at the end."""
    if chance.random() < 0.2:
        return chance.choice(HOSTILE)
    signs = "".join(chance.sample(_ALPHABETS, chance.choice((1, 1, 2, 4))))
    return "".join(chance.choices(signs, k=chance.choice((1, 5, 20, 20, 60, 200))))


def try_papers(texts: int, *, seed: int) -> Outcome:
    """Print papers full of random texts until there were so many, and read them back."""
    chance = random.Random(seed)  # noqa: S311 - the same texts each time
    tried = good = 0
    wrong: list[str] = []
    touched: list[str] = []
    listening = _listen(touched)
    while tried < texts:
        given: list[str] = []
        kind = _KINDS[tried % len(_KINDS)] if tried else "patient"
        pdf = listening(partial(_printed, kind, chance, given))
        lost = missing(pdf, given)
        try:
            assert_on_the_page(pdf)
        except AssertionError:
            lost, wrong = given, [*wrong, f"{kind}: buiten de bladzijde"]
        tried += len(given)
        good += len(given) - len(lost)
        wrong += [f"{kind}: {text!r} kwijt" for text in lost[:1]]
    wrong += [f"las {name}" for name in touched[:2]]
    return Outcome(
        promise="16. wat is geschreven, wordt gedrukt",
        tried=tried,
        survived=0 if touched else good,
        detail="; ".join(wrong[:3]),
        control="een tekst die er niet staat, en een buiten de bladzijde",
        seen=_sees(),
    )


def missing(pdf: bytes, texts: list[str]) -> list[str]:
    """Which texts are not whole on the paper; the foot of a page may stand between two parts of one."""
    read = content(pdf)

    def is_there(words: str) -> bool:
        return words in read or any(
            words[:at] in read and words[at:] in read for at in range(1, len(words))
        )

    return [text for text in texts if not is_there(squeezed(printable(text)))]


def _printed(kind: str, chance: random.Random, given: list[str]) -> bytes:
    paper, value = PAPERS[kind]

    def changed(_: str) -> str:
        given.append(f"{any_text(chance)} q{len(given)}q")
        return given[-1]

    return paper(with_texts(value, changed, SKIPPED))


def _listen(touched: list[str]) -> Callable[[Callable[[], bytes]], bytes]:
    """Runs something and notes each file outside our fonts and each connection that is opened meanwhile."""
    is_on = False

    def heard(event: str, arguments: tuple[object, ...]) -> None:
        if not is_on:
            return
        name = str(arguments[0]) if arguments else ""
        if event == "open" and not name.endswith((".ttf", ".py", ".pyc", ".zip", ".so")):
            touched.append(name)
        elif event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system"):
            touched.append(event)

    sys.addaudithook(heard)

    def listening(work: Callable[[], bytes]) -> bytes:
        nonlocal is_on
        is_on = True
        try:
            return work()
        finally:
            is_on = False

    return listening


def _sees() -> bool:
    out = BytesIO()
    canvas = Canvas(out)
    canvas.drawString(560, 400, "dit loopt van de bladzijde af")
    canvas.save()
    try:
        assert_on_the_page(out.getvalue())
    except AssertionError:
        return bool(
            missing(out.getvalue(), ["dit loopt", "dit stond er niet"]) == ["dit stond er niet"]
        )
    return False
