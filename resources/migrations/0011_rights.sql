-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Who may call and read what. Nobody may write, and nobody is granted, any table.

SET LOCAL ROLE holdpoint_owner;
SET LOCAL search_path = holdpoint, pg_catalog, pg_temp;

REVOKE ALL ON ALL TABLES IN SCHEMA holdpoint FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA holdpoint FROM PUBLIC;

GRANT USAGE ON SCHEMA holdpoint
    TO holdpoint_agent, holdpoint_approver, holdpoint_executor, holdpoint_auditor, holdpoint_admin;
GRANT EXECUTE ON FUNCTION schema_version(), whoami()
    TO holdpoint_agent, holdpoint_approver, holdpoint_executor, holdpoint_auditor, holdpoint_admin;

GRANT SELECT ON my_actions TO holdpoint_agent;
GRANT EXECUTE ON FUNCTION
    submit(text, bytea, text, text, text), submit(text, text, text, text, text),
    revise(bigint, bytea, text), revise(bigint, text, text),
    withdraw(bigint, text)
    TO holdpoint_agent;

GRANT SELECT ON actions, agents, approvers, targets, policies, revocations, ledger, executors
    TO holdpoint_approver, holdpoint_executor, holdpoint_auditor, holdpoint_admin;
GRANT EXECUTE ON FUNCTION ledger_head()
    TO holdpoint_approver, holdpoint_executor, holdpoint_auditor, holdpoint_admin;

GRANT EXECUTE ON FUNCTION decide(bigint, int, bytea, text, jsonb, text, text) TO holdpoint_approver;
GRANT EXECUTE ON FUNCTION revoke(text, text) TO holdpoint_approver, holdpoint_admin;

GRANT EXECUTE ON FUNCTION
    claim(text, text[]), unfinished(text), finish(bigint, int, text, jsonb), expire_due(), heartbeat(text, text),
    is_revoked(text), open_revocations(), revocation_try(bigint, text, text), confirm_revocation(bigint, text),
    record_revocation_step(bigint, text, text, boolean, double precision, text)
    TO holdpoint_executor;

GRANT EXECUTE ON FUNCTION
    add_approver(text, text), add_agent(text, text), add_executor(text), add_target(text, text, text),
    set_policy(text, text, int, bigint, numeric, bigint)
    TO holdpoint_admin;
