-- Not run by our gate. ClickHouse reads the topic itself, and keeps it as long as you let it: at most 30 days, as the policy promises.
CREATE TABLE page_views_queue
(
    page String,
    pageKind LowCardinality(String),
    browserId Nullable(String),
    country Nullable(FixedString(2)),
    referrerHost Nullable(String),
    browser Nullable(String),
    os Nullable(String),
    device LowCardinality(String),
    loadKind LowCardinality(String),
    bot Bool,
    occurredAt DateTime('UTC')
)
ENGINE = Kafka
SETTINGS
    kafka_broker_list = 'localhost:9092',
    kafka_topic_list = 'traffic.page-view',
    kafka_group_name = 'analyst.clickhouse',
    kafka_format = 'JSONEachRow',
    input_format_skip_unknown_fields = 1,
    date_time_input_format = 'best_effort';

-- Kafka delivers at least once: the id of the fact makes a second delivery replace the first.
CREATE TABLE page_views
(
    id UUID,
    page String,
    country LowCardinality(String),
    browserId Nullable(String),
    occurredAt DateTime('UTC')
)
ENGINE = ReplacingMergeTree
ORDER BY (occurredAt, id)
TTL occurredAt + INTERVAL 30 DAY;

CREATE MATERIALIZED VIEW page_views_reader TO page_views AS
SELECT
    toUUID(_headers.value[indexOf(_headers.name, 'ce_id')]) AS id,
    page,
    ifNull(country, '') AS country,
    browserId,
    occurredAt
FROM page_views_queue
WHERE NOT bot;

SELECT country, count() AS views, uniqExact(browserId) AS visitors
FROM page_views FINAL
GROUP BY country
ORDER BY views DESC;
