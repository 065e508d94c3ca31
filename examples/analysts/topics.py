"""Reads a whole topic into a table that DuckDB, pandas and Arrow understand."""

import json
import os
import uuid

import pyarrow
from confluent_kafka import Consumer

BROKERS = os.environ.get("KAFKA_BROKERS", "localhost:9092")
PREFIX = os.environ.get("KAFKA_PREFIX", "")


def configuration(file=None):
    """The lines that `mpics analysts add` prints; without a file, that of one machine after `npm start`."""
    lines = open(file).read().splitlines() if file else []
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def rows_of(topic, file=None):
    """Every record that the topic has now; each fact once, and tombstones left out."""
    own = configuration(file)
    group = f"{PREFIX}{own.get('sasl.username', 'analyst')}.{uuid.uuid4()}"
    consumer = Consumer(
        {
            "bootstrap.servers": BROKERS,
            "group.id": group,
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "enable.partition.eof": True,
            **own,
        }
    )
    name = PREFIX + topic
    unread = set(consumer.list_topics(name, timeout=30).topics[name].partitions)
    consumer.subscribe([name])
    facts = {}
    while unread:
        for message in consumer.consume(10_000, 1.0):
            if message.error():
                unread.discard(message.partition())
            elif message.value():
                facts[dict(message.headers())["ce_id"]] = json.loads(message.value())
    consumer.close()
    return pyarrow.Table.from_pylist(list(facts.values()))
