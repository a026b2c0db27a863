"""Papers at both doors: handing in, opening, passing on; and what no door gives."""

import uuid
from collections.abc import Iterator
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from PIL import Image

from huiying.petitions import actions
from huiying.petitions.actions import papers
from huiying.petitions.models import Petition
from huiying.records.files import Cleaned, FileKind, most_bytes
from huiying.records.models import StoredFile
from huiying.web.portal.following import holding
from huiying.web.shared import throttle, uploads
from tests.cast import Cast, signed_in
from tests.petitioner import Petitioner, words
from tests.rooms.petitions.matters import (
    MONDAY,
    accusation,
    confidential,
    filed,
    filing,
    handling,
    named,
    registered,
)
from tests.rooms.records.uploads import CAMERA, SCRIPT, giant_png, jpeg, pdf, png

REAL_NAME = "试提事人丁的身份证.jpg"


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    throttle.clear()
    yield
    throttle.clear()


def holder_of(petition: Petition) -> Petitioner:
    """A browser that has shown this petition's code before."""
    person, request = Petitioner(), HttpRequest()
    request.session = person.browser.session
    holding.hold(request, petition)
    request.session.save()
    person.browser.cookies["sessionid"] = request.session.session_key or ""
    person.reference = petition.reference
    return person


def upload(data: bytes = b"", name: str = REAL_NAME, media_type: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or jpeg(), media_type)


def paper_of(petition: Petition, data: bytes = "水渠".encode(), kind: FileKind = FileKind.TEXT) -> StoredFile:
    return actions.paper_add(petition=petition, paper=Cleaned(kind, data, cleaned=True), by=None, at=MONDAY)


def at_portal(name: str, petition: Petition, *more: object) -> str:
    return reverse(f"portal:{name}", args=["qingxi", petition.reference, *more])


def at_console(name: str, petition: Petition, *more: object) -> str:
    return reverse(f"console:{name}", args=[petition.reference, *more])


def door(cast: Cast, who: str) -> Client:
    browser = Client()
    signed_in(browser, cast.staff[who])
    return browser


# ---------- the outsider first ----------


def test_without_the_code_a_paper_is_not_given_and_none_is_taken(cast: Cast) -> None:
    petition = filed(cast).petition
    paper = paper_of(petition)
    asked = Client().get(at_portal("petition_paper", petition, paper.pk))
    assert 'name="code"' in words(asked)
    assert "水渠" not in asked.content.decode()
    Client().post(at_portal("petition_papers", petition), {"file": upload()})
    assert len(papers.papers_of(petition)) == 1


def test_the_holder_of_one_petition_gets_no_paper_of_another(cast: Cast) -> None:
    mine, other = filed(cast).petition, filed(cast, filing(text="另一件事")).petition
    paper = paper_of(other)
    browser = holder_of(mine).browser
    assert browser.get(at_portal("petition_paper", mine, paper.pk)).status_code == 404
    assert 'name="code"' in words(browser.get(at_portal("petition_paper", other, paper.pk)))
    assert browser.post(at_portal("petition_paper_erase", mine, paper.pk)).status_code == 404
    assert len(papers.papers_of(other)) == 1


def test_the_unit_of_a_confidential_petition_gets_404_and_does_not_read_that_there_is_a_paper(
    cast: Cast,
) -> None:
    petition = handling(cast, confidential())
    paper = paper_of(petition)
    unit = door(cast, "officer_works")
    assert unit.get(at_console("petition_paper", petition, paper.pk)).status_code == 404
    assert paper.name not in words(unit.get(at_console("petition_page", petition)))
    assert paper.name in words(door(cast, "clerk").get(at_console("petition_page", petition)))


@pytest.mark.parametrize("who", ["officer_civil", "outside_clerk"])
def test_an_outsider_at_the_staff_door_gets_404(cast: Cast, who: str) -> None:
    petition = handling(cast)
    paper = paper_of(petition)
    assert door(cast, who).get(at_console("petition_paper", petition, paper.pk)).status_code == 404


def test_a_paper_of_an_accusation_is_given_to_supervision_alone(cast: Cast) -> None:
    petition = filed(cast, accusation()).petition
    paper = paper_of(petition)
    address = at_console("petition_paper", petition, paper.pk)
    assert door(cast, "supervisor").get(address).status_code == 200
    assert door(cast, "clerk").get(address).status_code == 404


def test_a_paper_under_another_petitions_address_is_404(cast: Cast) -> None:
    mine, other = handling(cast), handling(cast, filing(text="另一件事"))
    paper = paper_of(other)
    clerk = door(cast, "clerk")
    assert clerk.get(at_console("petition_paper", mine, paper.pk)).status_code == 404
    assert clerk.get(at_console("petition_paper", mine, uuid.uuid4())).status_code == 404


# ---------- handing in ----------


def test_a_person_hands_in_a_photograph_and_finds_it_without_place_camera_and_own_name(cast: Cast) -> None:
    petition = filed(cast).petition
    person = holder_of(petition)
    done = person.browser.post(
        at_portal("petition_papers", petition), {"file": [upload(), upload(pdf(), "a.pdf")]}
    )
    assert (done.status_code, done["Location"]) == (303, at_portal("petition", petition) + "#papers")
    page = person.page(petition.reference)
    assert "附件1.jpg" in page
    assert "附件2.pdf" in page
    assert "试提事人丁" not in page
    assert "您交的" in page
    first = papers.papers_of(petition)[0]
    given = person.browser.get(at_portal("petition_paper", petition, first.pk))
    assert dict(Image.open(BytesIO(given.content)).getexif()) == {}
    assert CAMERA.encode() not in given.content


