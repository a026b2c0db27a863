"""Providers of short messages in the settings: from the file or the environment, and wrong ones in a sentence."""

import json
from pathlib import Path

import pytest

from huiying.config.options import WrongSettings, read_options

GOOD = {"name": "first", "url": "https://sms.example.cn/send", "body": "to={phone}&content={text}"}
SECRET = "geheim-4711"


def given(*providers: dict[str, object]) -> dict[str, str]:
    return {"HUIYING_SMS_PROVIDERS": json.dumps(providers)}


def test_providers_come_from_the_environment_in_their_order(tmp_path: Path) -> None:
    options = read_options(given(GOOD, {**GOOD, "name": "second"}), folder=tmp_path)
    assert [each.name for each in options.sms.providers] == ["first", "second"]


def test_providers_come_from_the_file(tmp_path: Path) -> None:
    (tmp_path / "huiying.toml").write_text(
        '[[sms.providers]]\nname = "first"\nurl = "https://x.example/?to={phone}&t={text}"\nmethod = "GET"\n'
    )
    assert read_options({}, folder=tmp_path).sms.providers[0].method == "GET"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"url": "ftp://x.example/" + SECRET}, "whole address"),
        ({"url": "/send?key=" + SECRET}, "whole address"),
        ({"body": SECRET}, "must hold {phone} and {text}"),
        ({"headers": {"Authorization": 4711}}, "cannot be used"),
        ({"name": "a b"}, "cannot be used"),
        ({"colour": SECRET}, "cannot be used"),
    ],
)
def test_a_wrong_provider_is_told_in_a_sentence_without_its_secrets(
    tmp_path: Path, changed: dict[str, object], sentence: str
) -> None:
    with pytest.raises(WrongSettings) as wrong:
        read_options(given({**GOOD, **changed}), folder=tmp_path)
    assert sentence in str(wrong.value)
    assert SECRET not in str(wrong.value)
    assert "4711" not in str(wrong.value)


def test_what_is_no_list_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings, match="JSON list"):
        read_options({"HUIYING_SMS_PROVIDERS": SECRET}, folder=tmp_path)
    with pytest.raises(WrongSettings) as wrong:
        read_options({"HUIYING_SMS_PROVIDERS": SECRET}, folder=tmp_path)
    assert SECRET not in str(wrong.value)


VOICE = {**GOOD, "url": "https://voice.example.cn/call", "body": "to={phone}&say={text}&tell={callback}"}


def test_providers_of_voice_calls_come_from_the_environment(tmp_path: Path) -> None:
    good = json.dumps([{**VOICE, "pressed": "digit=1"}])
    assert read_options({"HUIYING_VOICE_PROVIDERS": good}, folder=tmp_path).voice.providers[0].pressed


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({}, "pressed must say"),
        ({"pressed": "1", "url": f"http://voice.example.cn/{SECRET}"}, "must begin with https"),
        ({"pressed": "1", "body": SECRET}, "must hold {phone} and {text}"),
    ],
)
def test_a_wrong_provider_of_voice_calls_is_told_without_its_secrets(
    tmp_path: Path, changed: dict[str, object], sentence: str
) -> None:
    with pytest.raises(WrongSettings) as wrong:
        read_options({"HUIYING_VOICE_PROVIDERS": json.dumps([{**VOICE, **changed}])}, folder=tmp_path)
    assert sentence in str(wrong.value)
    assert SECRET not in str(wrong.value)
