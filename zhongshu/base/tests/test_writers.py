"""Writers: on SQLite they queue before BEGIN, first come first served."""

import threading

import pytest
from django.db import connection

from zhongshu.base.transactions import TicketLock, writing


def test_the_lock_serves_in_order_of_arrival():
    lock, served, arrived = TicketLock(), [], threading.Semaphore(0)

    def come(n: int) -> None:
        arrived.release()
        with lock:
            served.append(n)

    threads = [threading.Thread(target=come, args=(n,)) for n in range(6)]
    with lock:
        for n, thread in enumerate(threads):
            thread.start()
            arrived.acquire()
            while len(lock._waiting) <= n:
                pass
    for thread in threads:
        thread.join()
    assert served == list(range(6))


def test_the_holder_may_take_it_again():
    lock = TicketLock()
    with lock, lock:
        pass
    assert lock._holder is None


def test_it_is_free_again_after_an_error():
    lock = TicketLock()
    with pytest.raises(ZeroDivisionError), lock:
        raise ZeroDivisionError
    assert lock._holder is None


@pytest.mark.django_db(transaction=True)
def test_writing_is_a_transaction():
    with writing():
        assert connection.in_atomic_block
    assert not connection.in_atomic_block
