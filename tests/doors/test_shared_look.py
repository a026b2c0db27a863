"""The look as computed facts: contrast of every pair of tokens, no inline code, components that draw."""

import re
from pathlib import Path

import pytest
from django.test import Client

import huiying.web

WEB = Path(huiying.web.__file__).parent
TOKENS = (WEB / "static/huiying/css/tokens.css").read_text(encoding="utf-8")
TEMPLATES = sorted((WEB / "jinja2").rglob("*.html"))

LEVELS = ("red", "orange", "yellow", "blue")
GROUNDS = ("paper", "surface", "sunken")
# (text, ground): everything that is read must reach 4.5:1
TEXT_PAIRS = [
    *[(text, ground) for text in ("ink", "ink-soft", "accent", "accent-deep", "fault") for ground in GROUNDS],
    *[(text, "accent-pale") for text in ("ink", "accent", "accent-deep", "ink-soft")],
    ("visited", "paper"),
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
    ("on-fault", "fault"),
    ("fault", "fault-pale"),
    ("ink", "late"),
    ("ink-soft", "late"),
    ("accent", "late"),
    ("paper", "ink"),
    *[(level, f"{level}-pale") for level in LEVELS],
    *[(level, "surface") for level in LEVELS],
]
# (line, ground): edges of controls, the focus ring and drawn shapes must reach 3:1
EDGE_PAIRS = [
    *[(edge, ground) for edge in ("control", "focus", "accent", "fault") for ground in GROUNDS],
    ("focus", "late"),
    *[(level, f"{level}-pale") for level in LEVELS],
]


def tokens_of(theme: str) -> dict[str, str]:
    """The colours of a theme; the dark block replaces some of the light ones."""
    before, dark = TOKENS.split("@media (prefers-color-scheme: dark)", 1)
    light = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", before))
    return (
        light
        if theme == "light"
        else light | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark.split("@media print")[0]))
    )


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_computation_knows_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_all_text_reaches_four_and_a_half_to_one(theme: str, text: str, ground: str) -> None:
    colours = tokens_of(theme)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_edges_of_controls_and_shapes_reach_three_to_one(theme: str, edge: str, ground: str) -> None:
    colours = tokens_of(theme)
    assert contrast(colours[edge], colours[ground]) >= 3


def test_the_colours_of_the_levels_are_used_by_levels_only() -> None:
    for sheet in (WEB / "static/huiying/css").glob("*.css"):
        for line in sheet.read_text(encoding="utf-8").splitlines():
            if re.search(r"var\(--(red|orange|yellow|blue)", line):
                assert re.search(r"\.(level|notice)-", line), f"{sheet.name}: {line.strip()}"


def test_no_colour_is_chosen_outside_the_tokens() -> None:
    for sheet in (WEB / "static/huiying/css").glob("*.css"):
        if sheet.name != "tokens.css":
            found = re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsl", sheet.read_text(encoding="utf-8"))
            # White behind a QR code and black lines on paper are what scanners and printers need.
            assert set(found) <= {"#fff", "#000"}, sheet.name


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(WEB / "jinja2")))
def test_no_template_holds_inline_code_or_style(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", source)
    assert not re.search(r"<style\b", source)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", source)
    assert not re.search(r"javascript:|hx-on|hx-vals\s*=\s*[\"']js:", source)
    assert all("src=" in tag for tag in re.findall(r"<script\b[^>]*>", source))


@pytest.mark.parametrize(
    "template", sorted((WEB / "jinja2/shared/components").glob("*.html")), ids=lambda path: path.name
)
def test_no_component_translates_while_it_is_loaded(template: Path) -> None:
    """Imported files are run once and kept, so a word translated outside a macro would keep its first language."""
    source = re.sub(r"\{#.*?#\}", "", template.read_text(encoding="utf-8"), flags=re.S)
    outside = re.sub(r"\{% macro .*?\{% endmacro %\}", "", source, flags=re.S)
    assert not outside.strip(), outside


@pytest.mark.django_db
@pytest.mark.parametrize("frame", ["portal", "console"])
def test_the_component_page_shows_every_shape(client: Client, frame: str) -> None:
    page = client.get("/components/", {"frame": frame}).content.decode()
    for shape in (
        "steps",
        "clock clock-late",
        "timeline",
        "why flow",
        "empty",
        "error-summary",
        "choice",
        "table table-cards",
    ):
        assert f'class="{shape}' in page
    for shape in (
        "pager",
        "level level-red",
        "notice",
        "facts",
        "receipt",
        "tag tag-late",
        "filters",
        "keys",
    ):
        assert f'class="{shape}' in page


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "tag"), [("zh-hans", "zh-Hans"), ("zh-hant", "zh-Hant"), ("en", "en")])
def test_the_page_names_its_language_for_fonts_and_readers(client: Client, language: str, tag: str) -> None:
    client.cookies["django_language"] = language
    assert f'<html lang="{tag}"' in client.get("/components/").content.decode()
