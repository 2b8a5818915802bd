"""A process to be killed: delivers what is due from a store through a mail server, as ``run`` would.

SIGTERM lets it settle what is under way.

Usage: deliver_by_smtp.py STORE_URL PORT hold|resend NOW
"""

import signal
import sys
import threading
from datetime import datetime
from pathlib import Path

from syndicate.dispatch.local import deliver_due
from syndicate.model.cadence import Cadence, Every
from syndicate.settings.schema import (
    DispatchSettings,
    ListSettings,
    MailSettings,
    PublishSettings,
    Settings,
    SmtpSettings,
)
from syndicate.store.engine import connect

url, port, uncertain, now = sys.argv[1:]
settings = Settings(
    outbox=Path("unused"),
    publish=PublishSettings(base_url="https://gazette.example"),
    mail=MailSettings(
        sender="The Gazette <news@gazette.example>", transport="smtp", postal_address="4 Rope Walk"
    ),
    smtp=SmtpSettings(host="127.0.0.1", port=int(port), security="none", connections=3),
    lists=(ListSettings(name="gazette", cadences=(Cadence(every=Every.WEEKLY, on="mon"),)),),
    dispatch=DispatchSettings(uncertain="resend" if uncertain == "resend" else "hold"),
)
stopping = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stopping.set())
deliver_due(connect(url), settings, clock=lambda: datetime.fromisoformat(now), stopping=stopping.is_set)
