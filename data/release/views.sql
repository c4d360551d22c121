-- A view of every table over the Parquet files of this folder, which must be the working directory.
-- In DuckDB's command line: .read views.sql, then .read macros.sql
CREATE OR REPLACE VIEW events AS FROM 'events.parquet';
CREATE OR REPLACE VIEW event_actors AS FROM 'event_actors.parquet';
CREATE OR REPLACE VIEW reports AS FROM 'reports.parquet';
CREATE OR REPLACE VIEW casualties AS FROM 'casualties.parquet';
CREATE OR REPLACE VIEW sources AS FROM 'sources.parquet';
CREATE OR REPLACE VIEW publishers AS FROM 'publishers.parquet';
CREATE OR REPLACE VIEW actors AS FROM 'actors.parquet';
CREATE OR REPLACE VIEW places AS FROM 'places.parquet';
CREATE OR REPLACE VIEW links AS FROM 'links.parquet';
CREATE OR REPLACE VIEW events_history AS FROM 'events_history.parquet';
CREATE OR REPLACE VIEW coverage AS FROM 'coverage.parquet';
CREATE OR REPLACE VIEW vocabulary AS FROM 'vocabulary.parquet';
CREATE OR REPLACE VIEW crosswalk_acled AS FROM 'crosswalk_acled.parquet';
CREATE OR REPLACE VIEW crosswalk_acled_actor AS FROM 'crosswalk_acled_actor.parquet';
CREATE OR REPLACE VIEW crosswalk_ucdp AS FROM 'crosswalk_ucdp.parquet';
CREATE OR REPLACE VIEW crosswalk_cameo AS FROM 'crosswalk_cameo.parquet';
CREATE OR REPLACE VIEW crosswalk_plover AS FROM 'crosswalk_plover.parquet';
CREATE OR REPLACE VIEW crosswalk_country AS FROM 'crosswalk_country.parquet';
CREATE OR REPLACE VIEW crosswalk_cameo_actor AS FROM 'crosswalk_cameo_actor.parquet';
