"""What the program never holds, links or writes down: read off its models, its source and its own ledger."""

import inspect
import logging
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Field, Model
from django.test import Client

from huiying.emergency import actions as emergency
from huiying.publishing import actions as publishing
from huiying.records.models import LedgerEvent
from huiying.rules.refusals import NotThere, Refusal
from tests.cast import Cast
from tests.doors.world import built
from tests.rooms.emergency import response
from tests.rooms.publishing import scenes

SOURCE = Path(str(import_module("huiying").__file__)).parent
OURS = ("records", "registry", "petitions", "issues", "emergency", "publishing", "learning")
# Product decision 1 and GB/T 35273: nothing that judges or sorts a person, in any table of any room.
JUDGES = re.compile(
    r"(^|_)(risk|score_of|attitude|mood|ethnic\w*|religion\w*|watch_?list|black_?list|face|faces|sentiment|credit|"
    r"trust|suspect|troublemaker|key_person|repeat(ed)?|frequency|danger_level|profile|biometr\w*)(_|$)"
)
VISITOR = re.compile(
    r"(^|_)(ip|ips|ip_address|remote\w*|user_agent|fingerprint|device|referer|geo\w*|latitude)(_|$)"
)
# Where the matter lies (a blocked drain), given on purpose by whoever tells of it; never taken from a visit to the page.
OF_THE_MATTER = {"petitions.Petition.latitude"}
# Rooms that go on from an incident: they name no petition and no identity, by whatever number of steps.
BLIND = ("emergency", "publishing", "learning")
ENUM_DATE_OR_NUMBER = re.compile(r"[A-Za-z0-9_.:+ \-]{0,40}")

# What has no permission to ask for, and why.
WITHOUT_PERMISSION = {
    "petition_file": "anyone may petition; the clerk's page asks for PETITION_REGISTER, and registering does so again",
    "petition_rate": "the holder's own: the code opened the page",
    "petition_withdraw": "the holder's own",
    "petition_resume": "the holder's own",
    "petition_correct": "the holder's own",
    "message_say": "the holder's own",
    "messages_read": "the holder's own",
    "code_renew": "the holder's own: the old code opened the page",
    "paper_erase": "the holder's own",
    "retaliation_report": "the holder's own",
    "spam_appeal": "the holder's own",
    "execution_open": "part of a reply that leaves; REPLY_SEND was asked for",
    "view_drop": "one's own",
    "language_choose": "one's own",
    "recovery_codes_renew": "one's own, for a code",
    "second_factor_begin": "one's own",
    "second_factor_confirm": "one's own, for a code",
    "second_factor_end": "one's own, for passphrase and code",
    "second_factor_pass": "the second step of signing in; it opens nothing by itself",
    "call_out_answer": "the key of a message that went to this very person; it opens nothing",
    "calendar_change_apply": "a job notes that a change is worked through",
    "orders_open_due": "sends what the activated plan asks for, whoever looks at the clock; a job",
    "activation_open_for_warning": "lays a confirmed warning before the leading group; a job",
    "information_due_satisfy": "called by publishing after NOTICE_PUBLISH; asks for the own body",
    "suggestion_send": "anyone may suggest (国办发〔2024〕5号 art. 37); nothing of whoever does is kept",
    "revision_note": "writes down what the program saw; a job",
    "passphrase_change": "one's own, and the old one must be known",
    "sign_in": "one's own",
    "sign_in_lock": "what the door found; it opens nothing",
}
ASKS = re.compile(
    r"check_may(_somewhere)?\(|\bby\.check\(|_check_may\(|_check_answers\(|_check_verifier\(|\b_check\(|check_grants\("
)


def columns() -> Iterator[tuple[type[Model], Field[Any, Any]]]:
    """Every column of every table, the framework's own included."""
    for model in apps.get_models(include_auto_created=True):
        yield from ((model, field) for field in model._meta.concrete_fields)


@pytest.mark.parametrize(
    "pattern", [JUDGES, VISITOR], ids=["judges a person", "knows where a visitor came from"]
)
def test_no_table_has_a_column_that(pattern: re.Pattern[str]) -> None:
    found = [f"{model._meta.label}.{field.name}" for model, field in columns() if pattern.search(field.name)]
    assert [name for name in found if name not in OF_THE_MATTER] == []


@pytest.mark.parametrize("room", BLIND)
def test_no_way_leads_from_a_response_to_a_petition_or_a_person(room: str) -> None:
    seen: set[type[Model]] = set()
    waiting: list[type[Model]] = list(apps.get_app_config(room).get_models(include_auto_created=True))
    while waiting:
        model = waiting.pop()
        if model in seen:
            continue
        seen.add(model)
        links = (*model._meta.concrete_fields, *model._meta.many_to_many)
        waiting += [field.related_model for field in links if isinstance(field.related_model, type)]
    reached = {model._meta.label for model in seen}
    assert not {label for label in reached if label.startswith(("petitions.", "issues."))}
    assert not reached & {"records.VaultEntry", "records.VaultOpening", "records.OutboxMessage"}


