"""HTTP as uvicorn reads it, with a limit on the time and the size of the headers."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from shouwang.config.front import limits


class PatientProtocol(HttpToolsProtocol):
    """Lets go of a connection that does not finish its headers; a slow trickle would hold it for ever."""

    _deadline: asyncio.TimerHandle | None = None
    _head_open = True
    _head_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        self._expect_head()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._head_open = False
        self._stop_waiting()
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._head_open:
            self._head_bytes += len(data)
            if self._head_bytes > limits.HEAD_BYTES and not self.transport.is_closing():
                self.send_400_response("The request's headers are too long.")

    def _expect_head(self) -> None:
        self._stop_waiting()
        self._head_open, self._head_bytes = True, 0
        self._deadline = self.loop.call_later(limits.HEAD_S, self._give_up)

    def _give_up(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()

    def _stop_waiting(self) -> None:
        if self._deadline:
            self._deadline.cancel()
            self._deadline = None
