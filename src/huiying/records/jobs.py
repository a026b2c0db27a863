"""Background work: a schedule whose slots are enqueued once, a worker, retries with a back-off, a reaper.

Jobs are tasks of django-tasks, kept in the database and enqueued in the caller's transaction. Every job may run
again: after a failure, or because its worker died half-way. It must therefore ask the data what is left to do.
"""

import logging
import secrets
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import DatabaseError, close_old_connections, connections, transaction
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult, get_date_max

from huiying.records import clock
from huiying.records.models import Schedule, WorkerBeat

log = logging.getLogger("huiying.jobs")

IDLE_SECONDS = 1.0
BEAT_SECONDS = 15.0
DEAD_AFTER = timedelta(seconds=60)  # four missed beats
MOST_TRIES = 6
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)
KEEP_DONE = timedelta(hours=2)
KEEP_FAILED = timedelta(days=30)

Job = DBTaskResult[..., object]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Periodic:
    """One row of the schedule: what is called, with the present instant, once in every slot of this length."""

    name: str
    every: timedelta
    call: Callable[[datetime], object]

    def slot(self, at: datetime) -> str:
        """The slot an instant falls in, counted from 1970 in lengths of `every`."""
        return str((at - EPOCH) // self.every)


# The schedule of the installation, by name. Each room's rows are added where the rooms are wired together.
REGISTER: dict[str, Periodic] = {}


@dataclass(frozen=True, slots=True)
class Health:
    """How the queue stands: what waits and since when, what failed, and when a worker was last alive."""

    waiting: int
    failed: int
    oldest_waiting: timedelta | None
    worker_seen_at: datetime | None

    @property
    def stuck(self) -> bool:
        """Whether something has waited for ten minutes: no worker runs, or it cannot keep up."""
        return self.oldest_waiting is not None and self.oldest_waiting > timedelta(minutes=10)


def register(*rows: Periodic) -> None:
    """Add rows to the schedule; a name stands for one row, the later one."""
    REGISTER.update((row.name, row) for row in rows)


@task()
def run_periodic(name: str) -> None:
    """The task behind every slot; a name that is no longer in the schedule is nothing to do."""
    row = REGISTER.get(name)
    if row is not None:
        row.call(clock.now())


def enqueue_due(*, at: datetime) -> list[str]:
    """Enqueue every row whose present slot is not enqueued yet; the names. Missed slots are not made up for."""
    return [row.name for row in REGISTER.values() if enqueue_slot(row, at=at)]


@transaction.atomic
def enqueue_slot(row: Periodic, *, at: datetime) -> bool:
    """Enqueue one row's present slot; False where it was, by this worker or another. The unique pair decides."""
    _slot, mine = Schedule.objects.get_or_create(
        name=row.name, slot=row.slot(at), defaults={"enqueued_at": at}
    )
    if mine:
        run_periodic.enqueue(row.name)
    return mine


def run_next(worker_id: str, *, at: datetime) -> bool:
    """Run the next job that is due; False where there was none. A job's failure is kept and tried again later."""
    job = _claimed(worker_id, at=at)
    if job is None:
        return False
    try:
        job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
    except Exception as wrong:  # noqa: BLE001  (whatever a job throws is its result: kept, logged and tried again)
        _fail(job, wrong, at=at)
    else:
        _held_by(job).update(
            status=TaskResultStatus.SUCCESSFUL, finished_at=at, exception_class_path="", traceback=""
        )
    return True


def reap(*, at: datetime) -> int:
    """Take up the jobs of workers that show no sign of life, and forget those workers; how many jobs."""
    alive = WorkerBeat.objects.filter(beat_at__gte=at - DEAD_AFTER).values_list("worker_id", flat=True)
    living = set(alive)
    # A job that has just been claimed may be ahead of its worker's first beat.
    running = DBTaskResult.objects.running().filter(started_at__lt=at - DEAD_AFTER)
    orphans = [job for job in running if job.worker_ids and job.worker_ids[-1] not in living]
    reaped = sum(_put_back(job, "its worker died", at=at) for job in orphans)
    WorkerBeat.objects.filter(beat_at__lt=at - KEEP_DONE).delete()
    return reaped


def prune(*, at: datetime) -> None:
    """Forget what is done (after two hours) and what failed or was enqueued (after thirty days)."""
    done = DBTaskResult.objects.successful().filter(finished_at__lt=at - KEEP_DONE)
    done.delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=at - KEEP_FAILED).delete()
    # The newest slot of a row must stay, however long its row's slots are: it is what keeps it from running twice.
    newer = Schedule.objects.filter(name=OuterRef("name"), id__gt=OuterRef("id"))
    Schedule.objects.filter(Exists(newer), enqueued_at__lt=at - KEEP_DONE).delete()


