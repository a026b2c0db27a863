"""The numbers that must answer: added, tried one by one, found wrong, mended, taken along on paper."""

import pytest
from django.test import Client
from django.urls import reverse

from huiying.emergency.models import Contact
from huiying.records import clock
from tests.cast import Cast, signed_in
from tests.rooms.emergency import stock


def words(response) -> str:
    return response.content.decode()


def at(name: str, *args: object) -> str:
    return reverse(f"console:{name}", args=args)


@pytest.fixture
def duty(cast: Cast) -> Client:
    return signed_in(Client(), cast.duty_officer)


def test_a_round_goes_from_one_to_the_next(cast: Cast, duty: Client) -> None:
    first, second = stock.contact(cast, "消防大队"), stock.contact(cast, "供电所", phone="95598")
    page = words(duty.get(at("contacts_round")))
    assert page.index("消防大队") < page.index("供电所") and 'href="tel:0571-00000119"' in page
    assert duty.post(at("contact_verify", first.pk)).headers["Location"] == at("contacts_round")
    page = words(duty.get(at("contacts_round")))
    assert f'id="contact-{first.pk}"' not in page and "已核对 1 个，共 2 个" in page
    duty.post(at("contact_wrong", second.pk))
    page = words(duty.get(at("contacts_round")))
    assert "打不通" in page and "改号码" in page
    told = {"kind": "utility", "organisation": "供电所", "phone": "９５５９９"}
    assert duty.post(at("contact_change", second.pk), told).status_code == 303
    assert "还没有核对" in words(duty.get(at("contacts")))
    duty.post(at("contact_verify", second.pk))
    assert "都核对过了" in words(duty.get(at("contacts_round")))
    assert Contact.objects.get(pk=second.pk).verified_on == clock.today()


def test_a_number_that_cannot_be_called_is_said_at_its_field(cast: Cast, duty: Client) -> None:
    told = {"kind": "rescue", "organisation": "消防大队", "phone": "找老王"}
    answer = duty.post(at("contact_add"), told)
    assert answer.status_code == 422
    assert "请只写数字" in words(answer) and "消防大队" in words(answer)
    assert duty.post(at("contact_add"), {**told, "phone": "119"}).status_code == 303


def test_a_clerk_tries_numbers_but_changes_none(cast: Cast) -> None:
    contact, clerk = stock.contact(cast), signed_in(Client(), cast.clerk)
    assert clerk.post(at("contact_verify", contact.pk)).status_code == 303
    for name in ("contact_change", "contact_end"):
        assert clerk.get(at(name, contact.pk)).status_code == 403
    outsider = signed_in(Client(), cast.outside_clerk)
    assert outsider.post(at("contact_verify", contact.pk)).status_code == 404
    assert "消防" not in words(outsider.get(at("contacts")))


def test_the_list_is_found_exported_printed_and_ended(cast: Cast, duty: Client) -> None:
    stock.contact(cast, "=cmd")
    fire = stock.contact(cast, "消防大队", phone="+86 571 0000 0119")
    assert "=cmd" not in words(duty.get(at("contacts"), {"q": "消防"}))
    text = words(duty.get(at("contacts_csv")))
    assert "'=cmd" in text and "'+86 571" in text
    assert "消防大队" in words(duty.get(at("contacts_print")))
    assert "停用“消防大队”" in words(duty.get(at("contact_end", fire.pk)))
    assert duty.post(at("contact_end", fire.pk)).status_code == 303
    assert "消防大队" not in words(duty.get(at("contacts_print")))
