"""Tables of old suggestions as offices keep them, made up for the tests."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.deputies.roll.rosters import as_csv

HEAD = (
    "案别",
    "届次",
    "编号",
    "案由",
    "领衔代表",
    "承办单位",
    "会办单位",
    "交办日期",
    "答复日期",
    "类别",
    "满意度",
    "答复内容",
    "来源",
)


def paper(title="关于整修青石渠的建议", **changes):
    """One row under HEAD; a keyword replaces the cell of that heading."""
    usual = (
        "人大建议", "十八届二次", "12", title, "田禾", "县水务局", "", "2024年3月5日", "2024.6.1", "B", "满意",
        "已列入计划，年底前完工。", "",
    )  # fmt: skip
    return list((dict(zip(HEAD, usual, strict=True)) | changes).values())


def upload(rows, name="旧件.csv", head=HEAD):
    return SimpleUploadedFile(name, as_csv([head, *rows]).read())
