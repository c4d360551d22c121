-- Every macro of conflict-events, for DuckDB. It needs a view or table named events; the others may be there.
-- In DuckDB's command line: CREATE VIEW events AS FROM 'events.parquet'; then .read macros.sql
-- What each macro does stands above it.

-- Tables that are not there are empty.
CREATE VIEW IF NOT EXISTS event_actors AS SELECT CAST(NULL AS VARCHAR) AS "event_id", CAST(NULL AS VARCHAR) AS "actor_id", CAST(NULL AS VARCHAR) AS "name", CAST(NULL AS VARCHAR) AS "side", CAST(NULL AS VARCHAR) AS "role" WHERE false;
CREATE VIEW IF NOT EXISTS reports AS SELECT CAST(NULL AS VARCHAR) AS "report_id", CAST(NULL AS VARCHAR) AS "event_id", CAST(NULL AS VARCHAR) AS "source_id", CAST(NULL AS VARCHAR) AS "claim_kind", CAST(NULL AS VARCHAR) AS "claimed_by", CAST(NULL AS VARCHAR) AS "claimant_type", CAST(NULL AS VARCHAR) AS "assertion", CAST(NULL AS VARCHAR) AS "event_subtype", CAST(NULL AS DATE) AS "date_start", CAST(NULL AS DATE) AS "date_end", CAST(NULL AS TINYINT) AS "date_precision", CAST(NULL AS VARCHAR) AS "date_text", CAST(NULL AS VARCHAR) AS "place_id", CAST(NULL AS VARCHAR) AS "place_text", CAST(NULL AS VARCHAR) AS "side_a_text", CAST(NULL AS VARCHAR) AS "side_b_text", CAST(NULL AS VARCHAR) AS "supersedes_report_id", CAST(NULL AS INTEGER) AS "evidence_start", CAST(NULL AS INTEGER) AS "evidence_end", CAST(NULL AS VARCHAR) AS "evidence_sha256", CAST(NULL AS INTEGER) AS "evidence_length", CAST(NULL AS VARCHAR) AS "native" WHERE false;
CREATE VIEW IF NOT EXISTS casualties AS SELECT CAST(NULL AS VARCHAR) AS "report_id", CAST(NULL AS VARCHAR) AS "side", CAST(NULL AS VARCHAR) AS "harm", CAST(NULL AS INTEGER) AS "low", CAST(NULL AS INTEGER) AS "best", CAST(NULL AS INTEGER) AS "high", CAST(NULL AS VARCHAR) AS "count_text" WHERE false;
CREATE VIEW IF NOT EXISTS sources AS SELECT CAST(NULL AS VARCHAR) AS "source_id", CAST(NULL AS VARCHAR) AS "url", CAST(NULL AS VARCHAR) AS "title", CAST(NULL AS VARCHAR) AS "publisher_id", CAST(NULL AS VARCHAR) AS "author", CAST(NULL AS DATE) AS "published", CAST(NULL AS VARCHAR) AS "republished_by", CAST(NULL AS DATE) AS "republished", CAST(NULL AS VARCHAR) AS "derived_from_source_id", CAST(NULL AS DATE) AS "retrieved", CAST(NULL AS VARCHAR) AS "language", CAST(NULL AS VARCHAR) AS "text_sha256" WHERE false;
CREATE VIEW IF NOT EXISTS publishers AS SELECT CAST(NULL AS VARCHAR) AS "publisher_id", CAST(NULL AS VARCHAR) AS "name", CAST(NULL AS VARCHAR) AS "country", CAST(NULL AS VARCHAR) AS "kind", CAST(NULL AS VARCHAR) AS "stance", CAST(NULL AS VARCHAR) AS "stance_source" WHERE false;
CREATE VIEW IF NOT EXISTS actors AS SELECT CAST(NULL AS VARCHAR) AS "actor_id", CAST(NULL AS VARCHAR) AS "name", CAST(NULL AS VARCHAR[]) AS "aliases", CAST(NULL AS VARCHAR) AS "actor_type", CAST(NULL AS VARCHAR) AS "country", CAST(NULL AS DATE) AS "active_from", CAST(NULL AS DATE) AS "active_to", CAST(NULL AS STRUCT(affiliation VARCHAR, "from" DATE, "to" DATE)[]) AS "affiliations" WHERE false;
CREATE VIEW IF NOT EXISTS events_history AS SELECT CAST(NULL AS VARCHAR) AS "event_id", CAST(NULL AS VARCHAR) AS "origin", CAST(NULL AS VARCHAR) AS "origin_id", CAST(NULL AS VARCHAR) AS "origin_version", CAST(NULL AS VARCHAR) AS "record_status", CAST(NULL AS VARCHAR) AS "event_level", CAST(NULL AS VARCHAR) AS "parent_event_id", CAST(NULL AS VARCHAR) AS "event_type", CAST(NULL AS VARCHAR) AS "event_subtype", CAST(NULL AS TINYINT) AS "violence_type", CAST(NULL AS BOOLEAN) AS "civilian_targeting", CAST(NULL AS DATE) AS "date_start", CAST(NULL AS DATE) AS "date_end", CAST(NULL AS TINYINT) AS "date_precision", CAST(NULL AS VARCHAR) AS "date_kind", CAST(NULL AS VARCHAR) AS "date_basis", CAST(NULL AS VARCHAR) AS "side_a", CAST(NULL AS VARCHAR) AS "side_a_id", CAST(NULL AS VARCHAR) AS "side_a_type", CAST(NULL AS VARCHAR) AS "side_b", CAST(NULL AS VARCHAR) AS "side_b_id", CAST(NULL AS VARCHAR) AS "side_b_type", CAST(NULL AS VARCHAR) AS "initiator", CAST(NULL AS VARCHAR) AS "attribution", CAST(NULL AS VARCHAR) AS "territory_from", CAST(NULL AS VARCHAR) AS "territory_to", CAST(NULL AS VARCHAR) AS "control_extent", CAST(NULL AS VARCHAR) AS "country", CAST(NULL AS VARCHAR) AS "admin1", CAST(NULL AS VARCHAR) AS "admin2", CAST(NULL AS VARCHAR) AS "place_name", CAST(NULL AS VARCHAR) AS "where_description", CAST(NULL AS VARCHAR) AS "place_id", CAST(NULL AS DOUBLE) AS "latitude", CAST(NULL AS DOUBLE) AS "longitude", CAST(NULL AS TINYINT) AS "where_precision", CAST(NULL AS INTEGER) AS "priogrid_gid", CAST(NULL AS INTEGER) AS "deaths_side_a", CAST(NULL AS INTEGER) AS "deaths_side_b", CAST(NULL AS INTEGER) AS "deaths_civilians", CAST(NULL AS INTEGER) AS "deaths_unknown", CAST(NULL AS INTEGER) AS "deaths_low", CAST(NULL AS INTEGER) AS "deaths_best", CAST(NULL AS INTEGER) AS "deaths_high", CAST(NULL AS VARCHAR) AS "conflict_id", CAST(NULL AS VARCHAR) AS "dyad_id", CAST(NULL AS TINYINT) AS "event_clarity", CAST(NULL AS FLOAT) AS "confidence", CAST(NULL AS INTEGER) AS "n_reports", CAST(NULL AS VARCHAR) AS "coder", CAST(NULL AS BOOLEAN) AS "reviewed", CAST(NULL AS VARCHAR[]) AS "derived", CAST(NULL AS VARCHAR) AS "notes", CAST(NULL AS VARCHAR) AS "native", CAST(NULL AS VARCHAR) AS "event_cluster_id", CAST(NULL AS VARCHAR) AS "release_added", CAST(NULL AS VARCHAR) AS "release_revised", CAST(NULL AS BLOB) AS "geometry", CAST(NULL AS STRUCT(xmin DOUBLE, ymin DOUBLE, xmax DOUBLE, ymax DOUBLE)) AS "bbox", CAST(NULL AS VARCHAR) AS "valid_from", CAST(NULL AS VARCHAR) AS "valid_to", CAST(NULL AS VARCHAR) AS "merged_into" WHERE false;
CREATE VIEW IF NOT EXISTS coverage AS SELECT CAST(NULL AS VARCHAR) AS "coverage_id", CAST(NULL AS VARCHAR) AS "origin", CAST(NULL AS VARCHAR) AS "country", CAST(NULL AS VARCHAR) AS "admin1", CAST(NULL AS DATE) AS "first_month", CAST(NULL AS DATE) AS "last_month", CAST(NULL AS VARCHAR) AS "scope", CAST(NULL AS VARCHAR) AS "source" WHERE false;

