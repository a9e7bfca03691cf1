-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Code that values set off without being called by name. Whatever acts counts in trace; whatever is calm only looks.
CREATE TABLE trace (hits int NOT NULL);
INSERT INTO trace VALUES (0);
CREATE FUNCTION act() RETURNS int LANGUAGE plpgsql AS $$ BEGIN UPDATE trace SET hits = hits + 1; RETURN 1; END $$;
CREATE FUNCTION acted(v anyelement) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM act(); RETURN true; END $$;
CREATE FUNCTION calm_number() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;

CREATE DOMAIN dom AS int CHECK (acted(VALUE));
CREATE DOMAIN calm AS int CHECK (VALUE > 0);
CREATE DOMAIN over_dom AS dom;
CREATE DOMAIN late AS int; CREATE TABLE late_held (v late); INSERT INTO late_held VALUES (1); ALTER DOMAIN late ADD CONSTRAINT late_check CHECK (acted(VALUE)) NOT VALID;
CREATE DOMAIN text_dom AS text CHECK (acted(VALUE));
CREATE DOMAIN default_dom AS int DEFAULT act();
CREATE TYPE with_dom AS (a int, b dom);
CREATE TYPE with_calm AS (a int, b calm);
CREATE DOMAIN over_row AS with_dom;
CREATE TYPE dom_range AS RANGE (subtype = dom);
CREATE TYPE calm_range AS RANGE (subtype = calm);

CREATE TABLE plain (a int, b text);
CREATE TABLE more (a int, b text, c int);
INSERT INTO plain VALUES (1, 'one'), (2, 'two'); INSERT INTO more VALUES (1, 'one', 1);
CREATE TABLE holder (a int, v dom);
CREATE TABLE calm_holder (a int, v calm);
CREATE TABLE lists (v dom[]);
CREATE TABLE calm_lists (v calm[]);
CREATE TABLE rows_held (v with_dom);
CREATE TABLE tables_held (v holder);
CREATE TABLE domain_default (a int, v default_dom);
CREATE TABLE defaults (a int, b int DEFAULT act());
CREATE TABLE calm_defaults (a int, b int DEFAULT calm_number());
CREATE TABLE checked (a int CHECK (acted(a)));
CREATE TABLE parts (a int) PARTITION BY LIST (a);
CREATE FUNCTION act_on_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM act(); RETURN NEW; END $$;
CREATE TRIGGER parts_act AFTER INSERT ON parts FOR EACH ROW EXECUTE FUNCTION act_on_row();

CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE FUNCTION mood_number(mood) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN act(); END $$;
CREATE CAST (mood AS int) WITH FUNCTION mood_number(mood) AS ASSIGNMENT;
CREATE TYPE shade AS ENUM ('dark', 'light');
CREATE FUNCTION shade_number(shade) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT 1 $$;
CREATE CAST (shade AS int) WITH FUNCTION shade_number(shade) AS ASSIGNMENT;
CREATE CAST (shade AS mood) WITH INOUT;
CREATE TABLE moods (m mood); INSERT INTO moods VALUES ('sad');
CREATE TABLE shades (s shade); INSERT INTO shades VALUES ('dark');

CREATE FUNCTION takes(v dom) RETURNS int LANGUAGE sql AS $$ SELECT v + 1 $$;
CREATE FUNCTION takes_calm(v calm) RETURNS int LANGUAGE sql AS $$ SELECT v + 1 $$;
CREATE FUNCTION gives() RETURNS dom LANGUAGE sql AS $$ SELECT 1 $$;
CREATE FUNCTION declares() RETURNS int LANGUAGE plpgsql AS $$ DECLARE v dom := 1; BEGIN RETURN 1; END $$;
CREATE FUNCTION declares_column() RETURNS int LANGUAGE plpgsql AS $$ DECLARE v holder.v%TYPE := 1; BEGIN RETURN 1; END $$;
CREATE FUNCTION declares_calm() RETURNS int LANGUAGE plpgsql AS $$ DECLARE v calm := 1; w plain%ROWTYPE; BEGIN RETURN 1; END $$;
CREATE FUNCTION as_mood() RETURNS mood LANGUAGE sql AS $$ SELECT 'sad'::mood $$;
CREATE VIEW seen AS SELECT v FROM holder;
CREATE VIEW calm_seen AS SELECT v FROM calm_holder;
CREATE TABLE mood_log (m mood, a int);
CREATE TABLE late_checked (a int); INSERT INTO late_checked VALUES (1);
ALTER TABLE late_checked ADD CONSTRAINT late_row CHECK (acted(a)) NOT VALID;
ALTER TABLE plain ADD CONSTRAINT calm_row CHECK (a > 0) NOT VALID;
