"""The one door to files: each that is read or written comes through here."""
