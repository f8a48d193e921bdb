"""Why a file is not read: a code for programs, a plain sentence for people."""

MESSAGES = {
    "broken": "文件已损坏或内容与格式不符，请重新导出或扫描后再交。",
    "encrypted": "文件设有打开密码，请取消密码后再交。",
    "bomb": "文件展开后过大或部件过多，疑似恶意构造，已停止读取。",
    "entities": "文件的 XML 带有文档类型声明或实体，不予读取。",
    "too_deep": "文件的 XML 嵌套过深，疑似恶意构造，已停止读取。",
    "macro": "文件带有宏，请另存为不带宏的文档后再交。",
    "too_large": "文件超过 100 MB，请拆分或压缩后再交。",
    "too_many_pages": "文件超过 3000 页，请拆分后再交。",
    "image": "这是图片，没有文字层，须经文字识别。",
    "animated": "这是动图，不是公文的扫描件或照片；请交 JPG、PNG 或 TIFF。",
    "too_many_pixels": "图片超过 8000 万像素，请用 300 dpi 扫描或普通清晰度拍摄后再交。",
    "legacy": "这是旧版 Office 文件，请另存为 DOCX 或 XLSX 后再交。",
    "empty": "文件是空的。",
    "unknown": "不认识的文件格式；可读 PDF、DOCX、OFD、XLSX、TXT 和 JPG、PNG、TIFF 等图片。",
}


class Unreadable(Exception):  # noqa: N818 - the word of the library
    """The file is not read: `code` is a key of MESSAGES, `message` says it plainly, `detail` is for the log."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.message = MESSAGES[code]
        self.detail = detail
