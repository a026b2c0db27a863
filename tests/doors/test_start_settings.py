"""Settings are read once, checked, and each mistake is one sentence that says what would do."""

from pathlib import Path

import pytest

from huiying.config.options import WrongSettings, read_options
from tests.doors.running import run


def problems_of(folder: Path, text: str = "", **environ: str) -> list[str]:
    """The sentences that these settings earn."""
    (folder / "huiying.toml").write_text(text, encoding="utf-8")
    with pytest.raises(WrongSettings) as refused:
        read_options(environ, folder=folder)
    return refused.value.problems


def test_without_any_setting_it_is_a_demo_on_this_machine(tmp_path: Path) -> None:
    options = read_options({}, folder=tmp_path)
    assert (options.mode, options.address, options.uses_sqlite) == ("demo", "127.0.0.1", True)
    assert options.data_dir == tmp_path / "var"


def test_the_environment_goes_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "huiying.toml").write_text(
        'port = 9001\n[mail]\nadapter = "smtp"\nhost = "a"\n', encoding="utf-8"
    )
    options = read_options({"HUIYING_PORT": "9002", "HUIYING_MAIL_HOST": "b"}, folder=tmp_path)
    assert (options.port, options.mail.host, options.mail.adapter) == (9002, "b", "smtp")


def test_a_relative_folder_counts_from_the_settings_file(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "h.toml").write_text('data_dir = "kept"\n', encoding="utf-8")
    assert (
        read_options({"HUIYING_CONFIG": "etc/h.toml"}, folder=tmp_path).data_dir == tmp_path / "etc" / "kept"
    )


def test_an_unknown_name_in_the_file_is_answered_with_the_nearest_one(tmp_path: Path) -> None:
    [problem] = problems_of(tmp_path, 'mod = "demo"')
    assert "Did you mean mode?" in problem


def test_an_unknown_variable_is_answered_with_the_nearest_one(tmp_path: Path) -> None:
    [problem] = problems_of(tmp_path, HUIYING_MAIL_HOTS="a")
    assert "Did you mean HUIYING_MAIL_HOST?" in problem


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    found = problems_of(tmp_path, 'mode = "prod"\nport = 0\npublic_url = "petitions"\nsource_url = "code"')
    assert len(found) == 4
    assert all(any(name in each for each in found) for name in ("mode", "port", "public_url", "source_url"))


def test_mail_by_smtp_without_a_server_says_what_would_do(tmp_path: Path) -> None:
    [problem] = problems_of(tmp_path, '[mail]\nadapter = "smtp"')
    assert "mail.host" in problem


def test_a_mistake_never_prints_a_passphrase(tmp_path: Path) -> None:
    found = problems_of(tmp_path, 'database_url = "mysql://u:hushhush@h/n"')
    assert "hushhush" not in "".join(found)


def test_a_file_that_is_named_and_absent_is_said(tmp_path: Path) -> None:
    [problem] = problems_of(tmp_path, HUIYING_CONFIG="gone.toml")
    assert "gone.toml" in problem


def test_broken_toml_is_said_with_its_place(tmp_path: Path) -> None:
    [problem] = problems_of(tmp_path, "mode = demo")
    assert "line 1" in problem


def test_the_program_says_it_in_a_sentence_and_stops(tmp_path: Path) -> None:
    done = run("migrate", folder=tmp_path / "var", mode="prod")
    assert done.returncode == 2
    assert "mode" in done.stderr
    assert "Traceback" not in done.stderr


def test_help_works_for_every_command_even_with_wrong_settings(tmp_path: Path) -> None:
    done = run("--help", folder=tmp_path / "var", mode="prod")
    assert done.returncode == 0
    for name in ("serve", "worker", "migrate", "demo", "import", "due", "check"):
        assert name in done.stdout


def test_due_needs_neither_settings_nor_a_database(tmp_path: Path) -> None:
    done = run("due", "handle", "2026-01-05", folder=tmp_path / "var", mode="prod")
    assert done.returncode == 0
    assert not (tmp_path / "var").exists()
