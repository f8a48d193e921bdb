"""What never breaks over a line: dates, years, 〔2026〕12号, numbers with their signs."""

import re

WHOLE = re.compile(
    r"\d{2,4}年(?:\d{1,2}月(?:\d{1,2}日)?|度)?|\d{1,2}月\d{1,2}日"
    r"|\w?〔\d{4}〕(?:第?\d+(?:-\d+)?号)?"
    r"|\d+(?:[.,，．]\d+)*(?:%|％|‰|℃|㎡|万亿|万|亿)+"
)
