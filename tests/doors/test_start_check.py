"""`huiying check` names what would lose or block a petition, each with its remedy."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from huiying.config import check
from huiying.config.options import Mail, Options, Sms, SmsProvider
from huiying.records import clock, files, jobs, master_key
from huiying.records.files import disk
from huiying.registry.models import Body
from huiying.rules.actors import SYSTEM
from tests.cast import found_body

pytestmark = pytest.mark.django_db


def areas(found: Any) -> list[str]:
    """What the findings are about; each must have a remedy."""
    findings = list(found)
    assert all(each.remedy and each.problem for each in findings)
    return [each.area for each in findings]


def test_a_sound_installation_has_nothing_to_say(tmp_path: Path) -> None:
    jobs.beat("a worker", at=clock.now())
    assert areas(check.findings_now(Options(data_dir=tmp_path), at=clock.now())) == []


def test_a_dead_worker_is_found() -> None:
    assert areas(check.look_at_worker(at=clock.now())) == ["worker"]
    jobs.beat("a worker", at=clock.now() - timedelta(hours=1))
    assert areas(check.look_at_worker(at=clock.now())) == ["worker"]


def test_a_missing_data_folder_is_found(tmp_path: Path) -> None:
    assert areas(check.look_at_folder(Options(data_dir=tmp_path / "gone"))) == ["data folder"]


def test_a_full_disk_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huiying.config.folder.NEEDED_BYTES", 2**62)
    assert areas(check.look_at_folder(Options(data_dir=tmp_path))) == ["data folder"]


def test_a_lost_master_key_is_found(tmp_path: Path, settings: Any) -> None:
    settings.HUIYING = {**settings.HUIYING, "master_key_path": tmp_path / "master.key"}
    assert areas(check.look_at_master_key()) == ["master key"]


def test_a_master_key_that_others_may_read_is_found(tmp_path: Path, settings: Any) -> None:
    key = tmp_path / "master.key"
    key.write_bytes(b"k" * 32)
    key.chmod(0o644)
    settings.HUIYING = {**settings.HUIYING, "master_key_path": key}
    assert areas(check.look_at_master_key()) == ["master key"]


def test_files_that_are_not_where_the_database_says_are_found(tmp_path: Path, settings: Any) -> None:
    settings.HUIYING = {**settings.HUIYING, "data_dir": tmp_path, "master_key_path": master_key.path()}
    for text in ("一", "二"):
        paper = files.Cleaned(files.FileKind.TEXT, text.encode(), cleaned=True)
        kept = files.store(paper, body_id=1, subject=("petition", "1"), by=SYSTEM, at=clock.now())
    assert areas(check.look_at_files()) == []
    disk.remove(kept.place or "")
    (finding,) = check.look_at_files()
    assert finding.problem.startswith("1 of the newest")


def test_demo_settings_are_found_in_production() -> None:
    found = list(check.look_at_production(Options(mode="production", debug=True)))
    assert len(found) == 4
    assert any("source_url" in each.problem for each in found)
    assert list(check.look_at_production(Options(debug=True))) == []


def test_a_mail_server_that_does_not_answer_is_found(unused_port: int) -> None:
    mail = Mail(adapter="smtp", host="127.0.0.1", port=unused_port)
    assert areas(check.look_at_mail(Options(mail=mail))) == ["mail"]


def test_letters_that_go_nowhere_are_found_in_production_only(tmp_path: Path) -> None:
    assert areas(check.look_at_mail(Options(data_dir=tmp_path, mode="production"))) == ["mail"]
    assert areas(check.look_at_mail(Options(data_dir=tmp_path))) == []


def test_a_clock_gone_back_is_found() -> None:
    assert areas(check.look_at_clock(at=check.RELEASED_ON - timedelta(days=1))) == ["clock"]


def test_a_ledger_without_its_triggers_is_found() -> None:
    drop_ledger_triggers()
    assert areas(check.look_at_ledger(at=clock.now())) == ["ledger"]


def drop_ledger_triggers() -> None:
    """Take the triggers away, inside the test's transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'records_ledgerevent'"
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        else:
            cursor.execute("ALTER TABLE records_ledgerevent DISABLE TRIGGER USER")


@pytest.fixture
def unused_port() -> int:
    """A port nobody listens on."""
    from tests.doors.running import free_port

    return free_port()


def test_a_body_that_has_not_published_what_article_18_asks_for_is_named(db: None) -> None:
    body = found_body("qingxi", "青溪镇", "QX")
    assert areas(check.look_at_openness(Options())) == []
    Body.objects.filter(pk=body.pk).update(phone="", superior_name="")
    (found,) = check.look_at_openness(Options())
    assert "青溪镇" in found.problem
    assert "phone, remedy" in found.problem
    (strict,) = check.look_at_openness(Options(mode="production"))
    assert "online" in strict.problem


def test_telephone_numbers_that_travel_in_the_clear_are_found_in_production_only() -> None:
    provider = SmsProvider(name="first", url="http://sms.example.cn/?to={phone}&t={text}", method="GET")
    for mode, found in (("production", True), ("demo", False)):
        options = Options(mode=mode, sms=Sms(providers=(provider,)))  # type: ignore[arg-type]
        assert any("TLS" in each.problem for each in check.look_at_production(options)) is found
