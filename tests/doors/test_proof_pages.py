"""The proof that a holder takes home, and the command that checks it."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from huiying.config.cli import main
from huiying.petitions.models import Petition
from huiying.records.models import LedgerSalt
from huiying.rules.proof import Verdict, check, read
from huiying.web.portal.following import proof as door
from tests.cast import Cast
from tests.doors.test_paper_pages import holder_of
from tests.petitioner import words
from tests.rooms.petitions.matters import WORDS, filed, filing, named, settled

NAME = "试提事人"


def address(petition: Petition) -> str:
    return reverse("portal:petition_proof", args=["qingxi", petition.reference])


def taken(petition: Petition) -> bytes:
    answer = holder_of(petition).browser.get(address(petition))
    assert answer.status_code == 200
    return bytes(answer.content)


def test_without_the_code_there_is_no_proof(cast: Cast) -> None:
    petition = filed(cast).petition
    assert 'name="code"' in words(Client().get(address(petition)))


def test_the_holder_of_another_petition_gets_none(cast: Cast) -> None:
    mine, other = filed(cast).petition, filed(cast, filing(text="另一件事")).petition
    assert 'name="code"' in words(holder_of(mine).browser.get(address(other)))


def test_the_holder_takes_home_what_proves_every_step_that_the_page_tells(cast: Cast) -> None:
    petition = settled(cast, named())
    events = read(taken(petition))
    assert {check(event).verdict for event in events} == {Verdict.HOLDS}
    told = {str(kind) for kind in door.words.HAPPENED}
    assert {event["content"]["kind"] for event in events} <= told
    assert [event["what"] for event in events][:2] == ["收到信访事项", "登记信访事项"]


def test_it_is_saved_as_a_file_under_a_name_that_tells_nothing(cast: Cast) -> None:
    petition = filed(cast).petition
    answer = holder_of(petition).browser.get(address(petition))
    assert answer["Content-Disposition"].startswith("attachment")
    assert petition.reference not in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]


def test_no_name_no_words_and_no_code_stand_in_it(cast: Cast) -> None:
    receipt = filed(cast, named())
    text = taken(receipt.petition).decode()
    for secret in (NAME, WORDS[:6], "00000000001", receipt.code or "-"):
        assert secret not in text


def test_an_event_whose_salt_was_erased_stands_there_unprovable(cast: Cast) -> None:
    petition = filed(cast).petition
    LedgerSalt.objects.all().delete()
    assert {check(event).verdict for event in read(taken(petition))} == {Verdict.UNPROVABLE}


class TestTheCommand:
    def verify(self, file: Path, capsys: Any, *more: str) -> tuple[int, str]:
        code = main(["verify-proof", str(file), *more])
        said = capsys.readouterr()
        return code, said.out + said.err

    @pytest.fixture
    def file(self, cast: Cast, tmp_path: Path) -> Path:
        place = tmp_path / "proof.json"
        place.write_bytes(taken(settled(cast)))
        return place

    def test_a_proof_holds_offline_and_against_the_ledger(
        self, file: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        code, said = self.verify(file, capsys, "--offline")
        assert code == 0
        assert "没有与机关记录对照" in said
        monkeypatch.setattr("huiying.config.proving._database_at_hand", lambda: True)
        code, said = self.verify(file, capsys)
        assert code == 0
        assert "已与这里的机关记录对照" in said

    def test_one_changed_byte_is_found(self, file: Path, capsys: Any) -> None:
        text = file.read_text("utf-8")
        file.write_text(text.replace('"kind": "petition.accepted"', '"kind": "petition.acceptee"'), "utf-8")
        code, said = self.verify(file, capsys, "--offline")
        assert code == 1
        assert "不相符" in said

    def test_a_proof_made_up_alone_holds_in_itself_and_is_not_in_the_ledger(
        self, file: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from huiying.rules import proof

        made_up = json.loads(file.read_text("utf-8"))
        for event in made_up["events"]:
            event["content"]["facts"] = {"due": "2030-01-01"}
            salt = bytes.fromhex(event["salt"])
            event["commitment"] = proof.commitment(salt, proof.content_hash(event["content"])).hex()
        file.write_text(json.dumps(made_up), "utf-8")
        assert self.verify(file, capsys, "--offline")[0] == 0
        monkeypatch.setattr("huiying.config.proving._database_at_hand", lambda: True)
        code, said = self.verify(file, capsys)
        assert code == 1
        assert "机关的记录里没有这一条" in said

    def test_what_is_no_proof_is_told_in_a_sentence(self, tmp_path: Path, capsys: Any) -> None:
        (tmp_path / "a.json").write_text("{}")
        for name in ("a.json", "nowhere.json"):
            assert self.verify(tmp_path / name, capsys, "--offline")[0] == 2
