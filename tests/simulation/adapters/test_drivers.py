"""One body, run for a synchronous and for an asynchronous caller."""

from __future__ import annotations

import asyncio

import pytest

from pytest_errcodes.simulation.adapters.drivers import run, run_async


def sync_step(value):
    """Return the value, or raise it."""
    if isinstance(value, BaseException):
        raise value
    return value


async def async_step(value):
    """Return the value, or raise it, when it is awaited."""
    await asyncio.sleep(0)
    return sync_step(value)


KINDS = {
    "sync": (sync_step, run),
    "async": (async_step, lambda body: asyncio.run(run_async(body))),
}
both = pytest.mark.parametrize(("step", "drive"), KINDS.values(), ids=KINDS)


@both
def test_result(step, drive):
    """A body gets what its steps come to, and its own result is returned."""

    def body():
        one = yield step(1)
        other = yield step(2)
        return one, other

    assert drive(body()) == (1, 2)


@both
def test_without_a_step(step, drive):
    """A body need not wait for anything."""

    def body():
        return 7
        yield

    assert drive(body()) == 7


@both
def test_body_inside_a_body(step, drive):
    """A body may run another one."""

    def inner():
        return (yield step("inner"))

    def body():
        return (yield from inner()), (yield step("outer"))

    assert drive(body()) == ("inner", "outer")


@both
def test_error_that_the_body_handles(step, drive):
    """What a step raises is raised in the body."""

    def body():
        try:
            yield step(KeyError("a"))
        except KeyError:
            return (yield step("handled"))

    assert drive(body()) == "handled"


@both
def test_error(step, drive):
    """What the body does not handle reaches the caller, as it was raised."""
    error = KeyError("a")

    def body():
        yield step(error)

    with pytest.raises(KeyError) as caught:
        drive(body())
    assert caught.value is error


@both
def test_error_of_the_body(step, drive):
    """So does what the body raises itself."""

    def body():
        yield step(1)
        raise RuntimeError("no") from KeyError("a")

    with pytest.raises(RuntimeError, match=r"^no$") as caught:
        drive(body())
    assert isinstance(caught.value.__cause__, KeyError)


def test_exhausted_iterator():
    """A StopIteration of a user's code reaches a synchronous caller, whatever runs it."""

    def inner():
        next(iter(()))
        yield

    def body():
        yield from inner()

    with pytest.raises(StopIteration):
        run(body())


def test_cancelled():
    """A task that is cancelled is cancelled inside the body."""
    seen = []

    def body():
        try:
            yield asyncio.sleep(60)
        except asyncio.CancelledError:
            seen.append("cancelled")
            raise

    async def scenario():
        task = asyncio.ensure_future(run_async(body()))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(scenario())
    assert seen == ["cancelled"]
