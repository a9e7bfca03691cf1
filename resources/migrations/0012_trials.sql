-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Trial runs: an approver asks for one, an executor that has a sandbox of the target runs the revision there and rolls
-- it back. Agents neither ask for a trial nor read one: what a sandbox holds is not theirs to see.

SET LOCAL ROLE holdpoint_owner;
SET LOCAL search_path = holdpoint, pg_catalog, pg_temp;

-- Every move that a trial can make; there is no other.
CREATE TABLE trial_transition (
    came_from text NOT NULL,
    state     text NOT NULL,
    PRIMARY KEY (came_from, state)
);

INSERT INTO trial_transition (came_from, state) VALUES
    ('nothing', 'requested'), ('requested', 'running'), ('requested', 'lost'), ('running', 'finished'),
    ('running', 'lost');

CREATE TABLE trial (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    action       bigint NOT NULL,
    revision     int NOT NULL,
    requested_by text NOT NULL REFERENCES approver,
    requested_at timestamptz NOT NULL,
    came_from    text NOT NULL DEFAULT 'nothing',
    state        text NOT NULL DEFAULT 'requested',
    executor     text REFERENCES executor,
    claimed_at   timestamptz,
    ended_at     timestamptz,
    result       jsonb,
    lost_because text NOT NULL DEFAULT '',
    FOREIGN KEY (action, revision) REFERENCES revision (action, number),
    FOREIGN KEY (came_from, state) REFERENCES trial_transition,
    CHECK ((state = 'finished') = (result IS NOT NULL)),
    CHECK ((state = 'lost') = (lost_because <> ''))
);
CREATE INDEX ON trial (action, revision);
CREATE UNIQUE INDEX one_unfinished_trial ON trial (action, revision) WHERE state IN ('requested', 'running');

CREATE TRIGGER remember_state BEFORE UPDATE OF state, came_from ON trial
    FOR EACH ROW EXECUTE FUNCTION remember_state();
CREATE TRIGGER lasting BEFORE DELETE OR TRUNCATE ON trial
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The targets of which an executor has a sandbox. The credential stays with the executor.
ALTER TABLE executor ADD COLUMN sandboxes text[] NOT NULL DEFAULT '{}';

DROP FUNCTION heartbeat(text, text);

