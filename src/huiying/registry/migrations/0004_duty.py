import django.db.models.deletion
import huiying.registry.duty_kinds
import huiying.rules.lifecycle.roster
import huiying.rules.lifecycle.swap
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0003_sign_in_calendar_numbering"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "staff",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="calendar_feed",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("key_hash", models.BinaryField(max_length=32, unique=True)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Expert",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="experts",
                        to="registry.body",
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("law", "法律"),
                            ("counselling", "心理"),
                            ("mediation", "调解"),
                            ("sign_language", "手语"),
                            ("interpreting", "方言、民族语言、外语翻译"),
                            ("ethnic_affairs", "民族宗教事务"),
                            ("engineering", "工程、房屋安全"),
                            ("medicine", "医疗卫生"),
                            ("emergency", "应急管理"),
                            ("other", "其他"),
                        ],
                        max_length=16,
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("languages", models.CharField(blank=True, max_length=80)),
                ("phone", models.CharField(max_length=40)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("agreed_on", models.DateField()),
                ("verified_on", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="HandOver",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hand_overs",
                        to="registry.post",
                    ),
                ),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField()),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["post", "-id"], name="hand_over_post")],
            },
        ),
        migrations.CreateModel(
            name="HandOverRead",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "hand_over",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="registry.handover",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("read_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("hand_over", "staff"), name="hand_over_read_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Leave",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaves",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("cancelled_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["staff", "ends_on"], name="leave_staff")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="leave_forward"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Qualification",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="qualifications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("what", models.CharField(max_length=60)),
                ("obtained_on", models.DateField()),
                ("expires_on", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="DutyRoster",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rosters",
                        to="registry.body",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("month", "月值班表"), ("surge", "加强值班表")],
                        default=huiying.registry.duty_kinds.RosterKind["MONTH"],
                        max_length=8,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("reason", models.CharField(blank=True, max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "编排中"), ("published", "已公布"), ("dropped", "已作废")],
                        default=huiying.rules.lifecycle.roster.RosterState["DRAFT"],
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="roster_forward"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "month"), models.Q(("state", "dropped"), _negated=True)),
                        fields=("body", "starts_on"),
                        name="roster_month_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShiftPattern",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="patterns",
                        to="registry.post",
                    ),
                ),
                ("label", models.CharField(max_length=20)),
                ("starts", models.TimeField()),
                ("hours", models.PositiveSmallIntegerField()),
                ("people", models.PositiveSmallIntegerField(default=1)),
                ("is_lead", models.BooleanField(default=False)),
                (
                    "days",
                    models.CharField(
                        choices=[("every", "每天"), ("working", "工作日"), ("rest", "休息日、节假日")],
                        default=huiying.registry.duty_kinds.DutyDays["EVERY"],
                        max_length=8,
                    ),
                ),
                ("begins_on", models.DateField()),
                ("ended_on", models.DateField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("hours__gte", 1), ("hours__lte", 24)), name="pattern_hours"
                    ),
                    models.CheckConstraint(condition=models.Q(("people__gte", 1)), name="pattern_people"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RosterLine",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "roster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="registry.dutyroster",
                    ),
                ),
                (
                    "pattern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.shiftpattern",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("fixed", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["starts_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="ShiftSwap",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "shift",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="swaps",
                        to="registry.dutyshift",
                    ),
                ),
                (
                    "offered_to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "in_return",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.dutyshift",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待对方答复"),
                            ("agreed", "已换班"),
                            ("declined", "对方不同意"),
                            ("withdrawn", "已撤回"),
                        ],
                        default=huiying.rules.lifecycle.swap.SwapState["ASKED"],
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")), fields=("shift",), name="swap_one_open"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactWay",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_ways",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("voice", "语音电话"), ("sms", "短信"), ("email", "邮件")], max_length=6
                    ),
                ),
                ("address", models.CharField(max_length=120)),
                ("order", models.PositiveSmallIntegerField(default=1)),
                ("verified_on", models.DateField(null=True)),
            ],
            options={
                "ordering": ["order", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("staff", "way", "address"), name="contact_way_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Deputy",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputies",
                        to="registry.post",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=1)),
                ("named_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["order", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("post", "staff"),
                        name="deputy_running_once",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="dutyshift",
            name="cancelled_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="dutyshift",
            name="entered_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="dutyshift",
            name="is_lead",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="dutyshift",
            name="kind",
            field=models.CharField(
                choices=[
                    ("planned", "排班"),
                    ("surge", "加强值班"),
                    ("swapped", "换班"),
                    ("substitute", "替班"),
                    ("taken_over", "临时接替"),
                ],
                default=huiying.registry.duty_kinds.ShiftKind["PLANNED"],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="grant",
            name="role",
            field=models.CharField(
                choices=[
                    ("clerk", "接待员"),
                    ("officer", "承办人"),
                    ("unit_head", "单位负责人"),
                    ("supervisor", "督办员"),
                    ("duty_officer", "值班员"),
                    ("leading_group", "领导小组"),
                    ("press_officer", "信息发布"),
                    ("planner", "预案管理"),
                    ("auditor", "审计"),
                    ("system_admin", "系统管理员"),
                    ("security_admin", "安全管理员"),
                    ("audit_admin", "审计管理员"),
                    ("store_keeper", "物资保管员"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="dutyshift",
            name="roster",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="shifts",
                to="registry.dutyroster",
            ),
        ),
        migrations.AddIndex(
            model_name="dutyshift",
            index=models.Index(fields=["staff", "starts_at"], name="shift_staff"),
        ),
    ]
