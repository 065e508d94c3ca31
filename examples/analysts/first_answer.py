"""From which countries pages were viewed, after `npm start` and `npm run seed`."""

import duckdb
from topics import rows_of

views = rows_of("traffic.page-view")
print(
    duckdb.sql("""
        SELECT country, count(*) AS views, count(DISTINCT browserId) AS visitors
        FROM views WHERE NOT bot GROUP BY country ORDER BY views DESC
    """)
)
