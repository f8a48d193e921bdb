"""BPMN 2.0 in and out: a drawing for other tools; what is not built of blocks is refused.

What BPMN has no word for (who, time, gates, outcomes) travels as JSON in an extension element of ours.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from zhongshu.base.refusals import Refused
from zhongshu.flow.conditions import words

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
OMG_DI = "http://www.omg.org/spec/DD/20100524/DI"
OURS = "urn:zhongshu:flow"
SPACES = {"bpmn": MODEL, "bpmndi": DI, "dc": DC, "di": OMG_DI, "zs": OURS}
LARGEST = 1_000_000
Block = dict[str, Any]


def _q(name: str, space: str = MODEL) -> str:
    return f"{{{space}}}{name}"


# Out


@dataclass
class _Writer:
    """Writes nodes, arrows and where they stand on the sheet."""

    process: Any
    plane: Any
    flows: int = 0
    places: dict[str, tuple[int, int, int, int]] = field(default_factory=dict)

    def node(self, tag: str, id_: str, name: str, x: int, y: int, spec: Block | None = None) -> Any:
        element = etree.SubElement(self.process, _q(tag), id=id_, name=name)
        if spec:
            outer = etree.SubElement(element, _q("extensionElements"))
            etree.SubElement(outer, _q("spec", OURS)).text = json.dumps(spec, ensure_ascii=False)
        width, height = (110, 60) if tag == "userTask" else (40, 40)
        self.places[id_] = (x, y - height // 2, width, height)
        shape = etree.SubElement(self.plane, _q("BPMNShape", DI), id=f"{id_}_di", bpmnElement=id_)
        bounds = {"x": x, "y": y - height // 2, "width": width, "height": height}
        etree.SubElement(shape, _q("Bounds", DC), {key: str(value) for key, value in bounds.items()})
        return element

    def flow(self, source: str, target: str, branch: Block | None = None) -> str:
        self.flows += 1
        id_ = f"flow_{self.flows}"
        name = branch.get("name", "") if branch else ""
        arrow = etree.SubElement(
            self.process, _q("sequenceFlow"), id=id_, sourceRef=source, targetRef=target, name=name
        )
        if branch:
            outer = etree.SubElement(arrow, _q("extensionElements"))
            told = {"id": branch["id"], "when": branch.get("when")}
            etree.SubElement(outer, _q("branch", OURS)).text = json.dumps(told, ensure_ascii=False)
            if branch.get("when"):
                etree.SubElement(arrow, _q("conditionExpression")).text = words(branch["when"])
        edge = etree.SubElement(self.plane, _q("BPMNEdge", DI), id=f"{id_}_di", bpmnElement=id_)
        for x, y in self._ends(source, target):
            etree.SubElement(edge, _q("waypoint", OMG_DI), x=str(x), y=str(y))
        return id_

    def _ends(self, source: str, target: str) -> list[tuple[int, int]]:
        sx, sy, sw, sh = self.places[source]
        tx, ty, _, th = self.places[target]
        return [(sx + sw, sy + sh // 2), (tx, ty + th // 2)]

    def sequence(
        self, blocks: list[Block], before: str, x: int, y: int, branch: Block | None
    ) -> tuple[str, int]:
        """Write blocks one behind the other; return the last node and where the next may stand."""
        for block in blocks:
            if block["type"] in ("step", "each"):
                self.task(block, x, y)
                self.flow(before, block["id"], branch)
                before, x = block["id"], x + 160
            else:
                before, x = self.split(block, before, x, y, branch)
            branch = None
        return before, x

    def task(self, block: Block, x: int, y: int) -> None:
        spec = {key: value for key, value in block.items() if key not in ("id", "name")}
        element = self.node("userTask", block["id"], block["name"], x, y, spec)
        if block["type"] == "each":
            etree.SubElement(element, _q("multiInstanceLoopCharacteristics"))

    def split(self, block: Block, before: str, x: int, y: int, branch: Block | None) -> tuple[str, int]:
        tag = "parallelGateway" if block["type"] == "parallel" else "exclusiveGateway"
        spec = {key: value for key, value in block.items() if key not in ("id", "name", "branches")}
        gateway = self.node(tag, block["id"], block["name"], x, y, spec)
        self.flow(before, block["id"], branch)
        ends, furthest = [], x + 100
        for index, each in enumerate(block["branches"]):
            empty = not each["blocks"]
            last, right = self.sequence(each["blocks"], block["id"], x + 100, y + index * 110, each)
            ends.append((last, each if empty else None))
            furthest = max(furthest, right)
        join = f"{block['id']}__join"
        self.node(tag, join, "", furthest, y)
        flows = [self.flow(last, join, each) for last, each in ends]
        if block["type"] == "choice":
            gateway.set("default", self._first_flow(block, flows))
        return join, furthest + 100

    def _first_flow(self, block: Block, flows: list[str]) -> str:
        """Return the arrow into the last branch of a choice: the one without condition."""
        if not block["branches"][-1]["blocks"]:
            return flows[-1]
        target = block["branches"][-1]["blocks"][0]["id"]
        found = self.process.find(
            f"bpmn:sequenceFlow[@sourceRef='{block['id']}'][@targetRef='{target}']", SPACES
        )
        return str(found.get("id"))


def to_bpmn(key: str, name: str, blocks: list[Block]) -> bytes:
    """Return a drawing as BPMN 2.0 XML with a plain layout."""
    root = etree.Element(_q("definitions"), nsmap=SPACES, id="definitions", targetNamespace=OURS)
    process = etree.SubElement(root, _q("process"), id=key, name=name, isExecutable="false")
    diagram = etree.SubElement(root, _q("BPMNDiagram", DI), id="diagram")
    plane = etree.SubElement(diagram, _q("BPMNPlane", DI), id="plane", bpmnElement=key)
    writer = _Writer(process, plane)
    writer.node("startEvent", "start__", "开始", 60, 120)
    last, x = writer.sequence(blocks, "start__", 160, 120, None)
    writer.node("endEvent", "end__", "结束", x, 120)
    writer.flow(last, "end__")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


# In


@dataclass(frozen=True)
class _Arrow:
    target: str
    name: str
    branch: Block


class _Reader:
    """Walks a process and finds the blocks in it."""

    def __init__(self, process: Any) -> None:
        self.nodes: dict[str, Any] = {}
        self.out: dict[str, list[_Arrow]] = {}
        self.into: dict[str, int] = {}
        self.seen: set[str] = set()
        for element in process:
            tag = etree.QName(element).localname
            if tag == "sequenceFlow":
                self._arrow(element)
            elif tag in TAGS:
                self.nodes[element.get("id")] = element
            elif tag not in (
                "extensionElements",
                "documentation",
                "laneSet",
                "textAnnotation",
                "association",
            ):
                raise _refuse(f"不支持的图形“{element.get('name') or tag}”")

    def _arrow(self, element: Any) -> None:
        source, target = element.get("sourceRef"), element.get("targetRef")
        told = _json(element.find("bpmn:extensionElements/zs:branch", SPACES))
        self.out.setdefault(source, []).append(_Arrow(target, element.get("name") or "", told))
        self.into[target] = self.into.get(target, 0) + 1

    def tag(self, id_: str) -> str:
        if id_ not in self.nodes:
            raise _refuse("有箭头指向不存在的图形")
        return str(etree.QName(self.nodes[id_]).localname)

    def read(self) -> list[Block]:
        starts = [id_ for id_ in self.nodes if self.tag(id_) == "startEvent"]
        if len(starts) != 1 or len(self.out.get(starts[0], [])) != 1:
            raise _refuse("应有一个开始，并只引出一个箭头")
        blocks, end = self.sequence(self.out[starts[0]][0].target)
        if end is None or self.tag(end) != "endEvent":
            raise _refuse("没有走到结束")
        if lost := set(self.nodes) - self.seen - {starts[0]}:
            raise _refuse(f"有走不到的图形：{'、'.join(sorted(self.name(each) for each in lost))}")
        return blocks

    def name(self, id_: str) -> str:
        return str(self.nodes[id_].get("name") or id_)

    def sequence(self, id_: str) -> tuple[list[Block], str | None]:
        """Read blocks up to a join or the end; return them and where it stopped."""
        blocks: list[Block] = []
        while True:
            tag = self.tag(id_)
            if tag == "endEvent" or (tag in GATEWAYS and self.into.get(id_, 0) > 1):
                self.seen.add(id_)
                return blocks, id_
            if id_ in self.seen:
                raise _refuse(f"“{self.name(id_)}”处有回路；退回不用画，办理时可以退到任何前面的环节")
            self.seen.add(id_)
            block, id_ = self.split(id_) if tag in GATEWAYS else (self.task(id_), self.only(id_))
            blocks.append(block)

    def only(self, id_: str) -> str:
        arrows = self.out.get(id_, [])
        if len(arrows) != 1:
            raise _refuse(f"“{self.name(id_)}”应只引出一个箭头；要分开的，请用网关")
        return arrows[0].target

    def task(self, id_: str) -> Block:
        element = self.nodes[id_]
        many = element.find("bpmn:multiInstanceLoopCharacteristics", SPACES) is not None
        kind = {"type": "each" if many else "step"}
        return {
            **kind,
            **_json(element.find("bpmn:extensionElements/zs:spec", SPACES)),
            "id": id_,
            "name": self.name(id_),
        }

    def split(self, id_: str) -> tuple[Block, str]:
        element, arrows = self.nodes[id_], self.out.get(id_, [])
        kind = "parallel" if self.tag(id_) == "parallelGateway" else "choice"
        branches, ends = [], set()
        for index, arrow in enumerate(arrows):
            blocks, end = self.sequence(arrow.target)
            branches.append(_branch(arrow, index, blocks))
            ends.add(end)
        join = ends.pop() if len(ends) == 1 else None
        if (
            len(arrows) < 2
            or join is None
            or self.tag(join) != self.tag(id_)
            or self.into[join] != len(arrows)
        ):
            raise _refuse(f"“{self.name(id_)}”分开的各路，应合到同一个同类网关")
        default = element.get("default")
        if kind == "choice" and default:
            branches.sort(key=lambda branch: branch.get("when") is None)
        spec = _json(element.find("bpmn:extensionElements/zs:spec", SPACES))
        return {"type": kind, **spec, "id": id_, "name": self.name(id_), "branches": branches}, self.only(
            join
        )


TAGS = ("startEvent", "endEvent", "userTask", "task", "manualTask", "parallelGateway", "exclusiveGateway")
GATEWAYS = ("parallelGateway", "exclusiveGateway")


def _branch(arrow: _Arrow, index: int, blocks: list[Block]) -> Block:
    told = arrow.branch
    found: Block = {
        "id": told.get("id") or f"b{index + 1}",
        "name": arrow.name or f"分支{index + 1}",
        "blocks": blocks,
    }
    return {**found, **({"when": told["when"]} if told.get("when") else {})}


def _json(element: Any) -> Block:
    if element is None or not element.text:
        return {}
    try:
        found = json.loads(element.text)
    except ValueError as error:
        raise _refuse("扩展内容的写法不对") from error
    return found if isinstance(found, dict) else {}


def _refuse(words_: str) -> Refused:
    return Refused.one("FLOW-BPMN", f"不能导入：{words_}", "file")


def from_bpmn(data: bytes) -> list[Block]:
    """Return the blocks of a BPMN file; lint says afterwards what they still lack."""
    if len(data) > LARGEST:
        raise _refuse("文件太大")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _refuse("不是有效的 XML 文件") from error
    if root.getroottree().docinfo.doctype:
        raise _refuse("文件里不能有 DTD")
    processes = list(_processes(root))
    if len(processes) != 1:
        raise _refuse("文件里应只有一个流程")
    return _Reader(processes[0]).read()


def _processes(root: Any) -> Iterator[Any]:
    yield from root.iterfind("bpmn:process", SPACES)