CREATE FUNCTION heartbeat(executor text, version text, sandboxes text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
BEGIN
    PERFORM holdpoint.check_executor(heartbeat.executor);
    UPDATE holdpoint.executor e
       SET version = left(heartbeat.version, 100), seen_at = holdpoint.instant(),
           sandboxes = coalesce((SELECT array_agg(t.name ORDER BY t.name) FROM holdpoint.target t
                                  WHERE t.name = ANY (heartbeat.sandboxes)), '{}')
     WHERE e.name = heartbeat.executor;
END $$;

CREATE OR REPLACE VIEW executors WITH (security_barrier) AS
SELECT x.name, x.version, x.seen_at, x.seen_at > clock_timestamp() - interval '10 s' AS alive,
       to_jsonb(x.sandboxes) AS sandboxes
  FROM executor x;

-- Why an unfinished trial will not come to an end any more, by the store's clock and by what executors last reported;
-- nothing where it still may. A view, so that it is said also while nobody writes.
CREATE VIEW trial_fate WITH (security_barrier) AS
SELECT t.id, CASE
       WHEN t.state = 'running' AND x.seen_at <= clock_timestamp() - interval '30 s'
       THEN format('the executor %s fell silent while it ran', t.executor)
       WHEN t.state = 'running' AND t.claimed_at <= clock_timestamp() - interval '1 hour'
       THEN format('the executor %s did not finish it within an hour', t.executor)
       WHEN t.state = 'requested'
        AND (a.revision <> t.revision OR a.state NOT IN ('pending', 'approved') OR a.expires_at <= clock_timestamp())
       THEN 'the action was over, or had a new text, before it began'
       WHEN t.state = 'requested' AND t.requested_at <= clock_timestamp() - interval '1 hour'
       THEN 'no executor took it within an hour'
       WHEN t.state = 'requested' AND t.requested_at <= clock_timestamp() - interval '30 s'
        AND NOT EXISTS (SELECT FROM executor e WHERE a.target = ANY (e.sandboxes)
                                                 AND e.seen_at > clock_timestamp() - interval '30 s')
       THEN 'no executor with a sandbox was there to take it'
       END AS lost_because
  FROM trial t JOIN action a ON a.id = t.action LEFT JOIN executor x ON x.name = t.executor
 WHERE t.state IN ('requested', 'running');

CREATE VIEW trials WITH (security_barrier) AS
SELECT t.id, t.action, t.revision, a.target, t.requested_by, t.requested_at,
       CASE WHEN f.lost_because IS NULL THEN t.state ELSE 'lost' END AS state, t.executor, t.claimed_at, t.ended_at,
       t.result, coalesce(f.lost_because, t.lost_because) AS lost_because,
       a.state IN ('pending', 'approved') AND a.revision = t.revision AS about_open
  FROM trial t JOIN action a ON a.id = t.action LEFT JOIN trial_fate f ON f.id = t.id;

CREATE FUNCTION enter_trial(event text, about trial, body jsonb) RETURNS bigint
LANGUAGE sql VOLATILE SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT holdpoint.enter_ledger(enter_trial.event, jsonb_build_object('trial', about.id) || body, a.id,
                                  about.revision, a.target, a.agent)
      FROM holdpoint.action a WHERE a.id = about.action;
$$;

CREATE FUNCTION lose_trial(id bigint, because text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    lost holdpoint.trial;
BEGIN
    UPDATE holdpoint.trial t SET state = 'lost', lost_because = lose_trial.because, ended_at = holdpoint.instant()
     WHERE t.id = lose_trial.id RETURNING * INTO STRICT lost;
    PERFORM holdpoint.enter_trial('trial_lost', lost, jsonb_build_object('because', lost.lost_because));
END $$;

-- Writes down what the view says already.
CREATE FUNCTION settle_trials() RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT holdpoint.lose_trial(f.id, f.lost_because) FROM holdpoint.trial_fate f
     WHERE f.lost_because IS NOT NULL ORDER BY f.id;
$$;

CREATE FUNCTION check_trial_quota(about action) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    most_unfinished CONSTANT int := 5;
    most_per_revision CONSTANT int := 20;
BEGIN
    IF (SELECT count(*) FROM holdpoint.trial t
         WHERE t.requested_by = session_user AND t.state IN ('requested', 'running')) >= most_unfinished THEN
        PERFORM holdpoint.fail('HP003', format('%s has %s unfinished trials; that is the limit', session_user,
            most_unfinished), 'Wait until one has ended.');
    END IF;
    IF (SELECT count(*) FROM holdpoint.trial t
         WHERE t.action = about.id AND t.revision = about.revision) >= most_per_revision THEN
        PERFORM holdpoint.fail('HP003', format('this revision has had %s trials; that is the limit',
            most_per_revision), 'Decide on what they showed.');
    END IF;
END $$;

-- For whoever may decide about the revision. Asked for again while one is under way: the same trial.
CREATE FUNCTION request_trial(action_id bigint, revision int, digest bytea) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    about holdpoint.action;
    requested holdpoint.trial;
BEGIN
    PERFORM holdpoint.take_turn();
    about := holdpoint.decidable(request_trial.action_id, request_trial.revision, request_trial.digest);
    PERFORM holdpoint.settle_trials();
    SELECT * INTO requested FROM holdpoint.trial t
     WHERE t.action = about.id AND t.revision = about.revision AND t.state IN ('requested', 'running');
    IF FOUND THEN
        RETURN requested.id;
    END IF;
    IF NOT EXISTS (SELECT FROM holdpoint.executor e WHERE about.target = ANY (e.sandboxes)
                                                      AND e.seen_at > clock_timestamp() - interval '10 s') THEN
        PERFORM holdpoint.fail('HP003', format('no executor that is alive has a sandbox of %s', about.target),
            'Name one in the executor''s configuration: sandbox = …');
    END IF;
    PERFORM holdpoint.check_trial_quota(about);
    INSERT INTO holdpoint.trial (action, revision, requested_by, requested_at)
    VALUES (about.id, about.revision, session_user, holdpoint.instant()) RETURNING * INTO requested;
    PERFORM holdpoint.enter_trial('trial_requested', requested,
        jsonb_build_object('digest', encode(request_trial.digest, 'hex')));
    RETURN requested.id;
END $$;

CREATE TYPE claimed_trial AS (
    trial_id  bigint,
    action_id bigint,
    revision  int,
    digest    bytea,
    sql       bytea,
    target    text
);

-- The oldest trial of those targets becomes this executor's. Whoever asks for one is running none: what it had begun
-- before is lost.
CREATE FUNCTION claim_trial(executor text, targets text[]) RETURNS SETOF claimed_trial
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    taken holdpoint.trial;
BEGIN
    PERFORM holdpoint.check_executor(claim_trial.executor);
    -- Looking costs nobody a turn; only taking does.
    PERFORM FROM holdpoint.trial t JOIN holdpoint.action a ON a.id = t.action
      WHERE (t.state = 'running' AND t.executor = claim_trial.executor)
         OR (t.state = 'requested' AND a.target = ANY (claim_trial.targets));
    IF NOT FOUND THEN
        RETURN;
    END IF;
    PERFORM holdpoint.take_turn();
    PERFORM holdpoint.lose_trial(t.id, format('the executor %s was interrupted while it ran', t.executor))
       FROM holdpoint.trial t WHERE t.state = 'running' AND t.executor = claim_trial.executor;
    PERFORM holdpoint.settle_trials();
    UPDATE holdpoint.trial t
       SET state = 'running', executor = claim_trial.executor, claimed_at = holdpoint.instant()
     WHERE t.id = (SELECT n.id FROM holdpoint.trial n JOIN holdpoint.action a ON a.id = n.action
                    WHERE n.state = 'requested' AND a.target = ANY (claim_trial.targets) ORDER BY n.id LIMIT 1)
    RETURNING * INTO taken;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    PERFORM pg_notify('holdpoint', h.sequence || ' ' || taken.action) FROM holdpoint.ledger_head h;
    RETURN QUERY SELECT taken.id, taken.action, taken.revision, r.digest, r.sql, a.target
                   FROM holdpoint.revision r JOIN holdpoint.action a ON a.id = r.action
                  WHERE r.action = taken.action AND r.number = taken.revision;
END $$;

CREATE FUNCTION finish_trial(trial_id bigint, result jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    most_bytes CONSTANT int := 1048576;
    finished holdpoint.trial;
BEGIN
    IF jsonb_typeof(finish_trial.result) IS DISTINCT FROM 'object'
       OR octet_length(finish_trial.result::text) > most_bytes THEN
        PERFORM holdpoint.fail('HP003', format('the result is no object of at most %s bytes', most_bytes));
    END IF;
    PERFORM holdpoint.take_turn();
    SELECT t.* INTO finished FROM holdpoint.trial t JOIN holdpoint.executor e ON e.name = t.executor
     WHERE t.id = finish_trial.trial_id AND e.role = session_user;
    IF NOT FOUND THEN
        PERFORM holdpoint.fail('HP001', format('%s has not claimed trial %s', session_user, finish_trial.trial_id));
    END IF;
    IF finished.state <> 'running' THEN
        PERFORM holdpoint.fail('HP002', format('trial %s is %s already', finished.id, finished.state));
    END IF;
    UPDATE holdpoint.trial t SET state = 'finished', result = finish_trial.result, ended_at = holdpoint.instant()
     WHERE t.id = finished.id;
    PERFORM holdpoint.enter_trial('trial_finished', finished, jsonb_build_object(
        'outcome', left(finish_trial.result ->> 'outcome', 100), 'rows_changed', finish_trial.result -> 'rows_changed',
        'sha256', encode(sha256(convert_to(finish_trial.result::text, 'UTF8')), 'hex')));
END $$;

REVOKE ALL ON trial, trial_transition, trial_fate, trials FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA holdpoint FROM PUBLIC;

GRANT SELECT ON trials TO holdpoint_approver, holdpoint_executor, holdpoint_auditor, holdpoint_admin;
GRANT EXECUTE ON FUNCTION request_trial(bigint, int, bytea) TO holdpoint_approver;
GRANT EXECUTE ON FUNCTION
    heartbeat(text, text, text[]), claim_trial(text, text[]), finish_trial(bigint, jsonb)
    TO holdpoint_executor;
