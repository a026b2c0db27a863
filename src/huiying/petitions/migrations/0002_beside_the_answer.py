import django.db.models.deletion
import huiying.rules.lifecycle.assistance
import huiying.rules.lifecycle.draft
import huiying.rules.lifecycle.execution
import huiying.rules.lifecycle.extension
import huiying.rules.lifecycle.follow_up
import huiying.rules.lifecycle.objection
import huiying.rules.lifecycle.retaliation
import huiying.rules.lifecycle.spam
import huiying.rules.matters
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0001_initial"),
        ("registry", "0003_sign_in_calendar_numbering"),
        ("registry", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Assistance",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assistances",
                        to="petitions.petition",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assistances",
                        to="registry.unit",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "待回复"), ("answered", "已回复")],
                        default=huiying.rules.lifecycle.assistance.AssistanceState["ASKED"],
                        max_length=12,
                    ),
                ),
                ("question", models.TextField()),
                ("due_on", models.DateField()),
                ("asked_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assistances_asked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assistances_answered",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("state", huiying.rules.lifecycle.assistance.AssistanceState["ASKED"])
                        ),
                        fields=["unit", "due_on", "id"],
                        name="assistance_waiting",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draft_steps",
                        to="petitions.petition",
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("writing", "拟写中"),
                            ("submitted", "待审核"),
                            ("returned", "退回修改"),
                            ("approved", "已审核"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("taken_at", models.DateTimeField()),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draft_steps",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="petitions.petition",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="petitions.claim",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("what", models.CharField(max_length=200)),
                ("source", models.CharField(max_length=200)),
                ("dated_on", models.DateField(null=True)),
                ("file_id", models.UUIDField(null=True)),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("petition", "number"), name="evidence_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Execution",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="executions",
                        to="petitions.petition",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="executions",
                        to="petitions.claim",
                    ),
                ),
                ("body_id", models.BigIntegerField()),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="executions",
                        to="registry.unit",
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "执行中"), ("reported", "待核验"), ("verified", "已执行")],
                        default=huiying.rules.lifecycle.execution.ExecutionState["OPEN"],
                        max_length=12,
                    ),
                ),
                ("due_on", models.DateField()),
                ("opened_at", models.DateTimeField()),
                ("report", models.TextField(blank=True)),
                ("reported_at", models.DateTimeField(null=True)),
                (
                    "reported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="executions_reported",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("verdict", models.TextField(blank=True)),
                ("verified_at", models.DateTimeField(null=True)),
                (
                    "verified_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="executions_verified",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("state", huiying.rules.lifecycle.execution.ExecutionState["VERIFIED"]),
                            _negated=True,
                        ),
                        fields=["unit", "due_on", "id"],
                        name="execution_open_unit",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("state", huiying.rules.lifecycle.execution.ExecutionState["VERIFIED"]),
                            _negated=True,
                        ),
                        fields=["body_id", "due_on", "id"],
                        name="execution_open_body",
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("claim", "round"), name="execution_once")],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="petitions.petition",
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "待批准"), ("approved", "已延期"), ("refused", "不同意延期")],
                        default=huiying.rules.lifecycle.extension.ExtensionState["ASKED"],
                        max_length=12,
                    ),
                ),
                ("days", models.PositiveSmallIntegerField()),
                ("reason", models.TextField()),
                ("asked_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions_asked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions_decided",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("words", models.TextField(blank=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state", huiying.rules.lifecycle.extension.ExtensionState["REFUSED"]),
                            _negated=True,
                        ),
                        fields=("petition", "round"),
                        name="extension_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FactFinding",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fact_findings",
                        to="petitions.petition",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fact_findings",
                        to="petitions.claim",
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("on_site", "现场查看"),
                            ("papers", "查阅资料"),
                            ("talk", "听取说明"),
                            ("measured", "检测测量"),
                            ("expert", "专业意见"),
                        ],
                        max_length=12,
                    ),
                ),
                ("found_on", models.DateField()),
                ("words", models.TextField()),
                ("noted_at", models.DateTimeField()),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fact_findings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="petitions.petition",
                    ),
                ),
                ("body_id", models.BigIntegerField()),
                (
                    "side",
                    models.CharField(choices=[("office", "信访部门"), ("unit", "承办单位")], max_length=8),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待跟进"), ("closed", "已跟进")],
                        default=huiying.rules.lifecycle.follow_up.FollowUpState["OPEN"],
                        max_length=8,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("words", models.TextField(blank=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("state", huiying.rules.lifecycle.follow_up.FollowUpState["OPEN"])
                        ),
                        fields=["body_id", "id"],
                        name="follow_up_open",
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("petition", "side"), name="follow_up_once")],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="petitions.petition",
                    ),
                ),
                (
                    "speaker",
                    models.CharField(
                        choices=[("person", "信访人"), ("office", "信访部门"), ("unit", "承办单位")],
                        max_length=8,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("message", "留言"), ("question", "请您补充"), ("correction", "更正")],
                        default=huiying.rules.matters.MessageKind["MESSAGE"],
                        max_length=12,
                    ),
                ),
                ("text", models.TextField()),
                ("shielded_text", models.TextField(blank=True)),
                ("said_at", models.DateTimeField()),
                (
                    "said_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("passed_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                ("said_key", models.UUIDField(null=True, unique=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["petition", "id"], name="message_of_petition"),
                    models.Index(
                        condition=models.Q(
                            ("read_at", None), ("speaker", huiying.rules.matters.Speaker["PERSON"])
                        ),
                        fields=["id"],
                        name="message_unread",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="petitions.petition",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="registry.unit",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("raised", "待答复"),
                            ("agreed", "已同意退回"),
                            ("refused", "不同意，继续办理"),
                        ],
                        default=huiying.rules.lifecycle.objection.ObjectionState["RAISED"],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField()),
                ("competent", models.CharField(blank=True, max_length=200)),
                ("raised_at", models.DateTimeField()),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections_decided",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("words", models.TextField(blank=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state", huiying.rules.lifecycle.objection.ObjectionState["RAISED"])
                        ),
                        fields=("petition",),
                        name="objection_waiting_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PetitionLink",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="petitions.petition",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="linked",
                        to="petitions.petition",
                    ),
                ),
                ("linked_at", models.DateTimeField()),
                (
                    "linked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="petition_links",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("petition", "first"),
                        name="petition_link_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("petition", models.F("first")), _negated=True),
                        name="petition_link_two",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recusals",
                        to="petitions.petition",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recusals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[("complained_of", "被反映人"), ("interest", "有直接利害关系")], max_length=16
                    ),
                ),
                ("recused_at", models.DateTimeField()),
                (
                    "recused_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recusals_recorded",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("petition", "staff"), name="recusal_once")],
            },
        ),
        migrations.CreateModel(
            name="ReplyAnswer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "reply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="petitions.reply",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="given",
                        to="petitions.claim",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("supported", "支持"),
                            ("explained", "解释说明"),
                            ("not_supported", "不予支持"),
                        ],
                        max_length=16,
                    ),
                ),
                ("facts", models.TextField(blank=True)),
                ("opinion", models.TextField(blank=True)),
                ("basis", models.TextField(blank=True)),
                ("remedy", models.TextField(blank=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("reply", "claim"), name="reply_answer_once")],
            },
        ),
        migrations.CreateModel(
            name="RetaliationReport",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retaliation_reports",
                        to="petitions.petition",
                    ),
                ),
                ("body_id", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("received", "待处理"), ("answered", "已处理")],
                        default=huiying.rules.lifecycle.retaliation.RetaliationState["RECEIVED"],
                        max_length=12,
                    ),
                ),
                ("text", models.TextField()),
                ("said_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retaliation_answers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("state", huiying.rules.lifecycle.retaliation.RetaliationState["RECEIVED"])
                        ),
                        fields=["body_id", "id"],
                        name="retaliation_waiting",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("query", models.CharField(max_length=400)),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("staff", "name"), name="saved_view_name_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SpamMark",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "petition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spam_mark",
                        to="petitions.petition",
                    ),
                ),
                ("body_id", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "待复核"),
                            ("confirmed", "已认定"),
                            ("appealed", "本人有异议"),
                            ("lifted", "已恢复"),
                        ],
                        default=huiying.rules.lifecycle.spam.SpamState["PROPOSED"],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spam_proposed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spam_confirmed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("appeal", models.TextField(blank=True)),
                ("appealed_at", models.DateTimeField(null=True)),
                ("lifted_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["body_id", "state", "-id"], name="spam_mark_state")],
            },
        ),
        migrations.RemoveConstraint(
            model_name="petitionclock",
            name="clock_once",
        ),
        migrations.AddField(
            model_name="petition",
            name="category",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="petitions",
                to="registry.category",
            ),
        ),
        migrations.AddField(
            model_name="petition",
            name="draft_state",
            field=models.CharField(
                choices=[
                    ("writing", "拟写中"),
                    ("submitted", "待审核"),
                    ("returned", "退回修改"),
                    ("approved", "已审核"),
                ],
                default=huiying.rules.lifecycle.draft.DraftState["WRITING"],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="petition",
            name="help_needed",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="petition",
            name="joint",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="petition",
            name="joint_count",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="petition",
            name="latitude",
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name="petition",
            name="liaison",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="liaisons",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="petition",
            name="longitude",
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name="petition",
            name="reopened_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="petition",
            name="respondent",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="petition",
            name="respondent_unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="petitions_about",
                to="registry.unit",
            ),
        ),
        migrations.AddField(
            model_name="petition",
            name="round",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="petition",
            name="shielded_respondent",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="petition",
            name="spoken",
            field=models.CharField(
                choices=[
                    ("zh", "普通话"),
                    ("dialect", "方言"),
                    ("bo", "藏语"),
                    ("ug", "维吾尔语"),
                    ("mn", "蒙古语"),
                    ("za", "壮语"),
                    ("ko", "朝鲜语"),
                    ("en", "英语"),
                    ("other", "其他语言"),
                ],
                default=huiying.rules.matters.Spoken["MANDARIN"],
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="petition",
            name="urgent_need",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="petition",
            name="withdrawn_from",
            field=models.CharField(
                blank=True,
                choices=[
                    ("received", "已收到"),
                    ("registered", "已登记"),
                    ("accepted", "已受理"),
                    ("declined", "不予受理"),
                    ("referred", "已转送"),
                    ("handling", "办理中"),
                    ("replied", "已答复"),
                    ("settled", "已办结"),
                    ("withdrawn", "已撤回"),
                    ("concluded", "已终结"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="petitionclock",
            name="extended_days",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="petitionclock",
            name="round",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="rating",
            name="shown_to_unit",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="reply",
            name="number",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name="petitionclock",
            name="clock",
            field=models.CharField(
                choices=[
                    ("route", "登记转送期限"),
                    ("notice", "书面告知期限"),
                    ("objection", "转送异议期限"),
                    ("handle", "办理期限"),
                    ("request_review", "申请复查期限"),
                    ("review", "复查期限"),
                    ("request_final_review", "申请复核期限"),
                    ("final_review", "复核期限"),
                    ("feedback", "交办反馈期限"),
                    ("enquiry", "咨询答复期限"),
                    ("suggestion", "建议答复期限"),
                    ("resume", "收回撤回的期限"),
                    ("execution", "执行期限"),
                    ("assistance", "协办回复期限"),
                    ("disclosure", "信息公开答复期限"),
                    ("disclosure_clarify", "告知补正期限"),
                    ("disclosure_third_party", "第三方意见期限"),
                ],
                max_length=24,
            ),
        ),
        migrations.AlterField(
            model_name="reply",
            name="petition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="replies", to="petitions.petition"
            ),
        ),
        migrations.AddConstraint(
            model_name="petitionclock",
            constraint=models.UniqueConstraint(
                fields=("petition", "clock", "unit_id", "round"), name="clock_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.UniqueConstraint(fields=("petition", "number"), name="reply_number_once"),
        ),
    ]
