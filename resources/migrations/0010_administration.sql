-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
--
-- People, agents, targets and policy. Roles are made by whoever calls these, with their own rights.

SET LOCAL ROLE holdpoint_owner;
SET LOCAL search_path = holdpoint, pg_catalog, pg_temp;

-- A role must be able to sign in, have exactly its own part, and no power by which it could take another's.
CREATE FUNCTION check_role(role text, part text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    parts CONSTANT text[] := ARRAY['holdpoint_agent', 'holdpoint_approver', 'holdpoint_executor'];
    found_role pg_roles;
    other text;
BEGIN
    SELECT * INTO found_role FROM pg_roles r WHERE r.rolname = check_role.role;
    IF NOT FOUND OR NOT found_role.rolcanlogin THEN
        PERFORM holdpoint.fail('HP003', format('there is no role %s that can sign in', role),
            format('Create it first: CREATE ROLE %I LOGIN', role));
    END IF;
    IF found_role.rolsuper OR found_role.rolcreaterole OR found_role.rolreplication OR found_role.rolbypassrls THEN
        PERFORM holdpoint.fail('HP001', format('the role %s has more power than its part allows', role),
            format('ALTER ROLE %I NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS', role));
    END IF;
    IF NOT pg_has_role(found_role.oid, part, 'MEMBER') THEN
        PERFORM holdpoint.fail('HP001', format('the role %s is not a member of %s', role, part),
            format('GRANT %I TO %I', part, role));
    END IF;
    SELECT o INTO other FROM unnest(parts || ARRAY['holdpoint_owner', 'holdpoint_admin']) AS o
     WHERE o <> part AND pg_has_role(found_role.oid, o, 'MEMBER') LIMIT 1;
    IF other IS NOT NULL THEN
        PERFORM holdpoint.fail('HP001', format('the role %s is a member of %s too', role, other),
            format('One role has one part: REVOKE %I FROM %I', other, role));
    END IF;
END $$;

CREATE FUNCTION add_approver(role text, display_name text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
BEGIN
    PERFORM holdpoint.check_length('name', add_approver.display_name, 200);
    PERFORM holdpoint.take_turn();
    PERFORM holdpoint.check_role(add_approver.role, 'holdpoint_approver');
    PERFORM FROM holdpoint.approver p
      WHERE p.role = add_approver.role AND p.display_name = add_approver.display_name;
    IF FOUND THEN
        RETURN;
    END IF;
    INSERT INTO holdpoint.approver AS p VALUES (add_approver.role, add_approver.display_name)
    ON CONFLICT ON CONSTRAINT approver_pkey DO UPDATE SET display_name = excluded.display_name;
    PERFORM holdpoint.enter_ledger('approver_added',
        jsonb_build_object('role', add_approver.role, 'name', add_approver.display_name));
END $$;

CREATE FUNCTION add_agent(role text, owner text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    known holdpoint.agent;
BEGIN
    PERFORM holdpoint.take_turn();
    PERFORM holdpoint.check_role(add_agent.role, 'holdpoint_agent');
    IF NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = add_agent.owner)
       OR EXISTS (SELECT FROM holdpoint.agent g WHERE g.role = add_agent.owner) THEN
        PERFORM holdpoint.fail('HP003', format('the owner %s is not the role of a person', add_agent.owner),
            'Name the role of the person who is responsible for this agent.');
    END IF;
    SELECT * INTO known FROM holdpoint.agent g WHERE g.role = add_agent.role;
    IF known.revoked_at IS NOT NULL THEN
        PERFORM holdpoint.fail('HP001', format('the access of %s was revoked by %s', known.role, known.revoked_by),
            'Use a new role for a new agent.');
    END IF;
    IF known.owner = add_agent.owner THEN
        RETURN;
    END IF;
    INSERT INTO holdpoint.agent AS g (role, owner) VALUES (add_agent.role, add_agent.owner)
    ON CONFLICT ON CONSTRAINT agent_pkey DO UPDATE SET owner = excluded.owner;
    PERFORM holdpoint.enter_ledger('agent_added', jsonb_build_object('owner', add_agent.owner),
        agent => add_agent.role);
END $$;

CREATE FUNCTION add_executor(role text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
BEGIN
    PERFORM holdpoint.take_turn();
    PERFORM holdpoint.check_role(add_executor.role, 'holdpoint_executor');
    PERFORM FROM holdpoint.executor_role e WHERE e.role = add_executor.role;
    IF NOT FOUND THEN
        INSERT INTO holdpoint.executor_role VALUES (add_executor.role);
        PERFORM holdpoint.enter_ledger('executor_added', jsonb_build_object('role', add_executor.role));
    END IF;
END $$;

CREATE FUNCTION add_target(name text, environment text, replica text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
BEGIN
    PERFORM holdpoint.check_length('environment', add_target.environment, 50);
    PERFORM holdpoint.check_length('connection string', add_target.replica, 1000);
    IF add_target.replica ~* '(^|[\s?&])(ssl)?password\s*=' OR add_target.replica ~* '^postgres(ql)?://[^/@]*:[^/@]*@' THEN
        PERFORM holdpoint.fail('HP003', 'the connection string has a password in it',
            'Everybody who reads the store would read it: use a service or a password file.');
    END IF;
    IF add_target.name IS NULL OR add_target.name !~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$' OR add_target.name = 'store' THEN
        PERFORM holdpoint.fail('HP003', 'a target''s name has letters, digits, dots and dashes, at most 63, and is not "store"',
            'Approvers have to type it: choose a short one.');
    END IF;
    PERFORM holdpoint.take_turn();
    PERFORM FROM holdpoint.target t WHERE t.name = add_target.name AND t.environment = add_target.environment
        AND t.replica = add_target.replica;
    IF FOUND THEN
        RETURN;
    END IF;
    INSERT INTO holdpoint.target AS t VALUES (add_target.name, add_target.environment, add_target.replica)
    ON CONFLICT ON CONSTRAINT target_pkey DO UPDATE SET environment = excluded.environment, replica = excluded.replica;
    PERFORM holdpoint.enter_ledger('target_added',
        jsonb_build_object('environment', add_target.environment, 'replica', add_target.replica),
        target => add_target.name);
END $$;

CREATE FUNCTION set_policy(target text, level text, approvers int, row_limit bigint, tolerance numeric, slack bigint)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
BEGIN
    IF set_policy.level IS NULL OR set_policy.level NOT IN ('read', 'write', 'destructive', 'critical') THEN
        PERFORM holdpoint.fail('HP003', 'the level is not read, write, destructive or critical');
    END IF;
    IF set_policy.target IS DISTINCT FROM '*'
       AND NOT EXISTS (SELECT FROM holdpoint.target t WHERE t.name = set_policy.target) THEN
        PERFORM holdpoint.fail('HP003', format('there is no target %s', set_policy.target),
            'Add the target first, or use * for all.');
    END IF;
    IF (set_policy.approvers BETWEEN 1 AND 20 AND set_policy.row_limit >= 0
        AND set_policy.tolerance BETWEEN 1 AND 1000 AND set_policy.slack BETWEEN 0 AND 1000000000) IS NOT TRUE THEN
        PERFORM holdpoint.fail('HP003', 'a number of this rule is out of range',
            'approvers 1 to 20, row limit 0 or more, tolerance 1 to 1000, slack 0 to 1000000000');
    END IF;
    PERFORM holdpoint.take_turn();
    INSERT INTO holdpoint.policy AS p
    VALUES (set_policy.target, set_policy.level::holdpoint.risk_level, set_policy.approvers, set_policy.row_limit,
            set_policy.tolerance, set_policy.slack)
    ON CONFLICT ON CONSTRAINT policy_pkey
    DO UPDATE SET approvers = excluded.approvers, row_limit = excluded.row_limit,
                  tolerance = excluded.tolerance, slack = excluded.slack;
    PERFORM holdpoint.enter_ledger('policy_set',
        jsonb_build_object('level', set_policy.level, 'approvers', set_policy.approvers, 'row_limit',
            set_policy.row_limit, 'tolerance', set_policy.tolerance, 'slack', set_policy.slack),
        target => set_policy.target);
END $$;