def test_nothing_is_ever_looked_up_or_sorted_by_an_identity() -> None:
    """A petition leads to its sealed identity; no question leads back, so no list of one person's matters exists."""
    asks = re.compile(r"\bvault_token(__\w+)?\s*=[^=]|[\"']-?(\w+__)?vault_token(__\w+)?[\"']|vault_entry__")
    found = {
        str(file.relative_to(SOURCE)): asks.findall(file.read_text("utf-8"))
        for file in SOURCE.rglob("*.py")
        if "migrations" not in file.parts
    }
    # Written once when it is filed; its column; and the rule that an anonymous petition has none.
    written = {"petitions/actions/filing.py": 1, "petitions/intake.py": 1, "petitions/models/matter.py": 2}
    assert {name: len(hits) for name, hits in found.items() if hits} == written


def _values(facts: Any) -> Iterator[Any]:
    if isinstance(facts, dict):
        for key, value in facts.items():
            yield key
            yield from _values(value)
    elif isinstance(facts, list):
        for value in facts:
            yield from _values(value)
    else:
        yield facts


def test_the_ledger_holds_numbers_dates_and_fixed_words_and_no_text(cast: Cast) -> None:
    built(cast)
    wrong, kinds = [], set()
    for event in LedgerEvent.objects.all():
        kinds.add(event.kind)
        for value in (*_values(event.facts), event.subject_id, event.actor_ref):
            if value is None or isinstance(value, bool | int):
                continue
            if not (isinstance(value, str) and ENUM_DATE_OR_NUMBER.fullmatch(value)):
                wrong.append((event.kind, value))
    assert wrong == []
    assert len(kinds) > 45  # nearly every act of the program happened in that world


def test_no_free_words_enter_the_ledger_as_circumstances(cast: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        response.activated(cast, facets=["张三带头"])
    assert refused.value.rule == "emergency.closed_list"


def test_no_free_words_enter_the_ledger_as_criteria(cast: Cast) -> None:
    incident = response.activated(cast).incident
    words: dict[str, Any] = {"grounds": "好了", "despite": "逐项说明", "criteria": ["张三回家了"]}
    with pytest.raises(Refusal) as refused:
        emergency.incident_end(incident=incident, by=cast.leader, at=response.after(400), **words)
    assert refused.value.rule == "emergency.closed_list"


def test_no_fact_and_no_notice_is_tied_to_another_bodys_incident(cast: Cast) -> None:
    theirs = emergency.incident_report(
        body=cast.baishi,
        nature="structure",
        place="白石桥",
        told="桥面下沉。",
        happened_at=scenes.NINE,
        source="telephone",
        by=cast.outside_leader,
        at=scenes.NINE,
    )
    with pytest.raises(NotThere):
        scenes.a_fact(cast, incident=theirs)
    with pytest.raises(NotThere):
        publishing.notice_draft(
            text=scenes.a_text(scenes.a_fact(cast)),
            issuer=cast.units["works"],
            incident_id=theirs.pk,
            by=cast.press_officer,
            at=scenes.later(hours=1),
        )


def _with_what_it_calls(act: Any) -> str:
    """The source of an action and of the functions of its own module that it calls."""
    action = inspect.unwrap(act)
    near = dict(inspect.getmembers(inspect.getmodule(action), inspect.isfunction))
    sources, waiting = {action.__name__: inspect.getsource(action)}, [action.__name__]
    while waiting:
        called = set(re.findall(r"\b([a-z_]+)\(", sources[waiting.pop()]))
        fresh = {name for name in called if name in near and name not in sources}
        sources |= {name: inspect.getsource(inspect.unwrap(near[name])) for name in fresh}
        waiting += fresh
    return "".join(sources.values())


@pytest.mark.parametrize("room", OURS[1:])
def test_every_action_asks_who_may_or_says_here_why_not(room: str) -> None:
    module = import_module(f"huiying.{room}.actions")
    acts = {name: getattr(module, name) for name in module.__all__ if name.islower()}
    silent = [name for name, act in acts.items() if not ASKS.search(_with_what_it_calls(act))]
    assert [name for name in silent if name not in WITHOUT_PERMISSION] == []


def test_a_refused_page_leaves_no_address_and_no_reference_in_the_log(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    reference, address = "QX26-7K3M-9PQD", "203.0.113.77"
    strict = Client(enforce_csrf_checks=True, REMOTE_ADDR=address)
    plain = Client(REMOTE_ADDR=address)
    for client in (strict, plain):
        client.post(f"/qingxi/follow/{reference}/read/")
        client.post("/qingxi/follow/", {"reference": reference, "code": "AAAA-AAAA-AAAA-AAAA"})
        client.get(f"/qingxi/notices/{reference}/")
        client.put(f"/qingxi/follow/{reference}/")
        client.get(f"/console/petitions/{reference}/")
    said = "\n".join(f"{record.getMessage()} {record.levelno}" for record in caplog.records)
    assert reference not in said and address not in said
    assert all(
        logging.getLogger(name).level >= logging.ERROR for name in ("django.request", "django.security.csrf")
    )


def test_the_server_writes_no_access_log() -> None:
    serve = (SOURCE / "config" / "serve.py").read_text("utf-8")
    assert "log_access" not in serve and "LogLevels.error" in serve
