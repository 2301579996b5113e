"""The list of what Holdfast runs on, as CycloneDX JSON: `make sbom`, or `python -m config.launcher.bill > FILE`.

It is read from the two locks that the container is built from, and says of each package its version, the hashes of
the files that may be installed, and where it would come from. Nothing is asked of the network.
"""

import base64
import json
import re
import sys
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

TREE = Path(__file__).resolve().parents[2]
LOCK = TREE / "requirements" / "runtime.txt"
NPM_LOCK = TREE / "package-lock.json"
# One package of the lock: its name, version, perhaps where it is for, and then its hashes, each in a line.
PACKAGE = re.compile(
    r"(?m)^(?P<name>[a-z0-9][a-z0-9-]*)(?:\[[\w,-]+\])?==(?P<version>[^ ;\\]+)(?P<rest>(?:[^\n]*\\\n)*[^\n]*)"
)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def components(lock: str) -> list[Component]:
    """Every package of the lock, in its order."""
    return [
        Component(
            type=ComponentType.LIBRARY,
            name=found["name"],
            version=found["version"],
            purl=PackageURL("pypi", None, found["name"], found["version"]),
            bom_ref=f"{found['name']}@{found['version']}",
            hashes=[
                HashType(alg=HashAlgorithm.SHA_256, content=h) for h in HASH.findall(found["rest"])
            ],
        )
        for found in PACKAGE.finditer(lock)
    ]


def served(lock: str) -> list[Component]:
    """Every package of which something is in the styles and scripts that browsers get."""
    packages = json.loads(lock)["packages"]
    return [
        Component(
            type=ComponentType.LIBRARY,
            name=(name := path.removeprefix("node_modules/")),
            version=about["version"],
            purl=PackageURL("npm", None, name, about["version"]),
            bom_ref=f"{name}@{about['version']}",
            hashes=[_of_npm(about["integrity"])],
        )
        for path, about in packages.items()
        if path and not about.get("dev")
    ]


def _of_npm(integrity: str) -> HashType:
    kind, _dash, digest = integrity.partition("-")
    if kind != "sha512":
        raise ValueError(f"The lock names a hash that is not known here: {kind}.")
    return HashType(alg=HashAlgorithm.SHA_512, content=base64.b64decode(digest).hex())


def bill() -> str:
    """The whole document."""
    found = [*components(LOCK.read_text()), *served(NPM_LOCK.read_text())]
    whole = Bom(components=found)
    whole.metadata.component = Component(
        type=ComponentType.APPLICATION, name="holdfast", bom_ref="holdfast"
    )
    whole.register_dependency(whole.metadata.component, whole.components)
    return JsonV1Dot6(whole).output_as_string(indent=2)


if __name__ == "__main__":
    sys.stdout.write(bill() + "\n")
