"""The types of file an office works with, as data."""

from dataclasses import dataclass
from typing import Literal

Showing = Literal["pages", "blocks", ""]


@dataclass(frozen=True)
class FileType:
    """A type: how it is called, what names it may carry, how large it may be, how it is shown."""

    code: str
    label: str
    content_type: str
    extensions: tuple[str, ...]
    max_mb: int
    showing: Showing = ""
    family: str = ""


OOXML = "application/vnd.openxmlformats-officedocument."

TYPES: tuple[FileType, ...] = (
    FileType("pdf", "PDF", "application/pdf", ("pdf",), 100, "pages"),
    FileType("ofd", "OFD 版式文件", "application/ofd", ("ofd",), 100, "pages"),
    FileType(
        "docx",
        "Word 文档",
        OOXML + "wordprocessingml.document",
        ("docx", "wps", "doc"),
        50,
        "blocks",
    ),
    FileType(
        "xlsx",
        "Excel 表格",
        OOXML + "spreadsheetml.sheet",
        ("xlsx", "et", "xls"),
        50,
        "blocks",
    ),
    FileType(
        "pptx", "演示文稿", OOXML + "presentationml.presentation", ("pptx", "dps", "ppt"), 100, "blocks"
    ),
    FileType("doc", "Word 97 文档", "application/msword", ("doc", "wps", "dot"), 50),
    FileType("xls", "Excel 97 表格", "application/vnd.ms-excel", ("xls", "et"), 50),
    FileType("ppt", "PowerPoint 97 演示文稿", "application/vnd.ms-powerpoint", ("ppt", "dps"), 100),
    FileType("png", "PNG 图片", "image/png", ("png",), 30, "pages", "image"),
    FileType("jpeg", "JPEG 图片", "image/jpeg", ("jpg", "jpeg"), 30, "pages", "image"),
    FileType("tiff", "TIFF 扫描图", "image/tiff", ("tif", "tiff"), 100, "pages", "image"),
    FileType("bmp", "BMP 图片", "image/bmp", ("bmp",), 30, "pages", "image"),
    FileType("webp", "WebP 图片", "image/webp", ("webp",), 30, "pages", "image"),
    FileType("gif", "GIF 图片", "image/gif", ("gif",), 10, "pages", "image"),
    FileType("txt", "文本", "text/plain", ("txt", "csv", "md", "log"), 10, "blocks"),
)

BY_CODE = {file_type.code: file_type for file_type in TYPES}
KNOWN_EXTENSIONS = frozenset(extension for file_type in TYPES for extension in file_type.extensions)
ACCEPT = ",".join(f".{extension}" for extension in sorted(KNOWN_EXTENSIONS))
LARGEST_MB = max(file_type.max_mb for file_type in TYPES)


def is_named_as(file_type: FileType, extension: str) -> bool:
    """Say whether a name with this extension tells the truth about the type."""
    return extension in file_type.extensions or any(
        other.family and other.family == file_type.family and extension in other.extensions for other in TYPES
    )
