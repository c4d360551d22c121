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
