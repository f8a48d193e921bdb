"""The hub: who listens, what they were told last, and the telling."""

import asyncio
import threading
from dataclasses import dataclass, field

from zhongshu.matters.live.tickets import Holder
from zhongshu.matters.live.watcher import Watcher
from zhongshu.matters.stirs import Pulse, pulses_of


@dataclass(eq=False)
class Listener:
    """One open stream."""

    holder: Holder
    loop: asyncio.AbstractEventLoop
    news: asyncio.Queue[Pulse | None] = field(default_factory=asyncio.Queue)
    told: Pulse | None = None

    def tell(self, pulse: Pulse | None) -> None:
        """Hand over a pulse from any thread; None ends the stream."""
        self.loop.call_soon_threadsafe(self.news.put_nowait, pulse)


class Hub:
    """Keep the listeners and tell each what changed for them."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._lock = threading.Lock()
        self._watcher: Watcher | None = None

    def __len__(self) -> int:
        return len(self._listeners)

    def join(self, holder: Holder) -> Listener:
        """Add a stream and wake the watcher, if this is the first."""
        listener = Listener(holder, asyncio.get_running_loop())
        with self._lock:
            self._listeners.add(listener)
            if self._watcher is None or not self._watcher.is_alive():
                self._watcher = Watcher(self.look)
                self._watcher.start()
        return listener

    def leave(self, listener: Listener) -> None:
        """Forget a stream."""
        with self._lock:
            self._listeners.discard(listener)

    def look(self) -> None:
        """Ask the database once for all listeners and tell those for whom something changed."""
        with self._lock:
            listeners = list(self._listeners)
        people: dict[int, tuple[int, ...]] = {}
        for listener in listeners:
            ids = people.get(listener.holder.person_id, ())
            people[listener.holder.person_id] = tuple(dict.fromkeys(ids + listener.holder.principals))
        if not people:
            return
        pulses = pulses_of(people)
        for listener in listeners:
            pulse = pulses[listener.holder.person_id]
            if pulse != listener.told:
                listener.told = pulse
                listener.tell(pulse)

    def close(self) -> None:
        """End all streams and the watcher."""
        if self._watcher:
            self._watcher.stop()
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            listener.tell(None)
