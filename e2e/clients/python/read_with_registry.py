"""Decodes and validates public topics as they are with the deserialiser of confluent-kafka, and prints what it read."""

import json
import os
import sys
import uuid

from confluent_kafka import Consumer
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.json_schema import JSONDeserializer
from confluent_kafka.serialization import MessageField, SerializationContext

registry = SchemaRegistryClient({"url": os.environ["GATEWAY"]})
deserialize = JSONDeserializer(None, schema_registry_client=registry)
consumer = Consumer(
    {
        "bootstrap.servers": os.environ["KAFKA_BROKERS"],
        "group.id": f"analyst.{uuid.uuid4()}",
        "auto.offset.reset": "earliest",
        "enable.partition.eof": True,
    }
)
topics = sys.argv[1:]
ended = set()
partitions = sum(len(consumer.list_topics(topic).topics[topic].partitions) for topic in topics)
consumer.subscribe(topics)
while len(ended) < partitions:
    message = consumer.poll(10)
    if message is None:
        continue
    if message.error():
        ended.add((message.topic(), message.partition()))
        continue
    context = SerializationContext(message.topic(), MessageField.VALUE, message.headers())
    print(json.dumps({"topic": message.topic(), "value": deserialize(message.value(), context)}))
consumer.close()
