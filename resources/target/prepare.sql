-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
--
-- What Holdpoint keeps in a target database. Run by a superuser, in one transaction; safe to run again.
SET LOCAL client_min_messages = warning;
SET LOCAL search_path = pg_catalog, pg_temp;

DO $$
DECLARE
    missing text;
BEGIN
    FOREACH missing IN ARRAY ARRAY['holdpoint_target_owner', 'holdpoint_target_writer', 'holdpoint_target_revoker',
                                   'holdpoint_target_reader', 'holdpoint_agent_read', 'holdpoint_watcher'] LOOP
        IF to_regrole(missing) IS NULL THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', missing);
        END IF;
    END LOOP;
    -- A schema that somebody else made could lie about what was applied.
    IF EXISTS (SELECT FROM pg_namespace WHERE nspname = 'holdpoint_target' AND nspowner <> 'holdpoint_target_owner'::regrole) THEN
        RAISE EXCEPTION 'the schema holdpoint_target belongs to another role'
            USING HINT = 'find out who made it, and rename or drop it';
    END IF;
END $$;

-- What may be read: the tables that people made. pg_read_all_data would give the password verifiers of pg_authid too.
-- Tables that come later are readable where their owner has some already; elsewhere, run this again.
DO $$
DECLARE
    place record;
BEGIN
    FOR place IN
        SELECT DISTINCT n.nspname AS name, pg_get_userbyid(c.relowner) AS owner
          FROM pg_namespace n LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
         WHERE n.nspname NOT IN ('information_schema', 'holdpoint_target') AND n.nspname !~ '^pg_'
    LOOP
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO holdpoint_target_reader', place.name);
        EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO holdpoint_target_reader', place.name);
        EXECUTE format('GRANT SELECT ON ALL SEQUENCES IN SCHEMA %I TO holdpoint_target_reader', place.name);
        IF place.owner IS NOT NULL THEN
            EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT SELECT ON TABLES TO holdpoint_target_reader',
                           place.owner, place.name);
        END IF;
    END LOOP;
END $$;

-- Agents' memberships in this one are granted by the revoker, so that the revoker can end them.
GRANT holdpoint_target_reader TO holdpoint_agent_read;

CREATE SCHEMA IF NOT EXISTS holdpoint_target AUTHORIZATION holdpoint_target_owner;
REVOKE ALL ON SCHEMA holdpoint_target FROM PUBLIC;
GRANT USAGE ON SCHEMA holdpoint_target TO holdpoint_target_writer, holdpoint_target_revoker;

-- One row for each revision that changed this database, written by the transaction that changed it.
CREATE TABLE IF NOT EXISTS holdpoint_target.applied (
    action_id bigint NOT NULL,
    revision int NOT NULL,
    digest bytea NOT NULL,
    transaction_id xid8 NOT NULL UNIQUE,
    rows_changed bigint,
    applied_at timestamptz NOT NULL,
    PRIMARY KEY (action_id, revision)
);
ALTER TABLE holdpoint_target.applied OWNER TO holdpoint_target_owner;
GRANT SELECT, INSERT (action_id, revision, digest), UPDATE (rows_changed) ON holdpoint_target.applied TO holdpoint_target_writer;

-- The writer's right to write everywhere covers this table too: the trigger is what keeps a marker true.
CREATE OR REPLACE FUNCTION holdpoint_target.keep_markers_true() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.transaction_id := pg_current_xact_id();
        NEW.rows_changed := NULL;
        NEW.applied_at := clock_timestamp();
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.transaction_id = pg_current_xact_id() AND OLD.rows_changed IS NULL
        AND NEW.rows_changed IS NOT NULL
        AND ROW (NEW.action_id, NEW.revision, NEW.digest, NEW.transaction_id, NEW.applied_at)
          = ROW (OLD.action_id, OLD.revision, OLD.digest, OLD.transaction_id, OLD.applied_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a marker in holdpoint_target.applied never changes' USING ERRCODE = 'HP001';
END $$;
ALTER FUNCTION holdpoint_target.keep_markers_true() OWNER TO holdpoint_target_owner;
CREATE OR REPLACE TRIGGER keep_true BEFORE INSERT OR UPDATE OR DELETE ON holdpoint_target.applied
    FOR EACH ROW EXECUTE FUNCTION holdpoint_target.keep_markers_true();
CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON holdpoint_target.applied
    FOR EACH STATEMENT EXECUTE FUNCTION holdpoint_target.keep_markers_true();

-- Logins that could act as an agent until its access was ended: their older sessions may still do so. Kept until the
-- end is confirmed, so that a revocation which was interrupted knows whom to look for.
CREATE TABLE IF NOT EXISTS holdpoint_target.former_member (
    agent name NOT NULL,
    login name NOT NULL,
    noted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (agent, login)
);
ALTER TABLE holdpoint_target.former_member OWNER TO holdpoint_target_owner;
GRANT SELECT, INSERT, DELETE ON holdpoint_target.former_member TO holdpoint_target_revoker;

-- Who holds or awaits locks of this database's tables, for those who decide whether a statement would have to wait.
-- Never what anybody runs. Whose sessions are whose is hidden from ordinary roles: the owner sees it for the caller.
GRANT pg_read_all_stats TO holdpoint_target_owner;
GRANT USAGE ON SCHEMA holdpoint_target TO holdpoint_watcher;
CREATE OR REPLACE FUNCTION holdpoint_target.lock_holders()
RETURNS TABLE (schema_name name, table_name name, mode text, granted boolean, pid int, role name, application_name text,
               state text, since timestamptz, blocked_by int[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT n.nspname, c.relname, l.mode, l.granted, l.pid, a.usename, a.application_name, a.state,
           coalesce(l.waitstart, a.xact_start, p.prepared), CASE WHEN l.granted THEN '{}' ELSE pg_blocking_pids(l.pid) END
      FROM pg_locks l
      JOIN pg_class c ON c.oid = l.relation AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
      JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_stat_activity a ON a.pid = l.pid
      LEFT JOIN pg_prepared_xacts p ON l.pid IS NULL AND l.virtualtransaction = '-1/' || p.transaction::text
     WHERE l.locktype = 'relation' AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
       AND n.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema')
       AND l.pid IS DISTINCT FROM pg_backend_pid();
END;
ALTER FUNCTION holdpoint_target.lock_holders() OWNER TO holdpoint_target_owner;
REVOKE ALL ON FUNCTION holdpoint_target.lock_holders() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION holdpoint_target.lock_holders() TO holdpoint_watcher;
