"""Facts about the addons of this project, read from their manifests and files.

    modules.py dependencies     the addons of others that ours depend on
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
    return sorted({name for manifest in ours.values() for name in manifest.get("depends", [])} - set(ours))


def content_hash() -> str:
    """Return a hash of the files in addons/: it changes when an installed database needs an update."""
    result = hashlib.sha256()
    for path in sorted(ADDONS.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc":
            result.update(str(path.relative_to(ADDONS)).encode() + b"\0" + path.read_bytes() + b"\0")
    return result.hexdigest()


if __name__ == "__main__":
    if sys.argv[1:] == ["dependencies"]:
        print(" ".join(dependencies()))
    elif sys.argv[1:] == ["hash"]:
        print(content_hash())
    else:
        sys.exit(__doc__)
