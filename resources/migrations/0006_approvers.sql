-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
--
-- What a person can do: decide about a revision. Who they are comes from the sign-in alone.

SET LOCAL ROLE holdpoint_owner;
SET LOCAL search_path = holdpoint, pg_catalog, pg_temp;

CREATE FUNCTION policy_rule(target text, level risk_level) RETURNS policy
LANGUAGE sql STABLE SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT p.* FROM holdpoint.policy p
     WHERE p.target IN (policy_rule.target, '*') AND p.level = policy_rule.level
     ORDER BY (p.target = '*') LIMIT 1;
$$;

-- The caller must be an approver who has nothing to do with the agent: neither its owner nor anybody who can act as
-- one of the two. session_user cannot be changed by SET ROLE.
CREATE FUNCTION check_approver_of(agent text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    related text;
BEGIN
    IF NOT EXISTS (SELECT FROM holdpoint.approver p WHERE p.role = session_user) THEN
        PERFORM holdpoint.fail('HP001', format('%s is not an approver here', session_user),
            format('Ask an administrator to run: holdpointctl approver add %s', session_user));
    END IF;
    SELECT r.rolname INTO related
      FROM holdpoint.agent g JOIN pg_roles r ON r.rolname IN (g.role, g.owner)
     WHERE g.role = check_approver_of.agent AND pg_has_role(session_user, r.oid, 'MEMBER')
     ORDER BY (r.rolname = g.owner) DESC LIMIT 1;
    IF related = session_user THEN
        PERFORM holdpoint.fail('HP001', format('%s owns the agent %s and cannot decide about its actions',
            session_user, agent), 'Another approver must decide.');
    ELSIF related IS NOT NULL THEN
        PERFORM holdpoint.fail('HP001', format('%s can act as %s and cannot decide about actions of the agent %s',
            session_user, related, agent), 'Another approver must decide, or an administrator takes that membership away.');
    END IF;
END $$;

-- The action, if the caller may decide about this very revision of it now.
CREATE FUNCTION decidable(id bigint, revision int, digest bytea) RETURNS action
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    found_action holdpoint.action;
    reload CONSTANT text := 'Look at it again before you decide.';
BEGIN
    SELECT * INTO found_action FROM holdpoint.action a WHERE a.id = decidable.id;
    PERFORM holdpoint.check_approver_of(found_action.agent);
    IF found_action.id IS NULL THEN
        PERFORM holdpoint.fail('HP003', format('there is no action %s', decidable.id), 'Choose one from the queue.');
    END IF;
    IF EXISTS (SELECT FROM holdpoint.agent g WHERE g.role = found_action.agent AND g.revoked_at IS NOT NULL) THEN
        PERFORM holdpoint.fail('HP001', format('the access of %s was revoked', found_action.agent),
            'Nothing of this agent can be released any more.');
    END IF;
    IF found_action.state NOT IN ('pending', 'approved') THEN
        PERFORM holdpoint.fail('HP002', format('action %s is %s already', found_action.id,
            replace(found_action.state, '_', ' ')), reload);
    END IF;
    IF found_action.revision IS DISTINCT FROM decidable.revision THEN
        PERFORM holdpoint.fail('HP002', format('action %s has a new text: revision %s', found_action.id,
            found_action.revision), reload);
    END IF;
    IF NOT EXISTS (SELECT FROM holdpoint.revision r
                    WHERE r.action = found_action.id AND r.number = found_action.revision
                      AND r.digest = decidable.digest) THEN
        PERFORM holdpoint.fail('HP002', format('the text of action %s is not the one that was shown',
            found_action.id), reload);
    END IF;
    IF found_action.expires_at <= clock_timestamp() THEN
        PERFORM holdpoint.fail('HP002', format('action %s has expired', found_action.id),
            'The agent has to submit it again.');
    END IF;
    RETURN found_action;
END $$;

-- What is unknown, or more than the policy lets such a level change, is no mere write, whatever the statement looks like.
CREATE FUNCTION check_impact(target text, evidence jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    level CONSTANT holdpoint.risk_level := evidence ->> 'level';
    total CONSTANT bigint := evidence ->> 'total_rows';
    most bigint;
BEGIN
    IF level >= 'destructive' THEN
        RETURN;
    END IF;
    IF level > 'read' AND (total IS NULL OR (total > 0 AND evidence ->> 'count' IS NULL)) THEN
        PERFORM holdpoint.fail('HP003', 'how many rows it changes is unknown: it is destructive at least',
            'Look at the action again before you decide.');
    END IF;
    most := (holdpoint.policy_rule(check_impact.target, level)).row_limit;
    IF total > most THEN
        PERFORM holdpoint.fail('HP003',
            format('%s rows are more than the limit of %s rows at the level %s: it is destructive at least',
                   total, most, level), 'Look at the action again before you decide.');
    END IF;
END $$;

CREATE FUNCTION check_words(target text, evidence jsonb, words text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
BEGIN
    PERFORM holdpoint.check_evidence(check_words.evidence);
    PERFORM holdpoint.check_length('typed text', check_words.words, 4000);
    IF check_words.evidence ->> 'target' <> check_words.target THEN
        PERFORM holdpoint.fail('HP001', format('the evidence is about another target than %s', check_words.target),
            'Look at the action again before you decide.');
    END IF;
    PERFORM holdpoint.check_impact(check_words.target, check_words.evidence);
    IF holdpoint.words_match(check_words.words, check_words.evidence) IS NOT TRUE THEN
        PERFORM holdpoint.fail('HP001', 'the typed words are not the ones that this action asks for',
            'Read the impact and type what it says.');
    END IF;
END $$;

-- What was typed, sealed: nobody can read it out of the ledger, and nobody can change it afterwards.
CREATE FUNCTION seal(approval decision) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT encode(sha256(approval.salt || convert_to(
        measured(approval.words) || measured(approval.evidence::text), 'UTF8')), 'hex');
$$;

-- The approvals of a revision with all that was typed, for the ledger and the executor, once it is decided.
CREATE FUNCTION opened_approvals(id bigint, revision int) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object(
               'approver', d.approver, 'level', d.level, 'words', d.words, 'evidence', d.evidence,
               'salt', encode(d.salt, 'hex'), 'at', d.at) ORDER BY d.id), '[]')
      FROM holdpoint.decision d
     WHERE d.action = opened_approvals.id AND d.revision = opened_approvals.revision AND d.verdict = 'approve';
$$;

-- Whether as many different people have approved as the policy asks for at the highest level that any of them saw.
CREATE FUNCTION quorum_reached(about action) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT count(DISTINCT d.approver) >= (holdpoint.policy_rule(about.target, max(d.level))).approvers
      FROM holdpoint.decision d
     WHERE d.action = about.id AND d.revision = about.revision AND d.verdict = 'approve';
$$;

CREATE FUNCTION approve(about action, evidence jsonb, words text, reason text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    approval holdpoint.decision;
    seen_digest bytea;
BEGIN
    IF EXISTS (SELECT FROM holdpoint.decision d
                WHERE d.action = about.id AND d.revision = about.revision
                  AND d.verdict = 'approve' AND d.approver = session_user) THEN
        PERFORM holdpoint.fail('HP001', format('%s has approved action %s already', session_user, about.id),
            'Another approver must approve it.');
    END IF;
    PERFORM holdpoint.check_words(about.target, approve.evidence, approve.words);
    INSERT INTO holdpoint.decision (action, revision, approver, verdict, level, evidence, words, reason, at)
    VALUES (about.id, about.revision, session_user, 'approve',
            (approve.evidence ->> 'level')::holdpoint.risk_level, approve.evidence, approve.words,
            coalesce(approve.reason, ''), holdpoint.instant())
    RETURNING * INTO approval;
    SELECT r.digest INTO STRICT seen_digest
      FROM holdpoint.revision r WHERE r.action = about.id AND r.number = about.revision;
    PERFORM holdpoint.enter_action('approved', about.id, jsonb_build_object(
        'digest', encode(seen_digest, 'hex'), 'level', approval.level, 'seal', holdpoint.seal(approval)));
    IF NOT holdpoint.quorum_reached(about) THEN
        UPDATE holdpoint.action a SET state = 'approved' WHERE a.id = about.id;
        RETURN 'approved';
    END IF;
    UPDATE holdpoint.action a SET state = 'released' WHERE a.id = about.id;
    PERFORM holdpoint.enter_action('released', about.id, jsonb_build_object(
        'digest', encode(seen_digest, 'hex'),
        'approvals', holdpoint.opened_approvals(about.id, about.revision)));
    RETURN 'released';
END $$;

CREATE FUNCTION turn_down(about action, verdict text, reason text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    new_state CONSTANT text := CASE verdict WHEN 'reject' THEN 'rejected' ELSE 'changes_requested' END;
BEGIN
    IF holdpoint.folded(coalesce(turn_down.reason, '')) = '' THEN
        PERFORM holdpoint.fail('HP003', 'the reason is missing', 'Say why, so that the agent can do better.');
    END IF;
    INSERT INTO holdpoint.decision (action, revision, approver, verdict, reason, at)
    VALUES (about.id, about.revision, session_user, turn_down.verdict, turn_down.reason, holdpoint.instant());
    UPDATE holdpoint.action a
       SET state = new_state, closing_reason = turn_down.reason, decided_by = session_user
     WHERE a.id = about.id;
    PERFORM holdpoint.enter_action(new_state, about.id, jsonb_build_object('reason', turn_down.reason));
    RETURN new_state;
END $$;

CREATE FUNCTION decide(action_id bigint, revision int, digest bytea, verdict text, evidence jsonb, words text,
                       reason text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    about holdpoint.action;
BEGIN
    IF decide.verdict IS NULL OR decide.verdict NOT IN ('approve', 'reject', 'request_changes') THEN
        PERFORM holdpoint.fail('HP003', 'the verdict is not approve, reject or request_changes');
    END IF;
    PERFORM holdpoint.check_length('reason', coalesce(decide.reason, ''), 4000);
    PERFORM holdpoint.take_turn();
    about := holdpoint.decidable(decide.action_id, decide.revision, decide.digest);
    IF decide.verdict = 'approve' THEN
        RETURN holdpoint.approve(about, decide.evidence, decide.words, decide.reason);
    END IF;
    RETURN holdpoint.turn_down(about, decide.verdict, decide.reason);
END $$;
