"""The form of an instrument: nothing chosen beforehand, a score only when it is complete."""

from pzdesk import instruments
from pzdesk.gui.choices import ChoiceField, ComboField
from pzdesk.gui.pages.file.screening import question, score_words

CSI = instruments.load("csi")


def test_nothing_is_chosen_beforehand(light: None) -> None:
    for name in ("csi", "volhoudtijd", "ediz9"):
        made = instruments.load(name)
        for item in made.items:
            assert question(made, item).value() is None


def test_few_answers_stand_in_sight_and_many_in_a_list(light: None) -> None:
    assert isinstance(question(CSI, CSI.items[0]), ChoiceField)
    kps = instruments.load("kps")
    assert isinstance(question(kps, kps.items[0]), ComboField)


def test_the_score_is_given_only_when_every_question_is_answered() -> None:
    yes = {item.id: CSI.items[0].options[-1].key for item in CSI.items}
    said = score_words(CSI, yes)
    assert "13 van 13; 7 of hoger is het gepubliceerde afkappunt (bron: " in said
    yes.pop(CSI.items[0].id)
    assert score_words(CSI, yes) == "Nog 1 vraag niet beantwoord: nog geen uitkomst."


def test_an_instrument_of_one_question_has_no_score_beside_its_answer() -> None:
    one = instruments.load("volhoudtijd")
    assert score_words(one, {one.items[0].id: one.items[0].options[0].key}) == ""
