"""Proofs of the parts that pages are made of: words before colours, and nothing blank."""

import pytest
from django.core.paginator import Paginator
from django.test import RequestFactory

from tests.pages.markup import Page, rendered


def test_nothing_known_is_said_in_words() -> None:
    for nothing in ("", None, []):
        row = rendered('{% summary_row "Aliases" value %}', value=nothing)
        assert "Not provided" in row
    assert "None recorded" in rendered('{% summary_row "Aliases" "" empty="None recorded" %}')


def test_zero_and_no_are_known() -> None:
    assert ">0</dd>" in rendered('{% summary_row "Children" value %}', value=0)
    assert ">False</dd>" in rendered('{% summary_row "Children" value %}', value=False)


def test_a_change_link_says_what_it_changes() -> None:
    row = rendered('{% summary_row "Date of birth" "1 May" href="/x" change="date of birth" %}')
    assert 'Change<span class="govuk-visually-hidden"> date of birth</span>' in row


def test_words_are_escaped_and_markup_is_not_escaped_twice() -> None:
    assert "&lt;b&gt;" in rendered('{% summary_row "Name" value %}', value="<b>")
    assert "&lt;b&gt;" in rendered("{% warning %}{{ words }}{% endwarning %}", words="<b>")
    assert "<em>now</em>" in rendered("{% warning %} <em>now</em> {% endwarning %}")
    assert "<em>x</em>" in rendered(
        '{% timeline %}{% timeline_item "Sent" when="3 March" %}<em>x</em>{% endtimeline_item %}'
        "{% endtimeline %}"
    )


def test_a_count_that_failed_is_not_a_zero() -> None:
    failed = rendered('{% tile count "overdue" "/x" %}', count=None)
    assert "Could not check" in failed
    assert ">0<" not in failed
    assert ">0<" in rendered('{% tile count "overdue" "/x" %}', count=0)


def test_a_question_that_failed_is_not_an_empty_list() -> None:
    words = rendered('{% could_not_check "the referrals" %}{% endcould_not_check %}')
    assert "We could not check the referrals." in words
    assert "This does not mean that there is nothing" in words


@pytest.mark.parametrize("level", ["overdue", "soon", "later"])
def test_a_due_bar_always_has_words(level: str) -> None:
    bar = rendered('{% due_bar "Due in 2 hours" level=level %}', level=level)
    assert "<strong>Due in 2 hours</strong>" in bar
    assert f"app-due--{level}" in bar


@pytest.mark.parametrize(
    ("state", "said"), [("done", "Done"), ("now", "Now"), ("later", "Not yet")]
)
def test_a_step_says_its_state_in_words(state: str, said: str) -> None:
    step = rendered('{% tracker_step "Sent" state %}', state=state)
    assert f"{said}</span>" in step
    assert ('aria-current="step"' in step) is (state == "now")


def test_a_task_ties_its_state_to_its_link() -> None:
    page = Page(rendered('{% task "Where" "t1" href="/x" hint="71 of 88" %}'))
    assert page.all("a")[0]["aria-describedby"].split() == ["t1-hint", "t1-status"]
    assert {"t1-hint", "t1-status"} <= set(page.ids())
    assert "govuk-tag" not in rendered('{% task "Where" "t1" done=True %}')


def test_a_list_says_which_part_of_it_is_shown(rf: RequestFactory) -> None:
    shown = Paginator(range(38), 25)
    request = rf.get("/work", {"view": "mine", "page": "2"})
    first = rendered('{% pagination p "cases" %}', p=shown.page(1), request=request)
    second = rendered('{% pagination p "cases" %}', p=shown.page(2), request=request)
    assert "Showing 1 to 25 of 38 cases" in first
    assert "Showing 26 to 38 of 38 cases" in second
    assert [link["href"] for link in Page(first).all("a")] == [
        "?view=mine&page=1",
        "?view=mine&page=2",
        "?view=mine&page=2",
    ]
    assert 'aria-current="page"' in first


def test_one_page_needs_no_links(rf: RequestFactory) -> None:
    only = rendered("{% pagination p %}", p=Paginator(range(3), 25).page(1), request=rf.get("/"))
    assert "Showing 1 to 3 of 3" in only
    assert Page(only).all("a") == []


def test_a_long_list_elides_its_middle(rf: RequestFactory) -> None:
    middle = Paginator(range(1000), 25).page(20)
    assert "&ctdot;" in rendered("{% pagination p %}", p=middle, request=rf.get("/"))


def test_a_refused_line_of_a_file_says_why() -> None:
    table = rendered(
        '{% csv_preview "Read" headings rows %}',
        headings=["Officer"],
        rows=[(2, ["1001"], "Will be added", True), (3, ["9999"], "No such officer", False)],
    )
    assert "No such officer" in table
    assert table.count("app-csv__refused") == 1


def test_only_a_do_not_phone_rule_is_red() -> None:
    forbid = rendered('{% safe_contact_box "No" forbid=True %}x{% endsafe_contact_box %}')
    allowed = rendered('{% safe_contact_box "Yes" %}x{% endsafe_contact_box %}')
    assert "--forbid" in forbid
    assert "--forbid" not in allowed


def test_a_button_is_pressed_once() -> None:
    assert 'data-prevent-double-click="true"' in rendered('{% button "Send" %}')
    assert 'name="leave" value="1"' in rendered('{% button "Leave" name="leave" value="1" %}')
    assert Page(rendered('{% button "Start" href="/new" %}')).all("a")[0]["role"] == "button"
