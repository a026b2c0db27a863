"""What a stranger can send: marks, numbers and bytes that no form of ours makes. Never more than a plain refusal."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from tests.cast import Cast, signed_in
from tests.doors.test_kept_apart import paths
from tests.doors.test_role_url_table import ANYONE, EVERYONE, Row, insiders, rows
from tests.doors.world import built

HUGE = 999_999_999_999_999_999_999
# No token on purpose: the worst a stranger can do is change a language or sign somebody out.
# A telephone provider has no session; the key in its address is the token, and every answer is the same.
WITHOUT_TOKEN = {"shared:language", "shared:leave", "shared:voice_hook"}
HOSTILE = {
    "nul": "\0",
    "lone": "\ud800",
    "quote": "'\"><script>alert(1)</script>",
    "superscript": "²",
    "number": str(HUGE),
    "minus": "-1",
    "long": "长" * 5000,
}
FIELDS = (
    *(
        "q",
        "after",
        "before",
        "month",
        "period",
        "state",
        "unit",
        "matter",
        "next",
        "language",
        "then",
        "from",
    ),
    *("kind", "number", "subject", "day", "verify", "due", "incident", "reference", "code", "account", "to"),
    *(
        "passphrase",
        "words",
        "reason",
        "remark",
        "text",
        "title",
        "claim_1",
        "claim_99999",
        "summary",
        "evidence",
    ),
    *("outcome", "facts", "how", "petition", "issue", "post", "role", "staff", "owner", "due_on", "facets"),
    *("level", "plan", "issuer", "answers", "established_at", "source", "nature", "place", "happened_at"),
    *("filing_key", "more", "add", "ended", "danger", "purpose", "confidentiality", "whereto", "grounds"),
    *("proposed_text", "clause_id", "name", "phone", "email", "address", "where", "when", "channel", "cause"),
    *(
        "draft",
        "position",
        "respondent",
        "joint_count",
        "urgent_need",
        "spoken",
        "help_needed",
        "category",
        "file",
    ),
    *("said_at", "mail", "split", "checked", "back", "discard", "happened_where", "happened_when"),
)


def visited(cast: Cast) -> Iterator[tuple[Row, Client]]:
    """Each row with a browser that passes its door; after a leave the browser is another."""
    yield from ((row, client) for row, client in insiders(cast) if row.name != "console:sign_out")


# Each request with a transaction of its own: PostgreSQL would carry a refused value into the next one.
apart = pytest.mark.django_db(transaction=True)


@apart
@pytest.mark.parametrize("split", [{"split": "1"}, {"back": "1"}, {"checked": "1"}, {"more": "1"}, {}])
@pytest.mark.parametrize("what", HOSTILE)
def test_no_field_breaks_reception_whichever_button_is_pressed(
    cast: Cast, what: str, split: dict[str, str]
) -> None:
    value = (
        HOSTILE[what].encode("utf-8", "surrogatepass").decode("latin-1") if what == "lone" else HOSTILE[what]
    )
    clerk = signed_in(Client(), cast.staff["clerk"])
    typed = {
        **dict.fromkeys(FIELDS, value),
        "channel": "visit",
        "kind": "request",
        "confidentiality": "named",
    }
    for name in ("split", "back", "checked", "more", "discard"):
        typed.pop(name)
    for path in ("/console/petitions/reception/", "/console/petitions/reception/draft/"):
        assert clerk.post(path, {**typed, **split}).status_code < 500, path


@apart
@pytest.mark.parametrize("what", HOSTILE)
def test_no_field_of_any_form_or_query_breaks_a_page(cast: Cast, what: str) -> None:
    value = (
        HOSTILE[what].encode("utf-8", "surrogatepass").decode("latin-1") if what == "lone" else HOSTILE[what]
    )
    broken = []
    for row, client in visited(cast):
        for method in sorted(row.methods):
            data = dict.fromkeys(FIELDS, value)
            answer = client.get(row.path, data) if method == "GET" else client.post(row.path, data)
            if answer.status_code >= 500:
                broken.append((row.name, method, answer.status_code))
    assert broken == []


@apart
def test_a_number_beyond_every_integer_in_an_address_is_not_there(cast: Cast) -> None:
    broken = []
    for row, client in visited(cast):
        if "/999999/" not in row.path:
            continue
        for method in sorted(row.methods):
            status = client.generic(method, row.path.replace("999999", str(HUGE))).status_code
            # A page behind a petition's code asks for the code, whatever the rest of its address says.
            if status != (200 if row.name == "portal:petition_answer" else 404):
                broken.append((row.name, method, status))
    assert broken == []


@apart
@pytest.mark.parametrize(
    "mark", ["%00", "%ff%fe", "%C0%AF", "..%2f..%2fetc", "%F0%A0%80%80", "%0d%0aX-Evil:1"]
)
def test_odd_marks_in_the_parts_of_an_address_end_in_a_plain_refusal(cast: Cast, mark: str) -> None:
    broken = []
    for row, client in visited(cast):
        for part in ("QX00-0000-0000", "no-such-plan", "qingxi"):
            if part not in row.path:
                continue
            answer = client.get(row.path.replace(part, mark))
            if answer.status_code >= 500 or answer.has_header("X-Evil"):
                broken.append((row.name, part, answer.status_code))
    assert broken == []


@apart
@pytest.mark.parametrize("body", [b"\xff\xfe=\xfa", b"%ff=%fe&text=%00", b"a=" * 5000, b'{"a": [[[['])
def test_a_form_that_is_no_form_ends_in_a_plain_refusal(cast: Cast, body: bytes) -> None:
    broken = []
    for row, client in visited(cast):
        if "POST" not in row.methods:
            continue
        for kind in (
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json",
        ):
            status = client.post(row.path, data=body, content_type=kind).status_code
            if status >= 500:
                broken.append((row.name, kind, status))
    assert broken == []


def test_a_body_that_is_too_large_is_refused_before_it_is_read(cast: Cast) -> None:
    path = reverse("portal:file", args=["qingxi"])
    big = b"text=" + b"a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    form = Client().post(path, data=big, content_type="application/x-www-form-urlencoded")
    assert form.status_code == 413
    file = (
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="f.bin"\r\n\r\n' + big + b"\r\n--x--\r\n"
    )
    upload = Client().post(path, data=file, content_type="multipart/form-data; boundary=x")
    assert upload.status_code == 413
    assert "内容太大" in upload.content.decode()


def test_every_form_needs_its_token(cast: Cast) -> None:
    open_ = []
    for row in rows():
        if "POST" not in row.methods or row.name in WITHOUT_TOKEN:
            continue
        someone = next((account for account in EVERYONE if row.lets_in(account)), "clerk")
        browser = signed_in(Client(enforce_csrf_checks=True), cast.staff[someone])
        answer = browser.post(row.path, {"text": "x"})
        if answer.status_code != 403 or "放得太久" not in answer.content.decode():
            open_.append((row.name, answer.status_code))
    assert open_ == []


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.invalid/",
        "//evil.invalid/console/",
        "/\\evil.invalid/console/",
        "javascript:alert(1)",
        "/console/../..//evil.invalid",
        "http:///evil.invalid/console/",
        "\thttps://evil.invalid/",
        "/%0d%0aLocation:%20https://evil.invalid",
    ],
)
def test_no_link_sends_a_person_to_another_site(cast: Cast, target: str) -> None:
    language = Client().post("/language/", {"next": target, "language": "en"})
    known = signed_in(Client(), cast.staff["clerk"]).get("/console/sign-in/", {"next": target})
    for answer in (language, known):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/")
        assert not answer["Location"].startswith(("//", "/\\"))
        assert "\n" not in answer["Location"] and "\r" not in answer["Location"]


def test_an_unknown_host_name_gets_a_plain_refusal_and_no_link_to_it(cast: Cast) -> None:
    for path in ("/", "/qingxi/file/", "/console/", "/qingxi/notices/feed.atom"):
        answer = Client().get(path, HTTP_HOST="evil.invalid")
        assert answer.status_code == 400
        assert "evil.invalid" not in answer.content.decode()


def test_every_answer_carries_the_strict_headers_errors_and_files_too(cast: Cast) -> None:
    client = signed_in(Client(), cast.staff["clerk"])
    paths = [
        "/",
        "/qingxi/",
        "/nowhere/",
        "/console/",
        "/console/ledger/",
        "/console/sign-in/",
        "/static/nothing.css",
    ]
    style = re.search(r'href="(/static/[^"]+\.css)"', client.get("/qingxi/").content.decode())
    assert style is not None
    answers = [client.get(path) for path in [*paths, style[1]]]
    answers += [
        client.get("/", HTTP_HOST="evil.invalid"),
        client.post("/qingxi/"),
        client.delete("/console/"),
    ]
    for answer in answers:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        if answer.streaming:
            assert b"".join(answer.streaming_content)
        answer.close()


def test_no_page_of_staff_or_of_a_petition_may_be_stored(cast: Cast) -> None:
    for row, client in insiders(cast):
        if row.name.startswith("console:") or "petition" in row.name or "file" in row.name:
            answer = client.generic(next(iter(row.methods)), row.path)
            assert "no-store" in answer.headers["Cache-Control"], row.name


def test_a_page_that_hands_out_a_cookie_is_never_a_public_one(cast: Cast) -> None:
    """A shared cache that stored it would hand one person's session to the next."""
    client = signed_in(Client(), cast.staff["clerk"])
    for row in rows():
        if row.who != ANYONE or "GET" not in row.methods:
            continue
        answer = client.get(row.path)
        if answer.cookies:
            assert "public" not in answer.headers["Cache-Control"], row.name


