"""What the log may say of a request, which methods are answered at all, and who is told to come by TLS alone."""

import logging
import sys
from pathlib import Path

import pytest
from django.conf import settings as installed
from django.db import IntegrityError
from django.test import Client, RequestFactory
from django.urls import resolve

from huiying.config.options import read_options
from huiying.config.settings import hsts_seconds
from huiying.web.portal.following import holding
from huiying.web.shared.logs import Counted, LineFormatter, WithoutPath
from tests.cast import Cast, signed_in

REFERENCE = "QX26-7K3M-9PQD"
WORDS = "碧桐巷的赵秀芝"


def fail(*_: object) -> None:
    """What no refusal of ours is."""
    told = WORDS  # noqa: F841  (a value in the frame that fails)
    raise ValueError("broken")


def test_a_failure_names_the_page_and_the_place_in_the_code_but_no_path(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(holding, "held", fail)
    browser = Client(raise_request_exception=False)
    assert browser.get(f"/qingxi/follow/{REFERENCE}/").status_code == 500
    (record,) = (record for record in caplog.records if record.name == "django.request")
    assert record.getMessage() == "Status 500 at portal:petition (GET)"
    line = LineFormatter().format(record)
    assert "ValueError: broken" in line
    assert "in fail" in line
    for said in (caplog.text, line, str(vars(record))):
        assert REFERENCE not in said
    assert WORDS not in line


def test_a_record_that_is_filtered_twice_keeps_the_name_of_its_page(rf: RequestFactory) -> None:
    request = rf.get(f"/qingxi/follow/{REFERENCE}/")
    request.resolver_match = resolve(request.path)
    record = logging.makeLogRecord({"msg": "x", "request": request, "status_code": 500})
    for _ in range(2):
        assert WithoutPath().filter(record)
    assert record.getMessage() == "Status 500 at portal:petition (GET)"


def test_a_host_that_is_not_ours_is_a_counted_warning_without_what_was_sent(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    browser = Client(raise_request_exception=False, headers={"host": "elsewhere.invalid"})
    assert [browser.get(f"/qingxi/follow/{REFERENCE}/").status_code for _ in range(12)] == [400] * 12
    ours = [record for record in caplog.records if record.name == "django.security.DisallowedHost"]
    assert len(ours) <= 2  # told at the first and the tenth, whatever came before in this process
    for record in caplog.records:
        assert record.levelno <= logging.WARNING
        assert record.exc_info is None
    assert "elsewhere.invalid" not in caplog.text
    assert REFERENCE not in caplog.text


def test_what_strangers_send_all_day_is_told_at_one_ten_and_a_hundred() -> None:
    counted = Counted("A request was odd.")
    records = [logging.makeLogRecord({"levelno": logging.ERROR, "msg": "x"}) for _ in range(250)]
    told = [record.getMessage() for record in records if counted.filter(record)]
    assert told == [f"A request was odd. (seen {n} times since the start)" for n in (1, 10, 100)]


def test_the_values_that_a_database_quotes_are_left_out_of_a_traceback() -> None:
    try:
        raise IntegrityError(f'duplicate key "ledger"\nDETAIL:  Key (title)=({WORDS}) exists.')
    except IntegrityError:
        text = LineFormatter().formatException(sys.exc_info())
    assert "duplicate key" in text
    assert WORDS not in text


def test_the_loggers_of_the_installation_are_the_guarded_ones() -> None:
    loggers = installed.LOGGING["loggers"]
    assert loggers["django.request"]["filters"] == ["without_path"]
    assert loggers["django.security.DisallowedHost"]["filters"] == ["strange_hosts"]


@pytest.mark.parametrize("method", ["put", "delete", "patch", "trace", "options"])
@pytest.mark.parametrize("address", ["/", "/qingxi/file/", "/console/petitions/", "/no-such-page/"])
def test_a_method_that_no_page_takes_is_refused_as_that_before_anything_else(
    cast: Cast, method: str, address: str
) -> None:
    for browser in (
        Client(enforce_csrf_checks=True),
        signed_in(Client(enforce_csrf_checks=True), cast.clerk),
    ):
        answer = getattr(browser, method)(address)
        assert answer.status_code == 405
        assert answer["Allow"] == "GET, HEAD, POST"
        assert "Content-Security-Policy" in answer


@pytest.mark.parametrize(
    ("mode", "public_url", "seconds"),
    [
        ("production", "https://h.example", 365 * 24 * 3600),
        ("production", "http://h.example", 0),
        ("demo", "https://h.example", 0),
    ],
)
def test_only_a_real_installation_with_a_tls_address_asks_for_tls_alone(
    tmp_path: Path, mode: str, public_url: str, seconds: int
) -> None:
    environ = {"HUIYING_MODE": mode, "HUIYING_PUBLIC_URL": public_url, "HUIYING_HOSTS": "h.example"}
    assert hsts_seconds(read_options(environ, folder=tmp_path)) == seconds


def test_the_header_is_set_though_the_proxy_speaks_plain_http_to_us(db: None, settings: object) -> None:
    assert "Strict-Transport-Security" not in Client().get("/left/")
    settings.SECURE_HSTS_SECONDS = 31536000  # type: ignore[attr-defined]
    assert Client().get("/left/")["Strict-Transport-Security"] == "max-age=31536000"
