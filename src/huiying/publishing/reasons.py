"""The grounds on which a notice is returned or withdrawn. How the body looks is never one of them."""

from django.db import models

from huiying.rules.words import N_


class ReturnReason(models.TextChoices):
    """Why the second person sends a text back (政府信息公开条例 art. 6, 14, 15; 突发事件应对法 art. 7)."""

    UNSOURCED = "unsourced", N_("有的内容没有事实来源")
    INACCURATE = "inaccurate", N_("与已核实的事实不一致")
    UNKNOWN_MISSING = "unknown_missing", N_("没有说明哪些还在核实")
    ADVICE_MISSING = "advice_missing", N_("没有说明公众可以怎么做")
    PERSONAL = "personal", N_("含有可以认出个人的内容")
    SECRET = "secret", N_("含有依法不得公开的内容")
    COMPETENCE = "competence", N_("不属于本单位职责，应由其他单位发布")
    UNCLEAR = "unclear", N_("表述不清，看不明白")


class WithdrawReason(models.TextChoices):
    """Why a published notice is taken down; its page stays and says so."""

    REPLACED = "replaced", N_("已由新的信息发布替代")
    OVER = "over", N_("事情已经结束，内容不再适用")
    WRONG = "wrong", N_("主要内容不属实")
    PERSONAL = "personal", N_("含有个人信息")
    COMPETENCE = "competence", N_("应由其他单位发布")


# Only these hide the withdrawn text; any other withdrawn text stays readable.
HIDES_TEXT = frozenset({WithdrawReason.PERSONAL})
