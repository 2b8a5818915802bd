"""A name server for tests: it knows TXT records, answers on loopback, and ends by itself."""

import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rrset


@contextmanager
def name_server(records: Mapping[str, Sequence[str]]) -> Iterator[int]:
    """Answer with these texts, each cut into strings of 255 octets; give the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        thread = threading.Thread(target=_serve, args=(listening, records))
        thread.start()
        try:
            yield port
        finally:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ending:
                ending.sendto(b"", ("127.0.0.1", port))
            thread.join()


def _serve(listening: socket.socket, records: Mapping[str, Sequence[str]]) -> None:
    while True:
        asked, sender = listening.recvfrom(4096)
        if not asked:
            return
        listening.sendto(_answer(asked, records), sender)


def _answer(asked: bytes, records: Mapping[str, Sequence[str]]) -> bytes:
    answer = dns.message.make_response(dns.message.from_wire(asked))
    answer.flags |= dns.flags.RA
    name = answer.question[0].name
    texts = records.get(name.to_text(omit_final_dot=True))
    if texts is None:
        answer.set_rcode(dns.rcode.NXDOMAIN)
    elif "trouble" in texts:
        answer.set_rcode(dns.rcode.SERVFAIL)
    else:
        answer.answer = [dns.rrset.from_text(name, 60, "IN", "TXT", *map(_strings, texts))] if texts else []
    return answer.to_wire()


def _strings(text: str) -> str:
    return " ".join(f'"{text[at : at + 255]}"' for at in range(0, len(text), 255))
