"""The option ``--errcodes-catalog`` and the ini settings."""

from __future__ import annotations

import pytest

from pytest_errcodes.catalog.settings.setting import DEFAULTS
from pytest_errcodes.plugin.options import INI_SETTINGS


def catalog(name):
    """Return the text of a catalog with one code, which is its name's first letter."""
    return f"""
        name = "{name}"

        [sections.only.codes]
        {ord(name[0])} = "of {name}"
    """


WHICH = """
    def test_catalog(errcode_catalog):
        print("CATALOG", errcode_catalog.name)
"""


def in_force(project, *arguments):
    """Return the name of the catalog in force in the one test."""
    lines = project.run("-s", *arguments).text.splitlines()
    (found,) = (line.partition("CATALOG ")[2] for line in lines if "CATALOG" in line)
    return found


# -- which catalog ---------------------------------------------------------------------------


def test_embedded_catalog(project):
    """Without any setting, the embedded catalog is in force."""
    project.tests(WHICH)
    assert in_force(project) == "ltp"


def test_ini_setting(project):
    """errcodes_catalog names another one, from the root folder on."""
    project.file("catalogs/alpha.toml", catalog("alpha"))
    project.ini("errcodes_catalog = catalogs/alpha.toml")
    project.tests(WHICH, "deep/test_orders.py")
    assert in_force(project, "deep") == "alpha"


def test_settings_are_those_of_the_start(project):
    """What a test sets for what it starts is not in force for itself, nor for later tests."""
    project.file("alpha.toml", catalog("alpha"))
    project.tests(
        """
        from pytest_errcodes import assert_documented

        def test_setting(monkeypatch):
            monkeypatch.setenv("ERRCODES_CATALOG", "alpha.toml")
            assert_documented({"code": 401009, "message": "clientOrderId already exists"})

        def test_catalog(errcode_catalog):
            print("CATALOG", errcode_catalog.name)
        """
    )
    assert in_force(project) == "ltp"


def test_each_setting_is_known_where_it_is_read():
    """Whether any is set is asked at the start, without importing what knows them all."""
    assert tuple(DEFAULTS) == INI_SETTINGS


def test_option(project):
    """--errcodes-catalog goes before the ini setting."""
    project.file("alpha.toml", catalog("alpha"))
    project.file("beta.toml", catalog("beta"))
    project.ini("errcodes_catalog = alpha.toml")
    project.tests(WHICH)
    assert in_force(project, "--errcodes-catalog=beta.toml") == "beta"
    assert in_force(project, "--errcodes-catalog", "ltp") == "ltp"


def test_option_starts_where_pytest_was_started(project, monkeypatch):
    """A relative path of the option starts at the current folder, as paths in a shell do."""
    project.file("deep/alpha.toml", catalog("alpha"))
    project.tests(WHICH, "deep/test_orders.py")
    monkeypatch.chdir(project.path / "deep")
    assert in_force(project, "--errcodes-catalog=alpha.toml") == "alpha"
    assert in_force(project, f"--errcodes-catalog={project.path}/deep/alpha.toml") == "alpha"


def test_marker(project):
    """A marker goes before option and ini setting, and the nearest marker wins."""
    for name in ("alpha", "beta", "gamma"):
        project.file(f"{name}.toml", catalog(name))
    project.tests("""
        pytestmark = pytest.mark.errcodes(catalog="alpha.toml")

        @pytest.mark.errcodes(catalog="beta.toml")
        class TestOrders:
            def test_class(self, errcode_catalog):
                assert errcode_catalog.name == "beta"

            @pytest.mark.errcodes(catalog="gamma.toml")
            def test_function(self, errcode_catalog):
                assert errcode_catalog.name == "gamma"

        def test_module(errcode_catalog):
            assert errcode_catalog.name == "alpha"

        @pytest.mark.errcodes(catalog=None, base_url="https://api.test")
        def test_none(errcode_catalog):
            assert errcode_catalog.name == "alpha"
    """)
    assert project.run("--errcodes-catalog=ltp").outcomes == {"passed": 4}


def test_marker_starts_beside_the_test(project):
    """A relative path of a marker starts at the test's file, so that equal names may differ."""
    for folder in ("one", "two"):
        project.file(f"{folder}/codes.toml", catalog(folder))
        project.tests(
            f"""
            @pytest.mark.errcodes(catalog="codes.toml")
            @pytest.mark.expects_code({ord(folder[0])})
            def test_order(errcodes):
                errcodes.reply({ord(folder[0])})
                place_order()
            """,
            f"{folder}/test_{folder}.py",
        )
    assert project.run().outcomes == {"passed": 2}


