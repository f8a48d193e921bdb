"""Changing a drawing: find, insert, replace, move and remove blocks and branches. Pure functions on data.

A place is where a block may stand: "" is the procedure itself, "block/branch" a branch.
"""

import copy
from collections.abc import Iterator
from typing import Any

from zhongshu.base.refusals import Refused

Block = dict[str, Any]
Blocks = list[Block]
PREFIXES = {"step": "step", "each": "units", "parallel": "fork", "choice": "choice"}


def walk(blocks: Blocks, place: str = "") -> Iterator[tuple[str, int, Block]]:
    """Yield (place, index, block) in the order of the drawing."""
    for index, block in enumerate(blocks):
        yield place, index, block
        for branch in block.get("branches") or ():
            yield from walk(branch["blocks"], f"{block['id']}/{branch['id']}")


def find(blocks: Blocks, block_id: str) -> Block | None:
    """Return the block of this id."""
    return next((block for _, _, block in walk(blocks) if block["id"] == block_id), None)


def sequence(blocks: Blocks, place: str) -> Blocks:
    """Return the list of blocks at a place."""
    if not place:
        return blocks
    block_id, _, branch_id = place.partition("/")
    block = find(blocks, block_id)
    for branch in (block or {}).get("branches") or ():
        if branch["id"] == branch_id:
            found: Blocks = branch["blocks"]
            return found
    raise Refused.one("FLOW-DRAW", "没有这个位置，请刷新后再试")


def changed(blocks: Blocks) -> Blocks:
    """Return a copy that may be changed."""
    return copy.deepcopy(blocks)


def insert(blocks: Blocks, place: str, index: int, kind: str, name: str) -> tuple[Blocks, str]:
    """Insert a new block between two others; return the drawing and the new id."""
    if kind not in PREFIXES:
        raise Refused.one("FLOW-DRAW", "没有这种步骤", "kind")
    if not name.strip():
        raise Refused.one("FLOW-DRAW", "请填写名称", "name")
    fresh = changed(blocks)
    block = _new(kind, free_id(fresh, PREFIXES[kind]), name.strip()[:60])
    sequence(fresh, place).insert(max(index, 0), block)
    return fresh, block["id"]


def free_id(blocks: Blocks, prefix: str) -> str:
    """Return an id that is not taken."""
    taken = {block["id"] for _, _, block in walk(blocks)}
    return next(f"{prefix}_{n}" for n in range(1, len(taken) + 2) if f"{prefix}_{n}" not in taken)


def _new(kind: str, block_id: str, name: str) -> Block:
    block: Block = {"type": kind, "id": block_id, "name": name}
    if kind == "parallel":
        block["branches"] = [
            {"id": "one", "name": "分支一", "blocks": []},
            {"id": "two", "name": "分支二", "blocks": []},
        ]
    elif kind == "choice":
        when = {"id": "yes", "name": "符合", "when": [], "blocks": []}
        block["branches"] = [when, {"id": "other", "name": "其他情况", "blocks": []}]
    return block


def replace(blocks: Blocks, block_id: str, block: Block) -> Blocks:
    """Put another block in the place of one, branches included as given."""
    fresh = changed(blocks)
    for place, index, old in walk(fresh):
        if old["id"] == block_id:
            sequence(fresh, place)[index] = block
            return fresh
    raise _gone()


def remove(blocks: Blocks, block_id: str) -> Blocks:
    """Take a block out, with all that is in its branches."""
    fresh = changed(blocks)
    for place, index, old in walk(fresh):
        if old["id"] == block_id:
            del sequence(fresh, place)[index]
            return fresh
    raise _gone()


def move(blocks: Blocks, block_id: str, by: int) -> Blocks:
    """Move a block up (-1) or down (1) within its place."""
    fresh = changed(blocks)
    for place, index, old in walk(fresh):
        if old["id"] == block_id:
            row = sequence(fresh, place)
            target = min(max(index + by, 0), len(row) - 1)
            row.insert(target, row.pop(index))
            return fresh
    raise _gone()


def add_branch(blocks: Blocks, block_id: str, name: str) -> Blocks:
    """Add a branch; in a choice it comes before “其他情况”."""
    fresh = changed(blocks)
    block = find(fresh, block_id)
    if block is None or "branches" not in block:
        raise _gone()
    taken = {branch["id"] for branch in block["branches"]}
    branch_id = next(f"b{n}" for n in range(1, len(taken) + 2) if f"b{n}" not in taken)
    branch = {"id": branch_id, "name": name.strip()[:40] or "新分支", "blocks": []}
    last = len(block["branches"]) - 1 if block["type"] == "choice" else len(block["branches"])
    block["branches"].insert(last, branch)
    return fresh


def drop_branch(blocks: Blocks, block_id: str, branch_id: str) -> Blocks:
    """Take a branch out with its steps; two must stay."""
    fresh = changed(blocks)
    block = find(fresh, block_id)
    if block is None:
        raise _gone()
    kept = [branch for branch in block.get("branches") or () if branch["id"] != branch_id]
    if len(kept) < 2:
        raise Refused.one("FLOW-DRAW", "至少要留两个分支；不需要分支的，请删除整个分支步骤")
    block["branches"] = kept
    return fresh


def _gone() -> Refused:
    return Refused.one("FLOW-DRAW", "没有这个步骤，可能已被别人删去，请刷新后再试")