-- haversine_km(lat1, lon1, lat2, lon2)
-- Great-circle distance between two points.
--
-- Arguments:
--   lat1, lon1: the one point, degrees (WGS 84)
--   lat2, lon2: the other point, degrees (WGS 84)
-- Returns:
--   DOUBLE, kilometres, on a sphere of radius 6371.0088 km (the mean radius of the Earth by IUGG; the ellipsoid
--   would differ by up to 0.6 %); null where an argument is null
-- Example:
--   SELECT round(haversine_km(33.31, 44.37, 36.34, 43.13)) AS km;
CREATE OR REPLACE MACRO haversine_km(lat1, lon1, lat2, lon2) AS
    2 * 6371.0088 * asin(sqrt(least(1.0,  -- rounding may lift antipodes above 1
        pow(sin(radians(lat2 - lat1) / 2), 2)
        + cos(radians(lat1)) * cos(radians(lat2)) * pow(sin(radians(lon2 - lon1) / 2), 2)
    )));

-- checked_latitude(lat, lon, km)
-- The latitude of a circle's centre, once the circle is known to be one: what events_within asks first.
--
-- Arguments:
--   lat: latitude of the centre, degrees, -90 to 90
--   lon: longitude of the centre, degrees, -180 to 180
--   km: radius, kilometres, 0 or more
-- Returns:
--   lat; an error where one of the three is null or out of its range
-- Example:
--   SELECT checked_latitude(36.34, 43.13, 25) AS lat;
CREATE OR REPLACE MACRO checked_latitude(lat, lon, km) AS
    CASE
        WHEN lat IS NULL OR lon IS NULL OR km IS NULL THEN error('events_within: lat, lon or km is null')
        WHEN lat NOT BETWEEN -90 AND 90 THEN error('events_within: lat must be from -90 to 90, in degrees')
        WHEN lon NOT BETWEEN -180 AND 180 THEN error('events_within: lon must be from -180 to 180, in degrees')
        WHEN km < 0 OR isnan(CAST(km AS DOUBLE)) THEN error('events_within: km must be 0 or more')
        ELSE lat
    END;

-- longitude_reach(lat, km)
-- How far east and west a circle around a point reaches: half the width of its bounding box.
--
-- Arguments:
--   lat: latitude of the centre, degrees
--   km: radius of the circle, kilometres, 0 or more
-- Returns:
--   DOUBLE, degrees of longitude; 180 where the circle reaches a pole, because it then crosses every meridian
-- Example:
--   SELECT round(longitude_reach(60, 100), 2) AS degrees;
CREATE OR REPLACE MACRO longitude_reach(lat, km) AS
    CASE
        -- just short of the pole asin loses its precision, so the box is widened a little early
        WHEN abs(lat) + degrees(km / 6371.0088) >= 89.99 THEN 180.0
        ELSE degrees(asin(least(1.0, greatest(-1.0, sin(km / 6371.0088) / cos(radians(lat))))))
    END;

-- checked_last(first, last)
-- The last day of a span, once the span is known to be one: what events_between asks first.
--
-- Arguments:
--   first: first day, a DATE or text such as '2016-10-01'
--   last: last day
-- Returns:
--   last, as a DATE; an error where one of the two is null, or first is after last
-- Example:
--   SELECT checked_last('2016-10-01', '2016-10-31') AS last;
CREATE OR REPLACE MACRO checked_last(first, last) AS
    CASE
        WHEN first IS NULL OR last IS NULL THEN error('events_between: first or last is null')
        WHEN CAST(first AS DATE) > CAST(last AS DATE) THEN error('events_between: first is after last')
        ELSE CAST(last AS DATE)
    END;

-- bounded_low(low, best)
-- What an event adds to the lowest sum of deaths, so that the sum stays below that of the best figures.
--
-- Arguments:
--   low: its lowest figure, null where none is told
--   best: its best figure, null where none is told
-- Returns:
--   low, or 0 where only a best figure is told; null where no best figure is told.
-- Example:
--   SELECT sum(bounded_low(deaths_low, deaths_best)) AS low, sum(deaths_best) AS best FROM events;
CREATE OR REPLACE MACRO bounded_low(low, best) AS CASE WHEN best IS NOT NULL THEN coalesce(low, 0) END;

-- checked_choice(argument, given, choices)
-- What was given for an argument, once it is known to be one of its choices: how macros refuse a policy that is none.
--
-- Arguments:
--   argument: name of the argument, for the message
--   given: what was given for it, of any type
--   choices: VARCHAR[] of what may be given
-- Returns:
--   VARCHAR, what was given; an error that names the choices where it is none of them, as null is not
-- Example:
--   SELECT checked_choice('spanning', 'first', ['first', 'last', 'even', 'days', 'drop']) AS spanning;
CREATE OR REPLACE MACRO checked_choice(argument, given, choices) AS
    CASE
        WHEN list_contains(choices, CAST(given AS VARCHAR)) THEN CAST(given AS VARCHAR)
        ELSE error(
            argument || ' is none of ' || array_to_string(choices, ', ') || ': '
            || coalesce(CAST(given AS VARCHAR), 'null')
        )
    END;

