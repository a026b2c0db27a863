"""A slot is enqueued once, a job is tried again, a dead worker's job is taken up, and the queue shows how it stands."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Event, Thread

import pytest
from django.db import connection, transaction
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from huiying.records import jobs
from huiying.records.jobs import Periodic
from huiying.records.models import Schedule, WorkerBeat

AT = datetime(2026, 3, 2, 9, 0, 5, tzinfo=UTC)
LATER = timedelta(hours=2)
calls: list[object] = []
failures: list[Exception] = []
done = Event()


@task()
def note(word: str) -> None:
    """Remember that it ran, or fail as told."""
    if failures:
        raise failures.pop()
    calls.append(word)


def _tick(at: datetime) -> None:
    calls.append(at)
    done.set()


TICK = Periodic("tests.tick", timedelta(seconds=10), _tick)


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(jobs, "REGISTER", {TICK.name: TICK})
    done.clear()
    yield
    calls.clear()
    failures.clear()


def only_job() -> DBTaskResult:
    return DBTaskResult.objects.get()


@pytest.mark.django_db
class TestSchedule:
    def test_a_slot_is_enqueued_once_however_often_it_is_looked_at(self) -> None:
        assert jobs.enqueue_due(at=AT) == ["tests.tick"]
        assert jobs.enqueue_due(at=AT + timedelta(seconds=4)) == []
        assert jobs.enqueue_due(at=AT + timedelta(seconds=5)) == ["tests.tick"]
        assert DBTaskResult.objects.count() == 2

    def test_slots_missed_while_nothing_ran_are_not_made_up_for(self) -> None:
        jobs.enqueue_due(at=AT)
        assert jobs.enqueue_due(at=AT + timedelta(days=3)) == ["tests.tick"]
        assert DBTaskResult.objects.count() == 2

    def test_a_row_that_left_the_schedule_is_nothing_to_do(self, monkeypatch: pytest.MonkeyPatch) -> None:
        jobs.enqueue_due(at=AT)
        monkeypatch.setattr(jobs, "REGISTER", {})
        assert jobs.run_next("w", at=AT + LATER)
        assert calls == []
        assert only_job().status == "SUCCESSFUL"

    def test_pruning_keeps_the_newest_slot_so_that_it_does_not_run_twice(self) -> None:
        daily = Periodic("tests.daily", timedelta(days=1), _tick)
        jobs.register(daily)
        jobs.enqueue_due(at=AT - timedelta(days=1))
        jobs.enqueue_due(at=AT)
        while jobs.run_next("w", at=AT + timedelta(seconds=1)):
            pass
        jobs.prune(at=AT + timedelta(hours=3))
        assert not DBTaskResult.objects.exists()
        assert Schedule.objects.count() == 2
        assert not jobs.enqueue_slot(daily, at=AT + timedelta(hours=3))


@pytest.mark.django_db
class TestWork:
    def test_a_job_of_a_transaction_that_failed_never_runs(self) -> None:
        with pytest.raises(RuntimeError), transaction.atomic():
            note.enqueue("lost")
            raise RuntimeError
        assert not jobs.run_next("w", at=AT + LATER)

    def test_a_job_runs_once(self) -> None:
        note.enqueue("once")
        assert [jobs.run_next("w", at=AT) for _ in range(3)] == [True, False, False]
        assert calls == ["once"]
        assert only_job().status == "SUCCESSFUL"

    def test_a_failed_job_is_tried_again_later_and_then_succeeds(self) -> None:
        failures.append(ValueError("a bad moment"))
        note.enqueue("again")
        assert jobs.run_next("w", at=AT)
        assert not jobs.run_next("w", at=AT + timedelta(seconds=9))
        assert jobs.run_next("w", at=AT + timedelta(seconds=10))
        assert calls == ["again"]

    def test_after_the_last_try_a_job_stays_failed_and_visible(self) -> None:
        failures.extend([ValueError("never")] * 99)
        note.enqueue("never")
        tries = sum(jobs.run_next("w", at=AT + LATER * n) for n in range(20))
        assert tries == jobs.MOST_TRIES
        assert (only_job().status, only_job().exception_class_path) == ("FAILED", "builtins.ValueError")
        assert jobs.health(at=AT).failed == 1

    def test_a_job_whose_code_is_gone_fails_without_stopping_the_worker(self) -> None:
        note.enqueue("gone")
        DBTaskResult.objects.update(task_path="huiying.records.nowhere.job")
        assert jobs.run_next("w", at=AT)
        assert only_job().status == "READY"

    def test_a_dead_workers_job_is_taken_up_and_a_living_ones_is_not(self) -> None:
        note.enqueue("one")
        job = jobs._claimed("dead", at=AT)
        assert job is not None
        jobs.beat("dead", at=AT)
        soon, late = AT + timedelta(seconds=50), AT + timedelta(seconds=70)
        assert jobs.reap(at=soon) == 0
        jobs.beat("alive", at=late)
        assert jobs.reap(at=late) == 1
        assert jobs.run_next("alive", at=late + timedelta(seconds=10))
        assert calls == ["one"]

    def test_a_long_job_of_a_living_worker_is_left_alone(self) -> None:
        note.enqueue("long")
        jobs._claimed("busy", at=AT)
        jobs.beat("busy", at=AT + LATER)
        assert jobs.reap(at=AT + LATER) == 0

    def test_a_worker_thought_dead_cannot_close_the_job_that_another_has_taken_up(self) -> None:
        note.enqueue("one")
        slow = jobs._claimed("slow", at=AT)
        assert slow is not None
        jobs.reap(at=AT + LATER)
        jobs._claimed("quick", at=AT + LATER * 2)
        assert not jobs._held_by(slow).exists()

    def test_a_job_that_kills_every_worker_ends_as_failed(self) -> None:
        note.enqueue("deadly")
        at = AT
        for _ in range(jobs.MOST_TRIES):
            assert jobs._claimed("w", at=at)
            at += LATER
            jobs.reap(at=at)
            at += LATER
        assert jobs._claimed("w", at=at) is None
        assert only_job().status == "FAILED"

    def test_health_tells_what_waits_how_long_and_who_was_last_alive(self) -> None:
        calm = jobs.health(at=AT)
        assert (calm.waiting, calm.oldest_waiting, calm.worker_seen_at, calm.stuck) == (0, None, None, False)
        note.enqueue("wait")
        jobs.beat("w", at=AT)
        put_at = only_job().enqueued_at
        seen = jobs.health(at=put_at + timedelta(minutes=11))
        assert (seen.waiting, seen.oldest_waiting, seen.worker_seen_at) == (1, timedelta(minutes=11), AT)
        assert seen.stuck


@pytest.mark.django_db(transaction=True)
def test_two_workers_look_at_a_slot_at_once_and_it_is_enqueued_once() -> None:
    both, won = Barrier(2), []

    def worker() -> None:
        try:
            connection.ensure_connection()
            both.wait(10)
            won.append(jobs.enqueue_slot(TICK, at=AT))
        finally:
            connection.close()

    _together(worker, worker)
    assert sorted(won) == [False, True]
    assert (Schedule.objects.count(), DBTaskResult.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_workers_claim_at_once_and_the_job_runs_once() -> None:
    note.enqueue("once")
    both, ran = Barrier(2), []

    def worker() -> None:
        try:
            connection.ensure_connection()
            both.wait(10)
            ran.append(jobs.run_next("w", at=AT))
        finally:
            connection.close()

    _together(worker, worker)
    assert sorted(ran) == [False, True]
    assert calls == ["once"]


@pytest.mark.django_db(transaction=True)
def test_a_worker_in_a_thread_runs_the_schedule_shows_life_and_stops_when_told() -> None:
    stop = Event()

    def worker() -> None:
        try:
            jobs.run_worker(stop, idle_seconds=0.01)
        finally:
            connection.close()

    thread = Thread(target=worker)
    thread.start()
    assert done.wait(20)
    stop.set()
    thread.join(20)
    assert not thread.is_alive()
    assert WorkerBeat.objects.count() == 1


def _together(*workers: object) -> None:
    threads = [Thread(target=worker) for worker in workers]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
