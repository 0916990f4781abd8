"""What is told of deputies of the demonstration county: a story, a report of the media, one that waits (代表风采)."""

from congress.demo.promising import picture
from congress.portal import stories
from congress.portal.models import Story

COLUMN = "县融媒体中心“代表视点”"
# seat, kind, title, words, episode, told so many days ago, how far it has gone
TOLD = (
    (0, Story.Kind.STORY, "水渠边的脚印", (
        "每个月头一个星期，他都沿着村里的水渠走一遍，哪里渗、哪里堵，记在一个旧本子上。\n"
        "去年他提的渠道维修建议答复以后，他又去看了三回，直到末级渠通了水。"
    ), 0, 60, "publish"),
    (0, Story.Kind.MEDIA, "代表视点第十二期：把群众的话带上会", "", 12, 34, "publish"),
    (0, Story.Kind.STORY, "一本民情日记", "联络站里的民情日记记到了第四本，翻开第一页，是村口的路灯。", 0, 3, "ask"),
    (1, Story.Kind.MEDIA, "代表视点第十三期：公交站点挪近了", "", 13, 20, "agree"),
)  # fmt: skip


class Telling:
    """Writes the stories of one county; the deputy who can sign in has one to read."""

    def __init__(self, county):
        self.county, self.clerk = county, county.accounts["clerk"]

    def write_all(self):
        for place, kind, title, text, episode, ago, until in TOLD:
            self._tell(self.county.mandates[place], kind, title, text, episode, self.county.day(ago), until)

    def _tell(self, seat, kind, title, text, episode, on, until):
        told = {"outlet": COLUMN, "url": f"https://media.example.cn/daibiao/{episode}"} if episode else {}
        photos = [picture(2)] if not episode and until == "publish" else []
        story = stories.write(
            seat, kind=kind, title=title, text=text, told_on=on, photos=photos, on=on, by=self.clerk, **told
        )
        stories.ask(story, on=on, by=self.clerk)
        if until in ("agree", "publish"):
            stories.agree(story, on=on, by=seat.deputy.user)
        if until == "publish":
            stories.publish(story, on=on, by=self.clerk)
