"""Where pzdesk finds its own files, however it was installed."""

from pathlib import Path

import pytest

from pzdesk import paths
from pzdesk.domain.errors import PzdeskError
from pzdesk.paths import located, migrations, resources


def folder(*parts: str | Path) -> Path:
    made = Path(*parts)
    made.mkdir(parents=True)
    return made


def test_this_checkout_has_its_resources_and_migrations() -> None:
    assert (resources() / "instruments").is_dir()
    assert migrations().name == "migrations"


def test_installed_from_a_wheel_they_are_inside_the_package(tmp_path: Path) -> None:
    package = folder(tmp_path, "site-packages", "pzdesk")
    inside = folder(package, "resources")
    folder(tmp_path, "site-packages", "resources")
    assert located("resources", package=package) == inside


def test_in_a_checkout_they_are_beside_the_package(tmp_path: Path) -> None:
    package = folder(tmp_path, "pzdesk")
    beside = folder(tmp_path, "resources")
    (tmp_path / "pyproject.toml").touch()
    assert located("resources", package=package) == beside


def test_somebody_elses_folder_in_site_packages_is_not_ours(tmp_path: Path) -> None:
    package = folder(tmp_path, "site-packages", "pzdesk")
    folder(tmp_path, "site-packages", "migrations")
    with pytest.raises(PzdeskError, match="“migrations” ontbreekt"):
        located("migrations", package=package)


def test_frozen_they_are_in_the_bundle_and_nowhere_else(tmp_path: Path) -> None:
    package = folder(tmp_path, "pzdesk")
    folder(package, "resources")
    bundled = folder(tmp_path, "bundle", "pzdesk", "resources")
    assert located("resources", package=package, bundle=tmp_path / "bundle") == bundled
    with pytest.raises(PzdeskError, match="Installeer pzdesk opnieuw"):
        located("migrations", package=package, bundle=tmp_path / "bundle")


def test_a_frozen_pzdesk_looks_where_pyinstaller_unpacked_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundled = folder(tmp_path, "pzdesk", "resources")
    monkeypatch.setattr(paths.sys, "frozen", True, raising=False)  # type: ignore[attr-defined]
    monkeypatch.setattr(paths.sys, "_MEIPASS", str(tmp_path), raising=False)  # type: ignore[attr-defined]
    assert resources() == bundled
