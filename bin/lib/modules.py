"""Facts about the addons of this project, read from their manifests and files.

modules.py dependencies     the addons of others that ours depend on
modules.py closure NAME...  these addons and those of ours that they need, dependencies first
modules.py hash             a hash of everything in addons/
"""

import ast
import hashlib
import sys
from pathlib import Path

ADDONS = Path(__file__).resolve().parents[2] / "addons"


def manifests() -> dict[str, dict]:
    """Return the manifest of each of our addons, by name."""
    return {
        path.parent.name: ast.literal_eval(path.read_text(encoding="utf-8"))
        for path in sorted(ADDONS.glob("*/__manifest__.py"))
    }


def dependencies() -> list[str]:
    """Return the names of the addons that ours depend on and that are not ours."""
    ours = manifests()
    names = {name for manifest in ours.values() for name in manifest.get("depends", [])}
    return sorted(names - set(ours))


def closure(names: list[str]) -> list[str]:
    """Return the named addons and those of ours that they depend on, dependencies first."""
    ours = manifests()
    result: list[str] = []

    def visit(name: str) -> None:
        if name not in ours or name in result:
            return
        for dependency in ours[name].get("depends", []):
            visit(dependency)
        result.append(name)

    for name in names:
        visit(name)
    return result


def content_hash() -> str:
    """Return a hash of the files in addons/ that a database is made of.

    Tests are no part of it: a database need not be updated for them.
    """
    result = hashlib.sha256()
    for path in sorted(ADDONS.rglob("*")):
        if path.is_file() and not {"__pycache__", "tests"} & set(path.parts):
            name = str(path.relative_to(ADDONS)).encode()
            result.update(name + b"\0" + path.read_bytes() + b"\0")
    return result.hexdigest()


if __name__ == "__main__":
    if sys.argv[1:] == ["dependencies"]:
        print(" ".join(dependencies()))
    elif sys.argv[1:2] == ["closure"]:
        print(" ".join(closure(sys.argv[2:])))
    elif sys.argv[1:] == ["hash"]:
        print(content_hash())
    else:
        sys.exit(__doc__)
