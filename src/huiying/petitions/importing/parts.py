"""What a column can hold."""

from enum import StrEnum

from huiying.rules.words import N_


class Part(StrEnum):
    """A part of a petition that a column can hold."""

    ID = "id"  # the number in the source, whatever file it came in
    TITLE = "title"
    TEXT = "text"
    CLAIM = "claim"  # without it the title is the claim
    PLACE = "place"
    RECEIVED_AT = "received_at"
    REPLY = "reply"
    REPLIED_AT = "replied_at"
    MATTER = "matter"
    CHANNEL = "channel"
    OUTCOME = "outcome"

    @property
    def label(self) -> str:
        """The Chinese words for this part."""
        return LABELS[self]


LABELS = {
    Part.ID: N_("原系统编号"),
    Part.TITLE: N_("标题"),
    Part.TEXT: N_("内容"),
    Part.CLAIM: N_("诉求"),
    Part.PLACE: N_("地点"),
    Part.RECEIVED_AT: N_("收到时间"),
    Part.REPLY: N_("答复"),
    Part.REPLIED_AT: N_("答复时间"),
    Part.MATTER: N_("类别"),
    Part.CHANNEL: N_("来件渠道"),
    Part.OUTCOME: N_("处理结论"),
}

NEEDED = (Part.TEXT, Part.RECEIVED_AT)
