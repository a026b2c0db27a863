"""What letters say: neutral in subject and text, for they may be read over a shoulder; the page tells the rest.

No text names the matter, its outcome, the unit or the office, and none holds a query code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiying.records.outbox import RecipientKind

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Wording:
    """Subject and first sentence of one letter."""

    subject: Text
    sentence: Text


TO_PETITIONER = Wording(_("您有一条新通知"), _("您在本机构办理的事项有新进展，请用查询码登录查看。"))
TO_STAFF = Wording(_("您有一条新的工作提醒"), _("工作台上有需要您处理的事项，请登录查看。"))

# Letters that say something else than that there is news; every other letter says just that.
WORDINGS: dict[str, Wording] = {
    "petition_received": Wording(
        TO_PETITIONER.subject, _("您提交的内容已经收到。请保管好查询码，可随时登录查看进展。")
    ),
    "reply_sent": Wording(TO_PETITIONER.subject, _("您在本机构办理的事项有新的文书，请用查询码登录阅读。")),
    "duty_called": Wording(
        TO_STAFF.subject, _("有一件事需要您马上处理，请立即登录工作台查看，或打电话给接待岗。")
    ),
    "orders_sent": Wording(TO_STAFF.subject, _("您有一项新的任务，请尽快登录工作台确认收到。")),
}


def wording(letter: str, kind: RecipientKind) -> Wording:
    """The wording of a letter; one without its own says that there is news."""
    return WORDINGS.get(letter) or (TO_PETITIONER if kind is RecipientKind.PETITIONER else TO_STAFF)


def written(letter: str, kind: RecipientKind, context: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and text in the recipient's language (`context["language"]`, else the installation's).

    `context["path"]` may name the page to open; it is joined to the public address and must begin with a slash.
    """
    language = context.get("language") or settings.HUIYING.get("language") or settings.LANGUAGE_CODE
    with translation.override(str(language)):
        chosen = wording(letter, kind)
        closing = gettext("本邮件由系统自动发送，请勿回复。如果您没有办理过事项，请忽略本邮件。")
        return str(chosen.subject), f"{chosen.sentence}\n\n{_link(kind, context)}\n\n{closing}\n"


def _link(kind: RecipientKind, context: Mapping[str, Any]) -> str:
    start = "/" if kind is RecipientKind.PETITIONER else "/console/"
    path = str(context.get("path") or start)
    # Two slashes would name another host.
    if not path.startswith("/") or path.startswith("//"):
        path = start
    return str(settings.HUIYING.get("public_url") or "").rstrip("/") + path