def test_a_refused_file_is_told_at_the_field_and_none_of_the_lot_is_kept(cast: Cast) -> None:
    petition = filed(cast).petition
    person = holder_of(petition)
    both = [upload(), upload(b"<html>" + SCRIPT, "photo.jpg")]
    refused = person.browser.post(at_portal("petition_papers", petition), {"file": both})
    assert refused.status_code == 422
    assert "为了安全不能接收" in words(refused)
    assert 'id="id_file-error"' in words(refused)
    assert papers.papers_of(petition) == []


def test_no_file_chosen_is_told_at_the_field(cast: Cast) -> None:
    petition = filed(cast).petition
    refused = holder_of(petition).browser.post(at_portal("petition_papers", petition), {})
    assert refused.status_code == 422
    assert "请先选择" in words(refused)


@pytest.mark.parametrize("over", [1, 3_000_000])
def test_a_file_above_the_limit_is_refused_with_the_limit(cast: Cast, over: int) -> None:
    petition = filed(cast).petition
    large = upload(b"\xff\xd8\xff" + bytes(most_bytes() + over - 3))
    refused = holder_of(petition).browser.post(at_portal("petition_papers", petition), {"file": large})
    assert refused.status_code == 422
    assert "每个文件不超过 10 MB" in words(refused)


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_picture_made_to_burst_is_refused(cast: Cast) -> None:
    petition = filed(cast).petition
    refused = holder_of(petition).browser.post(
        at_portal("petition_papers", petition), {"file": upload(giant_png())}
    )
    assert refused.status_code == 422


def test_a_form_that_takes_no_files_is_not_read_beyond_its_own_size(cast: Cast) -> None:
    petition = filed(cast).petition
    browser = holder_of(petition).browser
    for address in (at_portal("petition_rate", petition), "/qingxi/nowhere/"):
        large = {"file": upload(bytes(uploads.FORM_BYTES + 1))}
        assert browser.post(address, large).status_code == 413


def test_a_request_above_all_limits_is_refused_unread(cast: Cast) -> None:
    petition = filed(cast).petition
    refused = holder_of(petition).browser.post(
        at_portal("petition_papers", petition),
        b"",
        content_type="multipart/form-data; boundary=x",
        headers={"Content-Length": str(uploads.most_in_a_request() + 1)},
    )
    assert refused.status_code == 413


def test_a_person_takes_a_paper_back_after_being_asked(cast: Cast) -> None:
    petition = filed(cast).petition
    paper, person = paper_of(petition), holder_of(petition)
    address = at_portal("petition_paper_erase", petition, paper.pk)
    assert "找不回来" in words(person.browser.get(address))
    assert papers.papers_of(petition) == [paper]
    assert person.browser.post(address).status_code == 303
    assert papers.papers_of(petition) == []
    assert "删除了一份材料" in person.page(petition.reference)


# ---------- serving ----------


@pytest.mark.parametrize(
    ("kind", "data", "how"),
    [
        (FileKind.PNG, png(), "inline"),
        (FileKind.TEXT, SCRIPT, "attachment"),
        (FileKind.PDF, b"%PDF-", "attachment"),
    ],
)
def test_what_is_sent_cannot_run(cast: Cast, kind: FileKind, data: bytes, how: str) -> None:
    petition = handling(cast, named())
    paper = paper_of(petition, data, kind)
    for given in (
        holder_of(petition).browser.get(at_portal("petition_paper", petition, paper.pk)),
        door(cast, "officer_works").get(at_console("petition_paper", petition, paper.pk)),
    ):
        assert given.status_code == 200
        assert given["Content-Disposition"].startswith(how + ";")
        assert given["Content-Type"] == kind.media_type
        assert given["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in given["Content-Security-Policy"]
        assert "no-store" in given["Cache-Control"]


# ---------- the petition office ----------


def test_a_clerk_takes_a_paper_in_and_the_person_reads_who_did(cast: Cast) -> None:
    petition = registered(cast, named())
    clerk = door(cast, "clerk")
    assert clerk.post(at_console("petition_papers", petition), {"file": upload()}).status_code == 303
    assert "附件1.jpg" in words(clerk.get(at_console("petition_page", petition)))
    assert "窗口收下的" in holder_of(petition).page(petition.reference)


def test_a_refused_paper_is_told_on_the_workbench(cast: Cast) -> None:
    petition = registered(cast)
    refused = door(cast, "clerk").post(
        at_console("petition_papers", petition), {"file": upload(b"MZ", "a.exe")}
    )
    assert refused.status_code == 422
    assert "可以运行的程序" in words(refused)


def test_a_paper_is_passed_on_only_after_it_was_looked_at(cast: Cast) -> None:
    petition = handling(cast, confidential())
    paper, clerk = paper_of(petition), door(cast, "clerk")
    address = at_console("petition_paper_pass", petition, paper.pk)
    assert clerk.post(address).status_code == 422
    assert (
        door(cast, "officer_works").get(at_console("petition_paper", petition, paper.pk)).status_code == 404
    )
    assert clerk.post(address, {f"looked_{paper.pk}": "1"}).status_code == 303
    assert (
        door(cast, "officer_works").get(at_console("petition_paper", petition, paper.pk)).status_code == 200
    )
    assert "已转给承办单位" in holder_of(petition).page(petition.reference)
