import { expect, test } from 'vitest'
import { painter } from '../../../src/report/paint.ts'
import { wayBackLines } from '../../../src/report/wayBack.ts'
import { project } from '../projects.ts'
import { verified } from './verified.ts'

const BREAK = '--> statement-breakpoint\n'

const BASE = `CREATE TABLE "users" ("id" serial PRIMARY KEY, "email" text NOT NULL, "nick" text, "amount" numeric(10, 2), "born" timestamp DEFAULT now());${BREAK}
  CREATE TABLE "notes" ("id" integer PRIMARY KEY, "text" text);${BREAK}
  CREATE INDEX "users_nick" ON "users" ("nick");${BREAK}
  CREATE VIEW "emails" AS SELECT email FROM users;`

async function backFrom(sql: string, more: Record<string, string> = {}) {
  const files = { ...project({ '0000_base': BASE, '0001_next': sql }), ...more }
  const { waysBack, problems } = await verified(files, { kind: 'since', tag: '0000_base' })
  expect(problems).toEqual([])
  return waysBack![0]!
}

test('the statements that undo a deployment are run; what is not as it was, and what is lost, is said', async () => {
  const back = await backFrom(
    `ALTER TABLE "users" ADD COLUMN "age" integer;${BREAK}
    ALTER TABLE "users" ALTER COLUMN "amount" SET DATA TYPE integer;${BREAK}
    ALTER TABLE "users" DROP COLUMN "nick";${BREAK}
    ALTER TABLE "users" ALTER COLUMN "born" DROP NOT NULL;${BREAK}
    DROP VIEW "emails";${BREAK}
    DELETE FROM "notes";`,
  )
  expect(wayBackLines(back, null, painter(false))).toMatchInlineSnapshot(`
    [
      "Way back: these statements were run after it, and the schema is where it was.",
      "  ALTER TABLE "users" ADD COLUMN "nick" text;",
      "  ALTER TABLE "users" ALTER COLUMN "amount" SET DATA TYPE numeric(10,2) USING "amount"::numeric(10,2);",
      "  ALTER TABLE "users" DROP COLUMN "age";",
      "  CREATE INDEX "users_nick" ON public.users USING btree (nick); -- as the server had it",
      "  CREATE VIEW "emails" AS SELECT email FROM users; -- as the server had it",
      "  Lost: what users.nick held is gone or another value; what users.amount held is gone or another value; all rows of notes are gone; what the DELETE of notes has deleted is gone.",
      "  But: the data of users.nick is gone, and the index users_nick went with it; changing users.amount back fails on values that numeric(10,2) cannot hold; everything written to users.age since then is lost.",
    ]
  `)
})

test("a project's own files come first, and are tried in the order of a way back", async () => {
  const back = await backFrom(`ALTER TABLE "users" RENAME COLUMN "nick" TO "alias";`, {
    'drizzle/0001_next.down.sql': `ALTER TABLE "users" RENAME COLUMN "alias" TO "nick"; DROP INDEX "no_such_index";`,
  })
  expect(wayBackLines(back, null, painter(false))).toMatchInlineSnapshot(`
    [
      "Way back: drizzle/0001_next.down.sql was run after it, and the schema is where it was; 1 of 2 failed.",
      "  ALTER TABLE "users" RENAME COLUMN "alias" TO "nick"",
      "  DROP INDEX "no_such_index" -- refused: index "no_such_index" does not exist",
    ]
  `)
  expect(back.apart).toEqual([])
})
