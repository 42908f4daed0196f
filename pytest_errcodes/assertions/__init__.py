"""Assertions that know the catalog; they take anything that ``Envelope.of`` reads."""
