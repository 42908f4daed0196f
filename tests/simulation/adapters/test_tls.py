"""TLS contexts that are loaded once, and still verify certificates as any other."""

from __future__ import annotations

import _ssl
import asyncio
import contextlib
import os
import ssl
from types import SimpleNamespace
from unittest import mock

import certifi
import httpx
import pytest
import trustme
import truststore
from callers import CALLERS
from loopback import Loopback

from pytest_errcodes.simulation.adapters.tls import SharedTLS
from pytest_errcodes.simulation.network import Network


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    """Let no bundle of the machine's own be in force."""
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def authority():
    """Return a certificate authority that nobody trusts."""
    return trustme.CA()


@pytest.fixture(scope="module")
def server(authority):
    """Run an HTTPS server whose certificate that authority signed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with Loopback(context) as server:
        yield server


@pytest.fixture
def bundle(authority, tmp_path):
    """Return a file with the authority's certificate."""
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


@pytest.fixture(params=CALLERS)
def context(request):
    """Return a function that makes a client and returns its TLS context."""

    def make(**options):
        return CALLERS[request.param].client(**options)._transport._pool._ssl_context

    return make


@pytest.fixture
def sharing():
    """Share contexts that are loaded in this test alone."""
    network = Network()
    network.prepare()
    yield network
    network.close()


def get(caller, client, url):
    """Send one request with a client that was made before."""
    if caller == "sync":
        with client:
            return client.get(url)

    async def send():
        async with client:
            return await client.get(url)

    return asyncio.run(send())


# -- what is shared --------------------------------------------------------------------------


def test_default_contexts_are_one(sharing, context):
    """Clients that ask for the default context get the same one."""
    assert context() is context(verify=True) is context(trust_env=True)


def test_both_kinds_of_client_share(sharing):
    """Synchronous and asynchronous clients share it too."""
    one, other = (CALLERS[kind].client() for kind in CALLERS)
    assert one._transport._pool._ssl_context is other._transport._pool._ssl_context


def test_loaded_once(sharing, context, monkeypatch):
    """The trust store is read once, however many clients there are."""
    loaded = []
    load = ssl.SSLContext.load_verify_locations

    def counting(self, *args, **options):
        loaded.append((*args, *options.values())[0])
        return load(self, *args, **options)

    monkeypatch.setattr(ssl.SSLContext, "load_verify_locations", counting)
    for _ in range(5):
        context()
    assert loaded == [certifi.where()]


def test_certificates_are_parsed_late(sharing, context):
    """Nobody parses certificates for a simulated test; who asks for them gets them all."""
    shared = context()
    assert ssl.SSLContext.cert_store_stats(shared)["x509_ca"] == 0
    assert len(shared.get_ca_certs()) == len(httpx.create_ssl_context().get_ca_certs())


def test_bundle_of_the_environment_is_parsed_late(sharing, context, bundle, monkeypatch):
    """A bundle that SSL_CERT_FILE names counts as it was when the client was made."""
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    shared = context()
    assert ssl.SSLContext.cert_store_stats(shared)["x509_ca"] == 0
    bundle.unlink()
    assert len(shared.get_ca_certs()) == 1


def test_bundle_that_the_client_ignores(sharing, context, bundle, monkeypatch):
    """A client that ignores the environment holds the default certificates late."""
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    shared = context(trust_env=False)
    assert ssl.SSLContext.cert_store_stats(shared)["x509_ca"] == 0
    assert len(shared.get_ca_certs()) > 50


def test_bundle_without_certificates(sharing, context, bundle, monkeypatch):
    """A file that holds no certificate is refused at once, as ever."""
    bundle.write_text("no certificate\n", "utf-8")
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    with pytest.raises(ssl.SSLError):
        context()


