"""What comes back of users and roles with a backup: only what differs is told."""

from dataclasses import replace

from pzdesk.domain.came_back import came_back, told
from pzdesk.domain.user import Role, User
from tests.factories import NOW

SMIT = User(login="smit", name="R. Smit", roles=(Role.POH, Role.COORDINATOR), created_at=NOW)
LEFT = replace(SMIT, left_at=NOW)


def test_where_nothing_differs_nothing_is_told() -> None:
    assert came_back([SMIT], [replace(SMIT, roles=SMIT.roles[::-1], version=4)]) == ()
    assert came_back([LEFT], [LEFT]) == came_back([LEFT], []) == came_back([], [LEFT]) == ()
    assert told(()) == ""


def test_who_had_left_or_had_other_roles_or_came_later_is_named() -> None:
    (back,) = came_back([SMIT], [LEFT])
    assert back == "R. Smit was vertrokken en staat weer als gebruiker (POH en coördinator)"
    (roles,) = came_back([SMIT], [replace(SMIT, roles=(Role.ASSISTENTE,))])
    assert roles == "R. Smit is weer POH en coördinator, in plaats van doktersassistente"
    assert came_back([], [SMIT]) == ("R. Smit is er geen gebruiker meer",)
    assert came_back([LEFT], [SMIT]) == ("R. Smit staat weer als vertrokken",)
    assert came_back([SMIT], []) == ("R. Smit staat weer als gebruiker",)
    assert told((back,)).endswith("(POH en coördinator). Kijk na wie er nog werkt.")
