"""Wat mag welke rol: every right with its roles, as the services ask them."""

from collections.abc import Callable

from pzdesk import content
from pzdesk.domain.labels import label
from pzdesk.gui.bench import Bench
from pzdesk.gui.pages.settings.rights import RightsPart
from pzdesk.services.desk import Desk
from tests.gui.conftest import shown_texts


def test_every_right_stands_there_with_its_roles_and_which_are_yours(
    bench_over: Callable[[Desk], Bench], desk: Desk
) -> None:
    part = RightsPart(bench_over(desk))
    part.reload()
    said = shown_texts(part)
    for right in content.rights():
        at = said.index(right.what)
        is_mine = said[at + 1] == "u ook"
        assert is_mine is desk.session.has(right.right)
        roles = ", ".join(map(label, right.who))
        assert said[at + 1 + is_mine].casefold() == roles.casefold()
        assert right.why in ("", said[at + 2 + is_mine])
