-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
--
-- The words that an approver types, checked against what was before them. The same rules as core/store/
-- confirmationphrase.cpp: case, compatibility forms, scripts of digits, runs of blanks and the grouping of the count's
-- digits do not matter; everything else does.

SET LOCAL ROLE holdpoint_owner;
SET LOCAL search_path = holdpoint, pg_catalog, pg_temp;

-- The zeros of Unicode's decimal digits; nine more follow each.
CREATE FUNCTION with_ascii_digits(words text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT translate(words, string_agg(chr(zero + digit), '' ORDER BY zero, digit),
                     string_agg(digit::text, '' ORDER BY zero, digit))
      FROM generate_series(0, 9) AS digit, unnest(ARRAY[
          1632, 1776, 1984, 2406, 2534, 2662, 2790, 2918, 3046, 3174, 3302, 3430, 3558, 3664, 3792, 3872, 4160, 4240,
          6112, 6160, 6470, 6608, 6784, 6800, 6992, 7088, 7232, 7248, 42528, 43216, 43264, 43472, 43504, 43600, 44016,
          65296, 66720, 68912, 68928, 69734, 69872, 69942, 70096, 70384, 70736, 70864, 71248, 71360, 71376, 71386,
          71472, 71904, 72016, 72688, 72784, 73040, 73120, 73552, 92768, 92864, 93008, 118000, 120782, 120792, 120802,
          120812, 120822, 123200, 123632, 124144, 124401, 125264, 130032]) AS zero;
$$;

-- The ICU collation, because lower() of a database with the C locale knows ASCII alone. Upper case in
-- between folds what has no single lower case, as German sharp s.
CREATE FUNCTION folded(words text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT btrim(regexp_replace(
        lower(upper(lower(normalize(
            regexp_replace(holdpoint.with_ascii_digits(words),
                           '(?<=[0-9])[\u00A0\u2009\u202F](?=[0-9])', '', 'g'),
            NFKC) COLLATE pg_catalog."und-x-icu"))),
        '[\t-\r \u0085\u1680\u2028\u2029]+', ' ', 'g'));
$$;

CREATE FUNCTION ungrouped(count_word text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT regexp_replace(count_word, '(?<=[0-9])[,.''\u2019\u066C](?=[0-9])', '', 'g');
$$;

-- A word of the evidence; nobody can type what is not there.
CREATE FUNCTION evidence_word(evidence jsonb, key text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, holdpoint, pg_temp AS $$
    SELECT coalesce(nullif(holdpoint.folded(evidence ->> key), ''), 'unknown');
$$;

CREATE FUNCTION words_match(words text, evidence jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    level CONSTANT text := evidence ->> 'level';
    typed CONSTANT text := holdpoint.folded(words);
    before text := holdpoint.evidence_word(evidence, 'verb') || ' ';
    behind text := ' ' || holdpoint.evidence_word(evidence, 'table');
    counted text;
BEGIN
    IF level = 'read' THEN
        RETURN typed = 'release';
    END IF;
    IF level <> 'write' THEN
        before := 'yes, i understand: ' || before;
    END IF;
    IF level = 'critical' THEN
        behind := behind || ' ' || holdpoint.evidence_word(evidence, 'target');
    END IF;
    IF NOT starts_with(typed, before) THEN
        RETURN false;
    END IF;
    counted := split_part(substr(typed, length(before) + 1), ' ', 1);
    RETURN holdpoint.ungrouped(counted) = coalesce(evidence ->> 'count', 'unknown')
       AND substr(typed, length(before) + length(counted) + 1) = behind;
END $$;

-- Nothing but whole numbers, known levels and texts.
CREATE FUNCTION check_evidence(evidence jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, holdpoint, pg_temp AS $$
DECLARE
    sound boolean;
BEGIN
    sound := jsonb_typeof(evidence) = 'object'
        AND pg_column_size(evidence) <= 65536
        AND (evidence ->> 'level') IN ('read', 'write', 'destructive', 'critical')
        AND jsonb_typeof(evidence -> 'verb') = 'string'
        AND jsonb_typeof(evidence -> 'table') = 'string'
        AND jsonb_typeof(evidence -> 'target') = 'string'
        AND jsonb_typeof(evidence -> 'count_kind') = 'string'
        AND evidence ? 'count' AND coalesce(evidence ->> 'count', '0') ~ '^[0-9]{1,18}$'
        AND evidence ? 'total_rows' AND coalesce(evidence ->> 'total_rows', '0') ~ '^[0-9]{1,18}$';
    IF sound IS NOT TRUE THEN
        PERFORM holdpoint.fail('HP003', 'the evidence of this decision is not complete',
            'Use a console of the store''s own version.');
    END IF;
END $$;