def test_marker_starts_at_the_root_folder(project, monkeypatch):
    """Where no such file is beside the test, the marker's path starts at the root folder."""
    project.file("codes.toml", catalog("alpha"))
    body = WHICH.replace("    def", "    @pytest.mark.errcodes(catalog='codes.toml')\n    def")
    project.tests(body, "deep/test_orders.py")
    monkeypatch.chdir(project.path / "deep")
    assert in_force(project, "--errcodes-catalog=ltp") == "alpha"


def test_marker_with_a_path_object(project):
    """A marker may name its catalog by a pathlib path."""
    project.file("codes.toml", catalog("alpha"))
    project.tests("""
        from pathlib import Path

        @pytest.mark.errcodes(catalog=Path(__file__).with_name("codes.toml"))
        @pytest.mark.expects_code(97)
        def test_order(errcodes):
            errcodes.reply(97)
            place_order()
    """)
    assert project.run().outcomes == {"passed": 1}


def test_missing_catalog_of_the_option(project):
    """A catalog that is not there is told of with the option that asks for it."""
    project.tests("""
        @pytest.mark.expects_code(401009)
        def test_order():
            pass
    """)
    assert project.run("--errcodes-catalog=alpha.toml").error("test_order") == (
        "--errcodes-catalog=alpha.toml: catalog file "
        f"{project.path}/alpha.toml does not exist\n"
        f"hint: there is no .toml file in {project.path}"
    )


def test_catalog_in_force_judges_everything(project):
    """Routes, assertions and matchers of a test use the catalog of its marker."""
    project.file("codes.toml", catalog("alpha"))
    project.tests("""
        @pytest.mark.errcodes(catalog="codes.toml")
        def test_ours(errcodes):
            errcodes.reply(97)
            body = httpx.get(URL).json()
            assert_code(body, 97)
            assert body == IsCode(97)
            with raises_code(97):
                raise ApiError(97, "of alpha")

        def test_other():
            assert_code({"code": 401009, "message": "clientOrderId already exists"}, 401009)
    """)
    assert project.run().outcomes == {"passed": 2}


def test_helpers_in_fixtures_use_the_catalog_of_the_test(project):
    """A fixture's own assertions are judged by the catalog of the test that asks for it."""
    project.file("codes.toml", catalog("alpha"))
    project.tests("""
        @pytest.fixture
        def checked():
            assert_code({"code": 97, "message": "of alpha"}, 97)
            yield
            assert_code({"code": 97, "message": "of alpha"}, 97)

        @pytest.mark.errcodes(catalog="codes.toml")
        def test_order(checked):
            pass
    """)
    assert project.run().outcomes == {"passed": 1}


def test_catalog_in_the_workers_of_xdist(project):
    """Option and relative path reach the workers."""
    project.file("alpha.toml", catalog("alpha"))
    project.tests("""
        @pytest.mark.parametrize("number", range(4))
        def test_catalog(errcode_catalog, number):
            assert errcode_catalog.name == "alpha"
    """)
    outcome = project.start("-n2", "--errcodes-catalog=alpha.toml", plugins=("xdist.plugin",))
    assert outcome.outcomes == {"passed": 4}


# -- errcodes_base_url -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "base_url", ["https://api.test", "https://api.test/", "https://*.test", "all"]
)
def test_base_url(project, base_url):
    """errcodes_base_url stands in front of the routes' paths."""
    project.ini(f"errcodes_base_url = {base_url}")
    project.tests("""
        def test_order(errcodes):
            errcodes.post("/order").reply(200000)
            place_order()
    """)
    assert project.run().outcomes == {"passed": 1}


def test_base_url_of_another_host(project):
    """A request to another host is matched by no route."""
    project.ini("errcodes_base_url = https://other.test")
    project.tests("""
        def test_order(errcodes):
            errcodes.post("/order").reply(200000)
            swallow_order()
    """)
    assert project.run().failure("test_order") == (
        "no route matches POST https://api.test/order\n"
        "nearest route:\n"
        "  POST https://other.test/order\n"
        "    host is api.test, not other.test\n"
        "\n"
        "no request reached POST https://other.test/order"
    )


