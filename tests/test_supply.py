"""What pzdesk is made of, and an audit that cannot pass by looking at nothing."""

from typing import Any

import pytest

from tests.supply import licences, natives, verdict, with_natives

CLEAN = {"name": "a", "version": "1", "vulns": []}
WEAK = {"name": "b", "version": "2", "vulns": [{"id": "CVE-2023-33733"}]}
SKIPPED = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "is_clean", "word"),
    [
        ([CLEAN], True, "1 van 1"),
        ([], False, "niets nagekeken"),
        ([SKIPPED], False, "niets nagekeken"),
        ([CLEAN, SKIPPED], False, "niet nagekeken: c"),
        ([CLEAN, WEAK], False, "b 2: CVE-2023-33733"),
    ],
)
def test_only_an_audit_that_saw_everything_and_found_nothing_is_clean(
    packages: list[Any], is_clean: object, word: str
) -> None:
    found, said = verdict({"dependencies": packages})
    assert found is is_clean
    assert word in "\n".join(said)


def test_every_package_that_pzdesk_needs_is_in_the_list_with_a_licence() -> None:
    found = {name.casefold(): words for name, _, words in licences()}
    for name in ("sqlalchemy", "reportlab", "cryptography", "pyside6_essentials", "pypdf"):
        assert found[name] != "niet vermeld", name


def test_what_comes_inside_a_wheel_is_in_the_bill_once() -> None:
    found = {(name, package) for name, _, package in natives()}
    assert ("OpenSSL", "sqlcipher3") in found
    assert all(version[:1].isdigit() for _, version, _ in natives())
    bill = with_natives(with_natives({"components": [{"bom-ref": "a", "name": "a"}]}))
    assert len(bill["components"]) == 1 + len(found)
