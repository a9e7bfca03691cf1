-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
--
-- What an agent can do: submit, revise, withdraw. Who it is comes from the sign-in alone.

SET LOCAL ROLE holdpoint_owner;
SET LOCAL search_path = holdpoint, pg_catalog, pg_temp;

CREATE FUNCTION check_length(what text, value text, most int) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
BEGIN
    IF value IS NULL THEN
        PERFORM holdpoint.fail('HP003', format('the %s is missing', what), 'Send at least an empty text.');
    END IF;
    IF char_length(value) > most THEN
        PERFORM holdpoint.fail('HP003',
            format('the %s is %s characters long; the limit is %s characters', what, char_length(value), most),
            'Shorten it.');
    END IF;
END $$;

CREATE FUNCTION check_sql(sql bytea) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    most CONSTANT int := 1048576;
BEGIN
    IF coalesce(octet_length(sql), 0) = 0 THEN
        PERFORM holdpoint.fail('HP003', 'the SQL is empty', 'Send the statements to run.');
    END IF;
    IF octet_length(sql) > most THEN
        PERFORM holdpoint.fail('HP003',
            format('the SQL is %s bytes long; the limit is %s bytes', octet_length(sql), most),
            'Split it into several actions.');
    END IF;
END $$;

CREATE FUNCTION expiry() RETURNS timestamptz
LANGUAGE sql VOLATILE SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT holdpoint.instant() + interval '24 hours';
$$;

-- The caller as an agent, or a refusal.
CREATE FUNCTION calling_agent() RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    caller holdpoint.agent;
BEGIN
    SELECT * INTO caller FROM holdpoint.agent g WHERE g.role = session_user;
    IF NOT FOUND THEN
        PERFORM holdpoint.fail('HP001', format('%s is not an agent here', session_user),
            format('Ask an administrator to run: holdpointctl agent add %s', session_user));
    END IF;
    IF caller.revoked_at IS NOT NULL THEN
        PERFORM holdpoint.fail('HP001', format('the access of %s was revoked', session_user),
            'Stop working. A person has ended this agent''s access.');
    END IF;
    RETURN caller.role;
END $$;

-- The caller's own action, if it is in one of the states.
CREATE FUNCTION own_action(id bigint, states text[]) RETURNS action
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    caller CONSTANT text := holdpoint.calling_agent();
    found_action holdpoint.action;
BEGIN
    SELECT * INTO found_action FROM holdpoint.action a WHERE a.id = own_action.id AND a.agent = caller;
    IF NOT FOUND THEN
        PERFORM holdpoint.fail('HP003', format('%s has no action %s', caller, id), 'See the view my_actions.');
    END IF;
    IF found_action.state <> ALL (states) THEN
        PERFORM holdpoint.fail('HP002', format('action %s is %s', id, replace(found_action.state, '_', ' ')),
            'Submit a new action if it is still needed.');
    END IF;
    RETURN found_action;
END $$;

