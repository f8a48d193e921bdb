"""Which types and sizes an office takes: data in `reading.types`, narrowed by the office's settings."""

from zhongshu.base.refusals import Refusal
from zhongshu.files.reading.types import BY_CODE, KNOWN_EXTENSIONS, LARGEST_MB, TYPES, FileType, is_named_as
from zhongshu.files.uploads import MB, too_large
from zhongshu.matters import events, settings
from zhongshu.matters.events import Event
from zhongshu.matters.settings import Declared

MAX_MB = "files.max_mb"
REFUSED_TYPES = "files.refused_types"
WATERMARK_PUBLIC = "files.watermark_public"
MOST_A_MATTER = "files.most_a_matter"
DROP_DAYS = "files.drop_days"
MOST_DROPS = "files.most_drops"
PHONE_PHOTOS = "files.phone_photos"
SECRET_ADVICE = "files.secret_advice"
EYE_PAGES = "files.eye_pages"

ARCHIVES = frozenset({"zip", "rar", "7z", "tar", "gz"})


def declare_settings() -> None:
    """Make the settings of files known, and the occasion on which security officers are told."""
    events.declare(Event("secret_upload", "拦截疑似涉密文件", by_night=True))
    events.declare(Event("drop_judged", "上传篮文件有了结论"))
    events.declare(Event("secrecy_review", "有文件等待保密审查"))
    settings.declare(
        Declared(
            MAX_MB,
            "单个附件最大（MB）",
            "int",
            LARGEST_MB,
            "附件",
            "各类型还有各自上限",
            low=1,
            high=LARGEST_MB,
        ),
        Declared(
            REFUSED_TYPES, "不接收的文件类型", "lines", [], "附件", f"每行一个，可填：{'、'.join(BY_CODE)}"
        ),
        Declared(MOST_A_MATTER, "每件最多附件数", "int", 100, "附件", low=1, high=500),
        Declared(
            WATERMARK_PUBLIC, "公开件预览也加水印", "bool", True, "附件", "内部、工作秘密件的水印不能关闭"
        ),
        Declared(
            DROP_DAYS,
            "上传篮保留天数",
            "int",
            7,
            "附件",
            "到期没有登记的自动清除，隔离区副本擦除",
            low=1,
            high=60,
        ),
        Declared(MOST_DROPS, "每人上传篮最多文件数", "int", 200, "附件", low=1, high=2000),
        Declared(
            PHONE_PHOTOS, "允许手机拍照上传", "bool", False, "附件", "关闭时，带有相机信息的照片不能接收"
        ),
        Declared(
            SECRET_ADVICE,
            "拦截涉密文件后的去处",
            "text",
            "请通过机要渠道办理",
            "附件",
            "告诉上传人该找谁、到哪里办，例如：请送机要室（3 楼 305，分机 3050）",
        ),
        Declared(
            EYE_PAGES,
            "扫描件最多识别页数",
            "int",
            100,
            "附件",
            "超过的页不作文字识别，须由另一人确认不涉密",
            low=0,
            high=1000,
        ),
    )


def largest_mb(tenant_id: int) -> int:
    """Return the office's limit for any file."""
    return int(settings.get(MAX_MB, tenant_id))


def allowed_types(tenant_id: int) -> list[FileType]:
    """Return the types the office takes."""
    refused = {str(code).lower() for code in settings.get(REFUSED_TYPES, tenant_id)}
    return [file_type for file_type in TYPES if file_type.code not in refused]


def obstacles_of_type(file_type: FileType | None, extension: str, size: int, tenant_id: int) -> list[Refusal]:
    """Say why a file of this content and name is not taken; `None` is content that nobody knows."""
    allowed = allowed_types(tenant_id)
    if extension not in KNOWN_EXTENSIONS or (file_type is not None and file_type not in allowed):
        return [not_allowed(extension, allowed)]
    if file_type is None or not is_named_as(file_type, extension):
        return [mismatch(file_type, extension)]
    if size > file_type.max_mb * MB:
        return [too_large(file_type.max_mb, file_type.label)]
    return []


def obstacles_of_camera(is_photo: bool, tenant_id: int) -> list[Refusal]:
    """Refuse a photograph where the office has not opened its doors to them."""
    if not is_photo or settings.get(PHONE_PHOTOS, tenant_id):
        return []
    return [
        Refusal(
            "FILE-32",
            "这是手机或相机拍的照片，本单位没有开放拍照上传。请用扫描仪扫成 PDF 或图片；"
            "确需拍照的，请系统管理员在设置里开放“允许手机拍照上传”",
            "file",
        )
    ]


def not_allowed(extension: str, allowed: list[FileType]) -> Refusal:
    """Name what is taken instead."""
    named = f"不能上传 .{extension} 文件" if extension else "文件名没有扩展名，认不出类型"
    if extension in ARCHIVES:
        return Refusal("FILE-01", f"{named}：压缩包内的内容无法检查，请解压后逐个上传", "file")
    taken = "、".join(file_type.label for file_type in allowed)
    return Refusal("FILE-01", f"{named}。可以上传：{taken}", "file")


def mismatch(file_type: FileType | None, extension: str) -> Refusal:
    """Name what the content really is."""
    found = f"实际是{file_type.label}" if file_type else "不是这种类型的文件，或已损坏"
    advice = "请改正扩展名" if file_type else "请用原程序打开确认、另存后再传"
    return Refusal("FILE-04", f"内容与扩展名不符：文件名是 .{extension}，{found}。{advice}", "file")
