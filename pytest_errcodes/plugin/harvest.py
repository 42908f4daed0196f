"""A harvest: what tests get and raise is noted as each ends, and a draft is made of it at last."""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from pytest_errcodes.active.ownership import find_ended_owner
from pytest_errcodes.disk.file_reading import UnreadableFileError, read_file
from pytest_errcodes.disk.file_writing import open_notes
from pytest_errcodes.envelope.exception_parts import iterate_leaves
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.plugin.decoded_json import DecodedJson
from pytest_errcodes.plugin.harvest_file import check_harvest_file
from pytest_errcodes.plugin.raised_reduction import reduce_exception
from pytest_errcodes.tools.harvesting.fact_reduction import reduce_answer, reduce_body
from pytest_errcodes.tools.harvesting.harvest_facts import SeenByTest, read_whole_line, write_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from pytest_errcodes.active.context import Context
    from pytest_errcodes.active.observation import RawAnswer
    from pytest_errcodes.catalog import Catalog
    from pytest_errcodes.plugin.catalogs import Catalogs
    from pytest_errcodes.plugin.settings import Settings
    from pytest_errcodes.simulation.network import Network
    from pytest_errcodes.tools.harvesting.harvest_facts import Fact

#: Under this name a worker of xdist is told the folder of its file.
_FOLDER = "errcodes_harvest"
#: Under this name it tells why it could not write there.
_FAILURE = "errcodes_harvest_failure"
_MOST_FACTS = 1_000

_MOST_NOTES = 2_000_000_000


class Harvested(Protocol):
    """What a harvest needs of its run."""

    context: Context

    @property
    def settings(self) -> Settings:
        """What options, environment and files set."""

    @property
    def catalogs(self) -> Catalogs:
        """The catalogs of the run."""

    @property
    def network(self) -> Network:
        """Where requests are caught."""

    def bind(self) -> None:
        """Bind to libraries and files before a test's fixtures can replace them."""

    def bind_catching(self) -> None:
        """Be told of what ``pytest.raises`` and the like catch from now on."""


def start_harvest(run: Harvested, config: pytest.Config) -> None:
    """Watch the tests of a run; its controller, or only process, writes the draft at the end.

    Raises:
        pytest.UsageError: The draft cannot be written, or the catalog in force is refused.
    """
    folder = getattr(config, "workerinput", {}).get(_FOLDER)
    if folder is None:
        try:
            writer = _prepare(run, config)
        except ErrcodesUsageError as mistake:
            raise pytest.UsageError(str(mistake)) from None
        config.pluginmanager.register(writer, "errcodes-harvest-draft")
        folder, tell = writer.folder, writer.failures.append
    else:
        tell = partial(config.workeroutput.__setitem__, _FAILURE)  # type: ignore[attr-defined]  # xdist's
    config.pluginmanager.register(HarvestWatch(run, Path(folder), tell), "errcodes-harvest")


def _prepare(run: Harvested, config: pytest.Config) -> DraftWriter:
    settings, name = run.settings, str(run.settings.harvest)
    documented = run.catalogs.own() if settings.is_chosen else None
    may_replace = bool(config.getoption("--errcodes-harvest-force"))
    path = check_harvest_file(
        name, config.invocation_params.dir, documented, may_replace=may_replace
    )
    return DraftWriter(name, path, documented, may_replace=may_replace)


