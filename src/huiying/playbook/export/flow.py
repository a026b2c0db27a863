"""The flow of a plan as a picture: one band a phase, its steps in columns by what they wait for, arrows between them."""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement, tostring

from huiying.playbook import saying
from huiying.playbook.clauses import Phase, Step
from huiying.playbook.document import PlanDocument

BOX_W, BOX_H, GAP_X, GAP_Y = 168, 52, 34, 12
LEFT, TOP, BAND = 16, 56, 34
COLUMNS = 5
INK, QUIET, EDGE, FILL, ALWAYS, LINE = "#1c2430", "#5b6675", "#1f4f87", "#eef4fb", "#ffffff", "#8fa3ba"
FONT = "'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'Microsoft YaHei', sans-serif"
DESCRIPTION = "每一栏是一个阶段；方框是步骤，下面一行是责任角色和时限；虚线框只在某些情形下适用；箭头表示前一步做完才开始后一步。"
Place = tuple[float, float]


TALLEST = 1400  # of a picture that has to stand on one page of A4 and still be read

Band = tuple[Phase, list[list[Step]]]


def flow(doc: PlanDocument) -> str:
    """The whole picture as SVG: no script, no style sheet; the tables of the plan say the same in words."""
    return _drawn(doc, _bands(doc))


def flows(doc: PlanDocument) -> list[str]:
    """The same in as many pictures as pages are needed, each with whole phases."""
    pages: list[list[Band]] = []
    room = 0.0
    for band in _bands(doc):
        height = _height(band[1])
        if not pages or height > room:
            pages.append([])
            room = float(TALLEST)
        pages[-1].append(band)
        room -= height
    return [_drawn(doc, bands) for bands in pages]


def _bands(doc: PlanDocument) -> list[Band]:
    return [(phase, _columns(phase)) for phase in doc.phases if phase.steps]


def _drawn(doc: PlanDocument, bands: list[Band]) -> str:
    height = TOP + sum(_height(columns) for _, columns in bands) + 12
    width = LEFT * 2 + COLUMNS * BOX_W + (COLUMNS - 1) * GAP_X
    svg = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {width} {height}", "width": str(width),
            "height": str(height), "role": "img", "font-family": FONT, "font-size": "13",
        },
    )  # fmt: skip
    SubElement(svg, "title").text = f"{doc.title}：处置流程图"
    SubElement(svg, "desc").text = DESCRIPTION
    SubElement(svg, "rect", width=str(width), height=str(height), fill="#ffffff")
    _text(svg, LEFT, 30, f"{doc.title}：处置流程图", size="17", weight="bold")
    places, top = dict[str, Place](), float(TOP)
    for phase, columns in bands:
        _band(svg, phase, width - 2 * LEFT, top)
        places |= _places(columns, top)
        top += _height(columns)
    shown = [step for step in doc.steps if step.id in places]
    for step in shown:  # the arrows first, so that they run behind the boxes
        _arrows(svg, step, places)
    titles = saying.titles_of(doc)
    for step in shown:
        _box(svg, doc, step, places[step.id], titles)
    return tostring(svg, encoding="unicode")


def _columns(phase: Phase) -> list[list[Step]]:
    """The steps of a phase by how many of its own steps lie before them; long columns run over into the next row."""
    own = {step.id: step for step in phase.steps}
    depth: dict[str, int] = {}
    for step in phase.steps:
        _sink(step, own, depth)
    columns: list[list[Step]] = [[] for _ in range(min(COLUMNS, max(depth.values(), default=0) + 1))]
    for step in phase.steps:
        columns[min(depth[step.id], COLUMNS - 1)].append(step)
    return columns


def _sink(step: Step, own: Mapping[str, Step], depth: dict[str, int]) -> None:
    """Depth of a step and all it waits for; a loop, since plans come from outside; a circle ends where it began."""
    stack, open_ = [step], set[str]()
    while stack:
        top = stack[-1]
        waiting = [
            own[need] for need in top.waits_for if need in own and need not in depth and need not in open_
        ]
        if waiting and top.id not in depth:
            open_.add(top.id)
            stack.append(waiting[0])
            continue
        stack.pop()
        depth[top.id] = 1 + max((depth.get(need, -1) for need in top.waits_for if need in own), default=-1)


def _height(columns: list[list[Step]]) -> float:
    return BAND + max(len(column) for column in columns) * (BOX_H + GAP_Y) + 10


def _band(svg: Element, phase: Phase, width: float, top: float) -> None:
    line = {"x1": str(LEFT), "x2": str(LEFT + width), "y1": str(top), "y2": str(top)}
    SubElement(svg, "line", {**line, "stroke": LINE})
    _text(
        svg,
        LEFT,
        top + 22,
        phase.title + ("（响应结束后）" if phase.after_end else ""),
        weight="bold",
        fill=EDGE,
    )


def _places(columns: list[list[Step]], top: float) -> dict[str, Place]:
    """The upper left corner of each step's box."""
    return {
        step.id: (LEFT + number * (BOX_W + GAP_X), top + BAND + row * (BOX_H + GAP_Y))
        for number, column in enumerate(columns)
        for row, step in enumerate(column)
    }


def _box(svg: Element, doc: PlanDocument, step: Step, at: Place, titles: Mapping[str, str]) -> None:
    x, y = at
    box = {"x": str(x), "y": str(y), "width": str(BOX_W), "height": str(BOX_H), "rx": "4"}
    dashed = {"stroke-dasharray": "5 3"} if step.when else {}
    SubElement(svg, "rect", {**box, "fill": ALWAYS if step.when else FILL, "stroke": EDGE, **dashed})
    _text(svg, x + 8, y + 21, _short(step.title, 11))
    who = titles.get(step.who or "", "")
    within = "" if step.within is None else _within(doc, step, titles)
    _text(
        svg,
        x + 8,
        y + 41,
        " · ".join(part for part in (_short(who, 7), within) if part),
        size="11",
        fill=QUIET,
    )


def _within(doc: PlanDocument, step: Step, titles: Mapping[str, str]) -> str:
    told = dict(saying.details(doc, step, dict(titles)))
    return "".join(told.get(saying.DETAILS["within"], []))


def _arrows(svg: Element, step: Step, places: Mapping[str, Place]) -> None:
    for first, last in _lines(step, places):
        (x1, y1), (x2, y2) = first, last
        bend = x1 + GAP_X / 2 if x2 > x1 else x2 - GAP_X / 2
        path = f"M{x1},{y1} H{bend} V{y2} H{x2 - 5}"
        SubElement(svg, "path", {"d": path, "fill": "none", "stroke": LINE})
        SubElement(svg, "polygon", points=f"{x2 - 6},{y2 - 4} {x2},{y2} {x2 - 6},{y2 + 4}", fill=LINE)


def _lines(step: Step, places: Mapping[str, Place]) -> Iterator[tuple[Place, Place]]:
    """From the right edge of what it waits for to its own left edge, where both stand in columns side by side."""
    here = places.get(step.id)
    for need in step.waits_for:
        there = places.get(need)
        if here and there and there[0] < here[0]:
            yield (there[0] + BOX_W, there[1] + BOX_H / 2), (here[0], here[1] + BOX_H / 2)


def _text(
    svg: Element, x: float, y: float, words: str, *, size: str = "13", weight: str = "normal", fill: str = INK
) -> None:
    SubElement(
        svg, "text", {"x": str(x), "y": str(y), "font-size": size, "font-weight": weight, "fill": fill}
    ).text = words


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
