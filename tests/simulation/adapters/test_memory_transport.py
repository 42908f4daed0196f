"""A connection in memory: the request that is written to it, and how an answer comes back."""

from __future__ import annotations

import asyncio

from in_loop import in_loop

from pytest_errcodes.simulation.adapters.memory_transport import MemoryTransport

HEAD = b"POST /order HTTP/1.1\r\nHost: api.example.com\r\n"


class Client:
    """The client's side: keeps what comes."""

    def __init__(self):
        self.came = []
        self.lost = "not yet"
        self.raised = None

    def data_received(self, data):
        """Take what comes."""
        self.came.append(data)

    def connection_lost(self, error):
        """Take the end."""
        self.lost = error

    def set_exception(self, error):
        """Take what is to be raised."""
        self.raised = error


def connect(serve):
    """Return a client's side, and a transport that has begun a request."""
    client = Client()
    transport = MemoryTransport(asyncio.get_running_loop(), client, ("api.example.com", 443))
    transport.begin(serve)
    return client, transport


@in_loop
async def test_answered_later():
    """An answer comes after the client has written, as from afar, and once."""
    client, transport = connect(lambda transport: transport.send(b"answer"))
    transport.write(HEAD + b"\r\n")
    transport.write(b"too much")
    assert client.came == []
    await asyncio.sleep(0)
    assert client.came == [b"answer"]
    assert transport.get_extra_info("peername") == ("api.example.com", 443)


@in_loop
async def test_one_request_after_the_other():
    """A connection that was kept takes the next request."""
    bodies = []
    _, transport = connect(lambda _: None)
    for number in range(3):
        transport.begin(lambda transport: bodies.append(transport.request.body))
        transport.write(HEAD + b"Content-Length: 1\r\n\r\n%d" % number)
        await asyncio.sleep(0)
    assert bodies == [b"0", b"1", b"2"]


@in_loop
async def test_continue():
    """A client that waits before its body is told to go on."""
    client, transport = connect(lambda transport: transport.send(b"answer"))
    transport.write(HEAD + b"Expect: 100-continue\r\nContent-Length: 1\r\n\r\n")
    await asyncio.sleep(0)
    transport.write(b"x")
    await asyncio.sleep(0)
    assert client.came == [b"HTTP/1.1 100 Continue\r\n\r\n", b"answer"]


@in_loop
async def test_closed_by_its_client():
    """Who answers is cancelled, nothing comes any more, and the client hears of it once."""
    cancelled = []

    async def answer(transport):
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.append(transport)
            raise

    client, transport = connect(lambda transport: transport.run(answer(transport)))
    transport.write(HEAD + b"\r\n")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not transport.is_closing()
    transport.close()
    transport.abort()
    transport.send(b"answer")
    transport.fail(ValueError())
    await asyncio.sleep(0)
    assert (client.came, client.raised, client.lost) == ([], None, None)
    assert cancelled == [transport]
    assert transport.is_closing()


@in_loop
async def test_closed_before_it_is_asked():
    """A request that is given up at once asks nobody."""
    asked = []
    _, transport = connect(asked.append)
    transport.write(HEAD + b"\r\n")
    transport.close()
    await asyncio.sleep(0)
    assert asked == []


@in_loop
async def test_failure():
    """An error is raised where the client waits; in the middle of an answer it ends that."""
    client, transport = connect(lambda transport: transport.fail(ValueError("first")))
    transport.write(HEAD + b"\r\n")
    await asyncio.sleep(0)
    assert repr(client.raised) == "ValueError('first')"
    client, transport = connect(lambda transport: transport.send(b"half"))
    transport.write(HEAD + b"\r\n")
    await asyncio.sleep(0)
    transport.fail(ValueError("second"))
    assert (client.raised, repr(client.lost)) == (None, "ValueError('second')")


@in_loop
async def test_held_back():
    """Parts wait as long as the client wants a pause."""

    async def answer(transport):
        await transport.send_when_wanted(b"one")
        await transport.send_when_wanted(b"two")

    client, transport = connect(lambda transport: transport.run(answer(transport)))
    transport.pause_reading()
    transport.write(HEAD + b"\r\n")
    for _ in range(5):
        await asyncio.sleep(0)
    assert client.came == []
    assert not transport.is_reading()
    transport.resume_reading()
    for _ in range(5):
        await asyncio.sleep(0)
    assert client.came == [b"one", b"two"]
    assert transport.is_reading()


@in_loop
async def test_as_a_transport():
    """What asyncio asks of any transport is answered."""
    client, transport = connect(lambda _: None)
    transport.set_write_buffer_limits(high=1)
    transport.write_eof()
    assert transport.get_write_buffer_size() == 0
    assert not transport.can_write_eof()
    transport.resume_reading()
    assert transport.get_protocol() is client
    other = Client()
    transport.set_protocol(other)
    assert transport.get_protocol() is other
