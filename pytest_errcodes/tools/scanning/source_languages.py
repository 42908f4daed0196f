"""Which files are source, and of which language."""

from __future__ import annotations

PYTHON = "python"

# What a file's ending says of its language, by the name that Pygments gives it. Data (JSON, YAML,
# TOML), templates, styles and documents are no source: they hold codes that nobody handles.
_BY_ENDING = {
    ".py": PYTHON,
    ".pyi": PYTHON,
    ".pyw": PYTHON,
    ".c": "c",
    ".cc": "cpp",
    ".clj": "clojure",
    ".cljs": "clojure",
    ".cpp": "cpp",
    ".cs": "csharp",
    ".cxx": "cpp",
    ".cts": "typescript",
    ".cjs": "javascript",
    ".dart": "dart",
    ".erl": "erlang",
    ".ex": "elixir",
    ".exs": "elixir",
    ".fs": "fsharp",
    ".go": "go",
    ".groovy": "groovy",
    ".h": "c",
    ".hpp": "cpp",
    ".hs": "haskell",
    ".java": "java",
    ".jl": "julia",
    ".js": "javascript",
    ".jsx": "javascript",
    ".kt": "kotlin",
    ".kts": "kotlin",
    ".lua": "lua",
    ".m": "objective-c",
    ".mjs": "javascript",
    ".mm": "objective-c++",
    ".mts": "typescript",
    ".nim": "nim",
    ".php": "php",
    ".pl": "perl",
    ".pm": "perl",
    ".rb": "ruby",
    ".rs": "rust",
    ".scala": "scala",
    ".swift": "swift",
    ".ts": "typescript",
    ".tsx": "tsx",
    ".vb": "vbnet",
    ".zig": "zig",
}
# Files that a bundler made from source that stands elsewhere.
_MADE = (".min.js", ".bundle.js", ".min.mjs")


def language_of(name: str) -> str | None:
    """Return the language of a file by its name, as Pygments calls it; None if it is no source."""
    lowered = name.lower()
    if lowered.endswith(_MADE):
        return None
    dot = lowered.rfind(".")
    return _BY_ENDING.get(lowered[dot:]) if dot >= 0 else None