def test_base_url_of_a_marker(project):
    """A marker's base URL goes before the ini setting, None leaves it in force."""
    project.ini("errcodes_base_url = https://api.test")
    project.tests("""
        @pytest.mark.errcodes(base_url="https://other.test")
        def test_other(errcodes):
            errcodes.get("/order").reply(200000)
            httpx.get("https://other.test/order")

        @pytest.mark.errcodes(base_url=None)
        def test_order(errcodes):
            errcodes.post("/order").reply(200000)
            place_order()
    """)
    assert project.run().outcomes == {"passed": 2}


# -- errcodes_message ------------------------------------------------------------------------

DRIFTED = """
    BODY = {"code": 401009, "message": "clientOrderId is taken"}

    def test_first():
        assert_code(BODY, 401009)

    @pytest.mark.expects_code(401009)
    def test_second():
        assert_code({"code": 401018, "message": "No order\\n of that id, token=abc123"}, 401018)
        raise ApiError(**BODY)
"""
REPORT = """
401009  in 2 tests
  documented  clientOrderId already exists
  came        clientOrderId is taken
401018  in 1 test
  documented  Order not found
  came        No order\\n of that id, token=<secret>
""".strip()
TITLE = "errcodes: messages that drifted from the catalog"


def test_messages_must_fit(project):
    """By default a message that does not fit its template fails."""
    project.tests(DRIFTED)
    assert project.run().outcomes == {"failed": 2}


@pytest.mark.parametrize("plugins", [(), ("xdist.plugin",)], ids=["one process", "xdist"])
def test_messages_that_drift_are_reported(project, plugins):
    """With warn they pass, and the end of the run tells each text once, in how many tests."""
    project.ini("errcodes_message = warn")
    project.tests(DRIFTED)
    outcome = project.start("-n2", plugins=plugins) if plugins else project.run()
    assert outcome.outcomes == {"passed": 2}
    assert outcome.section(TITLE) == REPORT


def test_messages_are_ignored(project):
    """With ignore they pass, and nothing is told."""
    project.ini("errcodes_message = ignore")
    project.tests(DRIFTED)
    outcome = project.run()
    assert outcome.outcomes == {"passed": 2}
    assert TITLE not in outcome.text


def test_message_policy_of_a_helper(project):
    """A helper's own message= goes before the setting."""
    project.ini("errcodes_message = ignore")
    project.tests("""
        BODY = {"code": 401009, "message": "clientOrderId is taken"}

        def test_template():
            assert_code(BODY, 401009, message="template")

        def test_warn():
            assert_code(BODY, 401009, message="warn")
    """)
    outcome = project.run()
    assert outcome.outcomes == {"failed": 1, "passed": 1}
    assert outcome.section(TITLE).startswith("401009  in 1 test\n")


def test_drift_in_fixtures_is_reported(project):
    """Messages that drift while fixtures are set up or torn down are reported too."""
    project.ini("errcodes_message = warn")
    project.tests("""
        @pytest.fixture
        def checked():
            assert_code({"code": 401009, "message": "before"}, 401009)
            yield
            assert_code({"code": 401009, "message": "after"}, 401009)

        def test_order(checked):
            pass
    """)
    assert project.run().section(TITLE) == (
        "401009  in 1 test\n"
        "  documented  clientOrderId already exists\n"
        "  came        after\n"
        "401009  in 1 test\n"
        "  documented  clientOrderId already exists\n"
        "  came        before"
    )


def test_drift_that_no_terminal_can_show(project):
    """A message that is no valid Unicode, or has 5 MB, does not break the report or a worker."""
    project.ini("errcodes_message = warn")
    project.tests("""
        def test_order():
            assert_code({"code": 401009, "message": "\\ud800" + "x" * 5_000_000}, 401009)
    """)
    outcome = project.start("-n1", plugins=("xdist.plugin",))
    assert outcome.outcomes == {"passed": 1}
    (came,) = (line for line in outcome.section(TITLE).splitlines() if "came" in line)
    assert came == "  came        " + "\\ud800" + "x" * 194 + "…"


# -- errcodes_share_tls ----------------------------------------------------------------------


@pytest.mark.parametrize(("value", "loaded"), [("true", 1), ("false", 3)])
def test_tls_contexts(project, value, loaded):
    """errcodes_share_tls tells whether equal TLS contexts are loaded once."""
    project.ini(f"errcodes_share_tls = {value}")
    project.tests("""
        def test_order(errcodes):
            clients = [httpx.Client() for _ in range(3)]
            contexts = {id(client._transport._pool._ssl_context) for client in clients}
            print("LOADED", len(contexts))
    """)
    assert f"LOADED {loaded}" in project.run("-s").text


