"""What never breaks over a line: dates, years, 〔2026〕12号, numbers with their signs, brackets and what they open."""

import re

OPENERS = "（《“‘【〔「『"
NUMBERS = (
    r"\d{2,4}年(?:\d{1,2}月(?:\d{1,2}日)?|度)?|\d{1,2}月\d{1,2}日"
    r"|\w?〔\d{4}〕(?:第?\d+(?:-\d+)?号?)?"
    r"|\d+(?:[.,，．]\d+)*(?:%|％|‰|℃|㎡|万亿|万|亿)+"
)
HALF = r"[0-9A-Za-z](?:[0-9A-Za-z.,:/%‰+&_-]*[0-9A-Za-z%‰+])?"
# An opening bracket goes with the word or character it opens: set by itself it would lose its left half at the head
# of a line, and leave the grid. A colon or semicolon behind goes along: a line could break before it otherwise.
WHOLE = re.compile(rf"(?:[{OPENERS}]+(?:{NUMBERS}|{HALF}|.)|{NUMBERS})[；：]?")
