-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
--
-- One statement a line. Each is counted and previewed, and then really run.
DELETE FROM customers WHERE id <= 40
DELETE FROM customers WHERE plan = 'enterprise' AND country IN ('DE', 'FR')
DELETE FROM customers c USING orders o WHERE o.customer_id = c.id AND o.status = 'refunded' AND o.total_cents > 80000
DELETE FROM customers WHERE marketing_ok IS NULL AND id % 3 = 0
DELETE FROM customers WHERE marketing_ok = NULL
DELETE FROM customers WHERE id IN (SELECT id FROM test_customers) AND id < 30
DELETE FROM customers WHERE NOT EXISTS (SELECT FROM orders o WHERE o.customer_id = customers.id)
WITH silent AS (SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id HAVING count(o.id) < 3) DELETE FROM customers USING silent s WHERE s.id = customers.id
DELETE FROM customers a USING customers b WHERE a.referred_by = b.id AND b.plan = 'pro'
DELETE FROM orders WHERE placed_at < '2023-03-01'
DELETE FROM orders WHERE id IN (SELECT id FROM orders ORDER BY total_cents DESC, id LIMIT 17)
DELETE FROM orders o WHERE o.total_cents < (SELECT avg(i.total_cents) / 20 FROM orders i WHERE i.currency = o.currency)
DELETE FROM products WHERE sku = 'SKU-0001'
DELETE FROM products WHERE sku = 'nothing'
DELETE FROM region WHERE id <> 1
DELETE FROM region WHERE id = 2
DELETE FROM region WHERE id IN (3, 4) OR name = 'region 5'
DELETE FROM site WHERE id % 7 = 0
DELETE FROM device d USING site s WHERE d.site_id = s.id AND s.region_id = 3
DELETE FROM reading WHERE n > 3
DELETE FROM folder WHERE id = 1
DELETE FROM folder WHERE parent IN (2, 5, 30)
DELETE FROM folder WHERE id > 150
DELETE FROM file WHERE id % 50 = 0
DELETE FROM file WHERE id IN (49, 99)
DELETE FROM file WHERE id IN (49, 50)
DELETE FROM events WHERE occurred_at >= '2026-02-10' AND occurred_at < '2026-03-10'
DELETE FROM events_2026_01 WHERE kind = 'click'
DELETE FROM history WHERE at > '2025-12-20' AND at < '2026-01-10'
DELETE FROM history_new WHERE id % 5 = 0
DELETE FROM ONLY orders WHERE status = 'draft' AND coupon_code IS NOT NULL
DELETE FROM support_notes
DELETE FROM customers WHERE (NOT is_active)::text = 'true' AND id < 500
DELETE FROM orders WHERE (coupon_code IS NULL)::int = 0 AND (total_cents > 50000 OR currency = 'BRL') IS NOT FALSE
UPDATE customers SET credit_cents = credit_cents * 2 + 1, notes = 'doubled ' || id WHERE plan = 'pro'
UPDATE customers SET marketing_ok = NOT marketing_ok
UPDATE customers SET (name, company) = (upper(name), coalesce(company, 'none')) WHERE country = 'JP'
UPDATE customers SET (credit_cents, notes) = (SELECT sum(o.total_cents), max(o.coupon_code) FROM orders o WHERE o.customer_id = customers.id) WHERE id < 60
UPDATE customers SET plan = DEFAULT, credit_cents = DEFAULT WHERE plan = 'enterprise'
UPDATE customers c SET notes = o.status::text FROM orders o WHERE o.customer_id = c.id AND o.id % 97 = 0
UPDATE customers c SET referred_by = r.referred_by FROM customers r WHERE c.referred_by = r.id
UPDATE orders SET status = 'cancelled', shipped_at = NULL WHERE status = 'pending' AND placed_at < '2024-01-01'
UPDATE orders SET total_cents = total_cents * 1.19 WHERE currency = 'BRL'
UPDATE orders o SET total_cents = t.cents FROM (SELECT order_id, sum(qty * unit_cents) AS cents FROM order_items GROUP BY order_id) t WHERE t.order_id = o.id AND o.id < 500
UPDATE order_items SET qty = CASE WHEN qty > 2 THEN qty - 1 ELSE qty END, unit_cents = round(unit_cents * 0.9)
UPDATE region SET id = id + 100 WHERE id > 4
UPDATE region SET name = lower(name)
UPDATE reading SET n = n + 10 WHERE device_id < 20
UPDATE site SET id = id WHERE id < 10
UPDATE odd SET "a ""b" = "Key" / 3.0, tags = tags || 'y'::text, at = '2026-05-01', code = 'z' WHERE flag
UPDATE odd SET short = left(code, 5), flag = NULL WHERE flag IS NOT TRUE
UPDATE odd SET number = DEFAULT, tags = DEFAULT WHERE "Key" < 9
UPDATE odd SET tags[1] = 'first' WHERE "Key" = 4
UPDATE live_folder SET name = upper(name)
UPDATE events SET payload = payload || '{"seen": true}' WHERE kind = 'login' AND customer_id < 300
WITH old AS (SELECT id FROM orders WHERE placed_at < '2023-02-01') UPDATE order_items i SET qty = 1 FROM old WHERE i.order_id = old.id AND qty <> 1
INSERT INTO region SELECT 50 + id, name || '!' FROM region
INSERT INTO region (name, id) VALUES ('north', 91), (NULL, 92)
INSERT INTO odd ("Key", "a ""b", tags, code) SELECT "Key" + 1000, "a ""b" / 7, ARRAY['n', code], 'q' FROM odd WHERE flag
INSERT INTO odd ("Key", tags, flag) VALUES (2001, DEFAULT, true), (2002, '{a,b}', NULL)
INSERT INTO region SELECT id, 'again' FROM region WHERE id < 4 ON CONFLICT (id) DO UPDATE SET name = excluded.name
INSERT INTO remark (id) SELECT 500 + g FROM generate_series(1, 12) g
INSERT INTO test_customers SELECT id, email, notes, created_at FROM customers WHERE id > 2000 AND id < 2050
MERGE INTO region r USING (SELECT 1 AS id, 'one' AS name UNION ALL SELECT 77, 'new' UNION ALL SELECT 3, NULL) s ON r.id = s.id WHEN MATCHED AND s.name IS NULL THEN DELETE WHEN MATCHED THEN UPDATE SET name = s.name WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.name)
MERGE INTO orders o USING customers c ON o.customer_id = c.id AND c.id < 100 WHEN MATCHED AND o.status = 'draft' THEN DELETE WHEN MATCHED AND o.total_cents > 50000 THEN UPDATE SET coupon_code = 'BIG' WHEN MATCHED THEN DO NOTHING
MERGE INTO folder f USING (SELECT id FROM folder WHERE id % 2 = 0) s ON f.id = s.id WHEN MATCHED AND f.id > 180 THEN UPDATE SET name = 'even' WHEN NOT MATCHED BY SOURCE AND f.id > 190 THEN DELETE
MERGE INTO history h USING (SELECT 1 AS id, date '2025-12-02' AS at UNION ALL SELECT 900, date '2026-03-03') s ON h.id = s.id AND h.at = s.at WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (at, id) VALUES (s.at, s.id)
WITH gone AS (DELETE FROM sessions WHERE expires_at < '2026-03-15' RETURNING customer_id) SELECT count(*) FROM gone
WITH a AS (UPDATE products SET price_cents = price_cents + 1 WHERE discontinued RETURNING sku), b AS (DELETE FROM email_queue WHERE attempts = 3) DELETE FROM test_customers WHERE id < 5
