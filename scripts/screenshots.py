"""Photograph the portal for the handbook: docs/images/*.png, from a running demo with its demonstration county.

.venv/bin/python -m scripts.screenshots [http://127.0.0.1:8000]
"""

import os
import sys
from pathlib import Path

import django
from django.utils import timezone
from playwright.sync_api import Error, sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congress.settings")
django.setup()

from congress.demo.people import PASSWORD  # noqa: E402  the demo's people stand on models, which need Django set up

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
MOST_BYTES = 250_000
DESK, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
WALL = {"width": 1920, "height": 1080}

ROSTER = """代表姓名,性别,民族,政治面貌,出生年月,手机号码,代表团,单位及职务
梁 静,女,汉族,中共党员,1986.04,19700000001,石桥镇代表团,石桥镇中心小学教师
谭立新,男,苗族,群众,1979-11,19700000002,云峰镇代表团,云峰镇茶叶合作社理事长
钟秀兰,女,汉族,中共党员,1981年7月,1970000003,城关镇代表团,城关镇社区书记
"""
OLD_PAPERS = """编号,标题,领衔代表,主办单位,会办单位,答复日期,办理类别,满意度
第901号,关于修复青石河堤防的建议,周德顺,县水利局,县财政局,2024年6月3日,A,满意
902,关于增加城乡公交班次的建议,吕春梅等3人,县交通局,,2024.7.15,B,基本满意
903,关于提高乡村医生待遇的建议,梁桂芳,县卫计局,,2024/8/1,B,满意
904,关于整治占道经营的提案,县政协社法委,县城管局,,2024-08-20,A,满意
"""
ROW = "main tbody a.t"  # what a line of a list leads to
SAID = "村口的路灯坏了十来天，晚上老人孩子不敢出门，盼着早点修好。"


def main(address):
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        # Dates and file fields are drawn by the browser in its own language: chromium-l10n brings ours.
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--lang=zh-CN"], env={**os.environ, "LANGUAGE": "zh_CN"}
        )
        try:
            Album(browser, address).fill()
        except Error as error:
            sys.exit(f"{error.message}\nIs the demo running at {address}? Start it with: make demo")
        finally:
            browser.close()


