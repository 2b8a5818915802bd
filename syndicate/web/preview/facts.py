"""What the page says of a proof, in the words and figures of its template; pure."""

from dataclasses import dataclass
from urllib.parse import urlencode

from syndicate.model.counting import counted
from syndicate.model.finding import Finding
from syndicate.reports.preview import standing_in
from syndicate.reports.proof import Proof
from syndicate.web.preview.emulating import Scheme

_HEAD_ENDS = b"\r\n\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What of a proof is shown, and how; it stands in the page's address."""

    show: str = "page"
    scheme: Scheme = "light"
    images: bool = True

    def query(self, **changes: str) -> str:
        """Give the address of this view with something else in it."""
        images = "on" if self.images else "off"
        return "?" + urlencode({"show": self.show, "scheme": self.scheme, "images": images, **changes})


def view_of(asked: dict[str, str]) -> View:
    """Give the view that an address asks for; what it doesn't know is as usual."""
    show = asked.get("show", "page")
    return View(
        show=show if show in {"page", "text", "message"} else "page",
        scheme="dark" if asked.get("scheme") == "dark" else "light",
        images=asked.get("images") != "off",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much of what Gmail shows the page takes."""

    bytes: int
    limit: int

    @property
    def percent(self) -> int:
        """Of the limit, rounded down."""
        return 100 * self.bytes // self.limit

    @property
    def words(self) -> str:
        """Say it."""
        return f"{self.bytes:,} of {self.limit:,} bytes"


def size_of(proof: Proof) -> Size:
    """Give the size of the HTML as a mail program sees it."""
    return Size(bytes=proof.size_bytes, limit=proof.limit_bytes)


def due(proof: Proof) -> str:
    """Say when it goes out and to whom, or for whom its posts stand in."""
    send = proof.send
    if send is None or proof.specimen:
        return f"{standing_in(send).capitalize()}."
    day = f"{send.wall:%A}, {send.wall.day} {send.wall:%B %Y}, {send.wall:%H:%M} ({send.zone})"
    return f"{day}, to {counted(send.readers, 'reader')} of {send.audience:,}"


def headers(message: bytes) -> str:
    """Give the head of a message as it would leave."""
    return message.partition(_HEAD_ENDS)[0].decode("utf-8", "replace")


def source(message: bytes) -> str:
    """Give a message as it would leave, in lines."""
    return message.decode("utf-8", "replace").replace("\r\n", "\n")


def where(finding: Finding) -> str:
    """Say where in the message it is."""
    line = f"line {finding.line} of the message" if finding.line else ""
    return ", ".join(filter(None, (finding.part, line)))
