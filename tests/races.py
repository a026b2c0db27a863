"""Several people at the same moment, each on a connection of their own."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connection

from huiying.rules.refusals import Refusal


def at_once(*acts: Callable[[], object]) -> list[Refusal]:
    """Let all of them act at the same moment; the refusals of those who lost. Any other failure is raised here."""
    start, lost, wrong = Barrier(len(acts)), list[Refusal](), list[BaseException]()

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait(timeout=10)
            act()
        except Refusal as refusal:
            lost.append(refusal)
        except BaseException as failed:  # noqa: BLE001  (a thread's failure must reach the test)
            wrong.append(failed)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    if wrong:
        raise wrong[0]
    return lost
