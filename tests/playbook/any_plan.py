"""Any plan that can be written down: steps in circles, names that lead nowhere, branches, escalation, watches, laws."""

from hypothesis import strategies as st

from huiying.playbook.document import PlanDocument

ROLES, STEPS, FACETS, RESOURCES = (
    ["duty", "head", "chief"],
    [f"step-{n}" for n in range(7)],
    ["flood", "fire", "injured"],
    ["water", "car"],
)
_lengths = st.sampled_from(["5 分钟", "40 分钟", "2 小时", "1 天"])
_levels = st.sampled_from(["I", "III", "IV"])


def _some(names, most=2):
    return st.lists(st.sampled_from(names), max_size=most)


@st.composite
def _step(draw, number: int, *, sound: bool):
    earlier = STEPS[:number]
    names = earlier if sound else [*STEPS, "nowhere"]
    roles = ROLES if sound else [*ROLES, "nobody"]
    step = {
        "id": STEPS[number],
        "title": draw(st.sampled_from(["核实", "告知居民，同时上报", "送水"])) + str(number),
        "who": draw(st.sampled_from(roles)),
        "within": draw(_lengths),
        "needs": draw(_some(names)) if names else [],
        "when": draw(_some(FACETS if sound else [*FACETS, "unheard-of"])),
        "level": draw(_levels),
        "acknowledge_within": draw(st.none() | _lengths),
        "repeat_every": draw(st.none() | _lengths),
        "uses": draw(_some(RESOURCES)),
        "beside": draw(_some(STEPS)),
        "escalate_after": draw(st.none() | _lengths),
        "escalate_to": draw(_some(roles, 3)),
    }
    if not sound:
        step["of"] = draw(st.sampled_from(["reported", "activation", "ended", *STEPS, "nowhere"]))
        step["repeat_until"] = draw(st.none() | st.sampled_from(names))
    return step


@st.composite
def any_plans(draw, *, sound: bool = False) -> PlanDocument:
    """A plan; a sound one waits only for earlier steps and names only what is there, so that it can run."""
    steps = [draw(_step(n, sound=sound)) for n in range(draw(st.integers(0, len(STEPS))))]
    cut = draw(st.integers(0, len(steps)))
    kinds = st.sampled_from(["incident_type", "circumstance"])
    ends = not sound and draw(st.booleans())
    return PlanDocument.model_validate(
        {
            "id": "any",
            "title": "任一预案",
            "body_kind": "city",
            "teams": [
                {
                    "id": f"team-{role}",
                    "roles": [{"id": role, "post_kind": "officer", "alternates": ["head"]}],
                }
                for role in ROLES
            ],
            "facets": [{"id": facet, "kind": draw(kinds)} for facet in FACETS],
            "levels": [{"id": f"level-{name.lower()}", "level": name} for name in ("I", "III", "IV")],
            "phases": [
                {"id": "phase-1", "title": "一", "steps": steps[:cut]},
                {"id": "phase-2", "title": "二", "after_end": ends, "steps": steps[cut:]},
            ],
            "resources": [
                {"id": name, "minimum": draw(st.integers(0, 9)), "unit": "个"} for name in RESOURCES
            ],
            "watches": [
                {"id": "watch", "who": draw(st.sampled_from([*ROLES, "nobody"])), "shift": draw(_lengths)}
            ],
            "contacts": [{"id": "contact", "reach": "电话"}],
        }
    )
