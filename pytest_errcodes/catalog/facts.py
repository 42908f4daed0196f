"""Facts that never change: what a frozen dataclass is, for a twentieth of what making one takes."""

from __future__ import annotations

from operator import attrgetter
from typing import Any, ClassVar, NoReturn, Self, dataclass_transform


@dataclass_transform(frozen_default=True)
class Facts:
    """Facts that never change; equal, hashed and shown by what they hold.

    A subclass names its fields and their defaults as a dataclass does, and type checkers read it as
    one. ``dataclass`` writes methods for each class and compiles them, which takes a millisecond
    for one of many fields, and a run with a route would wait for it each time. Here all classes
    share these methods. An object takes longer to make, so this is for what is seldom made.
    """

    _fields: ClassVar[tuple[str, ...]] = ()
    _defaults: ClassVar[dict[str, Any]] = {}
    #: Returns what an object holds; written in C, for each test may compare a section.
    _read: ClassVar[attrgetter[Any]]

    def __init_subclass__(cls) -> None:
        own = tuple(cls.__annotations__)
        cls._fields = (*cls._fields, *own)
        cls._defaults = cls._defaults | {name: vars(cls)[name] for name in own if name in vars(cls)}
        cls._read = attrgetter(*cls._fields)

    def __init__(self, *values: Any, **named: Any) -> None:
        fields = self._fields
        given = dict(zip(fields, values, strict=False))
        facts = self._defaults | given | named
        twice = given.keys() & named.keys()
        if len(values) > len(fields) or twice or facts.keys() != set(fields):
            wanted = ", ".join(fields)
            raise TypeError(f"{type(self).__name__} takes ({wanted}), and got {values} {named}")
        vars(self).update(facts)

    def replaced(self, **changes: Any) -> Self:
        """Return the same facts with other values for some of them."""
        return type(self)(**self.as_dict() | changes)

    __replace__ = replaced  # for copy.replace

    def as_dict(self) -> dict[str, Any]:
        """Return each field with what it holds."""
        return {name: getattr(self, name) for name in self._fields}

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self is other or bool(self._read(self) == self._read(other))

    def __hash__(self) -> int:
        return hash(self._read(self))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._fields)
        return f"{type(self).__qualname__}({shown})"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is immutable: {name} cannot be set")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is immutable: {name} cannot be deleted")
