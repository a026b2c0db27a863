import django.db.models.deletion
import huiying.emergency.plan_kinds
import huiying.rules.lifecycle.addendum
import huiying.rules.lifecycle.capacity
import huiying.rules.lifecycle.loan
import huiying.rules.lifecycle.opinion
import huiying.rules.lifecycle.plan
import huiying.rules.lifecycle.suggestion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("emergency", "0002_reports_dropped"),
        ("registry", "0004_duty"),
        ("registry", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="CapacityPlan",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="capacity_plans",
                        to="registry.body",
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="emergency.plan",
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("expected_a_day", models.PositiveIntegerField()),
                ("minutes_each", models.PositiveSmallIntegerField(default=30)),
                ("notes", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "拟写中"), ("approved", "已批准"), ("dropped", "已取消")],
                        default=huiying.rules.lifecycle.capacity.CapacityState["DRAFT"],
                        max_length=10,
                    ),
                ),
                ("drafted_at", models.DateTimeField()),
                (
                    "drafted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("approved_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("dropped_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="capacity_forward"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CapacityPoint",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "capacity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="points",
                        to="emergency.capacityplan",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.place",
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("desks", models.PositiveSmallIntegerField()),
                ("hours", models.PositiveSmallIntegerField()),
                ("seats", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="registry.body",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("superior", "上级机关"),
                            ("neighbour", "相邻地区、单位"),
                            ("rescue", "消防、公安、救援"),
                            ("medical", "医疗、心理援助"),
                            ("utility", "水、电、气、通信"),
                            ("department", "职能部门"),
                            ("community", "村、社区、志愿者"),
                            ("media", "新闻媒体"),
                            ("supplier", "供应单位"),
                        ],
                        max_length=12,
                    ),
                ),
                ("organisation", models.CharField(max_length=80)),
                ("post", models.CharField(blank=True, max_length=80)),
                ("phone", models.CharField(max_length=40)),
                ("other_phone", models.CharField(blank=True, max_length=40)),
                ("plan_contact", models.CharField(blank=True, max_length=64)),
                ("added_at", models.DateTimeField()),
                ("verified_on", models.DateField(null=True)),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("wrong_since", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["body", "verified_on"],
                        name="contact_verified",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Fund",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="funds", to="registry.body"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("budget", "年度预算"),
                            ("reserve", "预备费"),
                            ("superior", "上级拨款"),
                            ("donation", "捐赠"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("set_at", models.DateTimeField()),
                (
                    "set_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("body", "year", "name"), name="fund_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="fund_not_negative"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StorePlace",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stores", to="registry.body"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("address", models.CharField(max_length=200)),
                (
                    "keeper_post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.post",
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Kit",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "store",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kits",
                        to="emergency.storeplace",
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("made_at", models.DateTimeField()),
                ("checked_at", models.DateTimeField(null=True)),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("is_complete", models.BooleanField(default=True)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SupplyItem",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supply_items",
                        to="registry.body",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("printed", "宣传页、办事指南"),
                            ("water_food", "饮水、食物"),
                            ("medical", "医疗用品"),
                            ("communication", "通信设备"),
                            ("signs", "标识、隔离设施"),
                            ("shelter", "遮阳、避雨、保暖"),
                            ("light_power", "照明、供电"),
                            ("protection", "防护用品"),
                            ("reception", "接待用品"),
                            ("tools", "工具、器材"),
                        ],
                        max_length=14,
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("measure", models.CharField(max_length=12)),
                ("minimum", models.PositiveIntegerField(default=0)),
                ("resource", models.CharField(blank=True, max_length=64)),
                ("daily_use", models.PositiveIntegerField(default=0)),
                ("added_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("body", "name"),
                        name="supply_item_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KitLine",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="emergency.kit"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="emergency.supplyitem",
                    ),
                ),
                ("quantity", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kit", "item"), name="kit_line_once")],
            },
        ),
        migrations.CreateModel(
            name="SupplyLot",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to="emergency.supplyitem",
                    ),
                ),
                (
                    "store",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to="emergency.storeplace",
                    ),
                ),
                ("quantity", models.PositiveIntegerField()),
                ("expires_on", models.DateField(null=True)),
                ("counted_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("quantity__gt", 0)),
                        fields=["expires_on"],
                        name="supply_lot_expiry",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "store", "expires_on"), name="supply_lot_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("expires_on", None)),
                        fields=("item", "store"),
                        name="supply_lot_lasting_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Loan",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loans",
                        to="emergency.supplylot",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.unit"
                    ),
                ),
                ("quantity", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("out", "借出"), ("returned", "已归还"), ("lost", "未能归还")],
                        default=huiying.rules.lifecycle.loan.LoanState["OUT"],
                        max_length=10,
                    ),
                ),
                ("lent_at", models.DateTimeField()),
                (
                    "lent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("due_on", models.DateField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("returned", models.PositiveIntegerField(default=0)),
                ("note", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "out")), fields=["due_on"], name="loan_out")
                ],
            },
        ),
        migrations.CreateModel(
            name="ParameterOverride",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overrides",
                        to="emergency.plan",
                    ),
                ),
                ("parameter", models.CharField(max_length=64)),
                ("value", models.PositiveIntegerField()),
                ("reason", models.TextField()),
                ("set_at", models.DateTimeField()),
                (
                    "set_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("plan", "parameter"),
                        name="override_running_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanAcknowledgement",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acknowledgements",
                        to="emergency.planversion",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.unit"
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("acknowledged_at", models.DateTimeField(null=True)),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("version", "unit"), name="plan_acknowledged_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanAddendum",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addenda",
                        to="emergency.plan",
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("text", models.TextField()),
                ("reason", models.TextField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "拟写中"), ("in_force", "施行中"), ("ended", "已终止")],
                        default=huiying.rules.lifecycle.addendum.AddendumState["DRAFT"],
                        max_length=10,
                    ),
                ),
                ("drafted_at", models.DateTimeField()),
                (
                    "drafted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("document_number", models.CharField(blank=True, max_length=80)),
                ("promulgated_at", models.DateTimeField(null=True)),
                (
                    "promulgated_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ended_for", models.TextField(blank=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="addendum_forward"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanComment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="emergency.planversion",
                    ),
                ),
                ("clause_id", models.CharField(blank=True, max_length=64)),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField()),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("settled_text", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="PlanFiling",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filings",
                        to="emergency.planversion",
                    ),
                ),
                ("receiver", models.CharField(max_length=120)),
                ("due_on", models.DateField()),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("receipt_number", models.CharField(blank=True, max_length=80)),
                ("receipt_on", models.DateField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("sent_at", None)), fields=["due_on"], name="filing_owed")
                ],
                "constraints": [models.UniqueConstraint(fields=("version", "receiver"), name="filing_once")],
            },
        ),
        migrations.CreateModel(
            name="PlanImport",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_imports",
                        to="registry.body",
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("source", models.JSONField()),
                ("reading", models.JSONField()),
                ("decisions", models.JSONField(default=dict)),
                ("read_at", models.DateTimeField()),
                (
                    "read_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="read_from",
                        to="emergency.planversion",
                    ),
                ),
                ("dropped_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["body", "-id"], name="plan_import_body")],
            },
        ),
        migrations.CreateModel(
            name="PlanOpinion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="emergency.planversion",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.unit",
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.expert",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "待提出意见"), ("given", "已提出意见"), ("dealt_with", "已处理")],
                        default=huiying.rules.lifecycle.opinion.OpinionState["ASKED"],
                        max_length=12,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("due_on", models.DateField()),
                (
                    "position",
                    models.CharField(
                        blank=True,
                        choices=[("agrees", "同意"), ("with_changes", "修改后同意"), ("disagrees", "不同意")],
                        max_length=12,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("given_at", models.DateTimeField(null=True)),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("adopted", models.BooleanField(null=True)),
                ("dealt_text", models.TextField(blank=True)),
                ("dealt_at", models.DateTimeField(null=True)),
                (
                    "dealt_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("version", "unit"), name="opinion_once_a_unit"),
                    models.UniqueConstraint(fields=("version", "expert"), name="opinion_once_an_expert"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("expert__isnull", False), ("unit", None)),
                            models.Q(("expert", None), ("unit__isnull", False)),
                            _connector="OR",
                        ),
                        name="opinion_of_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanRehearsal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rehearsals",
                        to="emergency.planversion",
                    ),
                ),
                ("text_digest", models.CharField(max_length=64)),
                ("scenario", models.JSONField()),
                ("result", models.JSONField()),
                ("ran_at", models.DateTimeField()),
                (
                    "ran_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanSuggestion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("reference", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suggestions",
                        to="emergency.plan",
                    ),
                ),
                ("text", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[("given", "待答复"), ("adopted", "已采纳"), ("declined", "未采纳")],
                        default=huiying.rules.lifecycle.suggestion.SuggestionState["GIVEN"],
                        max_length=10,
                    ),
                ),
                ("given_at", models.DateTimeField()),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "given")),
                        fields=["plan", "-id"],
                        name="suggestion_waiting",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RevisionNote",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revision_notes",
                        to="emergency.plan",
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("law", "法律、法规、标准或上级预案有重大变化"),
                            ("command", "指挥机构及其职责有重大调整"),
                            ("risk", "面临的风险有重大变化"),
                            ("resources", "重要应急资源有重大变化"),
                            ("practice", "实际应对或演练中发现问题"),
                            ("own", "制定单位认为应当修订"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.TextField()),
                ("source", models.CharField(blank=True, max_length=80)),
                ("raised_at", models.DateTimeField()),
                (
                    "raised_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("settled_text", models.TextField(blank=True)),
                ("revised", models.BooleanField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        fields=("plan", "source"),
                        name="revision_source_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Spending",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spendings",
                        to="emergency.fund",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("on", models.DateField()),
                ("what", models.CharField(max_length=200)),
                ("voucher", models.CharField(blank=True, max_length=80)),
                (
                    "incident",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="emergency.incident",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="emergency.spending",
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StockMovement",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements",
                        to="emergency.supplylot",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("received", "入库"),
                            ("issued", "领用"),
                            ("counted", "盘点"),
                            ("moved", "调拨"),
                            ("lent", "借出"),
                            ("returned", "归还"),
                            ("discarded", "报废"),
                        ],
                        max_length=10,
                    ),
                ),
                ("change", models.IntegerField()),
                ("quantity", models.PositiveIntegerField()),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "incident",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="emergency.incident",
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["lot", "-id"], name="stock_movement_lot")],
            },
        ),
        migrations.RemoveConstraint(
            model_name="planversion",
            name="plan_one_draft",
        ),
        migrations.AddField(
            model_name="plan",
            name="practised_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="plan",
            name="evaluated_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="plan",
            name="kind",
            field=models.CharField(
                choices=[
                    ("general", "总体应急预案"),
                    ("special", "专项应急预案"),
                    ("department", "部门应急预案"),
                    ("unit", "单位和基层组织应急预案"),
                    ("joint", "联合应急预案"),
                    ("event", "重大活动应急预案"),
                    ("catastrophe", "巨灾应急预案"),
                    ("handbook", "工作手册、行动方案"),
                ],
                default=huiying.emergency.plan_kinds.PlanKind["UNIT"],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="owner_post",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.post",
            ),
        ),
        migrations.AddField(
            model_name="planversion",
            name="approved_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="planversion",
            name="approved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="planversion",
            name="drafting_note",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="planversion",
            name="procedure",
            field=models.CharField(
                choices=[("full", "完整程序"), ("simplified", "简化程序")],
                default=huiying.emergency.plan_kinds.Procedure["FULL"],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="planversion",
            name="returned_for",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="planversion",
            name="submitted_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="planversion",
            name="submitted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="planversion",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "草案"),
                    ("submitted", "待审批"),
                    ("approved", "已批准，待印发"),
                    ("promulgated", "施行中"),
                    ("superseded", "已被新版替代"),
                ],
                default=huiying.rules.lifecycle.plan.PlanState["DRAFT"],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "submitted", "approved"])),
                fields=("plan",),
                name="plan_one_draft",
            ),
        ),
    ]
