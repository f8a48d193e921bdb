"""Why a PDF does not become an OFD: a code for programs, a plain sentence for people."""

MESSAGES = {
    "broken": "这个 PDF 已损坏或不完整，不能转成 OFD，请重新排版后再转。",
    "encrypted": "这个 PDF 设有密码，请取消密码后再转成 OFD。",
    "too_large": "这个 PDF 展开后过大，已停止转换，请拆分后再转。",
    "too_many_pages": "这个 PDF 超过 3000 页，请拆分后再转成 OFD。",
    "font": "这个 PDF 有没有嵌入或不认识的字体，不能原样转成 OFD，请嵌入字体后再转。",
    "picture": "这个 PDF 有不认识的图片格式，不能原样转成 OFD，请换成 JPG 或 PNG 后再排版。",
}


class NotConverted(Exception):  # noqa: N818 - the word of the library
    """The PDF is not converted: `code` is a key of MESSAGES, `message` says it plainly, `detail` is for the log."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.message = MESSAGES[code]
        self.detail = detail
