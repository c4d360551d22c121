-- CE273 released_has_country (error, suite release)
-- A released event can be placed in a country, or its precision says why not (7).
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ((NOT (NOT ("origin" IS NULL))) OR (NOT ("country" IS NULL)));
