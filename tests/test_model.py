"""The model: JSON there and back, a schema that says what the JSON is, and what walks over it."""

from __future__ import annotations

import json

import jsonschema
import msgspec
import pytest
from exam import exam_document
from hypothesis import HealthCheck, given, settings
from part import examples
from strategies import documents, noise

from convert import model, publish
from convert.model import Document, Heading, Metadata, Origin, Paragraph, Removed, Repair, RunIn, SourceInfo, Text

VALIDATOR = jsonschema.Draft202012Validator(model.json_schema())
SLOW = settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_the_schemas_are_schemas() -> None:
    jsonschema.Draft202012Validator.check_schema(model.json_schema())
    jsonschema.Draft202012Validator.check_schema(publish.manifest_schema())


def test_the_exam_there_and_back() -> None:
    data = model.to_json(exam_document())
    assert model.from_json(data) == exam_document()
    VALIDATOR.validate(json.loads(data))


@SLOW
@given(documents())
def test_json_there_and_back(document: Document) -> None:
    data = model.to_json(document)
    assert model.from_json(data) == document
    VALIDATOR.validate(json.loads(data))


@SLOW
@given(noise())
def test_json_holds_any_text(document: Document) -> None:
    data = model.to_json(document)
    assert model.from_json(data) == document
    VALIDATOR.validate(json.loads(data))


def test_the_contract_of_inspect() -> None:
    """The names other tools rely on (convert/README.md, The model)."""
    whole = json.loads(model.to_json(exam_document()))
    assert whole["schema"] == "wenban-document/2"
    assert {"name", "sha256", "media_type", "charset", "lines"} <= set(whole["source"])
    wanted = {"title", "subtitle", "source", "editor", "author", "published", "url", "document_number", "issuing_body"}
    assert wanted <= set(whole["metadata"])
    assert set(whole) >= {"ledger", "repairs"}


def test_what_is_not_known_is_absent() -> None:
    document = Document(SourceInfo("a", "b", "text/plain", "utf-8", 1), Metadata(title="t"))
    assert json.loads(model.to_json(document))["metadata"] == {"title": "t"}


@pytest.mark.parametrize("data", [b"{}", b"[]", b'{"schema": "wenban-document/1"}'])
def test_other_json_is_refused(data: bytes) -> None:
    with pytest.raises(msgspec.ValidationError):
        model.from_json(data)


def test_another_version_is_refused() -> None:
    data = model.to_json(exam_document()).replace(b"wenban-document/2", b"wenban-document/9")
    with pytest.raises(msgspec.ValidationError, match="wenban-document/9"):
        model.from_json(data)


def test_the_schema_before_is_read_and_its_reasons_have_their_names_of_today() -> None:
    source = SourceInfo("a", "b", "text/plain", "utf-8", 2)
    lines = (Removed("首页>新闻", "navigation", Origin(1, 1)), Paragraph((Text("文"),), origin=Origin(2, 2)))
    whole = json.loads(model.to_json(Document(source, blocks=lines)))
    whole["schema"] = "wenban-document/1"
    for place in (whole["ledger"][0], whole["blocks"][0]):
        place["reason"] = "breadcrumb"
    assert model.from_json(json.dumps(whole).encode()) == Document(source, blocks=lines)


def test_the_ledger_says_how_sure_a_line_is_and_why() -> None:
    line = Paragraph((Text("文"),), origin=Origin(1, 1, sure=0.75, why=("long", "ends in a stop")))
    source = SourceInfo("a", "b", "text/plain", "utf-8", 1)
    document = Document(source, Metadata(title="t"), (line,), metadata_sure={"title": 0.5})
    whole = json.loads(model.to_json(document))
    assert (whole["ledger"][0]["sure"], whole["ledger"][0]["why"]) == (0.75, ["long", "ends in a stop"])
    assert whole["metadata_sure"] == {"title": 0.5}
    assert model.from_json(model.to_json(document)) == document


def test_outline() -> None:
    blocks = (
        Heading(1, (Text("one"),), "h1"),
        Paragraph((RunIn(2, (Text("lead"),), "r1"), Text("rest"))),
        Heading(3, (Text("three"),), "h2"),
    )
    document = Document(SourceInfo("a", "b", "text/plain", "utf-8", 1), Metadata(), blocks)
    assert [entry.id for entry in model.outline(document)] == ["h1", "h2"]
    assert [entry.id for entry in model.outline(document, run_in=True)] == ["h1", "r1", "h2"]
    assert [entry.id for entry in model.outline(document, run_in=True, depth=2)] == ["h1", "r1"]


def test_replay_refuses_what_does_not_fit() -> None:
    source = SourceInfo("a", "b", "text/plain", "utf-8", 1, final_newline=False)
    entry = model.LedgerEntry((1, 1), "paragraph", "text")
    assert model.replay(source, [entry], ()) == "text"
    with pytest.raises(ValueError, match="twice"):
        model.replay(source, [entry, entry], ())
    with pytest.raises(ValueError, match="not there"):
        model.replay(source, [entry], (Repair("space", 1, 1, "a", "b"),))
