"""A roster of ten thousand, read, checked and written in a process of its own (名册)."""

import io
import time

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from stdnum.cn import ric

from congress.accounts.models import User
from congress.files.actions import store
from congress.organs.models import Congress
from deputies.roll import importing

ROWS = 10_000


def bring_in():
    """Nothing of it stays."""
    congress = Congress.objects.order_by("pk").first()
    upload = SimpleUploadedFile("名册.xlsx", _sheet(congress))
    by, term = User.objects.robot(), importing.current_term(congress, on=timezone.localdate())
    start = time.perf_counter()
    with transaction.atomic():
        stored = store(upload, congress=congress, by=by)
        storage, name = stored.file.storage, stored.file.name
        batch = importing.upload(stored, congress=congress, term=term, by=by)
        importing.check_batch(batch)
        importing.confirm(batch, leaves_errors_out=True, by=by)
        batch = importing.apply_batch(batch)
        seconds = time.perf_counter() - start
        storage.delete(name)
        transaction.set_rollback(True)
    return {"made": batch.counts["new"], "seconds": seconds}


def _sheet(congress):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("代表")
    sheet.append(["姓名", "性别", "民族", "党派", "出生年月", "身份证号", "手机号", "单位及职务", "代表团", "选区"])
    delegations = list(congress.delegations.values_list("name", flat=True)) or ["第一代表团"]
    family, given = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "文明建国志强晓春秀英海云山河"
    for number in range(ROWS):
        name = family[number % 16] + given[number // 16 % 14] + given[number // 224 % 14] + given[number // 3136]
        bare = f"110101{1950 + number // 372 % 50}{1 + number % 12:02}{1 + number // 12 % 28:02}{number % 1000:03}"
        sheet.append(
            [name, "男", "汉族", "中共", "1976-05", bare + ric.calc_check_digit(f"{bare}0"), f"139{number:08}", "农民",
             delegations[number % len(delegations)], f"第{number % 180 + 1}选区"]
        )  # fmt: skip
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


PIECES = {"roster": bring_in}