class Album:
    """The pictures, each taken by the person who sees that page at work."""

    def __init__(self, browser, address):
        self.browser, self.address, self.windows = browser, address, {}

    def fill(self):
        self.take_suggestions()
        self.take_duties()
        self.take_phone()
        self.take_liaison()
        self.take_public()

    def take_suggestions(self):
        self.take("sign-in", self.window(None), "/accounts/sign-in/")
        clerk = self.signed_in("clerk")
        self.take("desk", clerk, "/")
        self.take("list", clerk, "/suggestions/")
        self.take("dossier", clerk, self.case_waiting(clerk, "judge"), height=1290)
        self.take("assign", clerk, f"{self.case_waiting(clerk, 'assign')}assign/", height=900)
        self.take("batch", clerk, "/suggestions/batch/")
        self.take("due", clerk, "/suggestions/due/")
        self.take("promises", clerk, "/promises/")
        self.take("roll", clerk, "/deputies/")
        self.take_import("import", clerk, "/deputies/imports/", "代表名册.csv", ROSTER)
        leader = self.signed_in("leader")
        self.take("cockpit", leader, "/cockpit/")
        leader.set_viewport_size(WALL)
        self.take("screen", leader, "/cockpit/screen/")
        office = self.signed_in("gov")
        office.goto(self.case_waiting(office, "distribute"))
        self.take("distribute", office, self.link(office, "a[href*='/shares/'][href$='/distribute/']"), height=1000)
        self.take("township", self.signed_in("township"), "/")
        self.take("people", self.signed_in("admin"), "/office/qinghe/people/")
        officer = self.signed_in("officer")
        officer.goto(self.case_waiting(officer, "draft"))
        self.take("draft", officer, self.link(officer, "a[href*='/shares/'][href$='/draft/']"))
        deputy = self.signed_in("deputy", PHONE)
        self.take("phone-home", deputy, "/", height=1060)
        self.take("phone-write", deputy, f"{self.case_waiting(deputy, 'write')}write/", height=1160)
        deputy.goto(self.case_waiting(deputy, "rate"))
        self.take("phone-rate", deputy, self.link(deputy, "a[href^='/appraisals/']"), height=1230)

    def take_duties(self):
        """What the office sees of activities, duties, training, scores and contacts."""
        clerk = self.signed_in("clerk")
        self.take("activities", clerk, "/activities/?view=held&family=oversight")
        self.take("activity", clerk, self.first(clerk, "/activities/?kind=inspection&view=ahead", ROW), height=1100)
        self.take_check_in(clerk)
        self.take("archive", clerk, self.archive_of(clerk, "周德顺"), height=1100)
        self.take("training", clerk, "/training/", height=1000)
        self.take("scores", clerk, "/scores/")
        clerk.goto(self.first(clerk, "/assessments/", ROW))
        self.take("assessment", clerk, self.link(clerk, "main a[href*='/stages/']"))
        self.take("award", clerk, self.first(clerk, "/assessments/awards/", ROW))
        clerk.goto(self.first(clerk, "/scores/schemes/", ROW))
        clerk.goto(self.link(clerk, "main tbody a[href^='/scores/versions/']"))
        self.take("simulate", clerk, self.link(clerk, "main a[href$='/simulate/']"), height=1000)
        self.take("contacts", clerk, "/pledges/contacts/")
        self.take("townships", clerk, "/pledges/townships/")
        self.take("review", clerk, "/public/review/")
        self.take_import("old-papers", clerk, "/suggestions/imports/", "往年建议.csv", OLD_PAPERS)

    def take_phone(self):
        """What a deputy sees of his duties on the phone."""
        deputy = self.signed_in("deputy", PHONE)
        self.take("phone-activities", deputy, "/activities/mine/")
        self.take("phone-duties", deputy, "/duties/mine/", height=1160)
        self.take("phone-pledges", deputy, "/pledges/mine/", height=1160)

    def take_liaison(self):
        """What the office sees of stations, receptions and opinions; a keeper sees the same of his own."""
        clerk = self.signed_in("clerk")
        self.take("stations", clerk, "/stations/")
        self.take("receptions", clerk, "/receptions/")
        self.take("opinions", clerk, "/opinions/")

    def take_public(self):
        """What a resident sees: he says one thing, gets his code, and takes it back."""
        self.take("public-home", self.window("public"), "/public/", height=1000)
        resident = self.window("resident", PHONE)
        resident.goto(self.first(resident, "/public/stations/", "main a[href^='/public/stations/']"))
        resident.goto(self.link(resident, "main a[href^='/public/say/']"))
        resident.locator("[name=text]").fill(SAID)
        resident.locator("[name=place]").fill("城关社区")
        resident.locator("[name=consents]").check()
        self.take("resident-say", resident, height=1100)
        resident.locator("#say [type=submit]").click()
        resident.wait_for_url("**/public/opinion/")
        self.take("resident-code", resident)
        resident.goto("/public/opinion/withdraw/")
        resident.locator("main form [type=submit]").first.click()
        resident.wait_for_load_state()

    def take_check_in(self, page):
        """The screen of today's activity; its hours are widened where they are not now."""
        today = timezone.localdate().isoformat()
        page.goto(f"/activities/?view=open&from={today}&to={today}")
        for address in self.links(page, ROW):
            page.goto(f"{address}screen/")
            if page.locator(".act-qr, .act-screen-n").count():
                break
        else:
            sys.exit("No activity of today; start the demonstration county afresh: make demo RESET=1")
        if not page.locator(".act-qr").count():
            page.goto(f"{address}change/")
            opens = page.locator("[name=checkin_opens_at]").input_value()
            midnight = f"{opens[:10]}T23:59"
            page.locator("[name=checkin_closes_at]").evaluate("(field, moment) => field.value = moment", midnight)
            page.locator("main form .btn-primary").click()
            page.wait_for_url(f"**{address}")
        self.take("check-in", page, f"{address}screen/")

    def archive_of(self, page, name):
        """The archive of a deputy, by way of the roll."""
        page.goto(self.first(page, f"/deputies/?q={name}", "main tbody a[href^='/deputies/']"))
        return self.link(page, "main a[href^='/duties/archives/']")

    def window(self, login, size=DESK):
        """One browser window a person, so that nobody has to sign in twice."""
        if login not in self.windows:
            context = self.browser.new_context(
                base_url=self.address, viewport=size, has_touch=size == PHONE,
                device_scale_factor=2 if size == PHONE else 1,
                locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce",
            )  # fmt: skip
            self.windows[login] = context.new_page()
        return self.windows[login]

    def signed_in(self, login, size=DESK):
        is_in = login in self.windows
        page = self.window(login, size)
        if is_in:
            return page
        page.goto("/accounts/sign-in/")
        page.locator("[name=login]").fill(login)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main form [type=submit]").click()
        page.wait_for_url(lambda url: "/accounts/" not in url)
        return page

    def case_waiting(self, page, work):
        """The address of the first case in which this work waits for the reader."""
        page.goto(f"/suggestions/?waiting={work}")
        return self.link(page, "main tbody a[href^='/suggestions/']")

    def first(self, page, path, selector):
        """Where the first such link of another page leads."""
        page.goto(path)
        return self.link(page, selector)

    def link(self, page, selector):
        """Where the first such link leads, without its host."""
        found = self.links(page, selector)
        if not found:
            sys.exit(f"{page.url} shows no {selector}; start the demonstration county afresh: make demo RESET=1")
        return found[0]

    def links(self, page, selector):
        """Where all such links lead."""
        return page.locator(selector).evaluate_all("all => all.map(each => each.getAttribute('href'))")

    def take_import(self, name, page, path, file, table):
        """Upload a table, photograph its check, and drop it again: the demo stays as it was."""
        page.goto(path)
        page.set_input_files("[type=file]", {"name": file, "mimeType": "text/csv", "buffer": table.encode("utf-8-sig")})
        page.locator("main form [type=submit]").first.click()
        page.locator("button[value=drop]").wait_for()
        self.take(name, page)
        page.locator("button[value=drop]").click()
        page.wait_for_load_state()

    def take(self, name, page, path=None, *, height=None):
        """One picture as high as the screen, or from the top of the page down to `height`."""
        if path is not None and not page.goto(path).ok:
            sys.exit(f"No picture {name}: {page.url} cannot be opened.")
        page.wait_for_load_state("networkidle")
        file = IMAGES / f"{name}.png"
        size = page.viewport_size
        page.set_viewport_size(size | {"height": height or size["height"]})
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=file, animations="disabled")
        page.set_viewport_size(size)
        weight = file.stat().st_size
        print(f"{file.name} {weight // 1000} kB", flush=True)
        if weight > MOST_BYTES:
            sys.exit(f"{file.name} is heavier than {MOST_BYTES // 1000} kB; show less of the page.")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
