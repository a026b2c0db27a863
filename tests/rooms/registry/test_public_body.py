"""The body behind a public address."""

from datetime import UTC

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiying.registry.models import Body
from huiying.registry.selectors import public_body
from huiying.rules.numbering import Numbering
from huiying.rules.refusals import NotThere
from tests.cast import Cast


def test_it_is_the_body_as_it_is_stored_in_one_statement(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        body = public_body("qingxi")
    stored = Body.objects.get(code="qingxi")
    assert len(asked) == 1
    assert {f.attname: getattr(body, f.attname) for f in Body._meta.concrete_fields} == {
        f.attname: getattr(stored, f.attname) for f in Body._meta.concrete_fields
    }
    assert body.founded_at.tzinfo == UTC


def test_a_change_made_elsewhere_shows_at_once(cast: Cast) -> None:
    assert public_body("qingxi").numbering != Numbering.MONTH
    Body.objects.filter(code="qingxi").update(numbering=Numbering.MONTH, phone="0571-1")
    body = public_body("qingxi")
    assert (body.numbering, body.phone) == (Numbering.MONTH, "0571-1")


def test_it_can_be_saved_like_any_other(cast: Cast) -> None:
    body = public_body("qingxi")
    body.phone = "0571-2"
    body.save(update_fields=["phone"])
    assert public_body("qingxi").phone == "0571-2"


def test_an_unknown_code_leads_back_to_the_list(cast: Cast) -> None:
    with pytest.raises(NotThere):
        public_body("nowhere")