-- covered_months()
-- The months in which a source looked for events, place by place: the table coverage unfolded.
--
-- Returns:
--   origin; country (null: the world); admin1 (null: the whole country, or the world); month (DATE, its first day). Each
--   once, in no set order. No row where coverage has none: then nothing is known of where anybody looked.
-- Notes:
--   What was looked for, and where within a division, stands in the column scope of coverage: read it before a month
--   without events is taken for a quiet one. A row whose months are not written as their first days, or end before they
--   begin, is an error: a month looked at in part is not covered.
-- Example:
--   SELECT origin, country, count(DISTINCT admin1) AS divisions, min(month) AS first, max(month) AS last
--   FROM covered_months() GROUP BY origin, country ORDER BY origin, country;
CREATE OR REPLACE MACRO covered_months() AS TABLE
SELECT DISTINCT
    c.origin,
    c.country,
    c.admin1,
    CAST(unnest(
        CASE
            WHEN day(c.first_month) = 1 AND day(c.last_month) = 1 AND c.first_month <= c.last_month
                THEN generate_series(CAST(c.first_month AS TIMESTAMP), CAST(c.last_month AS TIMESTAMP), INTERVAL 1 MONTH)
            ELSE error(
                'coverage ''' || coalesce(c.coverage_id, 'null') || ''': first_month and last_month must be first days of '
                || 'months, in order; they are ' || coalesce(CAST(c.first_month AS VARCHAR), 'null') || ' and '
                || coalesce(CAST(c.last_month AS VARCHAR), 'null')
            )
        END
    ) AS DATE) AS month
FROM coverage AS c;

-- coverage_counts(origin := NULL)
-- How many origins looked at each place and month, as a whole or in part: what country_month and others tell it by.
--
-- Arguments:
--   origin: what this origin looked at only, such as 'ucdp_ged'
-- Returns:
--   country (null: the world); admin1 (null: the whole country); month (DATE, its first day); n_whole (origins that looked
--   at all of the place, by itself or with what it lies in); n_any (origins that looked at it or at a part of it);
--   n_asked (origins that coverage tells of). A row for each covered place, and for each country of a covered division.
-- Example:
--   SELECT country, month, n_whole, n_any FROM coverage_counts() WHERE admin1 IS NULL ORDER BY country, month;
CREATE OR REPLACE MACRO coverage_counts(origin := NULL) AS TABLE
WITH covered AS MATERIALIZED (
    SELECT m.* FROM covered_months() AS m WHERE origin IS NULL OR m.origin = CAST(origin AS VARCHAR)
),
keys AS (
    SELECT m.country, m.admin1, m.month FROM covered AS m
    UNION
    SELECT m.country, NULL, m.month FROM covered AS m WHERE m.country IS NOT NULL
),
looked AS (
    SELECT m.country, m.admin1, m.month, m.origin, true AS is_whole FROM covered AS m
    UNION
    SELECT m.country, NULL, m.month, m.origin, false FROM covered AS m WHERE m.admin1 IS NOT NULL
    UNION
    SELECT p.country, p.admin1, p.month, m.origin, true
    FROM keys AS p JOIN covered AS m ON m.month = p.month AND m.country = p.country
    WHERE p.admin1 IS NOT NULL AND m.admin1 IS NULL
    UNION
    SELECT p.country, p.admin1, p.month, m.origin, true
    FROM keys AS p JOIN covered AS m ON m.month = p.month
    WHERE p.country IS NOT NULL AND m.country IS NULL
)
SELECT
    l.country,
    l.admin1,
    l.month,
    count(DISTINCT l.origin) FILTER (WHERE l.is_whole) AS n_whole,
    count(DISTINCT l.origin) AS n_any,
    any_value(a.n) AS n_asked
FROM looked AS l, (SELECT count(DISTINCT m.origin) AS n FROM covered AS m) AS a
GROUP BY l.country, l.admin1, l.month;

-- seen_as(month, country, n_whole, n_any, n_asked)
-- Whether a place was looked at in a month, by how many origins looked (see coverage_counts).
--
-- Arguments:
--   month: the month, null where it is not known
--   country: the country, null where it is not known
--   n_whole: origins that looked at all of the place, null for none
--   n_any: origins that looked at it or at a part of it, null for none
--   n_asked: origins that coverage tells of, null for none
-- Returns:
--   VARCHAR: 'whole', 'part', 'none'; null where it is not known: no origin is told of, or the month or the country is
--   null and the world was not looked at as a whole
-- Example:
--   SELECT seen_as(DATE '2017-01-01', 'IRQ', 0, 1, 1) AS covered;
CREATE OR REPLACE MACRO seen_as(month, country, n_whole, n_any, n_asked) AS
    CASE
        WHEN month IS NULL OR n_asked IS NULL THEN NULL
        WHEN n_whole = n_asked THEN 'whole'
        WHEN country IS NULL THEN NULL
        WHEN n_any > 0 THEN 'part'
        ELSE 'none'
    END;

-- counted_events(origin := NULL, dedupe := NULL)
-- The events that may be counted and summed, each once: what the aggregating macros stand on.
--
-- Arguments:
--   origin: count the events of this origin only, such as 'ucdp_ged'
--   dedupe: true counts one event of each event_cluster_id; events without a cluster count singly
-- Returns:
--   every column of events, without the rows whose record_status is claim or withdrawn
-- Notes:
--   Where events mixes origins, the same happening may stand in it once an origin, and a sum would count its dead
--   twice: then the call is refused unless it says origin or dedupe. An origin that has nothing to count is an error,
--   not an empty result. Of a cluster the event is kept that is final before candidate, that gives deaths_best, that
--   is reviewed, and then the one whose event_id sorts first. dedupe is only as good as the clusters: events that
--   nobody linked still count twice. Deaths stand at one level, so aggregates and incidents may be summed together.
-- Example:
--   SELECT event_level, count(*) AS n, sum(deaths_best) AS deaths
--   FROM counted_events(origin := 'article') GROUP BY event_level ORDER BY event_level;
CREATE OR REPLACE MACRO counted_events(origin := NULL, dedupe := NULL) AS TABLE
SELECT e.*
FROM events AS e,
    -- The check yields the origin to filter on, so no plan can have the rows without having made the check.
    (
        SELECT
            CASE
                WHEN origin IS NULL AND NOT coalesce(dedupe, false) AND count_if(o.countable) > 1
                    THEN error(
                        'events mixes origins (' || string_agg(o.name, ', ' ORDER BY o.name) FILTER (WHERE o.countable)
                        || '), so one event may count twice: say origin := ''NAME'', or dedupe := true to count each '
                        || 'event_cluster_id once'
                    )
                WHEN origin IS NOT NULL AND count(*) > 0
                    AND NOT coalesce(bool_or(o.countable AND o.name = CAST(origin AS VARCHAR)), false)
                    THEN error(
                        'events has nothing to count of origin ''' || CAST(origin AS VARCHAR)
                        || ''' (claims and withdrawn events are left out); it has ' || coalesce(
                            string_agg(o.name, ', ' ORDER BY o.name) FILTER (WHERE o.countable), 'none of any other'
                        )
                    )
                ELSE CAST(origin AS VARCHAR)
            END AS chosen
        FROM (
            SELECT
                coalesce(g.origin, 'unknown origin') AS name,
                bool_or(coalesce(g.record_status, '') NOT IN ('claim', 'withdrawn')) AS countable
            FROM events AS g
            GROUP BY g.origin
        ) AS o
    ) AS checked
WHERE (e.record_status IS NULL OR e.record_status NOT IN ('claim', 'withdrawn'))
    -- settled while planning: no join on origin where none is asked for
    AND CASE WHEN origin IS NULL THEN checked.chosen IS NULL ELSE e.origin = checked.chosen END
QUALIFY NOT coalesce(dedupe, false)
    OR e.event_cluster_id IS NULL
    OR row_number() OVER (
        PARTITION BY e.event_cluster_id
        ORDER BY
            e.record_status = 'final' DESC NULLS LAST,
            e.deaths_best IS NULL,
            e.reviewed DESC NULLS LAST,
            e.event_id
    ) = 1;

-- event_months(origin := NULL, dedupe := NULL, spanning := 'first')
-- The events that may be counted, each in the months that it counts in, with the share of it that counts there.
--
-- Arguments:
--   origin: count the events of this origin only, such as 'ucdp_ged'
--   dedupe: true counts one event of each event_cluster_id
--   spanning: what becomes of an event that ends in a later month than it begins: 'first' counts it in its first month,
--     'last' in its last (before that it was not known as it is), 'even' in equal shares in every month that it touches,
--     'days' in shares by its days in each month, 'drop' in no month
-- Returns:
--   every column of events; month (DATE, its first day; null for undated events, and for those that 'drop' drops);
--   share (DOUBLE, 0 to 1); is_spanning (BOOLEAN). In no set order.
-- Notes:
--   The shares of an event add up to 1, so sums over all rows, month null included, are those of the events whatever
--   the policy. 'even' and 'days' give fractions of events and of deaths: a share says nothing of when in its span an
--   event happened. Claims and withdrawn events are left out; a mix of origins is refused (see counted_events).
-- Example:
--   SELECT month, sum(share) AS events, sum(share * deaths_best) AS deaths
--   FROM event_months(spanning := 'days', origin := 'article') GROUP BY month ORDER BY month;
CREATE OR REPLACE MACRO event_months(origin := NULL, dedupe := NULL, spanning := 'first') AS TABLE
-- whole events; where a policy is named in the call, what it does not ask for is not in the plan
SELECT
    e.*,
    CASE checked_choice('spanning', spanning, ['first', 'last', 'even', 'days', 'drop'])
        WHEN 'drop'
            THEN CASE
                WHEN coalesce(e.date_end > last_day(e.date_start), false) THEN NULL
                ELSE CAST(date_trunc('month', e.date_start) AS DATE)
            END
        WHEN 'last' THEN CAST(date_trunc('month', CASE WHEN e.date_end > e.date_start THEN e.date_end ELSE e.date_start END) AS DATE)
        ELSE CAST(date_trunc('month', e.date_start) AS DATE)
    END AS month,
    CAST(1 AS DOUBLE) AS share,
    coalesce(e.date_end > last_day(e.date_start), false) AS is_spanning
FROM counted_events(origin := origin, dedupe := dedupe) AS e
WHERE CASE
    WHEN checked_choice('spanning', spanning, ['first', 'last', 'even', 'days', 'drop']) IN ('even', 'days')
        THEN NOT coalesce(e.date_end > last_day(e.date_start), false)
    ELSE true
END
UNION ALL
-- those that are shared out
SELECT
    s.* EXCLUDE (month, n_months),
    CAST(s.month AS DATE) AS month,
    CASE
        WHEN CAST(spanning AS VARCHAR) = 'even' THEN 1.0 / s.n_months
        ELSE (least(s.date_end, last_day(s.month)) - greatest(s.date_start, CAST(s.month AS DATE)) + 1)
            / CAST(s.date_end - s.date_start + 1 AS DOUBLE)
    END AS share,
    true AS is_spanning
FROM (
    SELECT
        e.*,
        datediff('month', e.date_start, e.date_end) + 1 AS n_months,
        unnest(generate_series(
            date_trunc('month', CAST(e.date_start AS TIMESTAMP)), date_trunc('month', CAST(e.date_end AS TIMESTAMP)),
            INTERVAL 1 MONTH
        )) AS month
    FROM counted_events(origin := origin, dedupe := dedupe) AS e
    WHERE CAST(spanning AS VARCHAR) IN ('even', 'days') AND e.date_end > last_day(e.date_start)
) AS s
UNION ALL
-- no row: where there are no events a wrong policy is an error too
SELECT e.*, CAST(NULL AS DATE), CAST(NULL AS DOUBLE), false
FROM (SELECT checked_choice('spanning', spanning, ['first', 'last', 'even', 'days', 'drop']) IS NULL AS is_wrong) AS c
LEFT JOIN events AS e ON false
WHERE c.is_wrong;

-- placed_months(unit, origin := NULL, dedupe := NULL, unplaced := 'apart', widest := 3, spanning := 'first')
-- The events that may be counted, each in the months and the places that it counts in, with its share there.
--
-- Arguments:
--   unit: 'admin1' or 'grid' (PRIO-GRID cells of half a degree)
--   origin: count the events of this origin only, such as 'ucdp_ged'
--   dedupe: true counts one event of each event_cluster_id
--   unplaced: what becomes of an event that is not known to the unit: 'apart' leaves its place null, 'distribute' shares
--     it out over the places of the same first division, else of the same country, in proportion to their events that
--     are known; where there is none its place stays null
--   widest: the greatest where_precision whose point says in which cell an event lies, from 1 to 7; a point at the middle
--     of a country is no place
--   spanning: what becomes of events that span months: 'first', 'last', 'even', 'days' or 'drop' (see event_months)
-- Returns:
--   every column of event_months, its share being that of month and place together; place (VARCHAR: the first division, or
--   the number of the cell; null where it is not known); is_placed (BOOLEAN: false where it is not known or was shared
--   out). In no set order.
-- Notes:
--   The shares of an event add up to 1 under every policy. Distributing makes no knowledge: it spreads what is known of a
--   province over the cells where events are told of. Claims and withdrawn events are left out; a mix of origins is
--   refused (see counted_events).
-- Example:
--   SELECT place, sum(share) AS events FROM placed_months('grid', unplaced := 'distribute', origin := 'article')
--   GROUP BY place ORDER BY events DESC, place LIMIT 5;
CREATE OR REPLACE MACRO placed_months(
    unit, origin := NULL, dedupe := NULL, unplaced := 'apart', widest := 3, spanning := 'first'
) AS TABLE
-- each branch reads the events anew: what is wide is never held in memory
WITH within AS MATERIALIZED (
    -- how the known events of a division and of a country lie over their places
    SELECT
        t.country,
        g.admin1,
        t.known AS place,
        sum(t.share) / sum(sum(t.share)) OVER (PARTITION BY t.country, g.admin1) AS part
    FROM (
        SELECT
            e.country,
            e.admin1,
            e.share,
        CASE checked_choice('unit', unit, ['admin1', 'grid'])
            WHEN 'admin1' THEN e.admin1
            WHEN 'grid' THEN CASE WHEN e.where_precision <= widest THEN CAST(e.priogrid_gid AS VARCHAR) END
        END AS known
        FROM event_months(spanning := spanning, origin := origin, dedupe := dedupe) AS e
        WHERE CAST(unplaced AS VARCHAR) = 'distribute' AND e.country IS NOT NULL
    ) AS t, (SELECT unnest([true, false]) AS whole) AS w, LATERAL (
        SELECT CASE WHEN w.whole THEN NULL ELSE t.admin1 END AS admin1
    ) AS g
    WHERE t.known IS NOT NULL AND (w.whole OR t.admin1 IS NOT NULL)
    GROUP BY t.country, g.admin1, t.known
),
divided AS (SELECT DISTINCT country, admin1 FROM within WHERE admin1 IS NOT NULL)
SELECT t.* EXCLUDE (known), t.known AS place, t.known IS NOT NULL AS is_placed
FROM (
    SELECT
        e.*,
        CASE checked_choice('unit', unit, ['admin1', 'grid'])
            WHEN 'admin1' THEN e.admin1
            WHEN 'grid' THEN CASE WHEN e.where_precision <= widest THEN CAST(e.priogrid_gid AS VARCHAR) END
        END AS known
    FROM event_months(spanning := spanning, origin := origin, dedupe := dedupe) AS e
) AS t
WHERE t.known IS NOT NULL OR checked_choice('unplaced', unplaced, ['apart', 'distribute']) = 'apart'
UNION ALL
SELECT
    t.* EXCLUDE (known) REPLACE (t.share * coalesce(w.part, 1.0) AS share),
    w.place,
    false AS is_placed
FROM (
    SELECT
        e.*,
        CASE checked_choice('unit', unit, ['admin1', 'grid'])
            WHEN 'admin1' THEN e.admin1
            WHEN 'grid' THEN CASE WHEN e.where_precision <= widest THEN CAST(e.priogrid_gid AS VARCHAR) END
        END AS known
    FROM event_months(spanning := spanning, origin := origin, dedupe := dedupe) AS e
    WHERE CAST(unplaced AS VARCHAR) = 'distribute'
) AS t
LEFT JOIN divided AS d ON d.country = t.country AND d.admin1 = t.admin1
LEFT JOIN within AS w ON w.country = t.country AND w.admin1 IS NOT DISTINCT FROM d.admin1
WHERE t.known IS NULL
UNION ALL
-- no row: where there are no events a wrong argument is an error too
SELECT e.*, CAST(NULL AS DATE), CAST(NULL AS DOUBLE), false, NULL, false
FROM (
    SELECT
        checked_choice('unit', unit, ['admin1', 'grid']) IS NULL
        OR checked_choice('unplaced', unplaced, ['apart', 'distribute']) IS NULL
        OR CASE
            WHEN CAST(widest AS DOUBLE) BETWEEN 1 AND 7 THEN false
            ELSE error('widest is a where_precision from 1 to 7: ' || coalesce(CAST(widest AS VARCHAR), 'null'))
        END AS is_wrong
) AS c
LEFT JOIN events AS e ON false
WHERE c.is_wrong;

-- release_order(release)
-- A data release as numbers, which compare as releases do: 2026.11.9 before 2026.11.10.
--
-- Arguments:
--   release: year, two-digit month and number, such as '2026.11.0'
-- Returns:
--   BIGINT[] of year, month and number; null for null; an error where the text has another form
-- Example:
--   SELECT release_order('2026.11.9') < release_order('2026.11.10') AS earlier;
CREATE OR REPLACE MACRO release_order(release) AS
    CASE
        WHEN release IS NULL THEN NULL
        WHEN NOT regexp_full_match(CAST(release AS VARCHAR), '[0-9]{4}\.(0[1-9]|1[0-2])\.[0-9]{1,18}')
            THEN error(
                'release_order: ''' || CAST(release AS VARCHAR) || ''' is no data release: write year, two-digit '
                || 'month and number, such as 2026.11.0'
            )
        ELSE CAST(string_split(CAST(release AS VARCHAR), '.') AS BIGINT[])
    END;

-- actor_timeline(name, origin := NULL, dedupe := NULL)
-- The events of one actor, in order, with its part in each.
--
-- Arguments:
--   name: the actor: its id, its name, or one of its aliases, in any case
--   origin: take the events of this origin only, such as 'ucdp_ged'
--   dedupe: true takes one event of each event_cluster_id
-- Returns:
--   every column of events; actor_name (as the event has it); actor_side ('a', 'b', 'other'); actor_role ('primary',
--   'ally', 'backer', 'target'). By first day.
-- Notes:
--   An actor is looked for among the sides of events and in event_actors, so units and allies are found. An event in
--   which it stands twice comes twice, once a side. Claims and withdrawn events are left out; a mix of origins is refused
--   (see counted_events). A name that no actor, alias or side bears is an error.
-- Example:
--   SELECT date_start, event_subtype, place_name, actor_side, actor_role
--   FROM actor_timeline((SELECT min(side_a) FROM events WHERE origin = 'article'), origin := 'article') LIMIT 10;
CREATE OR REPLACE MACRO actor_timeline(name, origin := NULL, dedupe := NULL) AS TABLE
WITH ids AS (
    SELECT k.actor_id
    FROM actors AS k
    WHERE lower(CAST(name AS VARCHAR)) IN (lower(k.actor_id), lower(k.name))
        OR list_contains(list_transform(k.aliases, lambda x: lower(x)), lower(CAST(name AS VARCHAR)))
),
parts AS (
    SELECT e.event_id, e.side_a AS actor_name, 'a' AS actor_side, 'primary' AS actor_role, e.side_a_id AS actor_id
    FROM events AS e WHERE e.side_a IS NOT NULL
    UNION ALL
    SELECT e.event_id, e.side_b, 'b', 'target', e.side_b_id FROM events AS e WHERE e.side_b IS NOT NULL
    UNION ALL
    SELECT x.event_id, x.name, x.side, x.role, x.actor_id FROM event_actors AS x
),
-- The check yields the name to look for, so no plan can have the rows without having made the check.
asked AS MATERIALIZED (
    SELECT
        CASE
            WHEN k.n + p.n = 0 THEN error(
                'actor_timeline: no actor, alias or side is ' || coalesce('''' || CAST(name AS VARCHAR) || '''', 'null')
                || ': look for the name in actors, or in side_a and side_b of events'
            )
            ELSE lower(CAST(name AS VARCHAR))
        END AS name
    FROM (SELECT count(*) AS n FROM ids) AS k,
        (SELECT count(*) AS n FROM parts AS p WHERE lower(p.actor_name) = lower(CAST(name AS VARCHAR))) AS p
),
its AS (
    SELECT
        p.event_id,
        any_value(p.actor_name) AS actor_name,
        p.actor_side,
        -- event_actors tells more of a side than that it is the second
        min_by(p.actor_role, array_position(['primary', 'ally', 'backer', 'target'], p.actor_role)) AS actor_role
    FROM parts AS p, asked AS a
    WHERE p.actor_id IN (FROM ids) OR lower(p.actor_name) = a.name
    GROUP BY p.event_id, p.actor_side
)
SELECT e.*, i.actor_name, i.actor_side, i.actor_role
FROM counted_events(origin := origin, dedupe := dedupe) AS e
JOIN its AS i ON i.event_id = e.event_id
ORDER BY e.date_start NULLS LAST, e.date_end, e.event_id, i.actor_side;

-- admin_month(origin := NULL, dedupe := NULL, unplaced := 'apart', spanning := 'first', zeros := false)
-- Events and deaths by first division (province, governorate) and month.
--
-- Arguments:
--   origin: count the events of this origin only, such as 'ucdp_ged'
--   dedupe: true counts one event of each event_cluster_id
--   unplaced: what becomes of events without a first division: 'apart' counts them under admin1 null, 'distribute' shares
--     them out over the divisions of their country by what is known (see placed_months)
--   spanning: what becomes of events that span months: 'first', 'last', 'even', 'days' or 'drop' (see event_months)
--   zeros: true adds a row of zeros for each division and month that was looked at as a whole and has no event
-- Returns:
--   country; admin1; month (DATE, its first day); n_events; deaths_low, deaths_best, deaths_high; n_without_low,
--   n_without_best, n_without_high; n_spanning, as in country_month; n_not_placed (events whose place is not known, or
--   was shared out); covered (VARCHAR, as in country_month). DOUBLE but for covered. Sorted; what has no events has no row
--   unless zeros asks for it.
-- Notes:
--   Divisions are named as the source names them: two origins may spell one in two ways. Totals over all rows are those of
--   events. Claims and withdrawn events are left out; a mix of origins is refused (see counted_events). A division is looked
--   at where coverage names it, its whole country or the world. Where that is not the division itself, zeros are those of
--   divisions that have events at all. The rows under admin1 null are covered as their country is.
-- Example:
--   SELECT admin1, month, n_events, deaths_best
--   FROM admin_month(origin := 'article') WHERE country = 'SYR' ORDER BY month, admin1;
CREATE OR REPLACE MACRO admin_month(
    origin := NULL, dedupe := NULL, unplaced := 'apart', spanning := 'first', zeros := false
) AS TABLE
WITH counted AS MATERIALIZED (
    SELECT
        e.country,
        e.place AS admin1,
        e.month,
        sum(e.share) AS n_events,
        sum(e.share * bounded_low(e.deaths_low, e.deaths_best)) AS deaths_low,
        sum(e.share * e.deaths_best) AS deaths_best,
        sum(e.share * coalesce(e.deaths_high, e.deaths_best)) AS deaths_high,
        coalesce(sum(e.share) FILTER (WHERE e.deaths_low IS NULL), 0) AS n_without_low,
        coalesce(sum(e.share) FILTER (WHERE e.deaths_best IS NULL), 0) AS n_without_best,
        coalesce(sum(e.share) FILTER (WHERE e.deaths_high IS NULL), 0) AS n_without_high,
        coalesce(sum(e.share) FILTER (WHERE e.is_spanning), 0) AS n_spanning,
        coalesce(sum(e.share) FILTER (WHERE NOT e.is_placed), 0) AS n_not_placed
    FROM placed_months(
        'admin1', unplaced := unplaced, spanning := spanning, origin := origin, dedupe := dedupe
    ) AS e
    GROUP BY e.country, e.place, e.month
),
looked AS MATERIALIZED (FROM coverage_counts(origin := origin)),
asked AS MATERIALIZED (
    -- The check yields whether to add zeros, so no plan can have them without having made it.
    SELECT
        CASE
            WHEN coalesce(CAST(zeros AS BOOLEAN), false) AND count(*) = 0 THEN error(
                'admin_month: zeros := true needs the table coverage, which says where a source looked, and it has no row'
                || coalesce(' of origin ''' || CAST(origin AS VARCHAR) || '''', '') || ': add rows to coverage, or leave zeros out'
            )
            ELSE coalesce(CAST(zeros AS BOOLEAN), false)
        END AS zeros
    FROM coverage AS c
    WHERE origin IS NULL OR c.origin = CAST(origin AS VARCHAR)
),
divisions AS (
    SELECT DISTINCT n.country, n.admin1 FROM counted AS n WHERE n.country IS NOT NULL AND n.admin1 IS NOT NULL
),
quiet AS (
    -- of the world and of whole countries those divisions that have events at all
    SELECT l.country, l.admin1, l.month FROM looked AS l WHERE l.admin1 IS NOT NULL AND l.n_whole = l.n_asked
    UNION
    SELECT d.country, d.admin1, l.month
    FROM looked AS l JOIN divisions AS d ON d.country = l.country
    WHERE l.admin1 IS NULL AND l.n_whole = l.n_asked
    UNION
    SELECT d.country, d.admin1, l.month FROM looked AS l, divisions AS d WHERE l.country IS NULL AND l.n_whole = l.n_asked
),
filled AS (
    FROM counted
    UNION ALL
    SELECT q.country, q.admin1, q.month, 0, 0, 0, 0, 0, 0, 0, 0, 0
    FROM quiet AS q, asked AS a
    WHERE a.zeros AND NOT EXISTS (
        FROM counted AS n WHERE n.country = q.country AND n.admin1 = q.admin1 AND n.month = q.month
    )
)
SELECT
    f.*,
    CASE
        WHEN f.admin1 IS NULL
            THEN seen_as(f.month, f.country, coalesce(state.n_whole, world.n_whole), coalesce(state.n_any, world.n_any), s.n_asked)
        -- a division is looked at with its country; that another one of it was looked at is nothing to it
        ELSE seen_as(
            f.month, f.country, coalesce(own.n_whole, state.n_whole, world.n_whole),
            coalesce(own.n_any, state.n_whole, world.n_any), s.n_asked
        )
    END AS covered
FROM filled AS f
CROSS JOIN (SELECT max(l.n_asked) AS n_asked FROM looked AS l) AS s
LEFT JOIN looked AS own ON own.country = f.country AND own.admin1 = f.admin1 AND own.month = f.month
LEFT JOIN looked AS state ON state.country = f.country AND state.month = f.month AND state.admin1 IS NULL
LEFT JOIN looked AS world ON world.month = f.month AND world.country IS NULL
ORDER BY f.country, f.admin1, f.month;

-- conflicting_reports()
-- Events whose reports contradict each other, and in what.
--
-- Returns:
--   event_id; what ('killed', 'day', 'kind', 'denied'); n_reports (that say something of it); said (text: each answer with
--   the publishers that give it); spread (DOUBLE: the highest figure of killed over the lowest, or the days between the
--   first and the last day; null for kind and denied). Sorted by event and what.
-- Notes:
--   killed compares the best figures, side by side and of the same side only; day the first days of reports that are dated
--   to the day; kind the event_subtype; denied tells of reports that deny what another one states. Superseded reports
--   are left out. A contradiction is no error: it is what the sources say. Two reports of one statement agree with each
--   other and prove nothing.
-- Example:
--   SELECT what, count(*) AS events, max(spread) AS most FROM conflicting_reports() GROUP BY what ORDER BY what;
CREATE OR REPLACE MACRO conflicting_reports() AS TABLE
WITH standing AS MATERIALIZED (
    SELECT r.*, coalesce(p.name, s.publisher_id, r.source_id) AS teller
    FROM reports AS r
    LEFT JOIN sources AS s ON s.source_id = r.source_id
    LEFT JOIN publishers AS p ON p.publisher_id = s.publisher_id
    WHERE r.event_id IS NOT NULL AND r.claim_kind = 'event'
        AND r.report_id NOT IN (SELECT x.supersedes_report_id FROM reports AS x WHERE x.supersedes_report_id IS NOT NULL)
),
answers AS (
    SELECT t.event_id, 'killed' AS what, c.side AS part, CAST(c.best AS VARCHAR) AS answer, t.teller, CAST(c.best AS DOUBLE) AS n
    FROM standing AS t JOIN casualties AS c ON c.report_id = t.report_id
    WHERE c.harm = 'killed' AND c.best IS NOT NULL AND t.assertion <> 'denied'
    UNION ALL
    SELECT t.event_id, 'day', '', CAST(t.date_start AS VARCHAR), t.teller, t.date_start - DATE '1970-01-01'
    FROM standing AS t WHERE t.date_precision = 1 AND t.date_start = t.date_end
    UNION ALL
    SELECT t.event_id, 'kind', '', t.event_subtype, t.teller, NULL FROM standing AS t WHERE t.event_subtype IS NOT NULL
    UNION ALL
    SELECT t.event_id, 'denied', '', CASE WHEN t.assertion = 'denied' THEN 'denied' ELSE 'told' END, t.teller, NULL
    FROM standing AS t
),
said AS (
    SELECT
        a.event_id, a.what, a.part, a.answer, count(*) AS n_reports, any_value(a.n) AS n,
        a.answer || ' (' || string_agg(DISTINCT a.teller, ', ' ORDER BY a.teller) || ')' AS line
    FROM answers AS a
    GROUP BY a.event_id, a.what, a.part, a.answer
)
SELECT
    s.event_id,
    s.what,
    CAST(sum(s.n_reports) AS BIGINT) AS n_reports,
    CASE WHEN s.part = '' THEN '' ELSE s.part || ': ' END || string_agg(s.line, '; ' ORDER BY s.n, s.answer) AS said,
    CASE s.what
        WHEN 'killed' THEN max(s.n) / nullif(min(s.n), 0)
        WHEN 'day' THEN max(s.n) - min(s.n)
    END AS spread
FROM said AS s
GROUP BY s.event_id, s.what, s.part
HAVING count(*) > 1
ORDER BY s.event_id, s.what, s.part;

-- country_month(origin := NULL, dedupe := NULL, spanning := 'first', zeros := false)
-- Events and deaths by country and month.
--
-- Arguments:
--   origin: count the events of this origin only, such as 'ucdp_ged'
--   dedupe: true counts one event of each event_cluster_id
--   spanning: what becomes of events that span months: 'first', 'last', 'even', 'days' or 'drop' (see event_months)
--   zeros: true adds a row of zeros for each country and month that was looked at as a whole and has no event
-- Returns:
--   country; month (DATE, its first day); n_events; deaths_low, deaths_best, deaths_high; n_without_low,
--   n_without_best, n_without_high (events that do not give the figure); n_spanning (events that end in a later month
--   than they begin); covered (VARCHAR: whether the source looked there and then: 'whole', 'part', 'none', null where
--   coverage does not say). Counts and deaths are DOUBLE, since 'even' and 'days' give shares; null where no event gives
--   a figure, never zero for unknown. Sorted by country and month; months without events have no row unless zeros asks
--   for it: a row that is not there does not mean that nothing happened.
-- Notes:
--   deaths_best is the plain sum of the best figures. deaths_low is over the events that give a best figure, where an
--   event without a low counts 0; deaths_high is over all events that give a best or a high figure, where an open high
--   counts the best: so low <= best <= high always. With n_without_high events open above, the high is "at least". A
--   plain sum of deaths_high over events would fall below that of deaths_best. Undated events stand under month null,
--   those without a country under country null, so the totals are those of events. n_events counts aggregates and
--   incidents alike. An incident whose deaths stand in its aggregate gives no figure of its own and so counts in
--   n_without_*. Claims and withdrawn events are left out; a mix of origins is refused (see counted_events).
--   covered is by the table coverage (see covered_months): of origin where it is given, else of all origins in it. 'part'
--   means that some divisions of the country only, or some of several origins, were looked at: there 0 is not known, and
--   zeros adds no row. Where coverage is of the world, zeros are those of countries that have events at all. A zero
--   says that nothing of the scope of coverage was found and placed there: look at the rows under null too. zeros without
--   any coverage is an error.
-- Example:
--   SELECT country, month, n_events, deaths_low, deaths_best, deaths_high, n_without_high
--   FROM country_month(origin := 'article') WHERE month >= DATE '2016-01-01';
CREATE OR REPLACE MACRO country_month(origin := NULL, dedupe := NULL, spanning := 'first', zeros := false) AS TABLE
WITH counted AS MATERIALIZED (
    SELECT
        e.country,
        e.month,
        sum(e.share) AS n_events,
        sum(e.share * bounded_low(e.deaths_low, e.deaths_best)) AS deaths_low,
        sum(e.share * e.deaths_best) AS deaths_best,
        sum(e.share * coalesce(e.deaths_high, e.deaths_best)) AS deaths_high,
        coalesce(sum(e.share) FILTER (WHERE e.deaths_low IS NULL), 0) AS n_without_low,
        coalesce(sum(e.share) FILTER (WHERE e.deaths_best IS NULL), 0) AS n_without_best,
        coalesce(sum(e.share) FILTER (WHERE e.deaths_high IS NULL), 0) AS n_without_high,
        coalesce(sum(e.share) FILTER (WHERE e.is_spanning), 0) AS n_spanning
    FROM event_months(spanning := spanning, origin := origin, dedupe := dedupe) AS e
    GROUP BY e.country, e.month
),
looked AS MATERIALIZED (FROM coverage_counts(origin := origin)),
asked AS MATERIALIZED (
    -- The check yields whether to add zeros, so no plan can have them without having made it.
    SELECT
        CASE
            WHEN coalesce(CAST(zeros AS BOOLEAN), false) AND count(*) = 0 THEN error(
                'country_month: zeros := true needs the table coverage, which says where a source looked, and it has no row'
                || coalesce(' of origin ''' || CAST(origin AS VARCHAR) || '''', '') || ': add rows to coverage, or leave zeros out'
            )
            ELSE coalesce(CAST(zeros AS BOOLEAN), false)
        END AS zeros
    FROM coverage AS c
    WHERE origin IS NULL OR c.origin = CAST(origin AS VARCHAR)
),
quiet AS (
    -- of the world those countries that have events at all
    SELECT l.country, l.month FROM looked AS l
    WHERE l.country IS NOT NULL AND l.admin1 IS NULL AND l.n_whole = l.n_asked
    UNION
    SELECT k.country, l.month
    FROM looked AS l, (SELECT DISTINCT n.country FROM counted AS n WHERE n.country IS NOT NULL) AS k
    WHERE l.country IS NULL AND l.n_whole = l.n_asked
),
filled AS (
    FROM counted
    UNION ALL
    SELECT q.country, q.month, 0, 0, 0, 0, 0, 0, 0, 0
    FROM quiet AS q, asked AS a
    WHERE a.zeros AND NOT EXISTS (FROM counted AS n WHERE n.country = q.country AND n.month = q.month)
)
SELECT f.*, seen_as(f.month, f.country, coalesce(own.n_whole, world.n_whole), coalesce(own.n_any, world.n_any), s.n_asked) AS covered
FROM filled AS f
CROSS JOIN (SELECT max(l.n_asked) AS n_asked FROM looked AS l) AS s
LEFT JOIN looked AS own ON own.country = f.country AND own.month = f.month AND own.admin1 IS NULL
LEFT JOIN looked AS world ON world.month = f.month AND world.country IS NULL
ORDER BY f.country, f.month;

-- dyad_history(origin := NULL, dedupe := NULL, spanning := 'first')
-- Which two sides fought, month by month.
--
-- Arguments:
--   origin: count the events of this origin only, such as 'ucdp_ged'
--   dedupe: true counts one event of each event_cluster_id
--   spanning: what becomes of events that span months: 'first', 'last', 'even', 'days' or 'drop' (see event_months)
-- Returns:
--   side_1, side_2 (the two names in the order of the alphabet: a pair is one whoever attacked); dyad_id (the source's,
--   where all events of the pair have one); month (DATE, its first day); n_events; n_by_1, n_by_2 (of them those that
--   side 1 or side 2 initiated, where that is coded); deaths_low, deaths_best, deaths_high, n_without_best,
--   n_without_high, as in country_month; deaths_1, deaths_2 (the dead of each side, null where none is told); first_day,
--   last_day (of the pair's events, over all months). Sorted by the two sides and month.
-- Notes:
--   Events with one side unknown stand under side_2 null, with the side that is known as side_1; those with none under both
--   null: so the totals over all rows are those of events. Civilians are a side where they are the target.
--   Claims and withdrawn events are left out; a mix of origins is refused (see counted_events).
-- Example:
--   SELECT side_1, side_2, sum(n_events) AS events, min(first_day) AS since, max(last_day) AS until
--   FROM dyad_history(origin := 'article') WHERE side_2 IS NOT NULL GROUP BY ALL ORDER BY events DESC LIMIT 10;
CREATE OR REPLACE MACRO dyad_history(origin := NULL, dedupe := NULL, spanning := 'first') AS TABLE
SELECT
    p.side_1,
    p.side_2,
    CASE WHEN count(DISTINCT p.dyad_id) = 1 AND count(*) = count(p.dyad_id) THEN any_value(p.dyad_id) END AS dyad_id,
    p.month,
    sum(p.share) AS n_events,
    coalesce(sum(p.share) FILTER (WHERE p.initiator = CASE WHEN p.turned THEN 'b' ELSE 'a' END), 0) AS n_by_1,
    coalesce(sum(p.share) FILTER (WHERE p.initiator = CASE WHEN p.turned THEN 'a' ELSE 'b' END), 0) AS n_by_2,
    sum(p.share * bounded_low(p.deaths_low, p.deaths_best)) AS deaths_low,
    sum(p.share * p.deaths_best) AS deaths_best,
    sum(p.share * coalesce(p.deaths_high, p.deaths_best)) AS deaths_high,
    coalesce(sum(p.share) FILTER (WHERE p.deaths_best IS NULL), 0) AS n_without_best,
    coalesce(sum(p.share) FILTER (WHERE p.deaths_high IS NULL), 0) AS n_without_high,
    sum(p.share * CASE WHEN p.turned THEN p.deaths_side_b ELSE p.deaths_side_a END) AS deaths_1,
    sum(p.share * CASE WHEN p.turned THEN p.deaths_side_a ELSE p.deaths_side_b END) AS deaths_2,
    min(min(p.date_start)) OVER (PARTITION BY p.side_1, p.side_2) AS first_day,
    max(max(p.date_end)) OVER (PARTITION BY p.side_1, p.side_2) AS last_day
FROM (
    SELECT
        e.*,
        coalesce(e.side_a > e.side_b, e.side_a IS NULL AND e.side_b IS NOT NULL) AS turned,
        least(e.side_a, e.side_b) AS side_1,
        CASE WHEN e.side_a IS NOT NULL AND e.side_b IS NOT NULL THEN greatest(e.side_a, e.side_b) END AS side_2
    FROM event_months(spanning := spanning, origin := origin, dedupe := dedupe) AS e
) AS p
GROUP BY p.side_1, p.side_2, p.month
ORDER BY p.side_1, p.side_2, p.month;

-- events_as_of(release)
-- Events as they stood in a data release: those that it had, each with its row of that time.
--
-- Arguments:
--   release: the data release, such as '2026.11.0'
-- Returns:
--   every column of events, in no set order. Nothing is left out by record_status.
-- Notes:
--   A row of events stands from its release_revised (release_added where it was never revised); a row of events_history
--   from valid_from until, but not in, valid_to. A row without either release is of no release and is not found. A
--   malformed release is an error, and so is one that no row of the two tables names: no event changed in it, if it is a
--   release at all; ask for the one before, which the message names.
-- Example:
--   SELECT count(*) AS n, sum(deaths_best) AS deaths
--   FROM events_as_of((SELECT min(release_added) FROM events WHERE release_added IS NOT NULL));
CREATE OR REPLACE MACRO events_as_of(release) AS TABLE
WITH named AS (
    SELECT unnest([e.release_added, e.release_revised]) AS name FROM events AS e
    UNION
    SELECT unnest([h.release_added, h.release_revised, h.valid_from, h.valid_to]) FROM events_history AS h
),
-- The check yields the release to filter on, so no plan can have the rows without having made the check.
asked AS MATERIALIZED (
    SELECT
        CASE
            WHEN release IS NULL THEN error('events_as_of: the release is null: say which, such as ''2026.11.0''')
            WHEN release_order(release) IS NULL THEN NULL  -- it refuses what is no release
            WHEN NOT coalesce(bool_or(release_order(n.name) = release_order(release)), false)
                THEN error(
                    'events_as_of: no event names release ' || CAST(release AS VARCHAR) || coalesce(
                        '; the one before it is ' || arg_max(n.name, release_order(n.name)) FILTER (
                            WHERE release_order(n.name) < release_order(release)
                        ),
                        '; there is none before it'
                    )
                )
            ELSE release_order(release)
        END AS number
    FROM named AS n
    WHERE n.name IS NOT NULL
)
SELECT e.*
FROM events AS e, asked AS a
WHERE release_order(coalesce(e.release_revised, e.release_added)) <= a.number
UNION ALL BY NAME
SELECT h.* EXCLUDE (valid_from, valid_to, merged_into)
FROM events_history AS h, asked AS a
WHERE release_order(h.valid_from) <= a.number AND release_order(h.valid_to) > a.number;

-- events_between(first, last)
-- Events that may have happened in a span of days: their [date_start, date_end] overlaps it.
--
-- Arguments:
--   first: first day, a DATE or text such as '2016-10-01'
--   last: last day, included
-- Returns:
--   every column of events, in no set order. Undated events are not found. Nothing is left out by record_status.
-- Notes:
--   An event dated only to its month overlaps a week of that month and is returned: filter on date_precision, or ask
--   for date_start >= first AND date_end <= last, where it must lie wholly inside. first after last is an error, and so is a null.
-- Example:
--   SELECT event_id, date_start, date_end, date_precision
--   FROM events_between('2016-11-01', '2016-11-30') ORDER BY date_start, event_id;
CREATE OR REPLACE MACRO events_between(first, last) AS TABLE
SELECT e.*
FROM events AS e
-- both bounds go through the check: were one free of it, statistics could empty the result before the check is made
WHERE e.date_start <= checked_last(first, last)
    AND e.date_end >= CASE WHEN checked_last(first, last) IS NULL THEN NULL ELSE CAST(first AS DATE) END
UNION ALL
-- no row: where there are no events a wrong span is an error too
SELECT e.*
FROM (SELECT checked_last(first, last) IS NULL AS is_wrong) AS c
LEFT JOIN events AS e ON false
WHERE c.is_wrong;

-- events_within(lat, lon, km)
-- Events within a distance of a point, nearest first.
--
-- Arguments:
--   lat: latitude of the point, degrees, -90 to 90
--   lon: longitude of the point, degrees, -180 to 180
--   km: radius, kilometres, 0 or more
-- Returns:
--   every column of events, and distance_km (DOUBLE, kilometres, see haversine_km). Events without coordinates are
--   not found. Nothing is left out by record_status.
-- Notes:
--   An event known only to its country stands at the country's centroid: filter on where_precision where that
--   matters. A point out of range, a negative radius or a null is an error. A bounding box on latitude and longitude lets
--   Parquet skip row groups; it is right across the antimeridian and at the poles.
-- Example:
--   SELECT event_id, date_start, place_name, round(distance_km, 1) AS km
--   FROM events_within(36.34, 43.13, 25) WHERE where_precision <= 2;
CREATE OR REPLACE MACRO events_within(lat, lon, km) AS TABLE
SELECT e.*, haversine_km(lat, lon, e.latitude, e.longitude) AS distance_km
FROM events AS e
-- 1e-6 degrees (0.1 m) of slack, so that rounding never takes a point out of the box. Every bound goes through the
-- check: were one free of it, statistics could empty the result before the check is made.
WHERE e.latitude BETWEEN checked_latitude(lat, lon, km) - degrees(km / 6371.0088) - 1e-6
        AND checked_latitude(lat, lon, km) + degrees(km / 6371.0088) + 1e-6
    AND (
        e.longitude BETWEEN lon - longitude_reach(checked_latitude(lat, lon, km), km) - 1e-6
            AND lon + longitude_reach(checked_latitude(lat, lon, km), km) + 1e-6
        OR e.longitude >= lon - longitude_reach(checked_latitude(lat, lon, km), km) - 1e-6 + 360
        OR e.longitude <= lon + longitude_reach(checked_latitude(lat, lon, km), km) + 1e-6 - 360
    )
    AND haversine_km(lat, lon, e.latitude, e.longitude) <= km
UNION ALL
-- no row: where there are no events a wrong argument is an error too
SELECT e.*, NULL
FROM (SELECT checked_latitude(lat, lon, km) IS NULL AS is_wrong) AS c
LEFT JOIN events AS e ON false
WHERE c.is_wrong
ORDER BY distance_km, event_id;

-- evidence(event_id)
-- Every report of an event: who says so, where it stands, and the fingerprint of the sentence.
--
-- Arguments:
--   event_id: the event, as in events
-- Returns:
--   a row a report: report_id, source_id, publisher (name), title, url, published, derived_from_url (of the source that
--   this one repeats), claimed_by, claimant_type, assertion, casualties (text: every count of the report),
--   supersedes_report_id, evidence_sha256, evidence_length, evidence_start, evidence_end. By day of publication. No row
--   where no report tells of it, as for converted events; an error where there is no such event.
-- Notes:
--   The hash and length are of the normalised sentence (see the column evidence_sha256 of reports); start and end are
--   code points into the text as it was given. No article text is in the dataset.
-- Example:
--   SELECT publisher, claimed_by, assertion, casualties, url
--   FROM evidence((SELECT min(event_id) FROM events WHERE origin = 'article'));
CREATE OR REPLACE MACRO evidence(event_id) AS TABLE
SELECT
    r.report_id,
    r.source_id,
    p.name AS publisher,
    s.title,
    s.url,
    s.published,
    o.url AS derived_from_url,
    r.claimed_by,
    r.claimant_type,
    r.assertion,
    c.casualties,
    r.supersedes_report_id,
    r.evidence_sha256,
    r.evidence_length,
    r.evidence_start,
    r.evidence_end
FROM reports AS r
LEFT JOIN sources AS s ON s.source_id = r.source_id
LEFT JOIN sources AS o ON o.source_id = s.derived_from_source_id
LEFT JOIN publishers AS p ON p.publisher_id = s.publisher_id
LEFT JOIN (
    SELECT
        k.report_id,
        string_agg(
            k.harm || ' ' || k.side || ': ' || coalesce(
                nullif(concat_ws(', ', 'low ' || k.low, 'best ' || k.best, 'high ' || k.high), ''), 'no figure'
            ) || coalesce(' (''' || k.count_text || ''')', ''),
            '; ' ORDER BY k.harm, k.side
        ) AS casualties
    FROM casualties AS k
    GROUP BY k.report_id
) AS c ON c.report_id = r.report_id
WHERE r.event_id = event_id
UNION ALL
-- no row
SELECT x.report_id, x.source_id, NULL, NULL, NULL, NULL, NULL, x.claimed_by, x.claimant_type, x.assertion, NULL,
    x.supersedes_report_id, x.evidence_sha256, x.evidence_length, x.evidence_start, x.evidence_end
FROM (SELECT CAST(event_id AS VARCHAR) AS asked) AS n
LEFT JOIN reports AS x ON false
WHERE CASE
    WHEN NOT EXISTS (FROM events AS e WHERE e.event_id = n.asked) AND NOT EXISTS (FROM reports AS t WHERE t.event_id = n.asked)
        THEN error('evidence: no event ''' || coalesce(n.asked, 'null') || ''' is in events or reports') IS NULL
    ELSE false
END
ORDER BY published NULLS LAST, report_id;

-- grid_month(origin := NULL, dedupe := NULL, unplaced := 'apart', widest := 3, spanning := 'first')
-- Events and deaths by PRIO-GRID cell (half a degree) and month.
--
-- Arguments:
--   origin: count the events of this origin only, such as 'ucdp_ged'
--   dedupe: true counts one event of each event_cluster_id
--   unplaced: what becomes of events that are not known to the cell: 'apart' counts them under priogrid_gid null,
--     'distribute' shares them out over the cells of their division or country by what is known (see placed_months)
--   widest: the greatest where_precision whose point says in which cell an event lies, from 1 to 7
--   spanning: what becomes of events that span months: 'first', 'last', 'even', 'days' or 'drop' (see event_months)
-- Returns:
--   priogrid_gid (INTEGER); month (DATE, its first day); n_events; deaths_low, deaths_best, deaths_high; n_without_low,
--   n_without_best, n_without_high; n_spanning, as in country_month; n_not_placed (events whose place is not known, or
--   was shared out); covered (VARCHAR: 'whole' where the world was looked at in that month, 'none' where nothing was, null
--   elsewhere). DOUBLE but for covered. Sorted; what has no events has no row, which does not mean that nothing happened.
-- Notes:
--   An event that is known only to its province or country has a point in the middle of it: counted there, one empty
--   cell would hold the dead of a whole war. Such events stand under priogrid_gid null unless widest lets them in.
--   Totals over all rows are those of events. Claims and withdrawn events are left out; a mix of origins is refused
--   (see counted_events). Coverage names countries and divisions, and a cell may lie in several: so it is not told for
--   cells unless the world was looked at. `conflict_events.ml.panel` goes by the divisions of a cell's events.
-- Example:
--   SELECT priogrid_gid, sum(n_events) AS events, sum(deaths_best) AS deaths
--   FROM grid_month(origin := 'article') GROUP BY 1 ORDER BY 2 DESC LIMIT 10;
CREATE OR REPLACE MACRO grid_month(
    origin := NULL, dedupe := NULL, unplaced := 'apart', widest := 3, spanning := 'first'
) AS TABLE
WITH counted AS (
    SELECT
        CAST(e.place AS INTEGER) AS priogrid_gid,
        e.month,
        sum(e.share) AS n_events,
        sum(e.share * bounded_low(e.deaths_low, e.deaths_best)) AS deaths_low,
        sum(e.share * e.deaths_best) AS deaths_best,
        sum(e.share * coalesce(e.deaths_high, e.deaths_best)) AS deaths_high,
        coalesce(sum(e.share) FILTER (WHERE e.deaths_low IS NULL), 0) AS n_without_low,
        coalesce(sum(e.share) FILTER (WHERE e.deaths_best IS NULL), 0) AS n_without_best,
        coalesce(sum(e.share) FILTER (WHERE e.deaths_high IS NULL), 0) AS n_without_high,
        coalesce(sum(e.share) FILTER (WHERE e.is_spanning), 0) AS n_spanning,
        coalesce(sum(e.share) FILTER (WHERE NOT e.is_placed), 0) AS n_not_placed
    FROM placed_months(
        'grid', unplaced := unplaced, widest := widest, spanning := spanning, origin := origin, dedupe := dedupe
    ) AS e
    GROUP BY e.place, e.month
),
looked AS MATERIALIZED (FROM coverage_counts(origin := origin))
SELECT
    c.*,
    CASE
        WHEN c.month IS NULL OR s.n_asked IS NULL THEN NULL
        WHEN w.n_whole = s.n_asked THEN 'whole'
        WHEN w.month IS NULL THEN 'none'
    END AS covered
FROM counted AS c
CROSS JOIN (SELECT max(l.n_asked) AS n_asked FROM looked AS l) AS s
LEFT JOIN (
    SELECT l.month, max(l.n_whole) FILTER (WHERE l.country IS NULL) AS n_whole FROM looked AS l GROUP BY l.month
) AS w ON w.month = c.month
ORDER BY c.priogrid_gid, c.month;

-- side_deaths(origin := NULL, dedupe := NULL)
-- Deaths by whose they are: the members of each side, civilians, and persons of unknown status.
--
-- Arguments:
--   origin: count the events of this origin only, such as 'ucdp_ged'
--   dedupe: true counts one event of each event_cluster_id
-- Returns:
--   status ('member', 'civilian', 'unknown'); side (name of the side whose members they are; 'civilians' and 'unknown'
--   in those two rows; null for members of a side that is not named); deaths (BIGINT, best estimates, null where no
--   event gives a figure); n_events (events that the side is in; for civilians and unknown, all events counted);
--   n_without (those of them without the figure). Sorted by status, most deaths first.
-- Notes:
--   These are a side's own dead, not those it killed. In UCDP's one-sided violence side b is named Civilians and its
--   dead stand in the row civilians, not beside that name. An origin that gives no deaths by side (ACLED) yields null.
--   Claims and withdrawn events are left out; a mix of origins is refused (see counted_events).
-- Example:
--   SELECT side, deaths, n_events, n_without FROM side_deaths(origin := 'article') WHERE status = 'member';
CREATE OR REPLACE MACRO side_deaths(origin := NULL, dedupe := NULL) AS TABLE
WITH counted AS MATERIALIZED (
    SELECT e.side_a, e.side_b, e.deaths_side_a, e.deaths_side_b, e.deaths_civilians, e.deaths_unknown
    FROM counted_events(origin := origin, dedupe := dedupe) AS e
),
members AS (
    -- an event whose two sides bear one name, or none, is one event of that side
    SELECT
        c.side_a AS side,
        coalesce(CAST(c.deaths_side_a AS BIGINT) + c.deaths_side_b, c.deaths_side_a, c.deaths_side_b) AS deaths,
        c.deaths_side_a IS NULL OR c.deaths_side_b IS NULL AS missing
    FROM counted AS c WHERE c.side_a IS NOT DISTINCT FROM c.side_b
    UNION ALL
    SELECT c.side_a, c.deaths_side_a, c.deaths_side_a IS NULL
    FROM counted AS c WHERE c.side_a IS DISTINCT FROM c.side_b
    UNION ALL
    SELECT c.side_b, c.deaths_side_b, c.deaths_side_b IS NULL
    FROM counted AS c WHERE c.side_a IS DISTINCT FROM c.side_b
),
figures AS (
    -- where no side is named and no deaths are given there may be no second side at all
    SELECT 'member' AS status, m.side, m.deaths, m.missing AND m.side IS NOT NULL AS missing
    FROM members AS m WHERE m.side IS NOT NULL OR m.deaths IS NOT NULL
    UNION ALL
    SELECT 'civilian', 'civilians', c.deaths_civilians, c.deaths_civilians IS NULL FROM counted AS c
    UNION ALL
    SELECT 'unknown', 'unknown', c.deaths_unknown, c.deaths_unknown IS NULL FROM counted AS c
)
SELECT
    f.status,
    f.side,
    CAST(sum(f.deaths) AS BIGINT) AS deaths,
    count(*) AS n_events,
    count(*) FILTER (WHERE f.missing) AS n_without
FROM figures AS f
GROUP BY f.status, f.side
ORDER BY array_position(['member', 'civilian', 'unknown'], f.status), deaths DESC NULLS LAST, f.side NULLS LAST;
