-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
--
-- What the demo's shop has not: deep and self-referring cascades, keys that change, rules, odd columns.
SET search_path = public;
CREATE TABLE region (id int PRIMARY KEY, name text);
CREATE TABLE site (id int PRIMARY KEY, region_id int REFERENCES region ON DELETE CASCADE ON UPDATE CASCADE);
CREATE TABLE device (id int PRIMARY KEY, site_id int NOT NULL REFERENCES site ON DELETE CASCADE);
CREATE TABLE reading (device_id int REFERENCES device ON DELETE CASCADE, n int, PRIMARY KEY (device_id, n));
CREATE TABLE alarm (id int PRIMARY KEY, device_id int, n int,
  FOREIGN KEY (device_id, n) REFERENCES reading (device_id, n) ON DELETE CASCADE ON UPDATE CASCADE);
CREATE TABLE remark (id int PRIMARY KEY, region_id int DEFAULT 1 REFERENCES region ON DELETE SET DEFAULT,
  device_id int REFERENCES device ON DELETE SET NULL);
INSERT INTO region SELECT g, 'region ' || g FROM generate_series(1, 6) g;
INSERT INTO site SELECT g, 1 + g % 6 FROM generate_series(1, 40) g;
INSERT INTO device SELECT g, 1 + g % 40 FROM generate_series(1, 160) g;
INSERT INTO reading SELECT d, n FROM generate_series(1, 160) d, generate_series(1, 5) n;
INSERT INTO alarm SELECT d, d, 1 + d % 5 FROM generate_series(1, 160, 3) d;
INSERT INTO remark SELECT g, 1 + g % 6, CASE WHEN g % 2 = 0 THEN 1 + g % 160 END FROM generate_series(1, 90) g;

CREATE TABLE folder (id int PRIMARY KEY, parent int REFERENCES folder ON DELETE CASCADE, name text);
INSERT INTO folder SELECT g, nullif(g / 3, 0), 'f' || g FROM generate_series(1, 200) g;
CREATE TABLE file (id int PRIMARY KEY, folder int REFERENCES folder ON DELETE CASCADE, twin int REFERENCES file);
INSERT INTO file SELECT g, 1 + g % 200, CASE WHEN g % 50 = 0 THEN g - 1 END FROM generate_series(1, 400) g;

CREATE TABLE ring_a (id int PRIMARY KEY, b int);
CREATE TABLE ring_b (id int PRIMARY KEY, a int REFERENCES ring_a ON DELETE CASCADE);
ALTER TABLE ring_a ADD FOREIGN KEY (b) REFERENCES ring_b ON DELETE CASCADE;

CREATE TABLE odd ("Key" int PRIMARY KEY, "a ""b" numeric(8, 2), tags text[] DEFAULT '{x}', at timestamp, code char(4),
  doubled numeric GENERATED ALWAYS AS ("a ""b" * 2) STORED, number serial, short varchar(5), flag boolean);
INSERT INTO odd ("Key", "a ""b", code, flag) SELECT g, g * 1.25, 'c' || g, CASE g % 3 WHEN 0 THEN true WHEN 1 THEN false END
  FROM generate_series(1, 60) g;

CREATE TABLE history (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE history_old PARTITION OF history FOR VALUES FROM ('2000-01-01') TO ('2026-01-01');
CREATE TABLE history_new PARTITION OF history FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE history_note (history_id int, history_at date, note text,
  FOREIGN KEY (history_id, history_at) REFERENCES history ON DELETE CASCADE);
INSERT INTO history SELECT g, date '2025-12-01' + g % 60 FROM generate_series(1, 300) g;
INSERT INTO history_note SELECT id, at, 'n' FROM history WHERE id % 2 = 0;
CREATE VIEW live_folder AS SELECT id, name FROM folder WHERE id > 100;
