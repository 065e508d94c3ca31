"""Logs in as an analyst, where Debian's kcat cannot, and says what may be read: log_in.py <file of mpics analysts add>"""

import sys

from confluent_kafka import Consumer
from topics import BROKERS, configuration, rows_of

own = configuration(sys.argv[1])
seen = Consumer({"bootstrap.servers": BROKERS, "group.id": f"{own['sasl.username']}.look", **own}).list_topics(timeout=30)
print("\n".join(sorted(seen.topics)))
print(rows_of("traffic.page-view", sys.argv[1]).num_rows, "views")
