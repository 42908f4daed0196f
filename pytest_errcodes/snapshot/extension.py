"""Snapshots of envelopes: what syrupy stores of them, and the fixture ``envelope_snapshot``."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeGuard

from syrupy.assertion import SnapshotAssertion
from syrupy.exceptions import TaintedSnapshotError
from syrupy.extensions.amber import AmberSnapshotExtension

from pytest_errcodes.active.observation import place_of_caller
from pytest_errcodes.catalog.field_paths import ABSENT
from pytest_errcodes.envelope.broken_objects import get_attribute, tell_error
from pytest_errcodes.envelope.envelope import Envelope
from pytest_errcodes.envelope.foreign_objects import name_type
from pytest_errcodes.envelope.refusal import NotAnEnvelopeError
from pytest_errcodes.errors import ErrcodesError, ErrcodesUsageError
from pytest_errcodes.snapshot.masking import Masks, unmasked
from pytest_errcodes.snapshot.snapshot_block import has_other_format, write_blocks
from pytest_errcodes.snapshot.whole_files import WholeFiles

if TYPE_CHECKING:
    import pytest
    from syrupy.location import PyTestLocation
    from syrupy.types import PropertyFilter, PropertyMatcher, SnapshotIndex

__all__ = ["EnvelopeSnapshot", "EnvelopeSnapshotExtension", "envelope_snapshot", "unmasked"]

# No word, since syrupy looks for the words of -k in the names of snapshots, and plain
# ``snapshot`` may have stored one under the name of the same test.
_NAME_SUFFIX = "[{}]"


def envelope_snapshot(request: pytest.FixtureRequest) -> EnvelopeSnapshot:
    """Return the value of the fixture ``envelope_snapshot``.

    It is built on the fixture ``snapshot`` in force, with that one's defaults.

    Raises:
        ErrcodesUsageError: There is no ``snapshot`` of syrupy (``snapshot-without-syrupy``).
    """
    __tracebackhide__ = True
    who = f"{request.node.name} asks for envelope_snapshot"
    if not request.config.pluginmanager.hasplugin("syrupy"):
        raise ErrcodesUsageError(
            "snapshot-without-syrupy",
            f"{who}, but the plugin syrupy is not active",
            "run without -p no:syrupy; where plugins are not loaded by themselves, add -p syrupy",
        )
    snapshot = request.getfixturevalue("snapshot")
    if not isinstance(snapshot, SnapshotAssertion):
        raise ErrcodesUsageError(
            "snapshot-without-syrupy",
            f"{who}, but the fixture snapshot gives a {name_type(snapshot)}, not syrupy's",
            "give the other fixture another name, or switch the plugin that brings it off",
        )
    options = {
        field.name: getattr(snapshot, field.name) for field in fields(snapshot) if field.init
    }
    return EnvelopeSnapshot(**options | {"extension_class": EnvelopeSnapshotExtension})


class EnvelopeSnapshot(SnapshotAssertion):
    """A snapshot of syrupy that is compared with envelopes: ``error == envelope_snapshot``.

    All that a user of syrupy knows works: calling it with ``name``, ``matcher``, ``exclude`` and
    ``include``, ``with_defaults``, ``--snapshot-update``. Filters and matchers see the data, from
    its root on, and go before the masks.
    """

    def __eq__(self, other: object) -> bool:
        """Compare one envelope, or a list of them, with what is stored.

        Args:
            other: Anything that ``Envelope.of`` reads; several in a list or tuple.

        Raises:
            NotAnEnvelopeError: No envelope can be read out of it; nothing is stored then.
        """
        __tracebackhide__ = True
        matches = super().__eq__(other)
        error = self.executions[self.num_executions - 1].exception
        if isinstance(error, ErrcodesError):
            raise error.with_traceback(None) from None
        if matches:
            place = place_of_caller("envelope_snapshot")
            carriers: list[object] = list(other) if _are_several(other) else [other]
            for envelope, carrier in zip(read_envelopes(other), carriers, strict=True):
                envelope.surface("assertion", place, carrier)
        return matches

    def assert_match(self, data: object) -> None:
        """Assert that envelopes are as stored; for those who cannot write ``==``.

        Args:
            data: Anything that ``Envelope.of`` reads; several in a list or tuple.

        Raises:
            NotAnEnvelopeError: No envelope can be read out of it.
        """
        __tracebackhide__ = True
        # Pytest prints what syrupy's method was called with: envelopes hide their secrets.
        super().assert_match(read_envelopes(data))

    __hash__ = None  # type: ignore[assignment]  # as in syrupy: its equality is no identity


class EnvelopeSnapshotExtension(AmberSnapshotExtension):
    """Stores a readable block for each envelope, among the other snapshots of the module."""

    serializer_class = WholeFiles

    def serialize(
        self,
        data: Any,
        *,
        exclude: PropertyFilter | None = None,
        include: PropertyFilter | None = None,
        matcher: PropertyMatcher | None = None,
        **_: Any,
    ) -> str:
        """Return one block for each envelope in ``data``.

        Args:
            data: Anything that ``Envelope.of`` reads; several in a list or tuple.
            exclude: Leaves out fields of the data.
            include: Leaves out all other fields of the data.
            matcher: What it returns instead of a value of the data is written unmasked.

        Raises:
            NotAnEnvelopeError: No envelope can be read out of it, or its data raises when written.
        """
        envelopes = read_envelopes(data)
        masks = Masks()

        def write(value: Any) -> str:
            given: Any = {"exclude": exclude, "include": include}
            matching = masks.make_matcher(matcher)
            try:
                return self.serializer_class.serialize(value, matcher=matching, **given)
            except Exception:
                self._check_data(value)
                raise  # what the user gave tells its own errors

        return write_blocks(envelopes, masks, write) or "no envelopes"

    def _check_data(self, value: Any) -> None:
        """Raise ``NotAnEnvelopeError`` if data cannot be written even with no matcher around it."""
        try:
            self.serializer_class.serialize(value, matcher=Masks().make_matcher(None))
        except Exception as error:  # noqa: BLE001  # a foreign object may raise anything
            message = f"the data of the envelope cannot be written: {tell_error(error)}"
            raise NotAnEnvelopeError("not-an-envelope", message) from None

    def read_snapshot_data_from_location(
        self, snapshot_location: str, snapshot_name: str, session_id: str
    ) -> Any:
        """Return what is stored under a name, None when nothing is.

        Raises:
            TaintedSnapshotError: It is a block of another format.
        """
        data = super().read_snapshot_data_from_location(
            snapshot_location=snapshot_location,
            snapshot_name=snapshot_name,
            session_id=session_id,
        )
        if data is not None and has_other_format(data):
            raise TaintedSnapshotError(snapshot_data=data)
        return data

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: SnapshotIndex = 0) -> str:
        """Return the name of a snapshot: ``test_order[{}]``, ``test_order[{}].1``."""
        test = super().get_snapshot_name(test_location=test_location)
        name = super().get_snapshot_name(test_location=test_location, index=index)
        return f"{test}{_NAME_SUFFIX}{name.removeprefix(test)}"


def read_envelopes(data: Any) -> list[Envelope]:
    """Return the envelopes in an object, or in a list or tuple of them.

    Raises:
        NotAnEnvelopeError: One of them is none; the text says which.
    """
    if not _are_several(data):
        return [Envelope.of(data)]
    several: Any = data
    # What it holds, whatever its own methods say.
    items = list((list if issubclass(type(data), list) else tuple).__iter__(several))
    envelopes = []
    for number, item in enumerate(items, 1):
        try:
            envelopes.append(Envelope.of(item))
        except NotAnEnvelopeError as error:
            message = f"item {number} of {len(items)} is {error.message}"
            raise NotAnEnvelopeError(error.slug, message, error.hint) from None
    return envelopes


def _are_several(data: object) -> TypeGuard[list[Any] | tuple[Any, ...]]:
    """Return whether these are several envelopes; a named tuple may be one."""
    return issubclass(type(data), list | tuple) and get_attribute(data, "_fields") is ABSENT
