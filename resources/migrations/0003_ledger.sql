-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
--
-- The record: every change of the store takes its turn, and writes one line of a hash chain in its own transaction.

SET LOCAL ROLE holdpoint_owner;
SET LOCAL search_path = holdpoint, pg_catalog, pg_temp;

-- Whole milliseconds, so that every program reads the instant that was hashed.
CREATE FUNCTION instant() RETURNS timestamptz
LANGUAGE sql VOLATILE SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT date_trunc('milliseconds', clock_timestamp());
$$;

-- Codes: HP001 refused, HP002 somebody was faster, HP003 makes no sense.
CREATE FUNCTION fail(code text, message text, remedy text DEFAULT '') RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = fail.code, MESSAGE = fail.message, HINT = fail.remedy;
END $$;

-- Ends the session that holds the lock of take_turn() and sits on it. A caller can keep its transaction open as long
-- as it likes; without this, one agent could keep everybody, kill switch included, out of the store.
CREATE FUNCTION end_stalled_turn() RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT pg_stat_clear_snapshot();
    SELECT pg_terminate_backend(a.pid)
      FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
      JOIN pg_roles r ON r.oid = a.usesysid AND NOT r.rolsuper
     WHERE l.locktype = 'relation' AND l.relation = 'holdpoint.ledger_head'::regclass
       AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
       AND l.mode = 'ExclusiveLock' AND l.granted
       AND CASE a.state WHEN 'active' THEN a.query_start < clock_timestamp() - interval '15 s'
                        ELSE a.state_change < clock_timestamp() - interval '900 ms' END;
$$;

-- One writer at a time, until its transaction ends: the ledger's order is the order of commits and has no gap, and no
-- two functions ever see each other half done. A table's lock, because anybody may take an advisory lock.
CREATE FUNCTION take_turn() RETURNS void
LANGUAGE plpgsql SET lock_timeout = '1s' SET search_path = pg_catalog, holdpoint, pg_temp AS $$
BEGIN
    FOR attempt IN 1 .. 30 LOOP
        BEGIN
            LOCK TABLE holdpoint.ledger_head IN EXCLUSIVE MODE;
            RETURN;
        EXCEPTION WHEN lock_not_available THEN
            PERFORM holdpoint.end_stalled_turn();
        END;
    END LOOP;
    PERFORM holdpoint.fail('HP002', 'the store is too busy', 'Try again.');
END $$;

-- A field with its length in bytes before it, so that no two different lines have the same canonical form.
CREATE FUNCTION measured(field text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT octet_length(field)::text || ':' || field;
$$;

CREATE FUNCTION ledger_hash(entry ledger_entry) RETURNS bytea
LANGUAGE sql STABLE SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT sha256(entry.previous_hash || convert_to(
        measured(entry.sequence::text)
        || measured((extract(epoch FROM entry.at) * 1000)::bigint::text)
        || measured(entry.actor) || measured(entry.event)
        || measured(entry.action::text) || measured(entry.revision::text)
        || measured(entry.target) || measured(entry.agent) || measured(entry.body), 'UTF8'));
$$;

-- Appends one line, stamps its number on the action it is about, and tells the listeners to look.
CREATE FUNCTION enter_ledger(event text, body jsonb, action bigint DEFAULT 0, revision int DEFAULT 0,
                       target text DEFAULT '', agent text DEFAULT '') RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    entry holdpoint.ledger_entry;
BEGIN
    PERFORM holdpoint.take_turn();
    SELECT h.sequence + 1, h.hash INTO STRICT entry.sequence, entry.previous_hash FROM holdpoint.ledger_head h;
    entry.at := holdpoint.instant();
    entry.actor := session_user;
    entry.event := enter_ledger.event;
    entry.action := enter_ledger.action;
    entry.revision := enter_ledger.revision;
    entry.target := enter_ledger.target;
    entry.agent := enter_ledger.agent;
    entry.body := enter_ledger.body::text;
    entry.hash := holdpoint.ledger_hash(entry);
    INSERT INTO holdpoint.ledger_entry SELECT entry.*;
    UPDATE holdpoint.ledger_head SET sequence = entry.sequence, hash = entry.hash;
    UPDATE holdpoint.action a SET change_number = entry.sequence WHERE a.id = enter_ledger.action;
    PERFORM pg_notify('holdpoint', entry.sequence || ' ' || enter_ledger.action);
    RETURN entry.sequence;
END $$;

-- The same for what happens to an action.
CREATE FUNCTION enter_action(event text, id bigint, body jsonb DEFAULT '{}') RETURNS bigint
LANGUAGE sql VOLATILE SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT holdpoint.enter_ledger(enter_action.event, enter_action.body, a.id, a.revision, a.target, a.agent)
      FROM holdpoint.action a WHERE a.id = enter_action.id;
$$;
