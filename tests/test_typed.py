"""What somebody types: roles and participants by their Dutch word or their code, however written."""

import pytest

from pzdesk import typed
from pzdesk.domain.errors import BadInput
from pzdesk.domain.mdo import ParticipantKind
from pzdesk.domain.user import Role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("poh", Role.POH),
        ("POH", Role.POH),
        ("Huisarts", Role.HUISARTS),
        ("coördinator", Role.COORDINATOR),
        ("coordinator", Role.COORDINATOR),
        ("Doktersassistente", Role.ASSISTENTE),
        ("assistente", Role.ASSISTENTE),
        ("VS/PA", Role.VS_PA),
        ("vs_pa", Role.VS_PA),
        (" pzvp ", Role.PZVP),
    ],
)
def test_a_role_is_known_by_its_word_and_its_code(text: str, role: Role) -> None:
    assert typed.role(text) is role


@pytest.mark.parametrize("text", ["", "directeur", "po", "/"])
def test_what_is_no_role_is_told_with_the_words_to_choose_from(text: str) -> None:
    with pytest.raises(BadInput, match="kies uit huisarts, POH, VS/PA, PZVP") as told:
        typed.role(text)
    assert "vs_pa" not in str(told.value)


def test_a_kind_of_participant_is_known_by_its_word_and_its_code() -> None:
    for text in ("geestelijke verzorging", "geestelijke_verzorging", "Geestelijke Verzorging"):
        assert typed.audience(text) is ParticipantKind.SPIRITUAL
    with pytest.raises(BadInput, match="--for familie kan niet; kies uit behandelaars, welzijn"):
        typed.audience("familie")
