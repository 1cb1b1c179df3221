"""Can every component be seen, read, reached by keyboard and used at 390 pixels, in either script and density?"""

import itertools
import re
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from astra.demo.pytest_browser import found_by_axe
from astra.sites.desk.tests.stage import Stage, render

BASES = ("desk/base.html", "calm/base.html")
PROJECT = Path(settings.PROJECT)
PALETTE = PROJECT / "frontend" / "scss" / "_palette.scss"

# Text on its ground: 4.5. Large words, borders of fields and marks: 3 (WCAG 2.2, 1.4.3 and 1.4.11).
TEXT = [
    *itertools.product(["ink"], ["paper", "ground", "focus", "teal-wash", "amber-wash", "red-wash", "green-wash"]),
    *itertools.product(["ink-soft", "teal", "teal-deep", "plum", "red"], ["paper", "ground"]),
    *itertools.product(["paper"], ["teal", "teal-deep", "teal-mid", "plum", "red", "red-deep"]),
    *itertools.product(["teal-deep"], ["teal-wash", "teal-pale"]),
    ("ink", "teal-pale"),
    ("plum-deep", "plum-wash"),
    ("green", "green-wash"),
    ("amber-deep", "amber-wash"),
    ("red-deep", "red-wash"),
    ("ink-soft", "amber-wash"),
]
MARKS = [("line-strong", "paper"), ("line-strong", "ground"), ("amber-line", "paper"), ("focus", "teal-deep")]


def _luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2, definition)."""
    shares = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _palette() -> dict[str, str]:
    return dict(re.findall(r"^\$([a-z-]+): (#[0-9a-f]{6});", PALETTE.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize(("one", "other", "least"), [(*p, 4.5) for p in TEXT] + [(*p, 3.0) for p in MARKS])
def test_colours_are_far_enough_apart(one: str, other: str, least: float) -> None:
    colours = _palette()
    assert _contrast(colours[one], colours[other]) >= least


def test_contrast_is_computed_as_published() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sr-latn", "sr"])
@pytest.mark.parametrize("base", BASES)
def test_page_is_quiet_and_fits(browser: Browser, base: str, language: str) -> None:
    stage = Stage(browser, render(language=language, base_template=base))
    page = stage.open()
    overflow = []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("document.fonts.ready.then(() => true)")
        overflow.append(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
    page.close()
    assert stage.faults == []
    assert overflow == [0, 0]


@pytest.mark.browser
@pytest.mark.parametrize("template", ["403.html", "404.html", "500.html", "503.html", "403_csrf.html"])
def test_error_pages_stand_alone(browser: Browser, template: str) -> None:
    stage = Stage(browser, render(template), width=390)
    page = stage.open()
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()
    assert stage.faults == []


@pytest.mark.browser
@pytest.mark.parametrize("base", BASES)
def test_axe_finds_nothing(browser: Browser, base: str) -> None:
    page = Stage(browser, render(base_template=base)).open()
    found = found_by_axe(page)
    page.close()
    assert found == []


@pytest.mark.browser
def test_keyboard_meets_skip_link_then_header_then_desks(browser: Browser) -> None:
    page = Stage(browser, render(language="en", failed_form=None)).open()
    reached = []
    for _ in range(9):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id"))
    page.close()
    assert reached[0] == "Skip to main content"
    assert reached[2] == "search-everywhere"
    assert reached[-2:] == ["Lock", "Sign out"]


@pytest.mark.browser
def test_focus_is_never_hidden_behind_the_bar_that_stays(browser: Browser) -> None:
    page = Stage(browser, render(failed_form=None)).open()
    page.locator("#id_count").focus()
    field, bar = page.locator("#id_count").bounding_box(), page.locator(".astra-form-end--sticky").bounding_box()
    page.close()
    assert field is not None
    assert bar is not None
    assert field["y"] + field["height"] <= bar["y"] or field["y"] >= bar["y"] + bar["height"]


@pytest.mark.browser
@pytest.mark.parametrize(("language", "tag"), [("sr-latn", "sr-Latn"), ("sr", "sr-Cyrl"), ("en", "en")])
def test_page_names_its_language_and_script(browser: Browser, language: str, tag: str) -> None:
    page = Stage(browser, render(language=language)).open()
    assert page.evaluate("document.documentElement.lang") == tag
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Source Sans 3\"', 'Ђćž'))")
    page.close()


@pytest.mark.browser
def test_without_scripts_everything_can_be_read_and_sent(browser: Browser) -> None:
    stage = Stage(browser, render(language="en"))
    page = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900}).new_page()
    page.route("**/*", stage._serve)
    page.goto("http://localhost:8000/")
    assert page.locator("#desks").is_visible()
    assert page.locator("#law").is_visible()
    assert page.locator("[data-now-for]").is_hidden()
    assert page.locator("[data-lock-cover]").is_hidden()
    page.locator("summary", has_text="More").click()
    assert page.get_by_text("Zatvori predmet").is_visible()
    page.context.close()
