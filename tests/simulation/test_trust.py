"""A trust store that is read late, and read whole by whatever needs it."""

from __future__ import annotations

import contextlib
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Thread

import httpx
import pytest
import trustme

from pytest_errcodes.simulation.trust import read_late
from simulation.loopback import Loopback


@pytest.fixture(scope="module")
def authority():
    """Return a certificate authority that nobody trusts."""
    return trustme.CA()


@pytest.fixture
def bundle(authority, tmp_path):
    """Return a file with the authority's certificate."""
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


@pytest.fixture
def late(bundle):
    """Return a context that has not read the bundle yet."""
    return read_late(bundle, lambda: ssl.create_default_context(cafile=bundle))


def count(context):
    """Return how many certificates a context holds now, without asking it for them."""
    return ssl.SSLContext.cert_store_stats(context)["x509_ca"]


def wrap_socket(context, bundle):
    """Begin with TLS on a socket."""
    here, there = socket.socketpair()
    with there, context.wrap_socket(here, server_hostname="a", do_handshake_on_connect=False):
        pass


def wrap_bio(context, bundle):
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


def test_nothing_is_read_at_first(late):
    """A new context has read no certificate."""
    assert count(late) == 0


@pytest.mark.parametrize("ask", ASKING)
def test_read_before_it_is_asked_for(late, bundle, authority, ask):
    """Whatever needs the certificates finds them, and the context is one like any other then."""
    ask(late, bundle)
    mine = ssl.PEM_cert_to_DER_cert(authority.cert_pem.bytes().decode())
    assert mine in ssl.SSLContext.get_ca_certs(late, binary_form=True)
    assert vars(late) == {}


def test_asked_with_arguments(late, authority):
    """Arguments are handed on, by position and by name."""
    mine = ssl.PEM_cert_to_DER_cert(authority.cert_pem.bytes().decode())
    assert late.get_ca_certs(True) == [mine] == late.get_ca_certs(binary_form=True)


def test_equal_to_one_that_was_read_at_once(late, bundle):
    """Nothing else differs from a context that is made as ever."""
    usual = ssl.create_default_context(cafile=bundle)
    assert type(late) is type(usual)
    for name in ("check_hostname", "verify_mode", "verify_flags", "options", "minimum_version"):
        assert getattr(late, name) == getattr(usual, name)
    assert late.cert_store_stats() == usual.cert_store_stats()


def test_certificates_over_the_wire(late, authority):
    """A client with such a context accepts what the file trusts, and nothing else."""
    trusted, strange = (ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) for _ in range(2))
    authority.issue_cert("127.0.0.1").configure_cert(trusted)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(strange)
    with Loopback(strange) as server, pytest.raises(httpx.ConnectError, match="VERIFY_FAILED"):
        httpx.get(server.url, verify=late)
    with Loopback(trusted) as server:
        assert httpx.get(server.url, verify=late).text == "loopback "


def test_getting_round_it_trusts_nobody(late, authority):
    """A handshake past the methods that read the file fails, for the store is empty."""
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


def test_several_threads_at_once(late):
    """Who comes while another one reads waits until all is read."""
    barrier = Barrier(8)

    def ask(_):
        barrier.wait()
        return len(late.get_ca_certs())

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))) == [1] * 8


def test_context_of_another_thread(bundle):
    """What another thread makes meanwhile is read as ever."""
    made = []

    def make():
        thread = Thread(target=lambda: made.append(ssl.create_default_context(cafile=bundle)))
        thread.start()
        thread.join()
        return ssl.create_default_context(cafile=bundle)

    late = read_late(bundle, make)
    assert [count(late), count(made[0])] == [0, 1]


def test_context_beside_the_one_that_is_returned(bundle):
    """A second context that is made on the way is read at once."""
    made = []

    def make():
        made.extend(ssl.create_default_context(cafile=bundle) for _ in range(2))
        return made[1]

    read_late(bundle, make)
    assert [count(context) for context in made] == [1, 0]


def test_another_file(bundle, tmp_path):
    """A file other than the one that was named is read at once."""
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    context = read_late(bundle, lambda: ssl.create_default_context(cafile=str(other)))
    assert count(context) == 1


def test_inside_another_one(bundle):
    """A run inside a run makes its context through the outer one, and late all the same."""
    inner = read_late(
        bundle, lambda: read_late(bundle, lambda: ssl.create_default_context(cafile=bundle))
    )
    assert count(inner) == 0
    assert len(inner.get_ca_certs()) == 1


def test_no_such_file(tmp_path):
    """A file that is missing is refused at once, as ever."""
    path = str(tmp_path / "none.pem")
    with pytest.raises(FileNotFoundError):
        read_late(path, lambda: ssl.create_default_context(cafile=path))


def test_file_that_goes_away(late, bundle, authority, tmp_path):
    """A file that is gone by the first handshake is refused there, each time, until it is back."""
    (tmp_path / "ca.pem").unlink()
    for _ in range(2):
        with pytest.raises(FileNotFoundError):
            wrap_bio(late, bundle)
    authority.cert_pem.write_to_path(bundle)
    assert len(late.get_ca_certs()) == 1


def test_ssl_is_as_it_was(bundle):
    """The ssl module is left as it was found, also where no context could be made."""
    before = dict(vars(ssl.SSLContext))
    read_late(bundle, lambda: ssl.create_default_context(cafile=bundle))
    with pytest.raises(ZeroDivisionError):
        read_late(bundle, lambda: ssl.create_default_context(cafile=bundle) and 1 / 0)
    assert dict(vars(ssl.SSLContext)) == before


def test_patched_by_somebody_else(bundle, monkeypatch):
    """Where somebody watches what is read, it is read at once."""
    read = []
    load = ssl.SSLContext.load_verify_locations

    def watching(self, *args, **options):
        read.append((*args, *options.values())[0])
        return load(self, *args, **options)

    monkeypatch.setattr(ssl.SSLContext, "load_verify_locations", watching)
    context = read_late(bundle, lambda: ssl.create_default_context(cafile=bundle))
    assert (read, count(context)) == ([bundle], 1)
