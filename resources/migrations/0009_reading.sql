-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
--
-- What can be read. What an approver typed is in none of these views until the ledger has it: the second approver
-- must not see the first one's words.

SET LOCAL ROLE holdpoint_owner;
SET LOCAL search_path = holdpoint, pg_catalog, pg_temp;

CREATE FUNCTION whoami(OUT role text, OUT kind text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT session_user::text, CASE
        WHEN EXISTS (SELECT FROM holdpoint.agent g WHERE g.role = session_user) THEN 'agent'
        WHEN EXISTS (SELECT FROM holdpoint.approver p WHERE p.role = session_user) THEN 'approver'
        WHEN EXISTS (SELECT FROM holdpoint.executor_role e WHERE e.role = session_user) THEN 'executor'
        WHEN pg_has_role(session_user, 'holdpoint_admin', 'MEMBER') THEN 'admin'
        WHEN pg_has_role(session_user, 'holdpoint_auditor', 'MEMBER') THEN 'auditor'
        ELSE 'none' END;
$$;

CREATE FUNCTION ledger_head(OUT sequence bigint, OUT hash bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT h.sequence, h.hash FROM holdpoint.ledger_head h;
$$;

CREATE VIEW actions WITH (security_barrier) AS
SELECT a.id, a.revision, r.digest, a.agent, g.owner AS agent_owner, a.target, a.title, r.reason, r.sql, a.state,
       r.submitted_at, a.expires_at,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('approver', d.approver, 'level', d.level, 'at', d.at)
                                  ORDER BY d.id), '[]')
          FROM decision d
         WHERE d.action = a.id AND d.revision = a.revision AND d.verdict = 'approve') AS approvals,
       a.closing_reason, a.decided_by, o.result || jsonb_build_object('at', o.at) AS outcome, a.change_number
  FROM action a
  JOIN agent g ON g.role = a.agent
  JOIN revision r ON r.action = a.id AND r.number = a.revision
  LEFT JOIN outcome o ON o.action = a.id;

CREATE VIEW my_actions WITH (security_barrier) AS
SELECT a.id AS action_id, a.revision, a.target, a.title, a.state, r.submitted_at, a.closing_reason, a.decided_by,
       o.result || jsonb_build_object('at', o.at) AS outcome
  FROM action a
  JOIN revision r ON r.action = a.id AND r.number = a.revision
  LEFT JOIN outcome o ON o.action = a.id
 WHERE a.agent = session_user;

CREATE VIEW agents WITH (security_barrier) AS
SELECT g.role AS name, g.owner, g.revoked_at IS NOT NULL AS revoked, g.revoked_at, g.revoked_by,
       coalesce(w.open, 0) AS open, coalesce(w.submitted, 0) AS submitted, w.last_submitted_at
  FROM agent g
  LEFT JOIN (SELECT a.agent, count(*) FILTER (WHERE a.state IN ('pending', 'approved')) AS open,
                    count(*) AS submitted, max(r.submitted_at) AS last_submitted_at
               FROM action a JOIN revision r ON r.action = a.id AND r.number = a.revision
              GROUP BY a.agent) w ON w.agent = g.role;

CREATE VIEW approvers WITH (security_barrier) AS
SELECT p.role AS name, p.display_name FROM approver p;

CREATE VIEW targets WITH (security_barrier) AS
SELECT t.name, t.environment, t.replica FROM target t;

CREATE VIEW policies WITH (security_barrier) AS
SELECT p.target, p.level::text AS level, p.approvers, p.row_limit, p.tolerance, p.slack FROM policy p;

CREATE VIEW revocations WITH (security_barrier) AS
SELECT v.id, v.agent, v.requested_by, v.requested_at, v.reason,
       (SELECT jsonb_agg(jsonb_build_object(
                   'place', c.place, 'confirmed', c.confirmed_at IS NOT NULL, 'confirmed_at', c.confirmed_at,
                   'tries', c.tries, 'last_error', c.last_error,
                   'steps', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                                        'step', s.step, 'done', s.done, 'milliseconds', s.milliseconds,
                                        'detail', s.detail) ORDER BY s.id), '[]')
                               FROM receipt_step s WHERE s.revocation = c.revocation AND s.place = c.place))
                   ORDER BY c.place <> 'store', c.place)
          FROM receipt c WHERE c.revocation = v.id) AS receipts
  FROM revocation v;

CREATE VIEW ledger WITH (security_barrier) AS
SELECT e.sequence, e.at, e.actor, e.event, e.action, e.revision, e.target, e.agent, e.body, e.previous_hash, e.hash
  FROM ledger_entry e;

CREATE VIEW executors WITH (security_barrier) AS
SELECT x.name, x.version, x.seen_at, x.seen_at > clock_timestamp() - interval '10 s' AS alive FROM executor x;
