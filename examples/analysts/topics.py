"""Reads a whole topic into a table that DuckDB, pandas and Arrow understand."""

import json
import os
import uuid

import pyarrow
from confluent_kafka import Consumer, KafkaError, KafkaException

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
    found = consumer.list_topics(name, timeout=30).topics[name]
    if found.error:
        raise KafkaException(found.error)
    unread = set(found.partitions)
    consumer.subscribe([name])
    facts = {}
    while unread:
        for message in consumer.consume(10_000, 1.0):
            if message.error() and message.error().code() != KafkaError._PARTITION_EOF:
                raise KafkaException(message.error())
            if message.error():
                unread.discard(message.partition())
            elif message.value():
                facts[dict(message.headers())["ce_id"]] = json.loads(message.value())
    consumer.close()
    # fields are added in time, and earlier facts lack them
    names = dict.fromkeys(name for fact in facts.values() for name in fact)
    return pyarrow.table({name: [fact.get(name) for fact in facts.values()] for name in names})
