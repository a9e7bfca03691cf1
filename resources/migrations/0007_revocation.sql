-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
--
-- The kill switch's part in the store: the agent is refused at once, its work is void, and a receipt stays open for
-- each target until an executor has proved that the access there is gone.

SET LOCAL ROLE holdpoint_owner;
SET LOCAL search_path = holdpoint, pg_catalog, pg_temp;

CREATE FUNCTION void_work(agent text, reason text) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    open_id bigint;
    voided int := 0;
BEGIN
    FOR open_id IN SELECT a.id FROM holdpoint.action a
               WHERE a.agent = void_work.agent
                 AND a.state IN ('pending', 'approved', 'changes_requested', 'released') ORDER BY a.id LOOP
        UPDATE holdpoint.action a SET state = 'revoked', closing_reason = void_work.reason WHERE a.id = open_id;
        PERFORM holdpoint.enter_action('revoked', open_id, jsonb_build_object('reason', void_work.reason));
        voided := voided + 1;
    END LOOP;
    RETURN voided;
END $$;

CREATE FUNCTION milliseconds_since(start timestamptz) RETURNS double precision
LANGUAGE sql VOLATILE SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT round(extract(epoch FROM clock_timestamp() - start) * 1000, 1)::double precision;
$$;

CREATE FUNCTION open_receipts(revocation bigint) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    INSERT INTO holdpoint.receipt (revocation, place)
    SELECT open_receipts.revocation, 'store' UNION ALL SELECT open_receipts.revocation, t.name FROM holdpoint.target t;
$$;

CREATE FUNCTION add_step(revocation_id bigint, place text, step text, done boolean, milliseconds double precision,
                         detail text) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    INSERT INTO holdpoint.receipt_step (revocation, place, step, done, milliseconds, detail)
    VALUES (revocation_id, add_step.place, left(add_step.step, 100), add_step.done, add_step.milliseconds,
            left(add_step.detail, 4000))
    ON CONFLICT (revocation, place, step)
    DO UPDATE SET done = excluded.done, milliseconds = excluded.milliseconds, detail = excluded.detail;
$$;

CREATE FUNCTION check_may_revoke() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM holdpoint.approver p WHERE p.role = session_user)
       AND NOT pg_has_role(session_user, 'holdpoint_admin', 'MEMBER') THEN
        PERFORM holdpoint.fail('HP001', format('%s is not an approver here', session_user),
            'Any approver or administrator can revoke an agent.');
    END IF;
END $$;

