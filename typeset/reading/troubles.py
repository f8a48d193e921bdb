"""Why a file is not read: a code for programs, a plain sentence for people, and the limits that are kept."""

MAX_BYTES = 100 * 2**20
MAX_CHARACTERS = 1_000_000
MAX_PARAGRAPHS = 60_000
MAX_PARTS = 5_000
MAX_UNPACKED = 400 * 2**20
MAX_XML = 40 * 2**20
MAX_DEPTH = 200
MAX_RATIO = 150
RATIO_MATTERS_FROM = 10 * 2**20

MESSAGES = {
    "broken": "文件已损坏或内容与格式不符，请用 Word 或 WPS 打开后另存为 DOCX 再交。",
    "encrypted": "文件设有打开密码，请取消密码后再交。",
    "bomb": "文件展开后过大或部件过多，疑似恶意构造，已停止读取。",
    "entities": "文件的 XML 带有文档类型声明或实体，不予读取。",
    "too_deep": "文件的 XML 嵌套过深，疑似恶意构造，已停止读取。",
    "macro": "文件带有宏，请另存为不带宏的 DOCX 后再交。",
    "too_large": "文件超过 100 MB，请拆分或压缩图片后再交。",
    "legacy": "这是旧版 Word 文件（DOC），请另存为 DOCX 后再交。",
    "empty": "文件是空的，没有可读的文字。",
    "unknown": "不认识的文件格式；可读 DOCX 和纯文本（UTF-8、UTF-16、GB18030）。",
}


class Unreadable(Exception):  # noqa: N818 - the word of the library
    """The file is not read: `code` is a key of MESSAGES, `message` says it plainly, `detail` is for the log."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.message = MESSAGES[code]
        self.detail = detail