def health(*, at: datetime) -> Health:
    """How the queue stands at that instant."""
    counted = DBTaskResult.objects.aggregate(
        waiting=Count("id", filter=_is_due(at)),
        failed=Count("id", filter=Q(status=TaskResultStatus.FAILED)),
        oldest=Min("enqueued_at", filter=_is_due(at)),
    )
    return Health(
        waiting=counted["waiting"],
        failed=counted["failed"],
        oldest_waiting=at - counted["oldest"] if counted["oldest"] else None,
        worker_seen_at=WorkerBeat.objects.aggregate(seen=Max("beat_at"))["seen"],
    )


def run_worker(stop: threading.Event, *, idle_seconds: float = IDLE_SECONDS) -> None:
    """Work until `stop` is set; the job in hand is finished. A thread of the serving process, or `huiying worker`."""
    worker_id = f"{socket.gethostname()[:40]}-{secrets.token_hex(8)}"
    looked: dict[str, str] = {}
    with _beating(worker_id):
        while not stop.is_set():
            close_old_connections()
            _enqueue_new_slots(looked, at=clock.now())
            if not run_next(worker_id, at=clock.now()):
                stop.wait(idle_seconds)


def _enqueue_new_slots(looked: dict[str, str], *, at: datetime) -> None:
    """As enqueue_due, remembering what this worker has looked at, so that an idle second costs no query."""
    for row in REGISTER.values():
        slot = row.slot(at)
        if looked.get(row.name) != slot:
            enqueue_slot(row, at=at)
            looked[row.name] = slot


def _is_due(at: datetime) -> Q:
    # django-tasks-db stores "at once" as the last day there is.
    return Q(status=TaskResultStatus.READY) & (Q(run_after=get_date_max()) | Q(run_after__lte=at))


def _claimed(worker_id: str, *, at: datetime) -> Job | None:
    """The next due job, now this worker's; a job that another worker takes first is passed over."""
    due = DBTaskResult.objects.filter(_is_due(at)).order_by("-priority", "enqueued_at")
    for job in due[:20]:
        hands = [*job.worker_ids, worker_id]
        taken = DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.READY).update(
            status=TaskResultStatus.RUNNING, started_at=at, worker_ids=hands
        )
        if taken:
            job.worker_ids = hands
            return job
    return None


def _held_by(job: Job) -> QuerySet[Job]:
    """The job, as long as it is in the hands that this object knows; the reaper may have given it to others."""
    return DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.RUNNING, worker_ids=job.worker_ids)


def _fail(job: Job, wrong: Exception, *, at: datetime) -> None:
    log.error("The job %s failed on try %d.", job.task_name, len(job.worker_ids), exc_info=wrong)
    _put_back(job, f"{type(wrong).__module__}.{type(wrong).__qualname__}", at=at)


def _put_back(job: Job, reason: str, *, at: datetime) -> int:
    """Give a job its next try, later each time; after the last one it stays failed and visible."""
    tries = len(job.worker_ids)
    marks = {"exception_class_path": reason, "finished_at": at}
    if tries >= MOST_TRIES:
        return _held_by(job).update(status=TaskResultStatus.FAILED, **marks)
    pause = min(FIRST_PAUSE * 3 ** (tries - 1), LONGEST_PAUSE)
    return _held_by(job).update(status=TaskResultStatus.READY, run_after=at + pause, **marks)


@contextmanager
def _beating(worker_id: str) -> Iterator[None]:
    """Give signs of life from a thread of its own, so that a long job is not taken for a dead worker."""
    done = threading.Event()
    thread = threading.Thread(target=_beat, args=(worker_id, done), name=f"beat-{worker_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _beat(worker_id: str, done: threading.Event) -> None:
    while True:
        try:
            beat(worker_id, at=clock.now())
        except DatabaseError:
            log.warning("The worker's sign of life could not be written; it is tried again.", exc_info=True)
        finally:
            connections.close_all()
        if done.wait(BEAT_SECONDS):
            return


def beat(worker_id: str, *, at: datetime) -> None:
    """Write one sign of life."""
    WorkerBeat.objects.update_or_create(worker_id=worker_id, defaults={"beat_at": at})
