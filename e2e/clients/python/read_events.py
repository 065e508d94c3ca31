"""Reads records of Kafka, one JSON object a line, with the CloudEvents SDK, and prints what it made of each."""

import json
import sys

from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event

for line in sys.stdin:
    record = json.loads(line)
    headers = {name: value.encode() for name, value in record["headers"].items()}
    event = from_binary_event(KafkaMessage(headers=headers, key=record["key"], value=record["value"].encode()))
    attributes = {name: str(value) for name, value in event.get_attributes().items()}
    print(json.dumps({"attributes": attributes, "data": event.get_data()}))
