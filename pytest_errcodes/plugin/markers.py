"""Our markers, each described once: pytest's ``--markers``, the checks and the pages use it."""

from __future__ import annotations

from os import PathLike

_NOTHING = type(None)


class Option:
    """One keyword argument of a marker.

    Attributes:
        kinds: The types that it takes; the first one is advised.
        example: How it is written, in Python.
        meaning: What it says, in Markdown of the pages.
        default: What it is where it is not given.
        shown_default: The default in Markdown, where its value tells nothing.
    """

    # Each run makes these, and a named tuple takes ten times as long to be made.
    def __init__(
        self,
        kinds: tuple[type, ...],
        example: str,
        meaning: str,
        *,
        default: object = None,
        shown_default: str = "",
    ) -> None:
        self.kinds = kinds
        self.example = example
        self.meaning = meaning
        self.default = default
        self.shown_default = shown_default


class Marker:
    """One of our markers.

    Attributes:
        arguments: Its positional arguments, as they are shown; empty for none.
        purpose: What it does, in one sentence.
        options: Its keyword arguments, by name.
        by_position: What people write as an option that is a positional argument.
    """

    def __init__(
        self,
        arguments: str,
        purpose: str,
        options: dict[str, Option],
        by_position: tuple[str, ...] = (),
    ) -> None:
        self.arguments = arguments
        self.purpose = purpose
        self.options = options
        self.by_position = by_position


MARKERS = {
    "expects_code": Marker(
        "code, ...",
        "these business codes must surface: in an exception, or in what an assertion looks at.",
        {
            "argument": Option(
                (str, _NOTHING),
                'argument="code"',
                "the code is what the [row](#tables) of `parametrize` has in this argument",
                shown_default="the codes named first",
            ),
            "any_of": Option(
                (bool,),
                "any_of=True",
                "one of the codes is enough; another that surfaces must be as expected too",
                default=False,
            ),
            "params": Option(
                (tuple, list, _NOTHING),
                'params=("20",)',
                "what stands in the message where its [template](catalogs.md#messages) has "
                "placeholders, compared as text; for a single code",
                shown_default="anything",
            ),
            "message": Option(
                (str, _NOTHING),
                'message="…"',
                "`template`, `warn` or `ignore` [judge the message]"
                "(assertions.md#messages-that-drift) so; any other text is the exact message",
                shown_default="the ini setting",
            ),
            "exception": Option(
                (type, str, tuple, _NOTHING),
                "exception=ApiError",
                "the [class](#the-class) of the exception: a class, several in a tuple, or a name",
                shown_default="the catalog's, if it names one",
            ),
            "times": Option(
                (int, _NOTHING),
                "times=2",
                "how often the client must receive each code",
                shown_default="as often as it surfaces",
            ),
            "surfaced": Option(
                (bool, _NOTHING),
                "surfaced=False",
                "the client handles what it receives: its caller must not see the code; `None` "
                "for either",
                default=True,
            ),
            "received": Option(
                (bool,),
                "received=False",
                "the client raises the code by itself, and need not receive it from a route",
                default=True,
            ),
            "early": Option(
                (bool,),
                "early=True",
                "the exception may [end the test anywhere](#code-below-the-line-that-raises): "
                "what stands below need not run, nor a loop go on",
                default=False,
            ),
            "undocumented": Option(
                (bool,),
                "undocumented=True",
                "the catalog lacks the codes, on purpose; their message is judged only if "
                "`message` gives it to the letter",
                default=False,
            ),
        },
        ("code", "codes", "error_code"),
    ),
    "every_code": Marker(
        "selector, ...",
        "run the test once for each code that the selectors pick, as the argument error_code.",
        {
            "expects": Option(
                (bool,),
                "expects=False",
                "only parametrize: no test expects its code",
                default=True,
            ),
            "surfaced": Option(
                (bool, _NOTHING),
                "surfaced=False",
                "as in `expects_code`, for each of the tests",
                default=True,
            ),
            "exception": Option(
                (type, str, tuple, _NOTHING),
                "exception=ApiError",
                "as in `expects_code`, for each of the tests",
                shown_default="the catalog's, if it names one",
            ),
            "times": Option(
                (int, _NOTHING),
                "times=2",
                "as in `expects_code`, for each of the tests",
                shown_default="as often as it surfaces",
            ),
            "early": Option(
                (bool,),
                "early=True",
                "as in `expects_code`",
                default=False,
            ),
        },
        ("selector", "selectors", "section", "code", "codes"),
    ),
    "errcodes": Marker(
        "",
        "settings of the errcodes fixture, and the catalog of the test's markers.",
        {
            "base_url": Option(
                (str, _NOTHING),
                "base_url=",
                "put in front of the routes' paths",
                shown_default="ini `errcodes_base_url`",
            ),
            "catalog": Option(
                (str, PathLike, _NOTHING),
                "catalog=",
                "the catalog of the routes, markers and helpers of the test",
                shown_default="[the run's](catalogs.md#which-catalog)",
            ),
            "assert_all_called": Option(
                (bool,),
                "assert_all_called=",
                "whether a route that nobody called fails the test",
                default=True,
            ),
            "assert_all_mocked": Option(
                (bool,),
                "assert_all_mocked=",
                "whether a request that no route matches fails it; if not, it gets an empty HTTP "
                "200, as in respx",
                default=True,
            ),
            "assert_all_sent": Option(
                (bool,),
                "assert_all_sent=",
                "whether a [script](#a-script-that-ends-early) that was not sent to its end "
                "fails it",
                default=True,
            ),
            "network": Option(
                (str, _NOTHING),
                'network="allow"',
                "what [would leave this machine](#nothing-leaves) does so, and is not refused",
                default="refuse",
            ),
            "owns_threads": Option(
                (bool,),
                "owns_threads=False",
                "what the test starts and leaves running works for the tests after it",
                default=True,
            ),
        },
    ),
}


def write_marker_lines() -> list[str]:
    """Return what ``pytest --markers`` says of each: its arguments, and its purpose."""
    return [
        f"{name}({', '.join(_list_arguments(marker))}): {marker.purpose}"
        for name, marker in MARKERS.items()
    ]


def _list_arguments(marker: Marker) -> list[str]:
    named = [f"{name}={option.default!r}" for name, option in marker.options.items()]
    return [marker.arguments, *named] if marker.arguments else named


def write_option_table(name: str) -> str:
    """Return a marker's options as the table of its page, in Markdown."""
    rows = ["| option | default | what it says |", "| --- | --- | --- |"]
    for option in MARKERS[name].options.values():
        default = option.shown_default or f"`{option.default}`"
        rows.append(f"| `{option.example}` | {default} | {option.meaning} |")
    return "\n".join(rows)
