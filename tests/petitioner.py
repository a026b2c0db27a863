"""A person at the public door: fills in the four steps, keeps the receipt, follows. Used by doors and stories."""

import re
from typing import Any

from django.test import Client

WORDS = "村口的水渠堵了两个月，路面积水，老人出门不便。"
CLAIMS = ("请疏通水渠", "请说明什么时候修路")
IDENTITY = {"name": "试提事人", "phone": "00000000001"}
CODE = re.compile(r'<span class="code">([0-9A-Z-]{19})</span>')
REFERENCE = re.compile(r'<span class="code reference">([^<]+)</span>')
KEY = re.compile(r'name="filing_key" value="([^"]+)"')


def words(response: Any) -> str:
    """The page as text."""
    return str(response.content.decode())


class Petitioner:
    """One browser. Every step follows where the page leads, as a browser does."""

    def __init__(self, body: str = "qingxi") -> None:
        self.browser = Client()
        self.body = body
        self.reference = ""
        self.code = ""

    def at(self, *parts: str) -> str:
        """An address of this body."""
        return "/" + "/".join((self.body, *parts)) + "/"

    def tells(self, *, text: str = WORDS, claims: tuple[str, ...] = CLAIMS, **more: str) -> Any:
        """Step one."""
        boxes = {f"claim_{n}": claim for n, claim in enumerate(claims, start=1)}
        return self.browser.post(self.at("file"), {"kind": "request", "text": text, **boxes, **more})

    def places(self, where: str = "下河村渠首", when: str = "去年秋天") -> Any:
        """Step two."""
        return self.browser.post(self.at("file", "where"), {"where": where, "when": when})

    def chooses(self, how: str, **identity: str) -> Any:
        """Step three."""
        return self.browser.post(self.at("file", "name"), {"confidentiality": how, **identity})

    def checks(self) -> Any:
        """Step four, as it is shown."""
        return self.browser.get(self.at("file", "check"))

    def ready(self, how: str = "anonymous", **more: Any) -> str:
        """All steps but the last; the key that the check page carries."""
        identity = IDENTITY if how != "anonymous" else {}
        assert self.tells(**more).status_code == 303
        assert self.places().status_code == 303
        assert self.chooses(how, **identity).status_code == 303
        found = KEY.search(words(self.checks()))
        assert found
        return found[1]

    def sends(self, key: str) -> Any:
        """The button of step four."""
        return self.browser.post(self.at("file", "check"), {"filing_key": key})

    def receipt(self) -> str:
        """The receipt as it is shown now."""
        return words(self.browser.get(self.at("file", "receipt")))

    def files(self, how: str = "anonymous", **more: Any) -> "Petitioner":
        """All four steps; reference and code are written down from the receipt."""
        assert self.sends(self.ready(how, **more)).status_code == 303
        page = self.receipt()
        reference, code = REFERENCE.search(page), CODE.search(page)
        assert reference
        assert code
        self.reference, self.code = reference[1], code[1]
        return self

    def opens(self, reference: str = "", code: str = "") -> Any:
        """The form that asks for reference and code."""
        pair = {"reference": reference or self.reference, "code": code or self.code}
        return self.browser.post(self.at("follow"), pair)

    def page(self, reference: str = "") -> str:
        """The petition's own page."""
        return words(self.browser.get(self.at("follow", reference or self.reference)))

    def does(self, act: str, **typed: str) -> Any:
        """One of the buttons of the petition's page."""
        return self.browser.post(self.at("follow", self.reference, act), typed)
