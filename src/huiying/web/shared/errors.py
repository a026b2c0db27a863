"""Pages for everything that does not work out: lawful refusals and failures, each with what to do next.

None of them touches the database, the session or the signed-in person, so they stand when those are gone.
"""

import errno
import logging
import sys
from collections.abc import Iterable

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere, Overtaken, Refusal
from huiying.rules.words import N_
from huiying.web.shared import frames
from huiying.web.shared.articles import article_words
from huiying.web.shared.sentences import translated

logger = logging.getLogger(__name__)

STATUS_OF: dict[type[Refusal], int] = {
    NotPermitted: 403,
    NotThere: 404,
    IllegalMove: 409,
    Overtaken: 409,
    Incomplete: 422,
}

# status → title, sentence, what to do next. Plain, second person, no blame, no code.
PAGES: dict[int, tuple[str, str, str]] = {
    400: (N_("这个请求读不懂"), N_("浏览器送来的内容不完整，或者格式不对。"), N_("返回上一页，再试一次。")),
    403: (
        N_("您不能打开这一页"),
        N_("您的职责或这次登录不包括这项操作。"),
        N_("重新登录，或请有权限的同事处理。"),
    ),
    404: (N_("没有找到这一页"), N_("地址可能输错了，或者这一页不对您开放。"), N_("核对编号和查询码后再试。")),
    405: (
        N_("这个地址不能这样打开"),
        N_("这一步要从表单里提交，不能直接打开。"),
        N_("返回上一页，用页面上的按钮提交。"),
    ),
    409: (
        N_("情况已经变了"),
        N_("在您提交之前，这件事已经走到了别的步骤。什么都没有改动。"),
        N_("刷新页面，看看现在的进展。"),
    ),
    413: (N_("内容太大"), N_("这次提交的内容超过了能接收的大小，没有保存。"), N_("删去一部分或分几次提交。")),
    422: (N_("还差一点内容"), N_("有必要的内容没有填写，所以没有保存。"), N_("返回上一页补上。")),
    429: (
        N_("请稍等一下"),
        N_("短时间内尝试的次数太多。这是为了防止有人猜测别人的查询码。"),
        N_("过几分钟再试；急事请直接打电话或到窗口。"),
    ),
    500: (
        N_("这一页出了问题"),
        N_("是程序的问题，不是您的问题。您刚才的操作可能没有保存。"),
        N_("过一会儿再试；急事请直接打电话或到窗口。"),
    ),
    503: (
        N_("暂时办不了"),
        N_("系统现在无法保存内容，您刚才的操作没有生效。"),
        N_("过几分钟再试；急事请直接打电话或到窗口。"),
    ),
}
TITLES: dict[type[Refusal], str] = {
    IllegalMove: N_("现在不能这样做"),
    Overtaken: N_("有人比您先了一步"),
    NotPermitted: PAGES[403][0],
    NotThere: PAGES[404][0],
    Incomplete: PAGES[422][0],
}

# Rules and their articles are shown; the internal name of a rule is not.
SECRET_WORDS = ("csrf", "password", "passphrase", "token", "code", "secret", "key")
# The three fields of a change of passphrase, and the address to go to after signing in.
SECRET_NAMES = frozenset({"old", "new", "again", "next"})
SHORT = 10  # a word that was chosen, not typed, is plain letters and no longer
LAST_RESORT = (
    '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>暂时办不了</title>'
    "<h1>暂时办不了</h1><p>系统现在无法显示这一页。请过几分钟再试；急事请直接打电话或到窗口。</p></html>"
)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page of a lawful no: the sentence, the article, what to do next, and what was typed."""
    status = next((code for kind, code in STATUS_OF.items() if isinstance(refusal, kind)), 409)
    title = next((text for kind, text in TITLES.items() if isinstance(refusal, kind)), PAGES[status][0])
    fields = (
        [translated(sentence) for sentence in refusal.fields.values()]
        if isinstance(refusal, Incomplete)
        else []
    )
    return page(
        request,
        status,
        title=title,
        message=refusal.message,
        article=refusal.article,
        remedy=refusal.remedy or PAGES[status][2],
        fields=fields,
    )


def page(
    request: HttpRequest,
    status: int,
    *,
    title: str = "",
    message: str = "",
    article: str = "",
    remedy: str = "",
    fields: Iterable[str] = (),
    links: Iterable[tuple[str, str]] = (),
) -> HttpResponse:
    """A plain page with this status; words left out are the status's own. The API gets the same words as JSON.

    `links` are (address, words) of further ways on.
    """
    own_title, own_message, own_remedy = PAGES[status]
    words: dict[str, object] = {
        "title": translated(title or own_title),
        "message": translated(message or own_message),
        "article": article_words(article),
        "remedy": translated(remedy or own_remedy),
        "fields": list(fields),
    }
    response: HttpResponse
    if request.path.startswith("/api/"):
        response = JsonResponse(words, status=status, json_dumps_params={"ensure_ascii": False})
    else:
        response = HttpResponse(_html(request, {**words, "links": list(links)}), status=status)
    if status in (429, 503):
        response["Retry-After"] = "120"
    return response


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What the refused form held and may be copied again; never a passphrase, a code or a token."""
    if request.method != "POST":
        return []
    try:
        pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    except Exception:  # noqa: BLE001  # the body itself may be what was wrong; the page must still appear
        return []
    shown = [(n, v.strip()) for n, v in pairs if not _is_secret(n)]
    return [(name, value) for name, value in shown if len(value) > SHORT or not value.isascii()]


def _is_secret(name: str) -> bool:
    return name in SECRET_NAMES or any(word in name.lower() for word in SECRET_WORDS)


def is_storage_trouble(error: BaseException | None) -> bool:
    """Say whether the database or the disk is what failed: locked, full, read-only or gone."""
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EROFS, errno.EDQUOT)
    return full or isinstance(error, OperationalError | InterfaceError)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400; a body that is too large becomes 413."""
    too_big = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return page(request, 413 if too_big else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403."""
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404; the reason is never shown: not there and not yours look the same."""
    return page(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """handler500; 503 where storage failed, since trying again helps there."""
    return page(request, 503 if is_storage_trouble(sys.exc_info()[1]) else 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: most often a form left open too long; what was typed is shown to copy."""
    return page(
        request,
        403,
        title=N_("这一页放得太久了"),
        message=N_("为了安全，表单过一段时间会失效。这次没有保存。"),
        remedy=N_("返回上一页，刷新后再提交。"),
    )


def _html(request: HttpRequest, words: dict[str, object]) -> str:
    home = "/console/" if request.path.startswith("/console/") else "/"
    try:
        rest = {"home": home, "help": frames.help_url(request), "typed": typed(request), "steps": []}
        return render_to_string("shared/pages/refusal.html", {**words, **rest})
    except Exception:  # a failure while showing a failure must still end in a sentence
        logger.exception("the error page itself failed")
        return LAST_RESORT
