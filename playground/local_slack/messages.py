"""All messages of a workspace, found by conversation and by time without a search."""

from __future__ import annotations

from collections.abc import Iterator

from .model import Message


class Messages:
    """In the order in which they were added; whoever uses it holds the workspace's lock."""

    def __init__(self) -> None:
        self._all: dict[tuple[str, str], Message] = {}
        self._rooms: dict[str, dict[str, Message]] = {}

    def __iter__(self) -> Iterator[Message]:
        return iter(self._all.values())

    def __len__(self) -> int:
        return len(self._all)

    def add(self, message: Message) -> None:
        """Raises ValueError when that conversation has a message of that very time."""
        if (message.channel, message.ts) in self._all:
            raise ValueError(f"{message.channel} has a message of {message.ts} already.")
        self._all[message.channel, message.ts] = message
        self._rooms.setdefault(message.channel, {})[message.ts] = message

    def remove(self, message: Message) -> None:
        self._all.pop((message.channel, message.ts), None)
        self._rooms.get(message.channel, {}).pop(message.ts, None)

    def clear(self) -> None:
        self._all.clear()
        self._rooms.clear()

    def find(self, channel_id: str, ts: str) -> Message | None:
        return self._all.get((channel_id, ts))

    def of(self, channel_id: str) -> list[Message]:
        return list(self._rooms.get(channel_id, {}).values())
