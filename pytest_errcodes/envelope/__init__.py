"""One answer of the API, and reading one out of anything."""
