"""Users: their logins, and that rights come from roles and end when somebody leaves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pzdesk.domain.errors import BadInput, NotAllowed
from pzdesk.domain.user import Right, Role, checked_login, require, rights_of
from tests.factories import NOW, a_user

MATRIX = {role: frozenset[Right]() for role in Role} | {
    Role.HUISARTS: frozenset({Right.READ_FILE, Right.CONFIRM}),
    Role.COORDINATOR: frozenset({Right.SEE_WHO}),
}


@pytest.mark.parametrize("login", ["ab", "poh", "de.boer", "j-jansen_2", "a" * 32, "x1"])
def test_a_login_of_small_letters_digits_and_signs_is_taken(login: str) -> None:
    assert checked_login(login) == login


@pytest.mark.parametrize(
    "login",
    ["", "a", "a" * 33, "DeBoer", "de boer", "1abc", ".abc", "müller", "abc\n", "a/b", "a\x00b"],
)
def test_any_other_login_is_told_at_its_field(login: str) -> None:
    with pytest.raises(BadInput, match="2 tot 32 kleine letters") as raised:
        checked_login(login)
    assert raised.value.field == "login"


@given(st.lists(st.sampled_from(Role), unique=True))
def test_somebody_with_several_roles_has_the_rights_of_each(roles: list[Role]) -> None:
    found = rights_of(tuple(roles), MATRIX)
    assert found == {right for role in roles for right in MATRIX[role]}


@pytest.mark.parametrize("right", Right)
def test_who_has_a_right_may_and_who_has_not_is_told(right: Right) -> None:
    user = a_user(Role.HUISARTS, Role.COORDINATOR)
    if right in (Right.READ_FILE, Right.CONFIRM, Right.SEE_WHO):
        require(user, right, MATRIX)
    else:
        with pytest.raises(NotAllowed, match="mag niet"):
            require(user, right, MATRIX)


def test_who_has_left_may_nothing_more() -> None:
    gone = a_user(Role.HUISARTS, left_at=NOW)
    with pytest.raises(NotAllowed):
        require(gone, Right.READ_FILE, MATRIX)


def test_who_has_no_role_may_nothing() -> None:
    nobody = a_user(roles=())
    for right in Right:
        with pytest.raises(NotAllowed):
            require(nobody, right, MATRIX)


def test_the_refusal_names_the_right_in_words() -> None:
    with pytest.raises(NotAllowed) as raised:
        require(a_user(Role.ASSISTENTE, Role.POH), Right.PRINT_CLINICAL, MATRIX)
    assert "dossier afdrukken" in str(raised.value)
    assert "_" not in str(raised.value)
