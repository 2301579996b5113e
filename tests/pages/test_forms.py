"""Proofs of how a form asks: every error leads to its control, and what was typed stays."""

import re

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from pages.answers import Answer
from pages.forms import AnswerField, Checkboxes, Radios, TickField
from pages.gallery import GalleryForm
from tests.pages.markup import Page, rendered

CONTROLS = ("input", "select", "textarea")


def page_of(form: forms.Form) -> Page:
    return Page(rendered("{% form_errors form %}{{ form }}", form=form))


def test_every_error_leads_to_a_control_that_can_take_focus() -> None:
    form = GalleryForm({})
    page = page_of(form)
    targets = [link["href"].removeprefix("#") for link in page.all("a")]
    assert len(targets) == len(form.errors) > 5
    assert set(targets) <= set(page.ids(*CONTROLS))


def test_radios_checkboxes_and_dates_are_reached_at_their_first_control() -> None:
    page = page_of(GalleryForm({}))
    targets = [link["href"] for link in page.all("a")]
    assert {"#id_child_0", "#id_risks_0", "#id_met_on_day"} <= set(targets)


def test_an_unfinished_date_is_reached_at_the_box_that_is_empty() -> None:
    form = GalleryForm({"met_on_day": "3", "met_on_year": "2026"})
    page = page_of(form)
    assert "#id_met_on_month" in [link["href"] for link in page.all("a")]
    wrong = [box["id"] for box in page.all("input") if "govuk-input--error" in box["class"]]
    assert "id_met_on_month" in wrong
    assert "id_met_on_day" not in wrong


def test_what_was_typed_is_kept_beside_its_error() -> None:
    typed = {"what": "she said <no>", "met_on_day": "31", "met_on_month": "Febuary"}
    typed |= {"met_on_year": "2026", "met_at": "half past", "child": "yes", "risks": ["danger"]}
    page = page_of(GalleryForm(typed))
    assert "she said &lt;no&gt;" in page.markup
    values = [box.get("value") for box in page.all("input")]
    assert {"31", "Febuary", "2026", "half past"} <= set(values)
    ticked = [box["id"] for box in page.all("input") if "checked" in box]
    assert ticked == ["id_child_0", "id_risks_0"]


def test_the_browser_is_told_to_check_nothing() -> None:
    for form in (GalleryForm(), GalleryForm({})):
        for control in page_of(form).all(*CONTROLS):
            assert not {"required", "maxlength", "minlength", "pattern"} & set(control)


def test_typed_words_about_a_person_are_not_kept_by_the_browser() -> None:
    boxes = {box["name"]: box for box in page_of(GalleryForm()).all("input", "textarea")}
    assert boxes["called"]["autocomplete"] == "off"
    assert boxes["met_on_day"]["autocomplete"] == "off"
    assert boxes["password"]["autocomplete"] == "current-password"


def test_every_description_that_a_control_names_is_on_the_page() -> None:
    for form in (GalleryForm(), GalleryForm({})):
        page = page_of(form)
        named = " ".join(
            attributes.get("aria-describedby", "") for _, attributes in page.elements
        ).split()
        assert named
        assert set(named) <= set(page.ids())


def test_every_label_names_a_control_and_no_id_is_used_twice() -> None:
    page = page_of(GalleryForm({}))
    assert {label["for"] for label in page.all("label")} <= set(page.ids(*CONTROLS))
    assert len(page.ids()) == len(set(page.ids()))


def test_days_months_and_years_open_the_number_pad() -> None:
    boxes = [box for box in page_of(GalleryForm()).all("input") if "met_on" in box["name"]]
    assert [box["inputmode"] for box in boxes] == ["numeric"] * 3


def test_none_of_these_clears_the_others_and_stands_after_or() -> None:
    page = page_of(GalleryForm())
    exclusive = [box for box in page.all("input") if box.get("data-behaviour") == "exclusive"]
    assert [box["value"] for box in exclusive] == ["none"]
    assert page.markup.index("govuk-checkboxes__divider") < page.markup.index('value="none"')


def test_an_error_that_names_nothing_is_given_its_question() -> None:
    assert "Answer the question: What do they want to be called?" in page_of(GalleryForm({})).markup


def test_a_question_may_be_the_heading_of_its_page() -> None:
    form = GalleryForm()
    one = Page(rendered("{% field form.child heading=True %}", form=form))
    other = Page(rendered("{% field form.called heading=True %}", form=form))
    assert one.texts("h1") == ["Do they look under 18?"]
    assert "What do they want to be called?" in other.texts("h1")[0]


def test_a_hidden_field_has_no_label_and_no_link() -> None:
    class Hidden(forms.Form):
        version = forms.IntegerField(widget=forms.HiddenInput())

    page = page_of(Hidden({}))
    assert page.all("label") == []
    assert page.all("a") == []
    assert "There is a problem" in page.markup


class Asked(forms.Form):
    """A question about a person, left to its defaults."""

    interpreter = AnswerField(label="Interpreter?")


@pytest.mark.parametrize("answer", list(Answer))
def test_a_question_about_a_person_takes_each_of_the_five_answers(answer: Answer) -> None:
    form = Asked({"interpreter": answer.value})
    assert form.is_valid()
    assert form.cleaned_data["interpreter"] is answer


def test_a_question_that_was_passed_over_is_not_asked_never_no() -> None:
    form = Asked({})
    assert form.is_valid()
    assert form.cleaned_data["interpreter"] is Answer.NOT_ASKED
    page = page_of(Asked())
    assert [box["value"] for box in page.all("input") if "checked" in box] == ["not_asked"]


def test_an_invented_answer_is_refused_in_words() -> None:
    form = Asked({"interpreter": "maybe"})
    assert form.errors["interpreter"] == ["Select one of the answers shown"]


@given(st.text(max_size=30))
def test_nothing_but_the_five_answers_is_ever_stored(typed: str) -> None:
    form = Asked({"interpreter": typed})
    if form.is_valid():
        assert form.cleaned_data["interpreter"] in set(Answer)
    else:
        assert typed not in Answer.values


def test_small_and_inline_radios_say_so() -> None:
    class Shapes(forms.Form):
        sex = forms.ChoiceField(choices=[("a", "A")], widget=Radios(inline=True, small=True))
        needs = forms.MultipleChoiceField(choices=[("a", "A")], widget=Checkboxes(small=True))
        tick = TickField(label="Agreed")

    markup = page_of(Shapes()).markup
    assert "govuk-radios--inline" in markup
    assert "govuk-radios--small" in markup
    assert "govuk-checkboxes--small" in markup
    assert re.search(r'<label class="[^"]*" for="id_tick">Agreed</label>', markup)
