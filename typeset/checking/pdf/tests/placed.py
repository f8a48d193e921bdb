"""Papers of the special formats, every line put at its place in millimetres, so that one can be moved at a time."""

from typeset.checking.pdf.tests.makers import families

ZI = 156 / 28
PITCH = (225 - ZI) / 21
LEFT, RIGHT, MIDDLE = 28.0, 184.0, 106.0
RED = "#e60012"
FULL = "为认真贯彻落实上级有关工作部署和要求现将有关事项函告如下"
HEAD = """#set page(width: 210mm, height: 297mm, margin: 0mm)
#set text(lang: "zh", region: "cn", cjk-latin-spacing: none, top-edge: 0.88em, bottom-edge: -0.12em)
"""


class Placed:
    """Collects what stands on the pages; each thing has a name, to be moved or left out."""

    def __init__(self, **moves: tuple[float, float] | None) -> None:
        self._moves = moves
        self._used: set[str] = set()
        self._out: list[str] = []

    def text(
        self, name: str, x: float, y: float, words: str, *, size: float = 15.793, face: str = "仿宋",
        colour: str = "#000000", at: str = "left", edge: str = "",
    ) -> None:  # fmt: skip
        """Put words with the upper edge of their squares (or of their ink) at y."""
        look = f'font: ("{families()[face]}", "Noto Serif CJK SC"), size: {size}pt, fill: rgb("{colour}")'
        look += ', weight: "bold"' if face == "小标宋" else ""
        look += f', top-edge: "{edge}"' if edge else ""
        self._put(name, x, y, f"text({look})[{words}]", at)

    def rule(self, name: str, x: float, y: float, wide: float, thick: float, colour: str = RED) -> None:
        """Put a level line with its upper edge at y."""
        self._put(
            name,
            x,
            y,
            f'rect(width: {wide}mm, height: {thick}mm, fill: rgb("{colour}"), stroke: none)',
            "left",
        )

    def next_page(self) -> None:
        """Begin a page."""
        self._out.append("#pagebreak()")

    def source(self) -> str:
        """Return the Typst source; a name to be moved that is not there is a mistake of the test."""
        assert set(self._moves) <= self._used
        return HEAD + "\n".join(self._out)

    def _put(self, name: str, x: float, y: float, body: str, at: str) -> None:
        self._used.add(name)
        move = self._moves.get(name, (0.0, 0.0))
        if move is None:
            return
        x, y = x + move[0], y + move[1]
        shift = {"left": "0pt", "middle": "-measure(it).width / 2", "right": "-measure(it).width"}[at]
        self._out.append(
            f"#context {{ let it = {body}; place(top + left, dx: {x}mm + {shift}, dy: {y}mm, it) }}"
        )


def row(number: int) -> float:
    """Return the upper edge of a line of the grid, from 0."""
    return 37 + number * PITCH


def page_number(page: Placed, number: int) -> None:
    """Put a page number where it belongs."""
    x, at = (RIGHT - ZI, "right") if number % 2 else (LEFT + ZI, "left")
    page.text(f"folio{number}", x, 269 - 1.6, f"— {number} —", size=14, face="宋体", at=at)


def rows(page: Placed, first: int, last: int) -> None:
    """Put lines of running text, the first of them indented."""
    for number in range(first, last):
        indent = number == first
        words = FULL[:-2] if indent else FULL if number < last - 1 else FULL[:20] + "。"
        page.text(f"row{number}", LEFT + (2 * ZI if indent else 0), row(number), words)


def signed(page: Placed, first: int) -> None:
    """Put name and date as on a paper that is stamped."""
    right = RIGHT - 4 * ZI
    middle = right - 3.25 * ZI
    page.text("name", middle, row(first), "某县人民政府", at="middle")
    page.text("date", right, row(first + 1), "2026年3月4日", at="right")


