"""A plugin that does nothing: what pytest does for any of them is not ours."""
