"""The API's document is fit to build on: its examples are true to it, and it keeps the rules of a good one.

The rules here are the house's own; those of Redocly's strictest set are held by `make check` (config/linter).
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from referrals.api.examples import SHARED
from referrals.api.schema import document
from referrals.disclosure import Item

Told = dict[str, Any]
DOCUMENT = document()
OPERATIONS = {
    told["operationId"]: (address, method, told)
    for address, methods in DOCUMENT["paths"].items()
    for method, told in methods.items()
}
each_operation = pytest.mark.parametrize("name", OPERATIONS)


def contents(told: Told) -> Iterator[tuple[str, str, Told]]:
    """Each body that is sent or answered: where, its media type, and what is said of it."""
    for kind, content in told.get("requestBody", {}).get("content", {}).items():
        yield "asked", kind, content
    for status, answer in told["responses"].items():
        for kind, content in answer.get("content", {}).items():
            yield status, kind, content


def wrong_with(value: Any, schema: Told) -> list[str]:
    whole = {**schema, "components": DOCUMENT["components"]}
    found = Draft202012Validator(whole, format_checker=FormatChecker()).iter_errors(value)
    return [f"{error.json_path}: {error.message}" for error in found]


@each_operation
def test_every_answer_and_every_body_has_an_example_that_is_true_to_its_schema(name: str) -> None:
    _address, _method, told = OPERATIONS[name]
    for where, kind, content in contents(told):
        examples = content.get("examples", {})
        assert examples, f"{where} {kind} has no example"
        for title, example in examples.items():
            assert wrong_with(example["value"], content["schema"]) == [], f"{where} {title}"


GOLDEN = Path(__file__).parent / "golden" / "everything.json"


def shapes(schema: Told) -> dict[str, Told]:
    """The fields of a shape, wherever it is written down."""
    while "properties" not in schema:
        found = schema.get("$ref") or next(
            part["$ref"]
            for kind in ("allOf", "oneOf", "anyOf")
            for part in schema.get(kind, [])
            if "$ref" in part
        )
        schema = DOCUMENT["components"]["schemas"][found.rsplit("/", 1)[1]]
    return dict(schema["properties"])


def test_everything_that_is_shared_is_described_field_by_field_with_its_codes() -> None:
    shared = shapes(DOCUMENT["components"]["schemas"]["Referral"])["shared"]
    fields = shapes(shared)
    everything = json.loads(GOLDEN.read_text())
    assert set(fields) == set(everything) == set(Item.values)
    for item, within in (
        ("safe_contact", shapes(fields["safe_contact"]["items"])),
        ("officer", shapes(fields["officer"])),
        ("nrm", shapes(fields["nrm"])),
    ):
        given = everything[item]
        given = given[0] if isinstance(given, list) else given
        assert set(within) == set(given), item
    assert wrong_with(everything, shared) == []
    for item, wrong in (
        ("risk", "awful"),
        ("topics", {"weather": "told"}),
        ("topics", {"money": "much"}),
        ("born_on", "04/05/1999"),
        ("crime", "NM/1/26"),
        ("nrm", {"status": "lost", "reference": ""}),
        ("safe_contact", [everything["safe_contact"][0] | {"channel": "pigeon"}]),
        ("safe_contact", [everything["safe_contact"][0] | {"safe": True}]),
    ):
        assert wrong_with(everything | {item: wrong}, shared), item


def test_the_example_of_what_is_shared_has_every_item() -> None:
    assert set(SHARED) == set(Item.values)


def test_an_example_that_is_not_true_would_be_found() -> None:
    told = OPERATIONS["read_referral"][2]["responses"]["200"]["content"]["application/json"]
    (example,) = told["examples"].values()
    for wrong in ({"status": "gone"}, {"id": 7}, {"sent_at": None}, {"minimum": {}}):
        assert wrong_with(example["value"] | wrong, told["schema"])


@each_operation
def test_every_answer_has_its_problem_with_the_fault_and_a_page(name: str) -> None:
    _address, _method, told = OPERATIONS[name]
    for status, answer in told["responses"].items():
        if int(status) >= 400 and name != "get_token":
            assert list(answer["content"]) == ["application/problem+json"], status
    assert {"429", "406", "500"} <= set(told["responses"])
    assert any(status.startswith("2") for status in told["responses"])


@each_operation
def test_an_operation_is_named_summed_up_and_closed_unless_it_says_so(name: str) -> None:
    address, _method, told = OPERATIONS[name]
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name)
    assert re.fullmatch(r"(/([a-z0-9]+(-[a-z0-9]+)*|\{[a-z_]+\}))+", address)
    assert 5 < len(told["summary"]) <= 80
    assert not told["summary"].endswith(".")
    assert told["security"] or name == "get_token"
    known = DOCUMENT["components"]["securitySchemes"]["agency"]["flows"]["clientCredentials"]
    assert {scope for need in told["security"] for scope in need["agency"]} <= set(known["scopes"])


@each_operation
def test_every_parameter_and_every_header_is_described(name: str) -> None:
    address, method, told = OPERATIONS[name]
    parameters = {(one["in"], one["name"]): one for one in told.get("parameters", [])}
    assert [key for key, one in parameters.items() if not one.get("description")] == []
    in_address = set(re.findall(r"\{(\w+)\}", address))
    assert {name for where, name in parameters if where == "path"} == in_address
    assert ("header", "X-Correlation-Id") in parameters
    needs_key = method == "post" and name != "get_token"
    assert (("header", "Idempotency-Key") in parameters) is needs_key
    for status, answer in told["responses"].items():
        rates = {"RateLimit", "RateLimit-Policy"}
        assert "X-Correlation-Id" in answer["headers"]
        # What broke has lost the count.
        assert rates & set(answer["headers"]) == (set() if status == "500" else rates), status
    assert "Retry-After" in told["responses"]["429"]["headers"]
    waits = told["responses"].get("409", {}).get("headers", {})
    assert ("Retry-After" in waits) is needs_key


def test_every_operation_has_an_id_of_its_own() -> None:
    assert len(OPERATIONS) == sum(len(methods) for methods in DOCUMENT["paths"].values())


def test_the_document_says_whose_it_is() -> None:
    about = DOCUMENT["info"]
    assert about["title"]
    assert about["description"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", about["version"])
    assert about["license"]["identifier"] == "Apache-2.0"
    assert DOCUMENT["servers"]


def test_every_shape_is_used_described_and_in_the_same_spelling() -> None:
    text = json.dumps(DOCUMENT)
    for kind, shapes in DOCUMENT["components"].items():
        for name, shape in shapes.items():
            used = f'"#/components/{kind}/{name}"' in text or kind == "securitySchemes"
            assert used, f"{name} is used nowhere"
            for field in shape.get("properties", {}):
                assert re.fullmatch(r"[a-z]+(_[a-z]+)*", field), f"{name}.{field}"
            if shape.get("type") == "object":
                assert shape["description"], name


def test_every_reference_leads_somewhere() -> None:
    for kind, name in re.findall(r'"#/components/(\w+)/([\w-]+)"', json.dumps(DOCUMENT)):
        assert name in DOCUMENT["components"][kind]