def test_markers_and_fixtures_are_described(project):
    """Pytest --markers and --fixtures tell what the plugin brings."""
    markers = project.run("--markers").text
    for name in ("expects_code(code, ...", "every_code(selector, ...", "errcodes(base_url=None"):
        assert f"@pytest.mark.{name}" in markers
    fixtures = project.run("--fixtures").text
    for name in ("errcodes ", "errcode_catalog ", "error_code ", "envelope_snapshot "):
        assert f"\n{name}-- " in fixtures


def test_settings_are_described(project):
    """Pytest --help tells of the option and each setting."""
    words = " ".join(project.run("--help").text.split())
    assert (
        "--errcodes-catalog=NAME_OR_PATH the catalog of codes: 'ltp' or the path of a TOML file "
        "(overrides the ini setting)"
    ) in words
    for name in ("catalog", "base_url", "message", "share_tls"):
        assert f" errcodes_{name} (" in words


# -- where settings stand ----------------------------------------------------------------------


def test_own_table_of_a_project(project, monkeypatch):
    """``[tool.errcodes]`` sets the catalog, from its file's folder on, and all else."""
    project.file("catalogs/alpha.toml", catalog("alpha"))
    project.file(
        "pyproject.toml",
        """
        [tool.errcodes]
        catalog = "catalogs/alpha.toml"
        base_url = "https://api.test"
        message = "ignore"
        share_tls = false
        """,
    )
    project.tests("""
        @pytest.mark.expects_code(97)
        def test_order(errcodes, errcode_catalog):
            print("CATALOG", errcode_catalog.name)
            errcodes.post("/order").reply(97, message="another text")
            place_order()
    """)
    (project.path / "deep").mkdir()
    monkeypatch.chdir(project.path / "deep")
    assert in_force(project, "..") == "alpha"


def test_environment(project, monkeypatch):
    """``ERRCODES_CATALOG`` goes before files, from the current folder on, and after options."""
    project.file("deep/alpha.toml", catalog("alpha"))
    project.file("beta.toml", catalog("beta"))
    project.file("pyproject.toml", '[tool.errcodes]\ncatalog = "beta.toml"\n')
    project.ini("errcodes_catalog = beta.toml")
    project.tests(WHICH)
    monkeypatch.setenv("ERRCODES_CATALOG", "alpha.toml")
    monkeypatch.chdir(project.path / "deep")
    assert in_force(project, "..") == "alpha"
    assert in_force(project, "..", "--errcodes-catalog=../beta.toml") == "beta"
    assert in_force(project, "..", "-o", "errcodes_catalog=ltp") == "ltp"


def test_two_files_that_differ(project):
    """Which one counts would be a guess: the run does not start."""
    project.file("pyproject.toml", '[tool.errcodes]\nmessage = "warn"\n')
    project.ini("errcodes_message = ignore")
    outcome = project.run()
    assert outcome.ret == pytest.ExitCode.USAGE_ERROR
    assert outcome.stderr.strip() == (
        "ERROR: two files set message, and differently\n"
        '  pyproject.toml:2: [tool.errcodes] message = "warn"\n'
        "  pytest.ini:2: errcodes_message = ignore\n"
        "hint: keep one of the two"
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            'message = "strict"',
            (
                "pyproject.toml:2: [tool.errcodes] message = 'strict' is not a way to judge "
                "messages\n"
                "hint: write one of template, warn, ignore"
            ),
        ),
        (
            'base_url = "api.test"',
            (
                "pyproject.toml:2: [tool.errcodes] base_url = 'api.test' has no scheme, so no "
                "route would match\n"
                "hint: give a URL with its scheme, such as https://api.example.com, or a path: /api"
            ),
        ),
    ],
)
def test_own_table_that_cannot_be_used(project, line, told):
    """What is wrong with a value names its file and line."""
    project.file("pyproject.toml", f"[tool.errcodes]\n{line}\n")
    outcome = project.run()
    assert (outcome.ret, outcome.stderr.strip()) == (pytest.ExitCode.USAGE_ERROR, f"ERROR: {told}")


def test_a_catalog_of_the_own_table_that_is_missing(project):
    """The text names the setting as its user wrote it."""
    project.file("pyproject.toml", '[tool.errcodes]\ncatalog = "alpha.toml"\n')
    project.tests(WHICH)
    text = project.run().text
    assert f'[tool.errcodes] catalog = "alpha.toml": catalog file {project.path}/alpha.toml' in text
