"""What pzdesk is made of: the licences of what is installed, and what an audit really looked at."""

import json
import sys
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

UNSAID = {"sqlcipher3": "zlib (SQLCipher: BSD-3-Clause)"}
"""What a package does not say of itself, as its own pages do."""


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
            words or (first[0] if first else UNSAID.get(about["Name"].casefold(), "niet vermeld")),
        )
    return [found[name] for name in sorted(found)]


def natives() -> list[tuple[str, str, str]]:
    """Name, version and package of the libraries in C inside a wheel, which no list of Python has."""
    import pypdfium2
    from cryptography.hazmat.backends.openssl import backend
    from PySide6.QtCore import qVersion
    from sqlcipher3 import dbapi2 as sqlcipher

    connection = sqlcipher.connect(":memory:")
    try:
        connection.execute("PRAGMA key = 'x'")  # before that it does not say what it is built on
        cipher, provider = (
            str(connection.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("cipher_version", "cipher_provider_version")
        )
    finally:
        connection.close()
    return [
        ("SQLite", sqlcipher.sqlite_version, "sqlcipher3"),
        ("SQLCipher", cipher.split()[0], "sqlcipher3"),
        ("OpenSSL", _openssl(provider), "sqlcipher3"),
        ("OpenSSL", _openssl(backend.openssl_version_text()), "cryptography"),
        ("Qt", qVersion(), "PySide6-Essentials"),
        ("PDFium", str(pypdfium2.PDFIUM_INFO), "pypdfium2"),
    ]


def with_natives(bill: Mapping[str, Any]) -> dict[str, Any]:
    """A bill of materials (CycloneDX) with those libraries in it."""
    inside = [
        {
            "type": "library",
            "bom-ref": f"{name}-in-{package}",
            "name": name,
            "version": version,
            "description": f"meegeleverd in {package}",
        }
        for name, version, package in natives()
    ]
    others = [one for one in bill.get("components", []) if one.get("bom-ref") not in _refs(inside)]
    return {**bill, "components": [*others, *inside]}


def _refs(parts: Sequence[Mapping[str, str]]) -> set[str]:
    return {part["bom-ref"] for part in parts}


def _openssl(words: str) -> str:
    """``OpenSSL 3.6.0 1 Oct 2025`` is 3.6.0."""
    return next((part for part in words.split() if part[:1].isdigit()), words)


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
    """``licences`` prints the list; ``natives FILE`` adds to a bill what is in C; ``audit FILE`` judges a
    report, and exits 1 unless it is clean."""
    if arguments[:1] == ["licences"]:
        sys.stdout.writelines(
            f"{name:<28} {version:<16} {words}\n" for name, version, words in licences()
        )
        sys.stdout.writelines(
            f"{name:<28} {version:<16} meegeleverd in {package}\n"
            for name, version, package in natives()
        )
        return 0
    path = Path(arguments[1])
    if arguments[0] == "natives":
        bill = with_natives(json.loads(path.read_text(encoding="utf-8")))
        path.write_text(json.dumps(bill, indent=1), encoding="utf-8")
        return 0
    report = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    is_clean, said = verdict(report)
    sys.stdout.writelines(f"{line}\n" for line in said)
    return 0 if is_clean else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
