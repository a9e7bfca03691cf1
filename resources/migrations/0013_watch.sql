-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
--
-- How consoles ask a target's primary who holds locks there, and nothing else.

SET LOCAL ROLE holdpoint_owner;
SET LOCAL search_path = holdpoint, pg_catalog, pg_temp;

ALTER TABLE target ADD COLUMN watch text;

CREATE OR REPLACE VIEW targets WITH (security_barrier) AS
SELECT t.name, t.environment, t.replica, t.watch FROM target t;

-- An empty connection string ends the watching.
CREATE FUNCTION set_target_watch(name text, conninfo text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    wanted CONSTANT text := nullif(set_target_watch.conninfo, '');
BEGIN
    IF wanted IS NOT NULL THEN
        PERFORM holdpoint.check_length('connection string', wanted, 1000);
    END IF;
    IF wanted ~* '(^|[\s?&])(ssl)?password\s*=' OR wanted ~* '^postgres(ql)?://[^/@]*:[^/@]*@' THEN
        PERFORM holdpoint.fail('HP003', 'the connection string has a password in it',
            'Everybody who reads the store would read it: use a service or a password file.');
    END IF;
    PERFORM holdpoint.take_turn();
    IF NOT EXISTS (SELECT FROM holdpoint.target t WHERE t.name = set_target_watch.name) THEN
        PERFORM holdpoint.fail('HP003', format('there is no target %s', set_target_watch.name), 'Add the target first.');
    END IF;
    UPDATE holdpoint.target t SET watch = wanted
     WHERE t.name = set_target_watch.name AND t.watch IS DISTINCT FROM wanted;
    IF FOUND THEN
        PERFORM holdpoint.enter_ledger('target_watch_set', jsonb_build_object('watch', wanted),
            target => set_target_watch.name);
    END IF;
END $$;

REVOKE ALL ON FUNCTION set_target_watch(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION set_target_watch(text, text) TO holdpoint_admin;
