"""Places that are never corrected: names of persons beside what tells that they are names."""

import re

import numpy as np

SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石"
    "熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚汤陶黎温莫易樊乔文安殷颜庄章鲁倪庞邢俞翟蓝聂齐向申葛柴伍覃骆关焦柳欧祝纪尚毕耿芦左季管"
)
NAME = f"[{SURNAMES}][\u4e00-\u9fff]{{1,2}}"
NAMES = re.compile(
    rf"(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff]\u3000[\u4e00-\u9fff])(?![\u4e00-\u9fff])"
    rf"|{NAME}(?=同志|先生|女士|院士|教授)"
    rf"|(?<=[、：:\s]){NAME}(?=[、\s])"
    rf"|(?:联系人|签发人|主持人|记录人)[:：]\s*{NAME}"
)


def protected(text: str) -> "np.ndarray":
    """shape (len(text),), true where nothing is to be changed."""
    kept = np.zeros(max(len(text), 1), dtype=bool)
    for name in NAMES.finditer(text):
        kept[name.start() : name.end()] = True
    return kept