CREATE FUNCTION revoke(agent text, reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    start CONSTANT timestamptz := holdpoint.instant();
    revocation_id bigint;
    voided int;
BEGIN
    PERFORM holdpoint.check_length('reason', revoke.reason, 4000);
    PERFORM holdpoint.check_may_revoke();
    PERFORM holdpoint.take_turn(urgent => true);
    IF NOT EXISTS (SELECT FROM holdpoint.agent g WHERE g.role = revoke.agent) THEN
        PERFORM holdpoint.fail('HP003', format('there is no agent %s', left(revoke.agent, 100)),
            'The agents page lists them.');
    END IF;
    -- Pressed again while it still runs: the same revocation.
    SELECT v.id INTO revocation_id FROM holdpoint.revocation v JOIN holdpoint.receipt c ON c.revocation = v.id
     WHERE v.agent = revoke.agent AND c.confirmed_at IS NULL ORDER BY v.id DESC LIMIT 1;
    IF revocation_id IS NOT NULL THEN
        RETURN revocation_id;
    END IF;
    UPDATE holdpoint.agent g SET revoked_at = start, revoked_by = session_user
     WHERE g.role = revoke.agent AND g.revoked_at IS NULL;
    INSERT INTO holdpoint.revocation AS v (agent, requested_by, requested_at, reason)
    VALUES (revoke.agent, session_user, start, revoke.reason) RETURNING v.id INTO revocation_id;
    PERFORM holdpoint.open_receipts(revocation_id);
    PERFORM holdpoint.add_step(revocation_id, 'store', 'refused', true, holdpoint.milliseconds_since(start),
        'the store refuses every call of this agent');
    voided := holdpoint.void_work(revoke.agent, revoke.reason);
    PERFORM holdpoint.add_step(revocation_id, 'store', 'voided', true, holdpoint.milliseconds_since(start),
        format('%s open actions', voided));
    UPDATE holdpoint.receipt c SET confirmed_at = holdpoint.instant() WHERE c.revocation = revocation_id AND c.place = 'store';
    PERFORM holdpoint.enter_ledger('agent_revoked',
        jsonb_build_object('revocation', revocation_id, 'reason', revoke.reason, 'voided', voided), agent => revoke.agent);
    RETURN revocation_id;
END $$;

-- Tells listeners to look, where something changed that is no line of the ledger yet.
CREATE FUNCTION hint() RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT pg_notify('holdpoint', h.sequence || ' 0') FROM holdpoint.ledger_head h;
$$;

CREATE FUNCTION is_revoked(agent text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT NOT EXISTS (SELECT FROM holdpoint.agent g WHERE g.role = is_revoked.agent AND g.revoked_at IS NULL);
$$;

CREATE FUNCTION open_revocations()
RETURNS TABLE (revocation_id bigint, agent text, target text, tries int, requested_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT v.id, v.agent, c.place, c.tries, v.requested_at
      FROM holdpoint.revocation v JOIN holdpoint.receipt c ON c.revocation = v.id
     WHERE c.confirmed_at IS NULL ORDER BY v.id, c.place;
$$;

-- True while the receipt is open; a receipt that does not exist is a mistake of the caller.
CREATE FUNCTION receipt_is_open(revocation_id bigint, target text) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    confirmed timestamptz;
BEGIN
    IF NOT EXISTS (SELECT FROM holdpoint.executor_role e WHERE e.role = session_user) THEN
        PERFORM holdpoint.fail('HP001', format('%s is not an executor here', session_user));
    END IF;
    SELECT c.confirmed_at INTO confirmed FROM holdpoint.receipt c
     WHERE c.revocation = revocation_id AND c.place = receipt_is_open.target FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM holdpoint.fail('HP003', format('revocation %s has no receipt for %s', revocation_id, target));
    END IF;
    RETURN confirmed IS NULL;
END $$;

-- The first step of a try begins the receipt's steps anew: what an earlier try found need not be there any more.
CREATE FUNCTION record_revocation_step(revocation_id bigint, target text, step text, done boolean,
                                       milliseconds double precision, detail text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
BEGIN
    IF holdpoint.receipt_is_open(revocation_id, target) THEN
        IF record_revocation_step.step = 'no-login' THEN
            DELETE FROM holdpoint.receipt_step s
             WHERE s.revocation = revocation_id AND s.place = record_revocation_step.target;
        END IF;
        PERFORM holdpoint.add_step(revocation_id, target, step, done, milliseconds, detail);
        PERFORM holdpoint.hint();
    END IF;
END $$;

CREATE FUNCTION revocation_try(revocation_id bigint, target text, error text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
BEGIN
    IF holdpoint.receipt_is_open(revocation_id, target) THEN
        UPDATE holdpoint.receipt c SET tries = c.tries + 1, last_error = left(revocation_try.error, 4000)
         WHERE c.revocation = revocation_id AND c.place = revocation_try.target;
        PERFORM holdpoint.hint();
    END IF;
END $$;

CREATE FUNCTION receipt_steps(revocation bigint, place text) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('step', s.step, 'done', s.done, 'milliseconds', s.milliseconds,
                                                 'detail', s.detail) ORDER BY s.id), '[]')
      FROM holdpoint.receipt_step s
     WHERE s.revocation = receipt_steps.revocation AND s.place = receipt_steps.place;
$$;

CREATE FUNCTION confirm_revocation(revocation_id bigint, target text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    revoked_agent text;
BEGIN
    PERFORM holdpoint.take_turn();
    IF NOT holdpoint.receipt_is_open(revocation_id, target) THEN
        RETURN;
    END IF;
    IF (SELECT bool_and(s.done) FROM holdpoint.receipt_step s
         WHERE s.revocation = revocation_id AND s.place = confirm_revocation.target) IS NOT TRUE THEN
        PERFORM holdpoint.fail('HP001', format('revocation %s on %s has a step that is not done', revocation_id, target),
            'Record every step as done first.');
    END IF;
    UPDATE holdpoint.receipt c SET tries = c.tries + 1, last_error = '', confirmed_at = holdpoint.instant()
     WHERE c.revocation = revocation_id AND c.place = confirm_revocation.target;
    SELECT v.agent INTO STRICT revoked_agent FROM holdpoint.revocation v WHERE v.id = revocation_id;
    PERFORM holdpoint.enter_ledger('revocation_confirmed',
        jsonb_build_object('revocation', revocation_id, 'steps', holdpoint.receipt_steps(revocation_id, target)),
        target => confirm_revocation.target, agent => revoked_agent);
END $$;