def letter(**moves: tuple[float, float] | None) -> str:
    """信函格式 (10.1)."""
    page = Placed(**moves)
    page.text(
        "mark", MIDDLE, 30, "某县人民政府", size=45, face="小标宋", colour=RED, at="middle", edge="bounds"
    )
    low = 30 + 15.7 + 4
    page.rule("thick", 20, low, 170, 1.0)
    page.rule("thin", 20, low + 1.6, 170, 0.35)
    page.text("number", RIGHT, low + 1.95 + ZI * 7 / 8, "某政函〔2026〕8号", at="right")
    title = low + 1.95 + ZI * 15 / 8 + 21.5
    page.text(
        "title", MIDDLE, title, "某县人民政府关于商请支持项目建设的函", size=22, face="小标宋", at="middle"
    )
    page.text("recipients", LEFT, title + 7.76 + 12.5, "某市发展和改革委员会：")
    start = title + 7.76 + 12.5
    for number in range(1, 15):
        words = FULL[:-2] if number == 1 else FULL
        page.text(f"line{number}", LEFT + (2 * ZI if number == 1 else 0), start + number * PITCH, words)
    page.rule("foot_thin", 20, 275.65, 170, 0.35)
    page.rule("foot_thick", 20, 276.0, 170, 1.0)
    page.next_page()
    rows(page, 0, 8)
    signed(page, 10)
    page.text("cc", LEFT + 4.94, 256, "抄送：某市财政局。", size=14)
    page_number(page, 2)
    return page.source()


def order(**moves: tuple[float, float] | None) -> str:
    """命令（令）格式 (10.2)."""
    page = Placed(**moves)
    page.text(
        "mark", MIDDLE, 57, "某县人民政府令", size=40, face="小标宋", colour=RED, at="middle", edge="bounds"
    )
    page.text("number", MIDDLE, 57 + 13.4 + 22, "第5号", at="middle")
    start = 57 + 13.4 + 22 + ZI + 22
    page.text("first", LEFT + 2 * ZI, start, FULL[:-2])
    page.text("second", LEFT, start + PITCH, FULL)
    page.text("third", LEFT, start + 2 * PITCH, FULL[:18] + "。")
    page.text("date", RIGHT - 4 * ZI, start + 9 * PITCH, "2026年3月4日", at="right")
    page_number(page, 1)
    return page.source()


def minutes(**moves: tuple[float, float] | None) -> str:
    """纪要格式 (10.3)."""
    page = Placed(**moves)
    page.text(
        "mark",
        MIDDLE,
        72,
        "某县人民政府常务会议纪要",
        size=34,
        face="小标宋",
        colour=RED,
        at="middle",
        edge="bounds",
    )
    page.text("number", MIDDLE, 72 + 11.5 + 22, "〔2026〕6号", at="middle")
    low = 72 + 11.5 + 22 + ZI + 4
    page.rule("rule", LEFT, low, 156, 0.5)
    title = low + 0.5 + 22
    page.text("title", MIDDLE, title, "第12次常务会议纪要", size=22, face="小标宋", at="middle")
    start = title + 7.76 + 12.5
    for number in range(5):
        page.text(
            f"line{number}",
            LEFT + (0 if number else 2 * ZI),
            start + number * PITCH,
            FULL if number else FULL[:-2],
        )
    page.text("present", LEFT + 2 * ZI, start + 6 * PITCH, "出席：", face="黑体")
    page.text("names", LEFT + 5 * ZI, start + 6 * PITCH, "张某、李某、王某")
    page_number(page, 1)
    return page.source()


def upward(**moves: tuple[float, float] | None) -> str:
    """上行文 (7.2.5, 7.2.6): number on the left, who signed it off on the right."""
    page = Placed(**moves)
    page.text("copy", LEFT, 37, "000001")
    page.text("urgency", LEFT, row(1), "特急", face="黑体")
    page.text(
        "mark", MIDDLE, 72, "某县人民政府文件", size=40, face="小标宋", colour=RED, at="middle", edge="bounds"
    )
    low = 72 + 13.4 + 22
    page.text("number", LEFT + ZI, low, "某政发〔2026〕9号")
    page.text("signer", RIGHT - ZI - 3 * ZI, low, "签发人：", at="right")
    page.text("signer_name", RIGHT - ZI, low, "张某某", face="楷体", at="right")
    page.rule("rule", LEFT, low + ZI + 4, 156, 0.5)
    title = low + ZI + 4.5 + 22
    page.text(
        "title", MIDDLE, title, "某县人民政府关于解决项目资金的请示", size=22, face="小标宋", at="middle"
    )
    page.text("recipients", LEFT, title + 7.76 + 12.5, "某市人民政府：")
    start = title + 7.76 + 12.5 + PITCH
    for number in range(6):
        page.text(
            f"line{number}",
            LEFT + (0 if number else 2 * ZI),
            start + number * PITCH,
            FULL if number else FULL[:-2],
        )
    page_number(page, 1)
    page.next_page()
    rows(page, 0, 6)
    signed(page, 9)
    page.text("note", LEFT + 2 * ZI, row(11), "（联系人：李某，电话：0000-1234567）")
    page_number(page, 2)
    return page.source()
