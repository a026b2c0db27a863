"""What staff type about supplies: whole numbers and amounts as people write them, full-width figures included."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.emergency.models import Incident, StorePlace, SupplyItem
from huiying.emergency.selectors import incidents_recent
from huiying.emergency.supply_kinds import ContactKind, FundSource, SupplyKind
from huiying.registry import selectors as registry
from huiying.registry.models import Post, Unit
from huiying.registry.officers import Officer
from huiying.rules.supplies import money_read, whole_read

CHOOSE = {"required": _("请选择一项。"), "invalid_choice": _("请从列表中选择。")}
WHOLE = _("请填写整数，例如 12。")


class Whole(forms.CharField):
    """A whole number; what is too small or too large the action says, so that the sentence is the same everywhere."""

    def __init__(self, label: Any, *, hint: Any = "", required: bool = True, initial: Any = None) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric"})
        said = {"required": WHOLE}
        super().__init__(
            label=label,
            help_text=hint,
            required=required,
            initial=initial,
            widget=widget,
            error_messages=said,
        )

    def clean(self, value: Any) -> int:
        """The number; an empty optional field is 0."""
        text = super().clean(value)
        try:
            return whole_read(text) if text else 0
        except ValueError:
            raise forms.ValidationError(WHOLE) from None


class Money(forms.CharField):
    """An amount in yuan, with at most two places."""

    def __init__(self, label: Any, *, hint: Any = "") -> None:
        said = {"required": _("请填写金额。")}
        super().__init__(label=label, help_text=hint, error_messages=said)

    def clean(self, value: Any) -> Decimal:
        """The amount."""
        text = super().clean(value)
        try:
            return money_read(text)
        except ValueError:
            raise forms.ValidationError(_("请写成 1234.50 这样，最多两位小数。")) from None


def day_field(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    """A day as the browser's own picker gives it."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    widget.input_type = "date"
    wrong = {"invalid": _("请填写日期，例如 2026-03-21。"), "required": _("请填写日期，例如 2026-03-21。")}
    return forms.DateField(
        label=label, required=required, help_text=hint, widget=widget, error_messages=wrong
    )


def line(label: Any, *, required: bool = False, hint: Any = "") -> forms.CharField:
    """One line; the action says what is missing or too long."""
    return forms.CharField(label=label, required=required, help_text=hint)


