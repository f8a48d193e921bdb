"""Why a PDF is not measured: a code for programs, a plain sentence for people."""

MESSAGES = {
    "broken": "这个 PDF 已损坏或不是 PDF，无法检查版式，请重新导出后再查。",
    "encrypted": "这个 PDF 设有打开密码，请取消密码后再查。",
    "too_large": "这个 PDF 超过 100 MB，请拆分后再查。",
    "too_many_pages": "这个 PDF 超过 3000 页，不像一件公文，请拆分后再查。",
    "no_text": "这个 PDF 没有文字层（可能是扫描件），量不出字号和行距，请检查排版时导出的 PDF。",
}


class NotMeasured(Exception):  # noqa: N818 - the word of the library
    """The file is not measured: `code` is a key of MESSAGES, `message` says it plainly, `detail` is for the log."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.message = MESSAGES[code]
        self.detail = detail
