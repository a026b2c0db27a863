"""Two pictures of a rehearsal as SVG: the steps over time with their deadlines, and how busy each role is.

Drawn here because the libraries at hand have no bar from one percentile to another with a deadline on it. No script, no
style sheet, no font: they stand in a page, a document or a mail. Each has its title and description inside, and the
tables of `written` say the same in words.
"""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from huiying.playbook.rehearsal.results import POWER, Rehearsal, StepResult

WIDTH, LABELS, RIGHT = 1000, 300, 24
ROW, TOP, FOOT = 22, 66, 30
INK, QUIET, LINE = "#1c2430", "#5b6675", "#d9dee5"
BAR, MIDDLE, LATE, DUE = "#9db8d8", "#1f4f87", "#b3261e", "#7a4b00"
FONT = "'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'Microsoft YaHei', sans-serif"
TICKS = (60, 300, 600, 1800, 3600, 7200, 14_400, 28_800, 86_400, 172_800, 604_800, 1_209_600, 2_592_000)
MOST_ROWS = 400
HEAT = ("#f3f6fa", "#d7e4f2", "#a9c6e6", "#6c9bd0", "#2f6bb0", "#0f3f77")


def gantt(result: Rehearsal) -> str:
    """The response's steps in the order in which they are done: from p10 to p90, the middle, the deadline."""
    shown = sorted(_within_response(result), key=lambda step: (step.done.p50, step.id))[:MOST_ROWS]
    last = max((max(step.done.p90, step.due or 0) for step in shown), default=60)
    height = TOP + ROW * len(shown) + FOOT
    svg = _picture(
        height,
        f"{result.title}：各步骤完成的时间",
        f"{result.runs} 次演算；横条从最快的十分之一到最慢的十分之一，竖线是中位数，菱形是时限，红色表示多半逾期。",
    )
    x = _Scale(last)
    _axis(svg, x, height - FOOT)
    for number, step in enumerate(shown):
        _step(svg, step, x, TOP + ROW * number)
    return tostring(svg, encoding="unicode")


def load(result: Rehearsal) -> str:
    """One row a role: the darker, the more of its people are busy, until nine of ten runs have ended."""
    rows = sorted(result.load.roles.items())
    height = TOP + ROW * len(rows) + FOOT
    svg = _picture(
        height, f"{result.title}：各角色的忙闲", f"{result.runs} 次演算的平均；颜色越深，同时在忙的人越多。"
    )
    x = _Scale(result.load.seconds)
    most = max((max(busy, default=0) for _, busy in rows), default=0) or 1
    _axis(svg, x, height - FOOT)
    for number, (role, busy) in enumerate(rows):
        _busy(svg, result.roles.get(role, role), busy, most, TOP + ROW * number)
    return tostring(svg, encoding="unicode")


class _Scale:
    """Seconds to places: the first hours wide, the weeks after narrow."""

    def __init__(self, last: int) -> None:
        self.last = max(last, 60)

    def __call__(self, second: float) -> float:
        share: float = (min(max(second, 0), self.last) / self.last) ** POWER
        return round(LABELS + share * (WIDTH - LABELS - RIGHT), 1)

    def ticks(self) -> Iterator[int]:
        """Round times that stand at least a hand apart."""
        before = float(LABELS)
        for tick in TICKS:
            if tick <= self.last and self(tick) - before >= 56:
                before = self(tick)
                yield tick


def _within_response(result: Rehearsal) -> list[StepResult]:
    ended = next((m.reached.p90 for m in result.milestones if m.in_time is None and m.reached), 0)
    return [step for step in result.steps if step.done.p50 <= ended] or list(result.steps)


def _picture(height: int, title: str, description: str) -> Element:
    box = {"viewBox": f"0 0 {WIDTH} {height}", "width": str(WIDTH), "height": str(height), "role": "img"}
    svg = Element(
        "svg", {"xmlns": "http://www.w3.org/2000/svg", "font-family": FONT, "font-size": "12", **box}
    )
    SubElement(svg, "title").text = title
    SubElement(svg, "desc").text = description
    SubElement(svg, "rect", width=str(WIDTH), height=str(height), fill="#ffffff")
    _text(svg, 12, 24, title, size="16", weight="bold")
    _text(svg, 12, 44, description, fill=QUIET)
    return svg


def _axis(svg: Element, x: _Scale, bottom: int) -> None:
    for tick in (0, *x.ticks()):
        place = str(x(tick))
        SubElement(svg, "line", x1=place, x2=place, y1=str(TOP - 6), y2=str(bottom), stroke=LINE)
        _text(svg, x(tick), bottom + 18, spoken(tick), fill=QUIET, anchor="middle")


def _step(svg: Element, step: StepResult, x: _Scale, top: int) -> None:
    late = step.late > 0.5
    _text(svg, LABELS - 10, top + 15, _short(step.title), fill=LATE if late else INK, anchor="end")
    first, last = x(step.done.p10), x(step.done.p90)
    bar = {"x": str(first), "y": str(top + 5), "width": str(max(2.0, round(last - first, 1))), "height": "12"}
    SubElement(svg, "rect", {**bar, "rx": "2", "fill": "#f0b8b3" if late else BAR})
    place = str(x(step.done.p50))
    SubElement(
        svg, "line", {"x1": place, "x2": place, "y1": str(top + 3), "y2": str(top + 19),
                      "stroke": LATE if late else MIDDLE, "stroke-width": "2"},
    )  # fmt: skip
    if step.due is not None:
        at, middle = x(step.due), top + 11
        points = f"{at},{middle - 5} {at + 5},{middle} {at},{middle + 5} {at - 5},{middle}"
        SubElement(svg, "polygon", points=points, fill="#ffffff", stroke=DUE)


def _busy(svg: Element, role: str, busy: Sequence[float], most: float, top: int) -> None:
    _text(svg, LABELS - 10, top + 15, _short(role), anchor="end")
    width = (WIDTH - LABELS - RIGHT) / max(1, len(busy))
    for number, value in enumerate(busy):
        shade = HEAT[min(len(HEAT) - 1, int(value / most * len(HEAT)))]
        cell = {"x": f"{LABELS + number * width:.1f}", "y": str(top + 2), "width": f"{width + 0.3:.1f}"}
        SubElement(svg, "rect", {**cell, "height": str(ROW - 4), "fill": shade})


def _text(
    svg: Element, x: float, y: float, words: str, *, fill: str = INK, size: str = "12",
    weight: str = "normal", anchor: str = "start",
) -> None:  # fmt: skip
    place = {"x": str(x), "y": str(y), "fill": fill, "font-size": size, "font-weight": weight}
    SubElement(svg, "text", {**place, "text-anchor": anchor}).text = words


def _short(title: str, most: int = 22) -> str:
    return title if len(title) <= most else title[: most - 1] + "…"


def spoken(seconds: float) -> str:
    """A length in the largest unit that says it well: 45 分钟, 2.5 小时, 3 天."""
    sign, left = ("-" if seconds < 0 else ""), abs(seconds)
    for unit, name in ((86_400, "天"), (3600, "小时"), (60, "分钟")):
        if left >= unit * (2 if unit == 86_400 else 1):
            return f"{sign}{left / unit:.1f}".removesuffix(".0") + f" {name}"
    return f"{sign}{left:.0f} 秒"
