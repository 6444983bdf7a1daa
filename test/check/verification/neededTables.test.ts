import { expect, test } from 'vitest'
import { CREATE_USERS, project } from '../projects.ts'
import { verified } from './verified.ts'

const BREAK = '--> statement-breakpoint\n'

const BEFORE = `${CREATE_USERS}${BREAK}
  CREATE DOMAIN "positive" AS integer;${BREAK}
  CREATE TABLE "orders" ("id" serial PRIMARY KEY, "amount" "positive");${BREAK}
  CREATE TABLE "audit" ("user_id" integer, "n" serial);${BREAK}
  CREATE TABLE "posts" ("user_id" integer REFERENCES "users" ("id") ON DELETE CASCADE);${BREAK}
  CREATE FUNCTION log_user() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN UPDATE audit SET user_id = 1; RETURN NEW; END';${BREAK}
  CREATE TRIGGER log_users AFTER UPDATE ON "users" FOR EACH STATEMENT EXECUTE FUNCTION log_user();${BREAK}
  CREATE TABLE "settings" ("key" text);${BREAK}
  CREATE FUNCTION needs_settings() RETURNS void LANGUAGE plpgsql AS
    'BEGIN IF NOT EXISTS (SELECT FROM settings) THEN RAISE ''no settings''; END IF; END';`

test.each([
  [
    'a statement that is built at run time',
    `DO $$ BEGIN EXECUTE 'CREATE INDEX i ON us' || 'ers (email)'; END $$;`,
    'users',
  ],
  ['the tables of a domain', `ALTER DOMAIN "positive" ADD CHECK (VALUE > 0);`, 'orders'],
  ['what a trigger writes', `UPDATE "users" SET "email" = 'x' WHERE "id" < 5;`, 'audit'],
  ['what is deleted with a row', `DELETE FROM "users";`, 'posts'],
  [
    'what a function reads outside of a transaction',
    `COMMIT;${BREAK}SELECT needs_settings();`,
    'settings',
  ],
])('%s is seen although no table is named', async (_, sql, table) => {
  const result = await verified(project({ '0000_before': BEFORE, '0001_pending': sql }), {
    kind: 'since',
    tag: '0000_before',
  })
  expect(result.problems).toEqual([])
  const work = result.timelines?.()[0]?.tables.find(({ name }) => name === table)?.work ?? []
  expect(work.map(({ kind }) => kind)).not.toEqual([])
})
