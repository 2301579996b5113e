"""What the documents say is so: commands, files, links and names in them exist."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

TREE = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([TREE / "README.md", TREE / "CHANGELOG.md", *(TREE / "docs").rglob("*.md")])
PACKAGES = ("clocks", "pages", "accounts", "victims", "training", "casework", "referrals")
PACKAGES += ("followups", "config")
# Words in backticks that look like a path of ours: `followups/rules/`, `config/errors.py`.
PATH = re.compile(rf"`((?:{'|'.join(PACKAGES)}|templates|static|tests|docs|bench)/[\w./-]*)`")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")

each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)


@each_document
def test_every_make_target_that_is_named_exists(document: Path) -> None:
    targets = set(re.findall(r"(?m)^([a-z]+):", (TREE / "Makefile").read_text()))
    named = set(re.findall(r"`?\bmake ([a-z]+)`|(?m:^make ([a-z]+)$)", document.read_text()))
    assert {target for pair in named for target in pair if target} <= targets


@each_document
def test_every_management_command_that_is_named_exists(document: Path) -> None:
    named = set(re.findall(r"manage\.py ([a-z_]+)", document.read_text()))
    assert named <= set(get_commands())


@each_document
def test_every_link_leads_to_a_file(document: Path) -> None:
    for target in LINK.findall(document.read_text()):
        assert (document.parent / target).exists(), target


@each_document
def test_every_path_that_is_named_exists(document: Path) -> None:
    for target in PATH.findall(document.read_text()):
        assert (TREE / target).exists(), target


def test_every_decision_is_in_the_list() -> None:
    listed = set(re.findall(r"\((\d{4}-[\w-]+\.md)\)", (TREE / "docs/adr/README.md").read_text()))
    assert listed == {path.name for path in (TREE / "docs/adr").glob("0*.md")}


def test_the_picture_of_the_packages_is_the_contract() -> None:
    contract = (TREE / "pyproject.toml").read_text()
    drawn = (TREE / "docs/architecture.md").read_text()
    line = re.search(r"(?m)^config -> .*$", drawn)
    assert line is not None
    for package in re.findall(r"[a-z]+", line.group()):
        assert re.search(rf'"{package}\b', contract), package
