"""Sizes, counts and versions of a store, and nothing of what it holds."""

from dataclasses import asdict

from pzdesk.store import about
from pzdesk.store.folder import Store


def test_it_counts_and_measures_and_tells_nothing_of_what_is_restricted(store: Store) -> None:
    found = about.about(store)
    assert found.counts["patients"] > 0
    assert found.size > 0
    assert found.free > 0
    assert not any(word in str(asdict(found)) for word in ("euthanasia", "emergency"))


def test_the_libraries_are_told_with_their_versions() -> None:
    assert about.libraries().startswith("SQLite 3.")
    assert "SQLCipher 4." in about.libraries()