-- People have to read all of it: what an agent has waiting is bounded. A revision takes the place of its own action.
CREATE FUNCTION check_quota(agent text, sql bytea, instead_of bigint DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    most_actions CONSTANT int := 200;
    most_bytes CONSTANT int := 16777216;
    actions bigint;
    bytes bigint;
BEGIN
    SELECT count(*), coalesce(sum(octet_length(r.sql)), 0) INTO actions, bytes
      FROM holdpoint.action a JOIN holdpoint.revision r ON r.action = a.id AND r.number = a.revision
     WHERE a.agent = check_quota.agent
       AND a.state IN ('pending', 'approved', 'changes_requested', 'released', 'executing')
       AND a.id IS DISTINCT FROM check_quota.instead_of;
    IF actions >= most_actions THEN
        PERFORM holdpoint.fail('HP003', format('%s has %s open actions; the limit is %s open actions', agent, actions,
            most_actions), 'Wait until people have decided, or withdraw some.');
    END IF;
    IF bytes + octet_length(check_quota.sql) > most_bytes THEN
        PERFORM holdpoint.fail('HP003', format('the open actions of %s have %s bytes of SQL; with this text they are over the limit of %s bytes',
            agent, bytes, most_bytes), 'Wait until people have decided, or withdraw some.');
    END IF;
END $$;

-- The action that a key already stands for; nothing if it is new. The same key for another text is a mistake.
CREATE FUNCTION submitted_before(agent text, target text, sql bytea, key text)
RETURNS TABLE (action_id bigint, revision int)
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    earlier record;
BEGIN
    SELECT a.id, a.target, r.digest INTO earlier
      FROM holdpoint.action a JOIN holdpoint.revision r ON r.action = a.id AND r.number = 1
     WHERE a.agent = submitted_before.agent AND a.idempotency_key = submitted_before.key;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF earlier.target <> submitted_before.target OR earlier.digest <> sha256(submitted_before.sql) THEN
        PERFORM holdpoint.fail('HP002',
            format('this idempotency key stands for another text already: action %s', earlier.id),
            'Use a new key for a new action.');
    END IF;
    RETURN QUERY SELECT a.id, a.revision FROM holdpoint.action a WHERE a.id = earlier.id;
END $$;

CREATE FUNCTION add_revision(action_id bigint, number int, sql bytea, reason text) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    added holdpoint.revision;
BEGIN
    INSERT INTO holdpoint.revision (action, number, sql, reason, submitted_at)
    VALUES (action_id, add_revision.number, add_revision.sql, add_revision.reason, holdpoint.instant())
    RETURNING * INTO added;
    RETURN jsonb_build_object('digest', encode(added.digest, 'hex'), 'bytes', octet_length(added.sql),
                              'reason', added.reason);
END $$;

CREATE FUNCTION submit(target text, sql bytea, title text, reason text, idempotency_key text DEFAULT NULL)
RETURNS TABLE (action_id bigint, revision int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    body jsonb;
BEGIN
    PERFORM holdpoint.check_sql(submit.sql);
    PERFORM holdpoint.check_length('title', submit.title, 200);
    PERFORM holdpoint.check_length('reason', submit.reason, 4000);
    PERFORM holdpoint.check_length('idempotency key', coalesce(submit.idempotency_key, ''), 200);
    PERFORM holdpoint.take_turn();
    PERFORM holdpoint.calling_agent();
    IF NOT EXISTS (SELECT FROM holdpoint.target t WHERE t.name = submit.target) THEN
        PERFORM holdpoint.fail('HP003', format('there is no target %s', left(submit.target, 100)),
            'Ask your owner for the target''s name.');
    END IF;
    SELECT b.action_id, b.revision INTO action_id, revision
      FROM holdpoint.submitted_before(session_user, submit.target, submit.sql, submit.idempotency_key) b;
    IF action_id IS NULL THEN
        PERFORM holdpoint.check_quota(session_user, submit.sql);
        INSERT INTO holdpoint.action AS a (agent, target, title, idempotency_key, expires_at)
        VALUES (session_user, submit.target, submit.title, submit.idempotency_key, holdpoint.expiry())
        RETURNING a.id, a.revision INTO action_id, revision;
        body := holdpoint.add_revision(action_id, revision, submit.sql, submit.reason);
        PERFORM holdpoint.enter_action('submitted', action_id, body || jsonb_build_object('title', submit.title));
    END IF;
    RETURN NEXT;
END $$;

CREATE FUNCTION submit(target text, sql text, title text, reason text, idempotency_key text DEFAULT NULL)
RETURNS TABLE (action_id bigint, revision int)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT s.action_id, s.revision
      FROM holdpoint.submit(submit.target, convert_to(submit.sql, 'UTF8'), submit.title, submit.reason,
                            submit.idempotency_key) s;
$$;

CREATE FUNCTION revise(action_id bigint, sql bytea, reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    revised holdpoint.action;
    body jsonb;
BEGIN
    PERFORM holdpoint.check_sql(revise.sql);
    PERFORM holdpoint.check_length('reason', revise.reason, 4000);
    PERFORM holdpoint.take_turn();
    revised := holdpoint.own_action(revise.action_id, ARRAY['pending', 'approved', 'changes_requested']);
    PERFORM holdpoint.check_quota(revised.agent, revise.sql, revised.id);
    body := holdpoint.add_revision(revised.id, revised.revision + 1, revise.sql, revise.reason);
    UPDATE holdpoint.action a
       SET revision = revised.revision + 1, state = 'pending', expires_at = holdpoint.expiry(),
           closing_reason = '', decided_by = ''
     WHERE a.id = revised.id;
    PERFORM holdpoint.enter_action('revised', revised.id, body);
    RETURN revised.revision + 1;
END $$;

CREATE FUNCTION revise(action_id bigint, sql text, reason text) RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT holdpoint.revise(revise.action_id, convert_to(revise.sql, 'UTF8'), revise.reason);
$$;

CREATE FUNCTION withdraw(action_id bigint, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    withdrawn holdpoint.action;
BEGIN
    PERFORM holdpoint.check_length('reason', withdraw.reason, 4000);
    PERFORM holdpoint.take_turn();
    withdrawn := holdpoint.own_action(withdraw.action_id,
                                      ARRAY['pending', 'approved', 'changes_requested', 'released']);
    UPDATE holdpoint.action a SET state = 'withdrawn', closing_reason = withdraw.reason WHERE a.id = withdrawn.id;
    PERFORM holdpoint.enter_action('withdrawn', withdrawn.id, jsonb_build_object('reason', withdraw.reason));
END $$;
