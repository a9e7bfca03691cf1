-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
--
-- The roles, the schema, and the record of which of these files were applied. Needs a superuser.
-- People get rights through the group roles alone; nobody ever signs in as the owner.

DO $roles$
DECLARE
    wanted CONSTANT text[] := ARRAY['holdpoint_owner', 'holdpoint_agent', 'holdpoint_approver', 'holdpoint_executor',
                                    'holdpoint_auditor', 'holdpoint_admin'];
    role text;
BEGIN
    FOREACH role IN ARRAY wanted LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role);
        END IF;
    END LOOP;
    SELECT r.rolname INTO role FROM pg_roles r
     WHERE r.rolname = ANY (wanted) AND (r.rolcanlogin OR r.rolsuper OR r.rolcreaterole OR r.rolbypassrls);
    IF FOUND THEN
        RAISE EXCEPTION 'the role % exists already and has rights of its own', role
            USING HINT = format('Rename it, or run: ALTER ROLE %I NOLOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS', role);
    END IF;
END $roles$;

-- To end a session that holds the ledger's lock and does nothing: see take_turn().
GRANT pg_signal_backend, pg_read_all_stats TO holdpoint_owner;

CREATE SCHEMA holdpoint AUTHORIZATION holdpoint_owner;

-- Functions are executable by everybody unless this says otherwise before they are made.
ALTER DEFAULT PRIVILEGES FOR ROLE holdpoint_owner REVOKE ALL ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE holdpoint_owner REVOKE ALL ON TYPES FROM PUBLIC;

SET LOCAL ROLE holdpoint_owner;

CREATE TABLE holdpoint.schema_version (
    number     int PRIMARY KEY,
    name       text NOT NULL,
    sha256     bytea NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE FUNCTION holdpoint.schema_version() RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT max(v.number) FROM holdpoint.schema_version v;
$$;
