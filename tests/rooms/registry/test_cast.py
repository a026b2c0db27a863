"""The cast is what the other tests believe it is."""

from huiying.rules.permissions import ADMINISTRATORS, Role
from tests.cast import Cast


def test_every_role_has_a_person_and_the_administrators_are_three_accounts(cast: Cast) -> None:
    own = [cast.officers[account] for account, staff in cast.staff.items() if staff.body_id == cast.body.pk]
    assert {role for officer in own for role in officer.roles} == set(Role)
    assert all(len(officer.roles & ADMINISTRATORS) <= 1 for officer in own)


def test_the_outsiders_belong_to_the_other_body_only(cast: Cast) -> None:
    for outsider in (cast.outside_clerk, cast.outside_officer, cast.outside_leader):
        assert outsider.body_id == cast.baishi.pk
        assert {grant.unit_id for grant in outsider.grants} <= {u.pk for u in cast.outside_units.values()}