class HarvestWatch:
    """Notes what each test of this process gets and raises, and writes it down as the test ends.

    Args:
        run: The run.
        folder: Where each process has a file.
        tell: Is told why nothing can be written there, if so.
    """

    def __init__(self, run: Harvested, folder: Path, tell: Callable[[str], None]) -> None:
        self._run = run
        self._folder = folder
        self._tell = tell
        self._has_failed = False
        self._facts: list[Fact] = []
        self._module: Any = None
        self._decoded = DecodedJson(self._take_decoded)
        self._bodies: set[bytes] = set()
        self._file: Any = None
        run.context.take_answer = self._take_answer
        run.context.take_raised = self._take_raised
        run.context.subscribe(_pass_over)  # without a subscriber our routes would tell nothing

    def _take_answer(self, answer: RawAnswer) -> None:
        if len(self._facts) < _MOST_FACTS and find_ended_owner() is None:
            sent = answer.method, answer.url
            self._facts.append(reduce_body(sent, answer.http_status, answer.library, answer.body))
            self._bodies.add((answer.body or b"").strip())

    def _take_decoded(self, text: str, value: dict[str, Any], library: str) -> None:
        """Note an answer that only the client has seen: a mock stood in place of its sending."""
        body = text.strip().encode(errors="replace")
        if len(self._facts) < _MOST_FACTS and not self._is_known(body):
            self._bodies.add(body)
            with suppress(Exception):  # an object that a hook of the client made may raise anything
                self._facts.append(reduce_answer(("", ""), 0, library, value, "object"))

    def _is_known(self, body: bytes) -> bool:
        """Return whether JSON is an answer that was seen, or stands in a text of one."""
        if body in self._bodies:
            return True
        quoted = json.dumps(body.decode(errors="replace"))[1:-1].encode()
        plain = json.dumps(body.decode(errors="replace"), ensure_ascii=False)[1:-1].encode()
        return any(quoted in whole or plain in whole for whole in self._bodies)

    def _take_raised(self, error: BaseException) -> None:
        from pytest_errcodes.judging.exception_codes import may_carry

        for one in iterate_leaves(error):
            if may_carry(one) and len(self._facts) < _MOST_FACTS:
                with suppress(Exception):  # one that cannot be read has no facts
                    fact = reduce_exception(one, self._module)
                    if fact not in self._facts[-1:]:  # caught by one block in another
                        self._facts.append(fact)

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Watch before the test's fixtures are set up, which may ask the API too."""
        self._facts.clear()
        self._bodies.clear()
        self._decoded.bind()
        self._module = getattr(item, "module", None)
        self._run.bind()
        self._run.bind_catching()
        self._run.network.watch()

    def pytest_runtest_call(self) -> None:
        """See to what its fixtures have replaced."""
        self._run.bind_catching()
        self._run.network.watch()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Note what ended the test, and write all down when it is torn down."""
        if call.when == "call" and call.excinfo is not None:
            self._take_raised(call.excinfo.value)
        report = yield
        if call.when == "teardown":
            self._decoded.unbind()
        if call.when == "teardown" and self._facts:
            self._write(write_facts(SeenByTest(item.nodeid, tuple(self._facts))))
            self._facts.clear()
        return report

    def _write(self, line: str) -> None:
        """Write a line; after one that cannot be written, whatever is the matter, no more."""
        if self._has_failed:
            return
        try:
            if self._file is None:
                # Opened once: a test may have put a fake file system up.
                self._folder.mkdir(exist_ok=True)
                self._file = open_notes(self._folder, ".jsonl")
            self._file.write(line)
            self._file.flush()
        except OSError as error:
            self._has_failed = True
            self._tell(error.strerror or str(error))

    def pytest_unconfigure(self) -> None:
        """Close the file, and stop watching: a run that is interrupted has no teardown's report."""
        self._decoded.unbind()
        if self._file is not None:
            with suppress(OSError):  # what could not be written is tried again
                self._file.close()


class DraftWriter:
    """Merges what all processes have noted, and writes the draft.

    Args:
        name: The file, as its user wrote it.
        path: Its path.
        documented: The catalog in force; None for none that a setting names.
        may_replace: Whether a file that is there may be written over.

    Attributes:
        folder: Where each process has a file.
        failures: Why processes could not write there.
    """

    def __init__(
        self, name: str, path: Path, documented: Catalog | None, *, may_replace: bool
    ) -> None:
        self.failures: list[str] = []
        self._may_replace = may_replace
        self._cut = 0
        self.folder = tempfile.mkdtemp(prefix="pytest-errcodes-harvest-")
        self._name = name
        self._path = path
        self._documented = documented
        self._lines: list[str] = []

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a worker of xdist where its file is to be."""
        node.workerinput[_FOLDER] = self.folder

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take what a worker of xdist tells as it ends; one that was killed tells nothing."""
        failure = getattr(node, "workeroutput", {}).get(_FAILURE)
        if failure is not None:
            self.failures.append(failure)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        """Write the draft."""
        from pytest_errcodes.plugin.harvest_summary import tell_lost, write_draft

        seen = self._read()
        lost = tell_lost(self._cut, self.failures)
        self._lines = lost + write_draft(
            seen, self._name, self._path, self._documented, may_replace=self._may_replace
        )

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Tell what was written, or why nothing was."""
        if self._lines:
            terminalreporter.ensure_newline()  # the line with the dots of the last file is open
            terminalreporter.section("errcodes: harvest")
            for line in self._lines:
                terminalreporter.line(line)

    def pytest_unconfigure(self) -> None:
        """Remove what the processes have noted."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _read(self) -> list[SeenByTest]:
        found: list[SeenByTest] = []
        for file in sorted(Path(self.folder).glob("*.jsonl")):
            # We wrote the file: its size is what a long run makes, so the bound is a large one.
            try:
                notes = read_file(file, _MOST_NOTES)
            except UnreadableFileError as error:
                self.failures.append(f"a process's notes {error.reason}")
                continue
            for line in notes.splitlines(keepends=True):
                test = read_whole_line(line)
                found += [] if test is None else [test]
                self._cut += test is None
        return sorted(found, key=lambda test: test.test)


def _pass_over(_: object) -> None:
    """Ignore an observation."""
