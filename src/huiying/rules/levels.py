"""The four levels of a warning or a response. They say how urgent an answer is and what harm threatens.

突发事件应对法 art. 63 grades warnings for disasters, accidents and public health; it does not grade
social-security events, so a warning level of a petition plan is the plan's own (`LegalBasis.LOCAL`). Response
levels rest on art. 71.
"""

from enum import StrEnum

from huiying.rules.words import N_


class Level(StrEnum):
    """Red to blue, most urgent first: I to IV."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    BLUE = "blue"

    @property
    def label(self) -> str:
        """The Chinese word for the colour."""
        return LABELS[self]

    @property
    def response_label(self) -> str:
        """The Chinese word for the response level of the same rank."""
        return RESPONSE_LABELS[self]

    @property
    def rank(self) -> int:
        """1 for red (I) to 4 for blue (IV)."""
        return list(Level).index(self) + 1

    @property
    def roman(self) -> str:
        """I to IV."""
        return ("I", "II", "III", "IV")[self.rank - 1]

    @property
    def meaning(self) -> str:
        """When a warning of this level is given, in one sentence."""
        return MEANINGS[self]


LABELS = {
    Level.RED: N_("红色"),
    Level.ORANGE: N_("橙色"),
    Level.YELLOW: N_("黄色"),
    Level.BLUE: N_("蓝色"),
}

RESPONSE_LABELS = {
    Level.RED: N_("一级响应"),
    Level.ORANGE: N_("二级响应"),
    Level.YELLOW: N_("三级响应"),
    Level.BLUE: N_("四级响应"),
}

MEANINGS = {
    Level.RED: N_("有人面临迫近的危险，或者关系切身利益的事项大范围没有得到答复。"),
    Level.ORANGE: N_("受影响的人多，答复已经超期。"),
    Level.YELLOW: N_("多件同类事项没有得到答复。"),
    Level.BLUE: N_("收到新的关切，需要尽快了解和答复。"),
}


class LegalBasis(StrEnum):
    """On what a level rests."""

    LOCAL = "local"
    ERL_71 = "erl_71"

    @property
    def label(self) -> str:
        """The basis in Chinese."""
        return BASIS_LABELS[self]


BASIS_LABELS = {
    LegalBasis.LOCAL: N_("本预案自定，法律没有对这类事件的预警分级"),
    LegalBasis.ERL_71: N_("突发事件应对法第七十一条，由预案确定"),
}

WARNING_BASIS = LegalBasis.LOCAL
RESPONSE_BASIS = LegalBasis.ERL_71


def most_urgent(levels: "list[Level] | tuple[Level, ...]") -> Level | None:
    """The most urgent of some levels; None where there is none."""
    return min(levels, key=lambda level: level.rank, default=None)