class StoreForm(forms.Form):
    """A place where supplies are kept."""

    name = line(_("名称"))
    address = line(_("地址"), hint=_("写到房间和架位，夜里第一次来的人也找得到。"))
    keeper_post = forms.ModelChoiceField(
        label=_("保管岗位"),
        queryset=Post.objects.none(),
        required=False,
        empty_label=_("不指定"),
        help_text=_("短缺或临期时，每周提醒这个岗位一次。"),
        error_messages=CHOOSE,
    )

    def __init__(self, *args: Any, officer: Officer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["keeper_post"].queryset = registry.posts_of(officer)  # type: ignore[attr-defined]


class ItemForm(forms.Form):
    """One kind of thing."""

    kind = forms.TypedChoiceField(
        label=_("类别"),
        choices=[(kind.value, kind.label) for kind in SupplyKind],
        coerce=SupplyKind,
        error_messages=CHOOSE,
    )
    name = line(_("名称"))
    measure = line(_("计量单位"), hint=_("例如：瓶、册、台。"))
    minimum = Whole(_("最低储备"), hint=_("少于这个数就提示短缺；不要求就写 0。"), initial=0)
    daily_use = Whole(_("响应时每天用量"), hint=_("用来估算能用几天；不消耗的写 0。"), initial=0)
    resource = line(_("预案中的资源编号"), hint=_("预案“资源”一节里的编号；没有就留空。"))


class ReceiveForm(forms.Form):
    """What comes in."""

    item = forms.ModelChoiceField(
        label=_("物资"), queryset=SupplyItem.objects.none(), empty_label=_("请选择"), error_messages=CHOOSE
    )
    quantity = Whole(_("数量"))
    expires_on = day_field(_("有效期至"), required=False, hint=_("最后一天还能用；长期有效就留空。"))
    note = line(_("说明"), hint=_("例如采购单号；不要写个人信息。"))

    def __init__(self, *args: Any, items: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]


class IncidentChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # it takes none when it runs
    """One of the incidents of late."""

    def __init__(self) -> None:
        super().__init__(
            label=_("用于哪次突发事件"),
            queryset=Incident.objects.none(),
            required=False,
            empty_label=_("日常使用"),
            error_messages=CHOOSE,
        )

    def offer(self, officer: Officer) -> None:
        """The newest thirty of the officer's body."""
        shown = [incident.pk for incident in incidents_recent(officer, limit=30)]
        self.queryset = Incident.objects.filter(pk__in=shown).order_by("-pk")

    def label_from_instance(self, obj: Any) -> str:
        """Its number."""
        return str(obj.reference)


class QuantityForm(forms.Form):
    """How many, and a word on it."""

    quantity = Whole(_("数量"))
    note = line(_("说明"), hint=_("不要写个人信息。"))


class IssueForm(QuantityForm):
    """What is given out."""

    field_order = ("quantity", "incident", "note")

    incident = IncidentChoice()

    def __init__(self, *args: Any, officer: Officer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["incident"].offer(officer)  # type: ignore[attr-defined]


class MoveForm(QuantityForm):
    """Where it is brought."""

    field_order = ("quantity", "store", "note")

    store = forms.ModelChoiceField(
        label=_("调到"), queryset=StorePlace.objects.none(), empty_label=_("请选择"), error_messages=CHOOSE
    )

    def __init__(self, *args: Any, stores: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["store"].queryset = stores  # type: ignore[attr-defined]
        self.fields["store"].label_from_instance = lambda store: store.name  # type: ignore[attr-defined]


class LendForm(QuantityForm):
    """To whom it is lent, until when."""

    field_order = ("quantity", "unit", "due_on", "note")

    unit = forms.ModelChoiceField(
        label=_("借给"), queryset=Unit.objects.none(), empty_label=_("请选择"), error_messages=CHOOSE
    )
    due_on = day_field(_("归还日期"))

    def __init__(self, *args: Any, officer: Officer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = registry.units_of(officer)  # type: ignore[attr-defined]


class ReturnForm(forms.Form):
    """How many come back."""

    quantity = Whole(_("归还数量"), hint=_("可以分几次归还。"))


class ReasonForm(forms.Form):
    """Why."""

    note = line(_("原因"), hint=_("不要写个人信息。"))


class KitForm(forms.Form):
    """A kit: how many of each item belong in it."""

    name = line(_("名称"))

    def __init__(self, *args: Any, items: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.items = {f"item{item.pk}": item for item in items}
        for name, item in self.items.items():
            self.fields[name] = Whole(f"{item.name}（{item.measure}）", required=False)

    def clean(self) -> dict[str, Any]:
        """The numbers under `contents`; what is empty or 0 is not in the kit."""
        typed = super().clean() or {}
        contents = {item: typed[name] for name, item in self.items.items() if typed.get(name)}
        return {"name": typed.get("name", ""), "contents": contents}


class KitCheckForm(forms.Form):
    """Whether all of it is there."""

    is_complete = forms.TypedChoiceField(
        label=_("检查结果"),
        choices=[("1", _("齐全、有效")), ("0", _("有缺少或过期"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    note = line(_("缺少什么"), hint=_("有缺少时写明。"))


class FundForm(forms.Form):
    """Money for a year."""

    year = Whole(_("年度"))
    source = forms.TypedChoiceField(
        label=_("来源"),
        choices=[(source.value, source.label) for source in FundSource],
        coerce=FundSource,
        error_messages=CHOOSE,
    )
    name = line(_("名称"))
    amount = Money(_("额度（元）"))


class SpendingForm(forms.Form):
    """One expense."""

    amount = Money(_("金额（元）"))
    on = day_field(_("支出日期"))
    what = line(_("用途"), hint=_("写买了什么、付给哪类单位；不要写个人姓名。"))
    voucher = line(_("凭证号"))
    incident = IncidentChoice()

    def __init__(self, *args: Any, officer: Officer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["incident"].offer(officer)  # type: ignore[attr-defined]


class ReverseForm(forms.Form):
    """Why an expense is taken back."""

    what = line(_("冲销原因"))


class ContactForm(forms.Form):
    """A post elsewhere."""

    kind = forms.TypedChoiceField(
        label=_("类别"),
        choices=[(kind.value, kind.label) for kind in ContactKind],
        coerce=ContactKind,
        error_messages=CHOOSE,
    )
    organisation = line(_("单位"))
    post = line(_("岗位"), hint=_("写岗位，例如值班室；不写个人姓名。"))
    phone = line(_("电话"))
    other_phone = line(_("备用电话"))
    plan_contact = line(_("预案中的联络编号"), hint=_("预案“通讯录”一节里的编号；没有就留空。"))
