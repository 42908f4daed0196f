"""Who observes now, and how all of them are told: the one door for whatever saw an envelope.

It stands apart from the context, which is imported in each run, also in one without tests of ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_errcodes.active.context import current
from pytest_errcodes.active.ownership import find_ended_owner

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.active.observation import NoEnvelope, Observation

#: What an item of a batch says itself; the rest is as in the answer around it.
_OF_ITEMS = ("code", "message", "data", "shape", "succeeded")


def observe(observation: Observation) -> None:
    """Tell all who observe now of one envelope.

    What a thread or a task sees that has outlived its test is nothing to the test that runs now.
    """
    if find_ended_owner() is not None:
        return
    context = current()
    if not observation.surfaced:
        context.received += 1
    for observer in tuple(context.observers):  # another thread may add or remove one meanwhile
        observer(observation)


def observe_batch(observation: Observation, items: Iterable[Any]) -> None:
    """Tell of one envelope, and of those of its items that are errors, each as an answer."""
    observe(observation)
    codes = {observation.code}
    meanwhile = observation.meanwhile
    for item in items:
        if item.is_success:
            continue
        parts = {name: getattr(item, name) for name in _OF_ITEMS}
        meanwhile += bool(meanwhile)  # what came before the first of them comes before all
        observe(observation._replace(**parts, repeats=item.code in codes, meanwhile=meanwhile))
        codes.add(item.code)


def observe_no_envelope(answer: NoEnvelope) -> None:
    """Note an answer that is no envelope, for the test that runs now."""
    if find_ended_owner() is None:
        current().no_envelopes.append(answer)
