"""The rules of the house find what breaks them, and nothing in the house does: config/semgrep/house.yaml."""

import re
from pathlib import Path

import pytest

from config.launcher import rules
from config.launcher.steps import install_apart
from tests.attack.second_wall import walled_models

# One file of each sort; the lines that break a rule end with its name, and no other line may be found.
FILES = {
    "pages/templatetags/parts.py": """
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils import safestring
def part(words):
    a = mark_safe(words)  # no-mark-safe
    b = SafeString(words)  # no-mark-safe
    c = safestring.mark_safe(f"<b>{words}</b>")  # no-mark-safe
    d = format_html(f"<b>{words}</b>", 1)  # no-mark-safe
    e = format_html("<b>" + words, 1)  # no-mark-safe
    f = format_html("<b>%s</b>" % words, 1)  # no-mark-safe
    g = format_html("<b>{}</b>", words)
    return mark_safe(words.strip())  # nosemgrep: no-mark-safe - a template rendered it
""",
    "casework/views/case.py": """
from django.shortcuts import get_object_or_404
from accounts.models import User
from casework.models import Case
from followups.tasks import tick
def case(request, pk):
    tick.delay()  # no-publishing-from-a-request
    tick.apply_async(countdown=5)  # no-publishing-from-a-request
    app.send_task("followups.tick")  # no-publishing-from-a-request
    transaction.on_commit(lambda: tick.delay())  # no-publishing-from-a-request
    a = Case.objects.get(pk=pk)  # no-unscoped-manager
    b = Case.objects.filter(pk=pk).visible_to(request.actor)  # no-unscoped-manager
    c = Case._base_manager.all()  # no-unscoped-manager
    d = get_object_or_404(Case, pk=pk)  # no-unscoped-manager
    e = Case.objects.raw("SELECT 1")  # no-unscoped-manager
    f = Case.objects.visible_to(request.actor).filter(pk=pk)
    g = Case.objects.select_related("victim").get_visible(request.actor, pk=pk)
    h = Case.objects.create(pk=pk)
    j = User.objects.annotate(has=Exists(Case.objects.filter(owner=OuterRef("pk"), status="open")))
    i = get_object_or_404(User, pk=pk)
""",
    "casework/actions/closing.py": """
from casework.models import Case
def close(by):
    Case.objects.update(status="closed")  # no-unscoped-manager
""",
    "followups/tasks.py": "def tick():\n    other.delay()\n",
    "followups/rules/holding.py": "from casework.models import Case\nrows = Case.objects.all()\n",
}


@pytest.fixture(scope="module", autouse=True)
def semgrep() -> None:
    install_apart("rules")


def test_each_rule_finds_what_breaks_it_and_nothing_else(tmp_path: Path) -> None:
    expected = set()
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        for number, line in enumerate(text.splitlines(), start=1):
            if broken := re.search(r"  # (no-[\w-]+)$", line):
                expected.add((broken[1], name, number))
    found = {(one.rule, one.file, one.line) for one in rules.found(["."], within=tmp_path)}
    assert found == expected
    assert {rule for rule, _file, _line in found} == set(
        re.findall(r"(?m)^  - id: (\S+)$", rules.RULES.read_text())
    )


def test_the_rule_about_managers_knows_every_model_with_a_scope() -> None:
    (known,) = re.findall(r"regex: \^\(([A-Z]\w+(?:\|\w+)+)\)\$", rules.RULES.read_text())
    assert set(known.split("|")) == {model.__name__ for model in walled_models()}


def test_a_rule_that_cannot_be_read_is_no_clean_house(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("rules:\n  - id: nothing\n    languages: [python]\n")
    monkeypatch.setattr(rules, "RULES", broken)
    with pytest.raises(rules.ServiceError):
        rules.found(["."], within=tmp_path)
