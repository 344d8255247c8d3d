"""What pzdesk is made of: the licences of what is installed, and what an audit really looked at."""

import json
import sys
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any


def licences() -> list[tuple[str, str, str]]:
    """Name, version and licence of every installed package, in order."""
    found = {}
    for package in metadata.distributions():
        about = package.metadata
        words = _said(about, "License-Expression") or _of_classifiers(
            about.get_all("Classifier") or ()
        )
        first = _said(about, "License").strip().splitlines()[:1]
        found[about["Name"].casefold()] = (
            about["Name"],
            package.version,
            words or (first[0] if first else "niet vermeld"),
        )
    return [found[name] for name in sorted(found)]


def _said(about: metadata.PackageMetadata, name: str) -> str:
    return next(iter(about.get_all(name) or ()), "")


def _of_classifiers(classifiers: Sequence[str]) -> str:
    named = [line.rsplit(" :: ", 1)[-1] for line in classifiers if line.startswith("License ::")]
    return ", ".join(name for name in named if name != "OSI Approved")


def verdict(report: Mapping[str, Any]) -> tuple[bool, list[str]]:
    """Whether an audit (the JSON of pip-audit) looked at everything and found nothing, with what to say.

    An audit that reached no list of vulnerabilities looks like a clean one: that is told as a failure.
    """
    packages = report.get("dependencies", [])
    skipped = [one["name"] for one in packages if "skip_reason" in one]
    weak = [
        f"{one['name']} {one['version']}: {', '.join(vuln['id'] for vuln in one['vulns'])}"
        for one in packages
        if one.get("vulns")
    ]
    audited = len(packages) - len(skipped)
    said = [f"{audited} van {len(packages)} pakketten nagekeken"]
    if not packages or audited == 0:
        return False, [*said, "Er is niets nagekeken: dit zegt niets over kwetsbaarheden."]
    if skipped:
        said.append(f"niet nagekeken: {', '.join(skipped)}")
    return not skipped and not weak, [*said, *weak]


def main(arguments: Sequence[str]) -> int:
    """``licences`` prints the list; ``audit FILE`` judges a report, and exits 1 unless it is clean."""
    if arguments[:1] == ["licences"]:
        sys.stdout.writelines(
            f"{name:<28} {version:<16} {words}\n" for name, version, words in licences()
        )
        return 0
    path = Path(arguments[1])
    report = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    is_clean, said = verdict(report)
    sys.stdout.writelines(f"{line}\n" for line in said)
    return 0 if is_clean else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
