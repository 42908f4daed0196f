"""A trust store that is put together late, and whole for whatever needs it."""

from __future__ import annotations

import contextlib
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Thread

import httpx
import pytest
import trustme
from loopback import Loopback

from pytest_errcodes.simulation.adapters.trust import LateTrust


@pytest.fixture(scope="module")
def authority():
    """Return a certificate authority that nobody trusts."""
    return trustme.CA()


@pytest.fixture(scope="module")
def certificate(authority):
    """Return its certificate."""
    return ssl.PEM_cert_to_DER_cert(authority.cert_pem.bytes().decode())


@pytest.fixture
def bundle(authority, tmp_path):
    """Return a file with the authority's certificate."""
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


@pytest.fixture
def make(bundle):
    """Return a function that makes a context, which loads the bundle."""
    return lambda: ssl.create_default_context(cafile=bundle)


@pytest.fixture
def late(bundle, make):
    """Return a context that has not parsed the bundle yet."""
    return LateTrust().make_context(bundle, make)


def count(context):
    """Return how many certificates a context holds now, without asking it for them."""
    return ssl.SSLContext.cert_store_stats(context)["x509_ca"]


def wrap_socket(context, bundle):
    """Begin with TLS on a socket."""
    here, there = socket.socketpair()
    with there, context.wrap_socket(here, server_hostname="a", do_handshake_on_connect=False):
        pass


def wrap_bio(context, bundle=None):
    """Begin with TLS on memory, as asyncio and trio do."""
    context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname="a")


ASKING = [
    wrap_socket,
    wrap_bio,
    lambda context, bundle: context.get_ca_certs(),
    lambda context, bundle: context.cert_store_stats(),
    lambda context, bundle: context.load_verify_locations(bundle),
    lambda context, bundle: context.load_verify_locations(cafile=bundle),
    lambda context, bundle: context.load_default_certs(),
]


def test_nothing_is_parsed_at_first(late):
    """A new context has parsed no certificate."""
    assert count(late) == 0


@pytest.mark.parametrize("ask", ASKING)
def test_parsed_before_it_is_asked_for(late, bundle, certificate, ask):
    """Whatever needs the certificates finds them, and the context is one like any other then."""
    ask(late, bundle)
    assert certificate in ssl.SSLContext.get_ca_certs(late, binary_form=True)
    assert vars(late) == {}


def test_asked_with_arguments(late, certificate):
    """Arguments are handed on, by position and by name."""
    assert late.get_ca_certs(True) == [certificate] == late.get_ca_certs(binary_form=True)


def test_equal_to_one_that_is_made_as_ever(late, make):
    """Nothing else differs from a context that is made as ever."""
    usual = make()
    assert type(late) is type(usual)
    for name in ("check_hostname", "verify_mode", "verify_flags", "options", "minimum_version"):
        assert getattr(late, name) == getattr(usual, name)
    assert late.cert_store_stats() == usual.cert_store_stats()


def test_names_beside_the_certificates(bundle, make, certificate):
    """Names of authorities that are not ASCII stand beside certificates, and do no harm."""
    with Path(bundle).open("a", encoding="utf-8") as file:
        file.write("# Főtanúsítvány\n")
    assert LateTrust().make_context(bundle, make).get_ca_certs(binary_form=True) == [certificate]


@pytest.mark.parametrize("text", ["", "nothing\n", "-----BEGIN X509 CRL-----\n"])
def test_file_that_holds_something_else(bundle, make, text):
    """A file that holds anything but certificates is left to the ssl module, at once."""
    with Path(bundle).open("a" if "CRL" in text else "w", encoding="utf-8") as file:
        file.write(text)
    with pytest.raises(ssl.SSLError):
        LateTrust().make_context(bundle, make)


def test_broken_certificate(bundle, make):
    """A certificate that cannot be parsed is told when it is needed, each time."""
    with Path(bundle).open("w", encoding="utf-8") as file:
        file.write("-----BEGIN CERTIFICATE-----\n????\n-----END CERTIFICATE-----\n")
    late = LateTrust().make_context(bundle, make)
    for _ in range(2):
        with pytest.raises(ssl.SSLError):
            wrap_bio(late)


def test_no_such_file(tmp_path):
    """A file that is missing is refused at once, as ever."""
    path = str(tmp_path / "none.pem")
    with pytest.raises(FileNotFoundError):
        LateTrust().make_context(path, lambda: ssl.create_default_context(cafile=path))


def test_file_that_changes(late, bundle, certificate):
    """What counts is the file as it was when the context was made."""
    trustme.CA().cert_pem.write_to_path(bundle)
    assert late.get_ca_certs(binary_form=True) == [certificate]


# -- over the wire ---------------------------------------------------------------------------


def test_certificates_over_the_wire(late, authority):
    """A client with such a context accepts what the file trusts, and nothing else."""
    trusted, strange = (ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) for _ in range(2))
    authority.issue_cert("127.0.0.1").configure_cert(trusted)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(strange)
    with Loopback(strange) as server, pytest.raises(httpx.ConnectError, match="VERIFY_FAILED"):
        httpx.get(server.url, verify=late)
    with Loopback(trusted) as server:
        assert httpx.get(server.url, verify=late).text == "loopback "


def test_another_way_trusts_nobody(late, authority):
    """A handshake by another way than the context's methods fails, for the store is empty."""
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(serving)
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = ssl.SSLContext.wrap_bio(late, back, there, server_hostname="127.0.0.1")
    server = serving.wrap_bio(there, back, server_side=True)

    def shake_hands():
        for side in (client, server, client):
            with contextlib.suppress(ssl.SSLWantReadError):
                side.do_handshake()

    with pytest.raises(ssl.SSLCertVerificationError):
        shake_hands()


