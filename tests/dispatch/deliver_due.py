"""A process to be killed: delivers what is due from a store, as ``run`` would.

Usage: deliver_due.py OUTBOX STORE_URL NOW
"""

import sys
from datetime import datetime
from pathlib import Path

from syndicate.dispatch.local import deliver_due
from syndicate.model.cadence import Cadence, Every
from syndicate.settings.schema import ListSettings, MailSettings, PublishSettings, Settings, StoreSettings
from syndicate.store.engine import connect

outbox, url, now = sys.argv[1:]
settings = Settings(
    outbox=Path(outbox),
    publish=PublishSettings(base_url="https://gazette.example"),
    mail=MailSettings(sender="The Gazette <news@gazette.example>"),
    lists=(ListSettings(name="gazette", cadences=(Cadence(every=Every.WEEKLY, on="mon"),)),),
    store=StoreSettings(url="" if url.startswith("sqlite") else url),
)
deliver_due(connect(url), settings, clock=lambda: datetime.fromisoformat(now))
