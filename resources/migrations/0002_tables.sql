-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
--
-- The tables. Only functions of this schema write them; no grant on any table is ever given.

SET LOCAL ROLE holdpoint_owner;
SET LOCAL search_path = holdpoint, pg_catalog, pg_temp;

CREATE TYPE risk_level AS ENUM ('read', 'write', 'destructive', 'critical');

CREATE TABLE approver (
    role         text PRIMARY KEY,
    display_name text NOT NULL
);

CREATE TABLE agent (
    role       text PRIMARY KEY,
    owner      text NOT NULL,
    revoked_at timestamptz,
    revoked_by text,
    CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);

CREATE TABLE executor_role (
    role text PRIMARY KEY
);

CREATE TABLE executor (
    name    text PRIMARY KEY CHECK (char_length(name) BETWEEN 1 AND 100),
    role    text NOT NULL REFERENCES executor_role,
    version text NOT NULL,
    seen_at timestamptz NOT NULL
);

-- The name is typed by people and is a word in a phrase; `store` is a place of its own on a receipt.
CREATE TABLE target (
    name        text PRIMARY KEY CHECK (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$' AND name <> 'store'),
    environment text NOT NULL,
    replica     text NOT NULL
);

-- Target `*` has a rule for each level, which holds wherever a target has none of its own.
CREATE TABLE policy (
    target    text NOT NULL,
    level     risk_level NOT NULL,
    approvers int NOT NULL CHECK (approvers BETWEEN 1 AND 20),
    row_limit bigint NOT NULL CHECK (row_limit >= 0),
    tolerance numeric NOT NULL CHECK (tolerance BETWEEN 1 AND 1000),
    slack     bigint NOT NULL CHECK (slack BETWEEN 0 AND 1000000000),
    PRIMARY KEY (target, level)
);

INSERT INTO policy (target, level, approvers, row_limit, tolerance, slack) VALUES
    ('*', 'read', 1, 100000, 1.2, 10),
    ('*', 'write', 1, 100000, 1.2, 10),
    ('*', 'destructive', 1, 100000, 1.2, 10),
    ('*', 'critical', 2, 100000, 1.2, 10);

-- Every move that an action can make; there is no other.
CREATE TABLE transition (
    came_from text NOT NULL,
    state     text NOT NULL,
    PRIMARY KEY (came_from, state)
);

INSERT INTO transition (came_from, state)
SELECT m.came_from, unnest(m.states) FROM (VALUES
    ('nothing', ARRAY['pending']),
    ('pending', ARRAY['pending', 'approved', 'released', 'rejected', 'changes_requested', 'withdrawn', 'expired',
                      'revoked']),
    ('approved', ARRAY['pending', 'approved', 'released', 'rejected', 'changes_requested', 'withdrawn', 'expired',
                       'revoked']),
    ('changes_requested', ARRAY['pending', 'withdrawn', 'expired', 'revoked']),
    ('released', ARRAY['executing', 'withdrawn', 'expired', 'revoked']),
    ('executing', ARRAY['executed', 'failed', 'blocked', 'unknown']),
    ('unknown', ARRAY['executed', 'failed', 'blocked'])
) AS m (came_from, states);

CREATE TABLE action (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    agent           text NOT NULL REFERENCES agent,
    target          text NOT NULL REFERENCES target,
    title           text NOT NULL,
    idempotency_key text,
    revision        int NOT NULL DEFAULT 1,
    came_from       text NOT NULL DEFAULT 'nothing',
    state           text NOT NULL DEFAULT 'pending',
    expires_at      timestamptz NOT NULL,
    closing_reason  text NOT NULL DEFAULT '',
    decided_by      text NOT NULL DEFAULT '',
    executor        text REFERENCES executor,
    change_number   bigint NOT NULL DEFAULT 0,
    FOREIGN KEY (came_from, state) REFERENCES transition,
    UNIQUE (agent, idempotency_key)
);
CREATE INDEX ON action (change_number);
CREATE INDEX ON action (state)
    WHERE state IN ('pending', 'approved', 'changes_requested', 'released', 'executing', 'unknown');
CREATE INDEX ON action (agent)
    WHERE state IN ('pending', 'approved', 'changes_requested', 'released', 'executing');

CREATE TABLE revision (
    action       bigint NOT NULL REFERENCES action,
    number       int NOT NULL,
    sql          bytea NOT NULL,
    digest       bytea NOT NULL GENERATED ALWAYS AS (sha256(sql)) STORED,
    reason       text NOT NULL,
    submitted_at timestamptz NOT NULL,
    PRIMARY KEY (action, number)
);
ALTER TABLE action ADD FOREIGN KEY (id, revision) REFERENCES revision (action, number) DEFERRABLE INITIALLY DEFERRED;

-- The salt keeps what was typed from being guessed out of the ledger before the action is decided.
CREATE TABLE decision (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    action   bigint NOT NULL,
    revision int NOT NULL,
    approver text NOT NULL REFERENCES approver,
    verdict  text NOT NULL CHECK (verdict IN ('approve', 'reject', 'request_changes')),
    level    risk_level,
    evidence jsonb,
    words    text,
    salt     bytea NOT NULL DEFAULT uuid_send(gen_random_uuid()),
    reason   text NOT NULL,
    at       timestamptz NOT NULL,
    FOREIGN KEY (action, revision) REFERENCES revision (action, number),
    CHECK (verdict <> 'approve' OR (level IS NOT NULL AND evidence IS NOT NULL AND words IS NOT NULL))
);
CREATE INDEX ON decision (action, revision);
CREATE UNIQUE INDEX one_approval_each ON decision (action, revision, approver) WHERE verdict = 'approve';

CREATE TABLE outcome (
    action   bigint PRIMARY KEY REFERENCES action,
    revision int NOT NULL,
    result   jsonb NOT NULL,
    at       timestamptz NOT NULL
);

CREATE TABLE revocation (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    agent        text NOT NULL REFERENCES agent,
    requested_by text NOT NULL,
    requested_at timestamptz NOT NULL,
    reason       text NOT NULL
);

-- One for each place where the agent has to lose its access: the store itself, and each target.
CREATE TABLE receipt (
    revocation   bigint NOT NULL REFERENCES revocation,
    place        text NOT NULL,
    tries        int NOT NULL DEFAULT 0,
    last_error   text NOT NULL DEFAULT '',
    confirmed_at timestamptz,
    PRIMARY KEY (revocation, place)
);
CREATE INDEX ON receipt (revocation) WHERE confirmed_at IS NULL;

CREATE TABLE receipt_step (
    id           bigint GENERATED ALWAYS AS IDENTITY,
    revocation   bigint NOT NULL,
    place        text NOT NULL,
    step         text NOT NULL,
    done         boolean NOT NULL,
    milliseconds double precision NOT NULL,
    detail       text NOT NULL,
    PRIMARY KEY (revocation, place, step),
    FOREIGN KEY (revocation, place) REFERENCES receipt
);

CREATE TABLE ledger_entry (
    sequence      bigint PRIMARY KEY,
    at            timestamptz NOT NULL,
    actor         text NOT NULL,
    event         text NOT NULL,
    action        bigint NOT NULL,
    revision      int NOT NULL,
    target        text NOT NULL,
    agent         text NOT NULL,
    body          text NOT NULL,
    previous_hash bytea NOT NULL CHECK (octet_length(previous_hash) = 32),
    hash          bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32)
);

CREATE INDEX ON ledger_entry (action, revision);

CREATE TABLE ledger_head (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    sequence bigint NOT NULL,
    hash     bytea NOT NULL
);
INSERT INTO ledger_head (sequence, hash) VALUES (0, decode(repeat('00', 32), 'hex'));

-- Even a mistake in a function of our own cannot change what was recorded.
CREATE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% is never changed', TG_TABLE_NAME USING ERRCODE = 'HP001';
END $$;

CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON revision
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON decision
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER lasting BEFORE DELETE OR TRUNCATE ON action
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Where an action came from is what it was, whatever an UPDATE says; the foreign key then knows the move.
CREATE FUNCTION remember_state() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
BEGIN
    NEW.came_from := OLD.state;
    RETURN NEW;
END $$;

CREATE TRIGGER remember_state BEFORE UPDATE OF state, came_from ON action
    FOR EACH ROW EXECUTE FUNCTION remember_state();
