"""The Jinja2 environment of both doors: addresses, translation, dates, icons."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.contrib.messages import get_messages
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe
from jinja2 import Environment, StrictUndefined, Template
from jinja2.runtime import Context

from huiying.web.shared import dates, frames
from huiying.web.shared.articles import article_words
from huiying.web.shared.icons import icon
from huiying.web.shared.sentences import for_page, translated
from huiying.web.shared.typed import summary
from huiying.web.shared.written import as_written


@lru_cache(maxsize=2048)
def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page; a name that does not exist is an error, not a dead link."""
    return reverse(name, args=args, kwargs=kwargs)


# A page names twenty files and addresses of its frame; they are the same for the life of the process.
file_address = lru_cache(maxsize=256)(static)


def query_with(request: HttpRequest | None, **changes: Any) -> str:
    """The page's own query string with some values set, or taken out where the value is None or empty."""
    query = request.GET.copy() if request else _empty_query()
    for key, value in changes.items():
        query.pop(key, None)
        if value not in (None, ""):
            query[key] = str(value)
    return "?" + query.urlencode()


def faults(form: BaseForm) -> list[tuple[str, str]]:
    """What is wrong with a form, as (id of the field, sentence), in the order of its fields."""
    rows = [(field.id_for_label or field.auto_id, str(error)) for field in form for error in field.errors]
    return rows + [("", str(error)) for error in form.non_field_errors()]


def shown(value: Any) -> str:
    """A label in the language of the page: an enum's `.label`, or a string marked with N_."""
    return translated(getattr(value, "label", value))


def days_left_words(due: date | datetime, today: date | datetime) -> str:
    """The days from `today` to `due` in words."""
    return dates.days_words(dates.days_between(due, today))


def choice_rows(field: BoundField) -> list[dict[str, Any]]:
    """A Django field's choices as the rows that radio cards and check boxes draw."""
    return [{"value": value, "label": label} for value, label in _choices(field) if value != ""]


def given(row: Any, **defaults: Any) -> dict[str, Any]:
    """A row of a component as a dictionary, with the parts it leaves out filled in; takes mappings and dataclasses."""
    parts = row if isinstance(row, Mapping) else {key: getattr(row, key) for key in dir(row) if key[0] != "_"}
    return {**defaults, **parts}


def hidden(query: Mapping[str, str] | Iterable[tuple[str, str]], *leave_out: str) -> list[tuple[str, str]]:
    """The query's pairs to carry on as hidden inputs, without the named ones."""
    pairs = query.items() if isinstance(query, Mapping) else query
    return [(key, value) for key, value in pairs if key not in leave_out and value]


class Page(Template):
    """A template whose macros are compiled into one module a process, and whose forms share one token a page."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The page; Django would mask the same secret anew for each of its forms."""
        context = dict(*args, **kwargs)
        fresh = context.get("csrf_input")
        # Not "if fresh": a page that asks for no token must leave none, or no cache could keep it.
        if fresh is not None:
            context["csrf_input"] = SimpleLazyObject(lambda: mark_safe(str(fresh)))  # noqa: S308  # Django's own field
        return super().render(context)

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        """Jinja compares two hundred names at each import; no template of ours has names that the others lack."""
        return super()._get_default_module(None)


def environment(**options: Any) -> Environment:
    """The environment that Django's Jinja2 backend uses; an unknown name in a template is an error."""
    options = {
        "autoescape": True,
        "trim_blocks": True,
        "lstrip_blocks": True,
        **options,
        "undefined": StrictUndefined,
    }
    env = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"], **options)  # noqa: S701
    env.template_class = Page
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_translations(translation, newstyle=True)  # type: ignore[attr-defined]
    env.globals["_"] = for_page  # the extension's own looks every word up anew
    env.filters.update(dates.FILTERS, shown=shown, article=article_words, as_written=as_written)
    env.globals.update(
        url=url,
        url_or_none=frames.address,
        static=file_address,
        icon=icon,
        query_with=query_with,
        hidden=hidden,
        faults=faults,
        summary=summary,
        choice_rows=choice_rows,
        given=given,
        days_between=dates.days_between,
        days_left_words=days_left_words,
        hours_words=dates.hours_words,
        portal_nav=frames.portal_nav,
        console_nav=frames.console_nav,
        help_url=frames.help_url,
        source_url=frames.source_url,
        viewer=frames.viewer,
        may_search=frames.may_search,
        messages=get_messages,
        languages=frames.languages,
        page_language=frames.page_language,
    )
    return env


def _choices(field: BoundField) -> Iterable[tuple[Any, Any]]:
    chosen: Iterable[tuple[Any, Any]] = getattr(field.field, "choices", ())
    return chosen


def _empty_query() -> Any:
    from django.http import QueryDict

    return QueryDict(mutable=True)
