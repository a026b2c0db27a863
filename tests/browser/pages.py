"""What every page must be, whoever looks at it: sound in structure, quiet in the console, readable by axe."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}
AXE = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
# Refused pages are part of some stories; the browser notes them in its console in these words.
REFUSED = "Failed to load resource"
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
# The bar with quick leave stays at the lower edge of the window, over whatever is scrolled there: axe would take that
# for targets too close together. It is laid in the flow while axe looks.
LAY_DOWN = "() => { for (const bar of document.querySelectorAll('.leave')) bar.style.position = 'static'; }"
FACTS = """() => {
  const root = document.documentElement;
  const wide = [...document.querySelectorAll("body *")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.right > root.clientWidth + 1 && !element.closest(".table-frame, pre, .hidden-visually, .skip");
  });
  const kind = (e) => `${e.tagName}.${e.className}`;
  return {
    lang: root.lang, title: document.title.trim(), headings: document.querySelectorAll("h1").length,
    mains: document.querySelectorAll("main").length,
    overflow: root.scrollWidth - root.clientWidth,
    wide: wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 120)),
    kinds: [...new Set([...document.querySelectorAll("main *")].map((e) => kind(e.parentElement) + ">" + kind(e)))],
  };
}"""


@dataclass
class Looking:
    """A page in one browser, with everything that went wrong on it so far.

    `examined`: by address pattern, what kinds of element stood in which when axe looked; axe looks again where a page
    of the pattern shows a kind it has not seen there.
    """

    page: Page
    problems: list[str] = field(default_factory=list)
    examined: dict[str, set[str]] = field(default_factory=dict)
    scripts: bool = True  # axe is a script: where the browser runs none, the rest is checked alone
    axe: Axe = field(default_factory=Axe)

    def __post_init__(self) -> None:
        """Listen before the first page is asked for."""
        self.page.add_init_script(REPORT_VIOLATIONS)
        self.page.on("console", self._heard)
        self.page.on("response", self._answered)
        self.page.on("pageerror", lambda error: self.problems.append(f"{self.page.url}: script: {error}"))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and REFUSED not in message.text:
            self.problems.append(f"{self.page.url}: console: {message.text[:300]}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.problems.append(f"{response.url}: {response.status}")

    def check(self, *, lang: str = "zh-Hans") -> None:
        """Note all that is wrong with the page as it stands, on a phone and on a desk."""
        seen = self.examined.setdefault(name_of(urlsplit(self.page.url).path), set())
        for window in (PHONE, DESK):
            self.page.set_viewport_size(window)  # type: ignore[arg-type]
            facts = self.page.evaluate(FACTS)
            self._note(window["width"], _faults(facts, lang))
            # A new pattern is looked at in both windows; what is new on a known one on the phone.
            new = not seen.issuperset(facts["kinds"])
            if self.scripts and new and (window is PHONE or not seen):
                self._note(window["width"], self._asked_axe())
        seen.update(facts["kinds"])

    def _note(self, width: int, faults: list[str]) -> None:
        self.problems += [f"{self.page.url} ({width}): {fault}" for fault in faults]

    def _asked_axe(self) -> list[str]:
        self.page.evaluate(LAY_DOWN)
        return [
            f"axe: {_violation(each)}" for each in self.axe.run(self.page, options=AXE).response["violations"]
        ]


def name_of(path: str) -> str:
    """The name of the address pattern; the path itself where there is none, which the status then shows."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


def _faults(facts: dict[str, Any], lang: str) -> list[str]:
    faults = []
    if facts["overflow"] > 0:
        faults.append(f"wider than the window by {facts['overflow']} px: {facts['wide']}")
    if facts["headings"] != 1:
        faults.append(f"{facts['headings']} h1")
    if facts["mains"] != 1:
        faults.append(f"{facts['mains']} main")
    if not facts["title"]:
        faults.append("no title")
    if facts["lang"] != lang:
        faults.append(f"lang {facts['lang']}, not {lang}")
    return faults


def _violation(found: dict[str, Any]) -> str:
    nodes = "; ".join(f"{node['target']} {node['html'][:160]}" for node in found["nodes"][:2])
    return f"{found['id']}: {found['help']} ({len(found['nodes'])}): {nodes}"


def looking(context: BrowserContext, **about: Any) -> Looking:
    """A new page in this browser."""
    return Looking(context.new_page(), **about)
