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

-- Codes: HP001 refused, HP002 somebody was faster, HP003 makes no sense, HP004 no turn in time.
CREATE FUNCTION fail(code text, message text, remedy text DEFAULT '') RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = fail.code, MESSAGE = fail.message, HINT = fail.remedy;
END $$;

-- Everybody else who holds the lock of take_turn() or waits for it, and whom this store's owner may end.
CREATE FUNCTION queue_for_turn() RETURNS TABLE (pid int, started timestamptz, holds boolean, is_agent boolean)
LANGUAGE sql VOLATILE SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT pg_stat_clear_snapshot();
    SELECT a.pid, a.xact_start, l.granted, pg_has_role(r.oid, 'holdpoint_agent', 'MEMBER')
      FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
      JOIN pg_roles r ON r.oid = a.usesysid AND NOT r.rolsuper
     WHERE l.locktype = 'relation' AND l.relation = 'holdpoint.ledger_head'::regclass
       AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
       AND l.mode = 'ExclusiveLock' AND l.pid <> pg_backend_pid();
$$;

-- Ends the session that holds the lock of take_turn() and sits on it; the number of those ended. A caller can keep its
-- transaction open as long as it likes, and busy or not; without this, one agent could keep everybody out of the
-- store. Looks twice: who waited long for the lock itself and is about to let it go is spared.
CREATE FUNCTION end_stalled_turn() RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    suspects int[];
    ended bigint := 0;
BEGIN
    SELECT array_agg(q.pid) INTO suspects FROM holdpoint.queue_for_turn() q
     WHERE q.holds
       AND q.started < clock_timestamp() - CASE WHEN q.is_agent THEN interval '1 s' ELSE interval '2 s' END;
    IF suspects IS NOT NULL THEN
        PERFORM pg_sleep(0.1);
        SELECT count(pg_terminate_backend(q.pid)) INTO ended FROM holdpoint.queue_for_turn() q
         WHERE q.holds AND q.pid = ANY (suspects) AND q.started < clock_timestamp() - interval '1 s';
    END IF;
    RETURN ended;
END $$;

-- One writer at a time, until its transaction ends: the ledger's order is the order of commits and has no gap, and no
-- two functions ever see each other half done. A table's lock, because anybody may take an advisory lock. Waiting
-- again is waiting at the end of the queue, so it is looked again soon only where somebody sat on the lock.
-- `urgent` does not queue behind agents: any of them still in the way after a quarter of a second is ended.
CREATE FUNCTION take_turn(urgent boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql SET lock_timeout = '1s' SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    give_up CONSTANT timestamptz := clock_timestamp() + interval '30 s';
    ended bigint;
BEGIN
    IF urgent THEN
        PERFORM set_config('lock_timeout', '250ms', true);
    END IF;
    WHILE clock_timestamp() < give_up LOOP
        BEGIN
            LOCK TABLE holdpoint.ledger_head IN EXCLUSIVE MODE;
            RETURN;
        EXCEPTION WHEN lock_not_available THEN
            IF urgent THEN
                PERFORM pg_terminate_backend(q.pid) FROM holdpoint.queue_for_turn() q WHERE q.is_agent;
            END IF;
            ended := holdpoint.end_stalled_turn();
        END;
        IF NOT urgent THEN
            PERFORM set_config('lock_timeout', CASE WHEN ended > 0 THEN '250ms' ELSE '2s' END, true);
        END IF;
    END LOOP;
    PERFORM holdpoint.fail('HP004', 'the store is too busy', 'Try again.');
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
