"""What the spelling model finds, less what is a matter of fact."""

from proofread.spelling import Slip, find

# Which of these is meant the writer knows: 全县 is never a misspelt 全省.
FACTS = tuple(
    map(
        frozenset,
        ("省市县区州旗乡镇村", "和或与及", "东西南北", "男女", "春夏秋冬", "甲乙丙丁", "年月日时", "他她它"),
    )
)


def spelt_wrong(text: str) -> list[Slip]:
    """Return the slips of a text without those that would change a fact."""
    return [slip for slip in find(text) if not _changes_a_fact(slip)]


def _changes_a_fact(slip: Slip) -> bool:
    pairs = zip(slip.wrong, slip.suggestion, strict=False)
    return any({wrong, right} <= group for wrong, right in pairs if wrong != right for group in FACTS)