def test_relative_bundle(sharing, context, bundle, monkeypatch, tmp_path):
    """A relative path means the file it named when the client was made."""
    other = tmp_path / "other"
    other.mkdir()
    trustme.CA().cert_pem.write_to_path(str(other / "ca.pem"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", "ca.pem")
    shared = context()
    monkeypatch.chdir(other)
    expected = ssl.create_default_context(cafile=str(bundle))
    assert shared.get_ca_certs(binary_form=True) == expected.get_ca_certs(binary_form=True)


def test_shared_context_is_a_whole_one(sharing, context):
    """It holds what a freshly loaded one holds, and demands what that demands."""
    shared, fresh = context(), httpx.create_ssl_context()
    assert shared.cert_store_stats() == fresh.cert_store_stats()
    assert shared.cert_store_stats()["x509_ca"] > 50
    for name in ("check_hostname", "verify_mode", "verify_flags", "options", "minimum_version"):
        assert getattr(shared, name) == getattr(fresh, name)


def test_shared_while_a_router_is_active(make_router, context):
    """Routes share contexts from their start to their end."""
    router = make_router()
    shared = context()
    assert context() is shared
    router.stop()
    assert context() is not shared


def test_shared_again(make_router, context):
    """The next test gets the context that an earlier one loaded."""
    make_router()
    shared = context()
    assert make_router() is not None
    assert context() is shared


def test_shared_as_often_as_asked(sharing, context):
    """Sharing ends when everybody who asked for it has taken that back."""
    sharing.prepare()
    shared = context()
    sharing.release()
    assert context() is shared
    sharing.release()
    assert context() is not shared


# -- what is not -----------------------------------------------------------------------------


def test_no_verification(sharing, context):
    """A context without verification is its client's own, and never the default one."""
    one, other = context(verify=False), context(verify=False)
    assert one is not other
    assert one.verify_mode is ssl.CERT_NONE
    assert context().verify_mode is ssl.CERT_REQUIRED


def test_context_of_one_s_own(sharing, context):
    """A context that is handed in is used as it is."""
    own = ssl.create_default_context()
    assert context(verify=own) is own


@pytest.mark.filterwarnings("ignore:`cert=...` is deprecated:DeprecationWarning")
def test_certificate_of_the_client(sharing, context, authority, tmp_path):
    """A context with a client's certificate is that client's own."""
    path = tmp_path / "client.pem"
    authority.issue_cert("client@example.com").private_key_and_cert_chain_pem.write_to_path(
        str(path)
    )
    assert context(cert=str(path)) is not context(cert=str(path))
    assert context() is not context(cert=str(path))


@pytest.mark.filterwarnings("ignore:`verify=<str>` is deprecated:DeprecationWarning")
def test_bundle_of_the_client(sharing, context, bundle):
    """A context with a client's own bundle is that client's own."""
    assert context(verify=str(bundle)) is not context(verify=str(bundle))
    assert context(verify=str(bundle)).cert_store_stats()["x509_ca"] == 1


def test_environment_is_not_trusted(sharing, context, bundle, monkeypatch):
    """A client that ignores the environment gets another context than one that reads it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    assert context().cert_store_stats()["x509_ca"] == 1
    assert context(trust_env=False).cert_store_stats()["x509_ca"] > 50


def test_bundle_of_the_environment(sharing, context, bundle, monkeypatch):
    """Another SSL_CERT_FILE is another context, and the old one comes back with the old value."""
    before = context()
    with monkeypatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(bundle))
        inside = context()
        assert context() is inside is not before
    assert context() is before


def test_bundle_that_changes(sharing, context, bundle, monkeypatch):
    """A file with other content is another context, under the same name."""
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    assert context().cert_store_stats()["x509_ca"] == 1
    other = trustme.CA()
    other.cert_pem.write_to_path(str(bundle), append=True)
    assert context().cert_store_stats()["x509_ca"] == 2


def test_bundle_that_is_not_there(sharing, context, monkeypatch, tmp_path):
    """A file that is missing is refused as ever, each time."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    for _ in range(2):
        try:
            context()
        except FileNotFoundError:
            continue
        assert httpx.__version__.startswith("0.27")  # which looks whether it is there


def test_folder_of_the_environment(sharing, context, monkeypatch, tmp_path):
    """SSL_CERT_DIR is another context too."""
    before = context()
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    assert context() is not before


def test_key_log(sharing, context, monkeypatch, tmp_path):
    """A context that writes its keys to a file is another one."""
    before = context()
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys.log"))
    assert context().keylog_filename == str(tmp_path / "keys.log")
    assert before.keylog_filename is None


def test_other_class_of_context(sharing, context):
    """Where truststore takes the place of ssl's contexts, it gets its own, and gives way again."""
    before = context()
    truststore.inject_into_ssl()
    try:
        assert type(context()) is truststore.SSLContext
    finally:
        truststore.extract_from_ssl()
    assert context() is before


def test_switched_off(context):
    """A network that is told not to share loads each context anew."""
    network = Network(share_tls=False)
    network.prepare()
    assert context() is not context()
    network.release()
    network.close()


def test_httpx_without_the_function(monkeypatch):
    """Where httpx keeps the function elsewhere, each client loads its own context."""
    home = httpx._transports.default
    monkeypatch.delattr(home, "create_ssl_context")
    tls = SharedTLS(SimpleNamespace(shares_tls=True), httpx)
    tls.start()
    assert not hasattr(home, "create_ssl_context")
    tls.remove()
    assert not hasattr(home, "create_ssl_context")


# -- what a test has replaced ----------------------------------------------------------------

MOCKED = [
    ("os.environ", {}),
    ("os.environ.get", {"create": True}),
    ("os.stat", {"side_effect": FileNotFoundError}),
    ("ssl.SSLContext", {}),
    ("ssl.create_default_context", {}),
    ("ssl.create_default_context", {"autospec": True}),
    ("ssl.SSLContext.load_verify_locations", {}),
    ("ssl.SSLContext.load_verify_locations", {"new": lambda self, *_, **__: None}),
    ("certifi.where", {}),
    ("httpx._transports.default.create_ssl_context", {}),
    ("builtins.open", {"side_effect": OSError}),
    ("io.open", {"side_effect": OSError}),
    ("pathlib.Path.read_bytes", {"return_value": b"-----BEGIN CERTIFICATE-----\n????\n"}),
    ("pathlib.Path.exists", {"return_value": False}),
]


@pytest.mark.parametrize(
    ("target", "options"),
    MOCKED,
    ids=[f"{target} {'-'.join(options)}" for target, options in MOCKED],
)
def test_mocked(context, target, options):
    """A mock is the business of the test that has it; no later one gets what it left."""
    network = Network()
    network.prepare()
    with contextlib.suppress(Exception), mock.patch(target, **options):
        network.prepare()
        context()
    shared = context()
    assert type(shared) is ssl.SSLContext
    assert context() is shared
    assert ssl.SSLContext.cert_store_stats(shared)["x509_ca"] == 0
    assert len(shared.get_ca_certs()) > 50
    network.close()
    assert not isinstance(httpx._transports.default.create_ssl_context, mock.NonCallableMock)


def test_function_of_a_test_s_own(context, monkeypatch):
    """Contexts of a function that a test has put in httpx's place are that test's own."""
    network = Network()
    network.prepare()
    with monkeypatch.context() as patch:
        own = ssl._create_unverified_context
        patch.setattr(httpx._transports.default, "create_ssl_context", lambda **_: own())
        network.prepare()
        assert context().verify_mode is ssl.CERT_NONE
    assert context().verify_mode is ssl.CERT_REQUIRED
    network.close()


# -- certificates over the wire --------------------------------------------------------------


@pytest.mark.parametrize("kind", CALLERS)
def test_untrusted_certificate(make_router, kind, server):
    """A client made while routes were active refuses a certificate that it must not trust."""
    router = make_router()
    client = CALLERS[kind].client()
    router.stop()
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        get(kind, client, server.url)


@pytest.mark.parametrize("kind", CALLERS)
def test_trusted_certificate(make_router, kind, server, bundle, monkeypatch):
    """And accepts one that its SSL_CERT_FILE trusts."""
    router = make_router()
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    client = CALLERS[kind].client()
    router.stop()
    assert get(kind, client, server.url).text == "loopback "


def test_wrong_host(make_router, authority, bundle, monkeypatch):
    """A certificate for another host is refused."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("other.example.com").configure_cert(context)
    make_router().route(host="127.0.0.1").pass_through()
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    with Loopback(context) as server, pytest.raises(httpx.ConnectError, match="mismatch"):
        httpx.get(server.url)


def test_certificate_while_routes_are_active(make_router, server, bundle, monkeypatch):
    """A request that a route lets pass is verified like any other."""
    make_router().route(host="127.0.0.1").pass_through()
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        httpx.get(server.url)
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    assert httpx.get(server.url).text == "loopback "


def test_no_verification_over_the_wire(make_router, server):
    """A client that verifies nothing still does not."""
    make_router().route(host="127.0.0.1").pass_through()
    assert httpx.get(server.url, verify=False).text == "loopback "
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        httpx.get(server.url)


def suppress_errors(call, *arguments):
    """Call what goes wrong, as a test may that expects it to."""
    with pytest.raises(OSError):
        call(*arguments)


CHANGES = {
    "hostname": lambda one, _: setattr(one, "check_hostname", False),
    "mode": lambda one, _: (
        setattr(one, "check_hostname", False),
        setattr(one, "verify_mode", ssl.CERT_NONE),
    ),
    "options": lambda one, _: setattr(one, "options", one.options | ssl.OP_NO_TICKET),
    "flags": lambda one, _: setattr(one, "verify_flags", ssl.VERIFY_CRL_CHECK_LEAF),
    "lowest": lambda one, _: setattr(one, "minimum_version", ssl.TLSVersion.TLSv1_3),
    "highest": lambda one, _: setattr(one, "maximum_version", ssl.TLSVersion.TLSv1_2),
    "later handshakes": lambda one, _: setattr(
        one, "post_handshake_auth", not one.post_handshake_auth
    ),
    "class of sockets": lambda one, _: setattr(one, "sslsocket_class", ssl.SSLSocket),
    "method of one's own": lambda one, _: setattr(one, "wrap_bio", mock.Mock()),
    "ciphers": lambda one, _: one.set_ciphers("ECDHE+AESGCM"),
    "protocols": lambda one, _: one.set_alpn_protocols(["h2"]),
    "hostname, by the class": lambda one, _: ssl.SSLContext.check_hostname.__set__(one, False),
    "mode, by the class": lambda one, _: (
        ssl.SSLContext.check_hostname.__set__(one, False),
        ssl.SSLContext.verify_mode.__set__(one, ssl.CERT_NONE),
    ),
    "options, by the class": lambda one, _: ssl.SSLContext.options.__set__(one, ssl.OP_NO_TICKET),
    "lowest, by the class": lambda one, _: ssl.SSLContext.minimum_version.__set__(
        one, ssl.TLSVersion.TLSv1_3
    ),
    "flags, below properties": lambda one, _: _ssl._SSLContext.verify_flags.__set__(one, 4),
    "hostname, past its class": lambda one, _: object.__setattr__(one, "check_hostname", False),
    "ciphers, by the class": lambda one, _: ssl.SSLContext.set_ciphers(one, "ECDHE+AESGCM"),
    "protocols, by the class": lambda one, _: ssl.SSLContext.set_alpn_protocols(one, ["h2"]),
    "authority, by the class": lambda one, bundle: ssl.SSLContext.load_verify_locations(
        one, str(bundle)
    ),
    "authority, below the class": lambda one, bundle: _ssl._SSLContext.load_verify_locations(
        one, str(bundle)
    ),
    "default authorities, by the class": lambda one, _: ssl.SSLContext.load_default_certs(one),
    "default paths, by the class": lambda one, _: ssl.SSLContext.set_default_verify_paths(one),
    "certificate, by the class": lambda one, _: suppress_errors(
        ssl.SSLContext.load_cert_chain, one, "there-is-none.pem"
    ),
    "class": lambda one, _: setattr(one, "__class__", type("Own", (ssl.SSLContext,), {})),
    "authority": lambda one, bundle: one.load_verify_locations(str(bundle)),
    "default authorities": lambda one, _: one.load_default_certs(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_context_is_shared_no_more(sharing, context, bundle, change):
    """What its user has changed is nothing to clients that are made later; they share again."""
    first = context()
    change(first, bundle)
    second = context()
    assert second is not first
    assert (second.check_hostname, second.verify_mode) == (True, ssl.CERT_REQUIRED)
    assert context() is second


def test_a_handshake_is_no_change(sharing, context):
    """What is parsed late is no change, and what is parsed then is not counted as one."""
    first = context()
    first.cert_store_stats()
    assert context() is first
    first.get_ca_certs()
    assert context() is first


def test_an_authority_behind_a_handshake(sharing, context, bundle):
    """An authority that is added past the context, once its own are parsed, is a change."""
    first = context()
    first.cert_store_stats()
    ssl.SSLContext.load_verify_locations(first, str(bundle))
    assert context() is not first


def test_the_class_of_contexts_is_given_back(context):
    """What is watched on the class itself stands there no longer than contexts are shared."""
    before = dict(vars(ssl.SSLContext))
    tls = SharedTLS(SimpleNamespace(shares_tls=True), httpx)
    tls.start()
    first = context()
    assert ssl.SSLContext.set_ciphers is not before.get("set_ciphers")
    tls.remove()
    assert dict(vars(ssl.SSLContext)) == before
    ssl.SSLContext.set_ciphers(first, "ECDHE+AESGCM")


def test_a_changed_context_is_changed_for_its_user(sharing, context, bundle):
    """The change itself takes place, and the context is one like any other."""
    first = context()
    before = first.cert_store_stats()["x509_ca"]
    first.load_verify_locations(cafile=str(bundle))
    first.set_ciphers("ECDHE-RSA-AES256-GCM-SHA384")
    assert first.cert_store_stats()["x509_ca"] == before + 1
    assert "load_verify_locations" not in vars(first)


def test_a_client_that_outlives_its_test(make_router, context):
    """What it changes later, without a test of its own, does not reach the next one either."""
    router = make_router()
    router.start()
    first = context()
    router.stop()
    first.check_hostname = False
    router.start()
    assert context().check_hostname
    router.stop()


def test_a_store_that_is_rewritten_in_place(sharing, context, bundle, monkeypatch):
    """The same file with other certificates of the same length is another store."""
    copy = bundle.with_name("certifi.pem")
    copy.write_bytes(bundle.read_bytes())
    monkeypatch.setattr(certifi, "where", lambda: str(copy))
    first, state = context(), copy.stat()
    other = trustme.CA().cert_pem.bytes()[: state.st_size]
    copy.write_bytes(other + b"\n" * (state.st_size - len(other)))
    os.utime(copy, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert context() is not first


def test_a_file_rewritten_in_the_folder_of_the_environment(
    sharing, context, bundle, monkeypatch, tmp_path
):
    """The folder itself does not change by it."""
    folder = tmp_path / "certificates"
    folder.mkdir()
    (folder / "one.0").write_bytes(bundle.read_bytes())
    monkeypatch.setenv("SSL_CERT_DIR", str(folder))
    first = context()
    (folder / "one.0").write_bytes(trustme.CA().cert_pem.bytes())
    assert context() is not first


def test_the_folder_is_left_alone_where_there_is_a_file(
    sharing, context, bundle, monkeypatch, tmp_path
):
    """Of the two httpx reads the file; a folder that changes is nothing to the context."""
    folder = tmp_path / "certificates"
    folder.mkdir()
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    monkeypatch.setenv("SSL_CERT_DIR", str(folder))
    first = context()
    (folder / "one.0").write_bytes(bundle.read_bytes())
    assert context() is first
    changed = trustme.CA().cert_pem.bytes()
    copy = tmp_path / "file.pem"
    copy.write_bytes(bundle.read_bytes())
    monkeypatch.setenv("SSL_CERT_FILE", str(copy))
    second = context()
    copy.write_bytes(changed)
    assert context() is not second
