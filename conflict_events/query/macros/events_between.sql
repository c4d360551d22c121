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
