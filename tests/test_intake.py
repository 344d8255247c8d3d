"""Reading in from the command line: what a list holds is shown before anything is kept."""

from tests.test_cli import Practice, made_practice, practice

__all__ = ["made_practice", "practice"]

LIST = "Achternaam;Voornamen;Geb.datum;Schoenmaat\n" + "".join(
    f"{name};Kees;2{number}-09-193{number};42\n"
    for number, name in enumerate(("Aalders", "Bosma", "Cools", "Dekker", "Eland", "Fokkens"))
)


def test_a_list_that_is_looked_at_shows_its_columns_and_the_first_people(
    practice: Practice,
) -> None:
    path = practice.file("lijst.csv", LIST)
    said = practice("import-patients", path, "--dry-run").out.splitlines()
    assert said[0] == "6 zouden worden toegevoegd, 0 al bekend, 0 te beantwoorden."
    assert "kolom “Geb.datum” is geboortedatum" in said
    assert "kolom “Schoenmaat” wordt niet overgenomen" in said
    assert "regel 2: K. (Kees) Aalders, 20-09-1930" in said
    assert said[-1] == "en nog 1 anderen"
    value = practice("import-patients", path, "--dry-run", "--json").json
    assert [one["line"] for one in value["first"]] == [2, 3, 4, 5, 6]
    assert len(practice("patients", "--all", "--json").json) == 1


def test_a_list_that_comes_in_does_not_tell_its_columns_again(practice: Practice) -> None:
    said = practice("import-patients", practice.file("lijst.csv", LIST)).out
    assert "kolom" not in said
    assert "regel 2: patiënt 2" in said