# -- who else makes contexts -----------------------------------------------------------------


def test_several_threads_ask_at_once(late):
    """Who comes while another one parses waits until that is done."""
    barrier = Barrier(8)

    def ask(_):
        barrier.wait()
        return len(late.get_ca_certs())

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))) == [1] * 8


def test_several_threads_make_at_once(bundle, make):
    """Contexts of several threads are late ones, and the ssl module is as it was in the end."""
    before, trust, barrier = dict(vars(ssl.SSLContext)), LateTrust(), Barrier(8)

    def make_one(_):
        barrier.wait()
        return trust.make_context(bundle, make)

    with ThreadPoolExecutor(8) as pool:
        contexts = list(pool.map(make_one, range(8)))
    assert [count(context) for context in contexts] == [0] * 8
    assert [len(context.get_ca_certs()) for context in contexts] == [1] * 8
    assert dict(vars(ssl.SSLContext)) == before


def test_context_of_another_thread(bundle, make):
    """What another thread makes meanwhile is made as ever."""
    counts = []

    def make_beside():
        thread = Thread(target=lambda: counts.append(count(make())))
        thread.start()
        thread.join()
        return make()

    assert count(LateTrust().make_context(bundle, make_beside)) == 0
    assert counts == [1]


def test_waiting_for_another_thread(bundle, make):
    """Who waits for a thread that makes such a context too does not wait for ever."""
    trust = LateTrust()

    def make_after_another():
        with ThreadPoolExecutor(1) as pool:
            assert count(pool.submit(trust.make_context, bundle, make).result(timeout=60)) == 0
        return make()

    assert count(trust.make_context(bundle, make_after_another)) == 0


def test_contexts_on_the_way(bundle, make):
    """A second context that is made on the way is whole at once, and can be used there."""
    made = []

    def make_three():
        made.extend(make() for _ in range(3))
        made.append(len(made[0].get_ca_certs()))
        return made[2]

    LateTrust().make_context(bundle, make_three)
    assert [*map(count, made[:3]), made[3]] == [1, 1, 0, 1]


def test_no_context_in_the_end(bundle, make):
    """Where making fails, what was made on the way is whole when it is asked for."""
    made = []

    def fail():
        made.append(make())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        LateTrust().make_context(bundle, fail)
    assert len(made[0].get_ca_certs()) == 1
    assert "load_verify_locations" not in vars(ssl.SSLContext)


def test_inside_another_one(bundle, make):
    """A run inside a run makes its context through the outer one, and late all the same."""
    outer, inner = LateTrust(), LateTrust()
    for one in (inner, outer):
        context = one.make_context(bundle, lambda: outer.make_context(bundle, make))
        assert count(context) == 0
        assert len(context.get_ca_certs()) == 1


def test_another_file(bundle, tmp_path):
    """A file other than the one that was named is loaded at once."""
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    context = LateTrust().make_context(
        bundle, lambda: ssl.create_default_context(cafile=str(other))
    )
    assert count(context) == 1


def test_loaded_for_want_of_certificates(bundle, make, certificate, tmp_path):
    """Who makes the context may look at it, and finds what it loaded."""
    fallback = tmp_path / "fallback.pem"
    trustme.CA().cert_pem.write_to_path(str(fallback))

    def make_with_fallback():
        context = make()
        if not context.get_ca_certs():
            context.load_verify_locations(fallback)
        return context

    context = LateTrust().make_context(bundle, make_with_fallback)
    assert context.get_ca_certs(binary_form=True) == [certificate]


def test_context_that_loads_in_its_own_way(bundle, certificate):
    """A context of another type may do more when it loads, once."""
    loaded = []

    class Context(ssl.SSLContext):
        def load_verify_locations(self, *args, **options):
            super().load_verify_locations(*args, **options)
            loaded.append(self.cert_store_stats()["x509_ca"])

    def make():
        context = Context(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(bundle)
        return context

    context = LateTrust().make_context(bundle, make)
    assert context.get_ca_certs(binary_form=True) == [certificate]
    assert loaded == [1]


# -- patches of tests ------------------------------------------------------------------------


def test_patched_beforehand(bundle, make, monkeypatch):
    """Where somebody watches what is loaded, it is loaded at once."""
    read = []
    load = ssl.SSLContext.load_verify_locations

    def watching(self, *args, **options):
        read.append((*args, *options.values())[0])
        return load(self, *args, **options)

    monkeypatch.setattr(ssl.SSLContext, "load_verify_locations", watching)
    assert count(LateTrust().make_context(bundle, make)) == 1
    assert read == [bundle]


def test_patched_by_the_first_handshake(late, monkeypatch):
    """What a test has put in the place of loading by then neither sees nor hinders it."""
    monkeypatch.setattr(ssl.SSLContext, "load_verify_locations", lambda *_, **__: 1 / 0)
    wrap_bio(late)
    assert count(late) == 1


def test_patched_method_of_the_context(late):
    """A test may watch the context's own methods, and take that back after a handshake."""
    seen = []
    with pytest.MonkeyPatch.context() as patch:
        own = late.wrap_bio

        def watching(*args, **options):
            seen.append(args)
            return own(*args, **options)

        patch.setattr(late, "wrap_bio", watching)
        wrap_bio(late)
        wrap_bio(late)
    wrap_bio(late)
    assert (len(seen), count(late)) == (2, 1)
