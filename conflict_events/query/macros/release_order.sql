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
