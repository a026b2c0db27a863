"""Where the measurements run: a throw-away folder and database, and a town with its petitions in it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from tests.postgres import cluster

if TYPE_CHECKING:
    from huiying.petitions.actions.filing import Filing
    from tests.cast import Cast

# As an office would run it: what is acknowledged has reached the disk.
DURABLE = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "log_min_messages": "fatal",
    "timezone": "UTC",
}
VILLAGES = ("东村", "西村", "上河", "下河", "石桥", "柳湾", "槐树坪", "杨家店", "南岭", "北坡")
MATTERS = (
    ("水渠堵塞", "水渠堵了两个月，雨天路面积水，老人出门要蹚水"),
    ("路灯不亮", "村口三盏路灯不亮，放学的孩子摸黑走路"),
    ("补助未发", "去年的困难补助至今没有发到卡上，问了几次都说再等"),
    ("工程扬尘", "工地每天扬尘，窗户不敢开，洒水车很少来"),
    ("宅基地争议", "邻居建房占了半米通道，丈量的结果一直没有告诉我们"),
    ("垃圾清运", "垃圾点一周没有清运，气味很大，苍蝇很多"),
    ("公交停运", "去县城的班车停了，看病要走八里路才有车"),
    ("噪声扰民", "夜里加工点切割石料，一直响到两点"),
)
BATCH = 250


@dataclass(frozen=True)
class Place:
    """A throw-away installation: its engine, data folder and database address."""

    engine: str
    folder: Path
    url: str

    @property
    def on_sqlite(self) -> bool:
        """Whether the embedded database is measured."""
        return not self.url


@contextmanager
def place(engine: str) -> Iterator[Place]:
    """Make an installation and set this process up for it; everything is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="huiying-bench-"))
    try:
        if engine == "SQLite":
            yield _set_up(Place(engine, folder / "data", ""))
        else:
            with cluster(DURABLE) as address:
                with psycopg.connect(address.replace("/huiying?", "/postgres?"), autocommit=True) as line:
                    line.execute("CREATE DATABASE huiying")
                yield _set_up(Place(engine, folder / "data", address))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _set_up(here: Place) -> Place:
    """Point the settings there, make the tables. From here on this process may import models."""
    for name in [name for name in os.environ if name.startswith("HUIYING_")]:
        del os.environ[name]
    os.environ |= {
        "HUIYING_DATA": str(here.folder),
        "HUIYING_DATABASE_URL": here.url,
        "DJANGO_SETTINGS_MODULE": "huiying.config.settings",
    }
    from huiying.config.folder import prepare_folder
    from huiying.config.options import load_options

    options = load_options()
    prepare_folder(options)
    import django

    django.setup()
    from huiying.config.database import ensure_master_key, migrate

    migrate(lambda line: None)
    ensure_master_key(options)
    return here


def settle(petitions: int) -> "Cast":
    """Found the town of the tests' cast and file so many petitions there; one in twenty is taken in hand."""
    from django.conf import settings
    from django.db import connection, transaction

    from huiying.petitions import actions
    from huiying.records import clock
    from tests.cast import gather

    settings.PASSWORD_HASHERS = [
        "tests.cast.QuickArgon2"
    ]  # here only: the server that is measured has its own
    cast, now = gather(), clock.now()
    for first in range(0, petitions, BATCH):
        with transaction.atomic():
            for number in range(first, min(first + BATCH, petitions)):
                at = now - timedelta(minutes=petitions - number)
                receipt = actions.petition_file(filing=told(number), body=cast.qingxi, by=None, at=at)
                if number % 20 == 0:
                    _taken_in_hand(cast, receipt.petition.reference, at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return cast


def drain() -> None:
    """Do now what the worker would do for minutes after such a load, so that pages are timed and not its work."""
    from huiying.records import clock, delivery, sequence

    while sequence.sequence_new(everywhere=True):
        pass
    while delivery.send_due(at=clock.now()):
        pass


def told(number: int) -> "Filing":
    """What one of many people says."""
    from huiying.petitions.actions.filing import Filing
    from huiying.rules.lifecycle.petition import Confidentiality

    village, (title, words) = VILLAGES[number % len(VILLAGES)], MATTERS[number // 7 % len(MATTERS)]
    return Filing(
        text=f"我是{village}的村民。{words}。已经反映过{number % 5}次，编为第{number}号，没有下文，请给一个书面答复。",
        claims=(f"解决{village}{title}的问题", "书面答复处理结果和时间"),
        confidentiality=Confidentiality.NAMED,
        title=f"{village}{title}",
        happened_where=f"青溪镇{village}",
        happened_when="近两个月",
        identity={"name": "试提事人", "phone": "13000000000"},
    )


def _taken_in_hand(cast: "Cast", reference: str, at: datetime) -> None:
    from huiying.petitions import actions, gate

    petition = gate.petition_for(cast.clerk, reference)
    actions.petition_register(petition=petition, by=cast.clerk, at=at)
    actions.petition_accept(petition=petition, by=cast.clerk, at=at)
    actions.petition_assign(petition=petition, unit=cast.units["works"], by=cast.clerk, at=at)
