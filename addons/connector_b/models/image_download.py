"""A picture from an address in a supplier's file, which is an address somebody else chose.

So: http and https only, no machine of our own network, whatever its name resolves to, each
redirection looked at anew, so many bytes and seconds and no more. The connection goes to the
very address that was checked: a name that resolves differently the second time gains nothing.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from urllib.parse import quote, urljoin, urlsplit

from ..rules.problem import Code

MAX_BYTES = 10 * 1024 * 1024
MAX_SECONDS = 20
MAX_REDIRECTIONS = 3
PORTS = {"http": 80, "https": 443}
# Sent by hosts that will answer another time.
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_PART = 64 * 1024
# What an address may hold as it is; "%" because it may be quoted already.
_KEPT = "/%:@!$&'()*+,;=~?[]"


class ImageRefused(Exception):
    """`again`: the same address may give the image later."""

    def __init__(self, code, reason="", again=False):
        super().__init__(reason or code)
        self.code, self.reason, self.again = code, reason, again


def download(url, *, resolve=socket.getaddrinfo, connect=socket.create_connection):
    """The bytes behind `url`, or ImageRefused. `resolve` and `connect` are the network."""
    deadline = time.monotonic() + MAX_SECONDS
    for _each in range(MAX_REDIRECTIONS + 1):
        found = _request(url, deadline, resolve, connect)
        if isinstance(found, bytes):
            return found
        url = urljoin(url, found)
    raise ImageRefused(Code.IMAGE_UNREACHABLE, "too many redirections")


def _request(url, deadline, resolve, connect):
    """Bytes, or the address the host sends us on to."""
    try:
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname or parts.username:
            raise ImageRefused(Code.IMAGE_ADDRESS_FORBIDDEN, "only http and https")
        port = parts.port or PORTS[parts.scheme]
        address = _public_address(parts.hostname, port, resolve)
        return _ask(parts, address, port, deadline, connect)
    except (OSError, http.client.HTTPException) as error:
        raise ImageRefused(Code.IMAGE_UNREACHABLE, str(error), again=True) from error
    except ValueError as error:
        # What is no address at all.
        raise ImageRefused(Code.IMAGE_ADDRESS_FORBIDDEN, str(error)) from error


def _public_address(host, port, resolve):
    """An address of `host`; all of them must be open to anybody on the internet."""
    answers = resolve(host, port, type=socket.SOCK_STREAM)
    addresses = [answer[4][0] for answer in answers]
    if not addresses or not all(is_public(address) for address in addresses):
        raise ImageRefused(Code.IMAGE_ADDRESS_FORBIDDEN, "an address inside a private network")
    return addresses[0]


def is_public(address):
    parsed = ipaddress.ip_address(address.partition("%")[0])
    # An IPv4 address dressed as IPv6 is judged by what it is.
    embedded = getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None)
    if embedded is not None and not is_public(str(embedded)):
        return False
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


def _ask(parts, address, port, deadline, connect):
    sock = connect((address, port), timeout=_left(deadline))
    try:
        if parts.scheme == "https":
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=parts.hostname)
        connection = http.client.HTTPConnection(parts.netloc)
        connection.sock = sock
        connection.request(
            "GET", _path(parts), headers={"Accept": "image/*", "User-Agent": "OpticsERP"}
        )
        answer = connection.getresponse()
        if answer.status in (301, 302, 303, 307, 308):
            return answer.getheader("Location") or ""
        if answer.status != 200:
            raise ImageRefused(
                Code.IMAGE_UNREACHABLE, f"HTTP {answer.status}", again=answer.status in AGAIN
            )
        return _read(answer, sock, deadline)
    finally:
        sock.close()


def _path(parts):
    """As a browser would send it: names of files are often in Cyrillic, or have blanks."""
    path = quote(parts.path or "/", safe=_KEPT)
    return f"{path}?{quote(parts.query, safe=_KEPT)}" if parts.query else path


def _read(answer, sock, deadline):
    parts, size = [], 0
    while True:
        # A host that trickles bytes runs out of time, too.
        sock.settimeout(_left(deadline))
        part = answer.read1(_PART)
        if not part:
            return b"".join(parts)
        size += len(part)
        if size > MAX_BYTES:
            raise ImageRefused(Code.IMAGE_TOO_BIG)
        parts.append(part)


def _left(deadline):
    left = deadline - time.monotonic()
    if left <= 0:
        raise ImageRefused(Code.IMAGE_UNREACHABLE, "too slow", again=True)
    return left
