-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
--
-- What an executor can do: claim what was released, and say how it ended.

SET LOCAL ROLE holdpoint_owner;
SET LOCAL search_path = holdpoint, pg_catalog, pg_temp;

-- A released revision with everything the executor has to check again.
CREATE TYPE claimed AS (
    action_id   bigint,
    revision    int,
    digest      bytea,
    sql         bytea,
    target      text,
    agent       text,
    agent_owner text,
    level       text,
    approvals   jsonb,
    policy      jsonb,
    expires_at  timestamptz
);

CREATE FUNCTION policy_of(target text) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT jsonb_agg(jsonb_build_object('level', p.level, 'approvers', p.approvers, 'row_limit', p.row_limit,
                                        'tolerance', p.tolerance, 'slack', p.slack) ORDER BY p.level)
      FROM unnest(enum_range(NULL::holdpoint.risk_level)) AS every(level),
           LATERAL holdpoint.policy_rule(policy_of.target, every.level) AS p;
$$;

CREATE FUNCTION claimed_action(id bigint) RETURNS claimed
LANGUAGE sql STABLE SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT a.id, a.revision, r.digest, r.sql, a.target, a.agent, g.owner,
           (SELECT max(d.level)::text FROM holdpoint.decision d
             WHERE d.action = a.id AND d.revision = a.revision AND d.verdict = 'approve'),
           holdpoint.opened_approvals(a.id, a.revision), holdpoint.policy_of(a.target), a.expires_at
      FROM holdpoint.action a
      JOIN holdpoint.revision r ON r.action = a.id AND r.number = a.revision
      JOIN holdpoint.agent g ON g.role = a.agent
     WHERE a.id = claimed_action.id;
$$;

-- Makes the executor known under its name; a name belongs to the role that used it first.
CREATE FUNCTION check_executor(name text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM holdpoint.executor_role e WHERE e.role = session_user) THEN
        PERFORM holdpoint.fail('HP001', format('%s is not an executor here', session_user),
            format('Ask an administrator to run: holdpointctl executor add %s', session_user));
    END IF;
    INSERT INTO holdpoint.executor (name, role, version, seen_at)
    VALUES (check_executor.name, session_user, '', holdpoint.instant()) ON CONFLICT DO NOTHING;
    IF NOT EXISTS (SELECT FROM holdpoint.executor e WHERE e.name = check_executor.name AND e.role = session_user) THEN
        PERFORM holdpoint.fail('HP001', format('the executor name %s belongs to another role', name),
            'Give this executor a name of its own.');
    END IF;
END $$;

CREATE FUNCTION heartbeat(executor text, version text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
BEGIN
    PERFORM holdpoint.check_executor(heartbeat.executor);
    UPDATE holdpoint.executor e SET version = left(heartbeat.version, 100), seen_at = holdpoint.instant()
     WHERE e.name = heartbeat.executor;
END $$;

-- The oldest released action of those targets becomes this executor's. One turn at a time: no two executors get the same one.
CREATE FUNCTION claim(executor text, targets text[]) RETURNS SETOF claimed
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    next_id bigint;
BEGIN
    PERFORM holdpoint.check_executor(claim.executor);
    -- Looking costs nobody a turn; only taking does.
    PERFORM FROM holdpoint.action a
      WHERE a.state = 'released' AND a.target = ANY (claim.targets) AND a.expires_at > clock_timestamp();
    IF NOT FOUND THEN
        RETURN;
    END IF;
    PERFORM holdpoint.take_turn();
    SELECT a.id INTO next_id FROM holdpoint.action a
     WHERE a.state = 'released' AND a.target = ANY (claim.targets) AND a.expires_at > clock_timestamp()
       AND NOT holdpoint.is_revoked(a.agent)
     ORDER BY a.id LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    UPDATE holdpoint.action a SET state = 'executing', executor = claim.executor WHERE a.id = next_id;
    PERFORM holdpoint.enter_action('claimed', next_id, jsonb_build_object('executor', claim.executor));
    RETURN NEXT holdpoint.claimed_action(next_id);
END $$;

CREATE FUNCTION unfinished(executor text) RETURNS SETOF claimed
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
BEGIN
    PERFORM holdpoint.check_executor(unfinished.executor);
    RETURN QUERY SELECT c.* FROM holdpoint.action a, LATERAL holdpoint.claimed_action(a.id) c
                  WHERE a.state = 'executing' AND a.executor = unfinished.executor ORDER BY a.id;
END $$;

-- How it ended. `unknown` can be settled later by the same executor, once the marker on the target can be read.
CREATE FUNCTION finish(action_id bigint, revision int, outcome text, result jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    finished holdpoint.action;
    kept CONSTANT jsonb := jsonb_build_object('rows_changed', result -> 'rows_changed', 'row_cap', result -> 'row_cap',
                                              'detail', left(coalesce(result ->> 'detail', ''), 4000));
BEGIN
    IF finish.outcome IS NULL OR finish.outcome NOT IN ('executed', 'failed', 'blocked', 'unknown') THEN
        PERFORM holdpoint.fail('HP003', 'the outcome is not executed, failed, blocked or unknown');
    END IF;
    PERFORM holdpoint.take_turn();
    SELECT a.* INTO finished FROM holdpoint.action a JOIN holdpoint.executor e ON e.name = a.executor
     WHERE a.id = finish.action_id AND a.revision = finish.revision AND e.role = session_user;
    IF NOT FOUND THEN
        PERFORM holdpoint.fail('HP001', format('%s has not claimed revision %s of action %s', session_user,
            finish.revision, finish.action_id));
    END IF;
    IF NOT EXISTS (SELECT FROM holdpoint.transition t
                    WHERE t.came_from = finished.state AND t.state = finish.outcome) THEN
        PERFORM holdpoint.fail('HP002', format('action %s is %s already', finished.id, finished.state));
    END IF;
    INSERT INTO holdpoint.outcome AS o (action, revision, result, at)
    VALUES (finished.id, finished.revision, kept, holdpoint.instant())
    ON CONFLICT (action) DO UPDATE SET result = excluded.result, at = excluded.at;
    UPDATE holdpoint.action a SET state = finish.outcome WHERE a.id = finished.id;
    PERFORM holdpoint.enter_action(finish.outcome, finished.id, kept);
END $$;

-- Ends what nobody decided, or no executor took, in time. By the store's clock alone.
CREATE FUNCTION expire_due() RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    waiting CONSTANT text[] := ARRAY['pending', 'approved', 'changes_requested', 'released'];
    due_id bigint;
    expired int := 0;
BEGIN
    PERFORM FROM holdpoint.action a WHERE a.state = ANY (waiting) AND a.expires_at <= clock_timestamp();
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    PERFORM holdpoint.take_turn();
    FOR due_id IN SELECT a.id FROM holdpoint.action a
               WHERE a.state = ANY (waiting) AND a.expires_at <= clock_timestamp() ORDER BY a.id LOOP
        UPDATE holdpoint.action a SET state = 'expired' WHERE a.id = due_id;
        PERFORM holdpoint.enter_action('expired', due_id);
        expired := expired + 1;
    END LOOP;
    RETURN expired;
END $$;