@override_settings(SESSION_COOKIE_SECURE=True, CSRF_COOKIE_SECURE=True)
def test_where_the_address_is_https_every_cookie_is_for_https_alone(cast: Cast) -> None:
    """A proxy speaks plain HTTP to the program: what counts is the address people type."""
    client = Client()
    client.get("/qingxi/file/")
    client.post("/qingxi/file/", {"kind": "request", "text": "水渠堵了", "claim_1": "请疏通"})
    client.post("/language/", {"language": "en"})
    signed_in(client, cast.staff["clerk"]).get("/console/")
    assert {"csrftoken", "sessionid", "huiying_key", "django_language"} <= set(client.cookies)
    for name, cookie in client.cookies.items():
        assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax", name


def test_signing_in_begins_a_new_session(cast: Cast) -> None:
    client = Client()
    client.post("/qingxi/file/", {"kind": "request", "text": "水渠堵了", "claim_1": "请疏通"})
    planted = client.cookies["sessionid"].value
    from tests.cast import PASSPHRASE

    client.post("/console/sign-in/", {"account": "clerk", "passphrase": PASSPHRASE})
    assert client.cookies["sessionid"].value != planted
    stranger = Client()
    stranger.cookies["sessionid"] = planted
    assert stranger.get("/console/").status_code == 302


@apart
def test_a_cookie_that_is_no_session_breaks_nothing(cast: Cast) -> None:
    for raw in (
        'sessionid="\\000\\000\\000\\000\\000\\000\\000\\000\\000"',
        "sessionid=%00%ff",
        "huiying_key=%%%%",
    ):
        for path in ("/qingxi/", "/qingxi/file/", "/console/", "/console/sign-in/"):
            client = Client(raise_request_exception=False)
            assert client.get(path, HTTP_COOKIE=raw).status_code < 500, (raw, path)


@apart
@pytest.mark.parametrize("what", ["nul", "quote", "superscript", "number", "minus"])
def test_no_field_breaks_the_page_of_a_thing_that_is_there(cast: Cast, what: str) -> None:
    world, broken, data = built(cast), [], dict.fromkeys(FIELDS, HOSTILE[what])
    for row, client in visited(cast):
        if not row.params - {"body_code"} or not row.name.startswith("console:"):
            continue
        for path in paths(world, row):
            for method in sorted(row.methods):
                answer = client.get(path, data) if method == "GET" else client.post(path, data)
                if answer.status_code >= 500 or "<script>alert" in answer.content.decode():
                    broken.append((row.name, method, answer.status_code))
    assert broken == []
