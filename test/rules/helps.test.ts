import { describe, expect, test } from 'vitest'
import { reset, seed } from '../../src/verify/trace/index.ts'
import { deploy, replay } from '../dialects/postgres/effects/model.ts'
import { sharedPglite } from '../verify/trace/shared.ts'
import { examples, filesOf } from './examples.ts'
import { lint } from './linted.ts'

const SESSION = { version: 18, timezone: 'UTC', transaction: 'deployment' } as const
const BY_HAND = { ...SESSION, transaction: 'none' } as const
const pglite = sharedPglite(['citext'])

/** What a help tells to do, in order: migrations that are deployed, and what is run by hand. */
type Step = { readonly deploy: string } | { readonly hand: string }
const deployed = (sql: string): Step => ({ deploy: sql })
const byHand = (sql: string): Step => ({ hand: sql })

/** The help of each rule, followed for what a bad example of it wants. */
const HELPS: readonly (readonly [
  rule: string,
  what: string,
  before: string,
  steps: readonly Step[],
])[] = [
  [
    'set-not-null',
    'a proof in deployments of its own',
    'CREATE TABLE users (id int PRIMARY KEY, name text);',
    [
      deployed(
        'ALTER TABLE users ADD CONSTRAINT users_name_not_null CHECK (name IS NOT NULL) NOT VALID;',
      ),
      byHand(`UPDATE users SET name = '' WHERE name IS NULL AND id BETWEEN 1 AND 1000;`),
      deployed('ALTER TABLE users VALIDATE CONSTRAINT users_name_not_null;'),
      deployed(`ALTER TABLE users ALTER COLUMN name SET NOT NULL;--> statement-breakpoint
ALTER TABLE users DROP CONSTRAINT users_name_not_null;`),
    ],
  ],
  [
    'add-foreign-key',
    'NOT VALID, and validated later',
    `CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE posts (id int PRIMARY KEY, user_id int);
CREATE INDEX posts_user_id_idx ON posts (user_id);`,
    [
      deployed(
        'ALTER TABLE posts ADD CONSTRAINT posts_fk FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;',
      ),
      byHand(
        'DELETE FROM posts p WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u.id = p.user_id);',
      ),
      deployed('ALTER TABLE posts VALIDATE CONSTRAINT posts_fk;'),
    ],
  ],
  [
    'add-foreign-key',
    'another action under another name',
    `CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (id int PRIMARY KEY, user_id int CONSTRAINT posts_fk REFERENCES users (id));
CREATE INDEX posts_user_id_idx ON posts (user_id);`,
    [
      deployed(
        'ALTER TABLE posts ADD CONSTRAINT posts_fk_cascade FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE NOT VALID;',
      ),
      deployed('ALTER TABLE posts VALIDATE CONSTRAINT posts_fk_cascade;'),
      deployed('ALTER TABLE posts DROP CONSTRAINT posts_fk;'),
    ],
  ],
  [
    'create-index',
    'built by hand, confirmed by the migration',
    'CREATE TABLE users (id int PRIMARY KEY, email text);',
    [
      byHand('CREATE INDEX CONCURRENTLY users_email_idx ON users (email);'),
      deployed('CREATE INDEX IF NOT EXISTS users_email_idx ON users (email);'),
    ],
  ],
  [
    'concurrently-in-transaction',
    'run by hand, without CONCURRENTLY in the migration',
    'CREATE TABLE users (id int PRIMARY KEY, email text);',
    [
      byHand('CREATE UNIQUE INDEX CONCURRENTLY users_email_idx ON users (email);'),
      deployed('CREATE UNIQUE INDEX IF NOT EXISTS users_email_idx ON users (email);'),
    ],
  ],
  [
    'long-work-under-lock',
    'a unique constraint from an index that is built by hand',
    'CREATE TABLE users (id int PRIMARY KEY, email text);',
    [
      byHand('CREATE UNIQUE INDEX CONCURRENTLY users_email_unique ON users (email);'),
      deployed(`CREATE UNIQUE INDEX IF NOT EXISTS users_email_unique ON users (email);--> statement-breakpoint
ALTER TABLE users ADD CONSTRAINT users_email_unique UNIQUE USING INDEX users_email_unique;`),
    ],
  ],
  [
    'long-work-under-lock',
    'a unique constraint on a column that the same deployment adds',
    'CREATE TABLE users (id int PRIMARY KEY);',
    [
      deployed('ALTER TABLE users ADD COLUMN email text;'),
      byHand('CREATE UNIQUE INDEX CONCURRENTLY users_email_unique ON users (email);'),
      deployed(`CREATE UNIQUE INDEX IF NOT EXISTS users_email_unique ON users (email);--> statement-breakpoint
ALTER TABLE users ADD CONSTRAINT users_email_unique UNIQUE USING INDEX users_email_unique;`),
    ],
  ],
  [
    'long-work-under-lock',
    'a unique constraint on a partitioned table',
    `CREATE TABLE logs (id int, day date) PARTITION BY RANGE (day);
CREATE TABLE logs_1 PARTITION OF logs FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');`,
    [
      deployed('ALTER TABLE ONLY logs ADD CONSTRAINT logs_unique UNIQUE (id, day);'),
      byHand('CREATE UNIQUE INDEX CONCURRENTLY logs_1_unique ON logs_1 (id, day);'),
      byHand('ALTER TABLE logs_1 ADD CONSTRAINT logs_1_unique UNIQUE USING INDEX logs_1_unique;'),
      byHand('ALTER INDEX logs_unique ATTACH PARTITION logs_1_unique;'),
    ],
  ],
  [
    'long-work-under-lock',
    'a check that is validated later',
    'CREATE TABLE users (id int PRIMARY KEY, age int);',
    [
      deployed('ALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age > 0) NOT VALID;'),
      deployed('ALTER TABLE users VALIDATE CONSTRAINT users_age_check;'),
    ],
  ],
  [
    'long-work-under-lock',
    'a column with a random default, step by step',
    'CREATE TABLE users (id int PRIMARY KEY);',
    [
      deployed(`ALTER TABLE users ADD COLUMN public_id uuid;--> statement-breakpoint
ALTER TABLE users ALTER COLUMN public_id SET DEFAULT gen_random_uuid();`),
      byHand('UPDATE users SET public_id = gen_random_uuid() WHERE public_id IS NULL;'),
      deployed(
        'ALTER TABLE users ADD CONSTRAINT users_public_id_set CHECK (public_id IS NOT NULL) NOT VALID;',
      ),
      deployed('ALTER TABLE users VALIDATE CONSTRAINT users_public_id_set;'),
      deployed('ALTER TABLE users ALTER COLUMN public_id SET NOT NULL;'),
    ],
  ],
  [
    'change-column-type',
    'a column of the new type beside the old one',
    'CREATE TABLE users (id int PRIMARY KEY, visits int);',
    [
      deployed('ALTER TABLE users ADD COLUMN visits_big bigint;'),
      byHand('UPDATE users SET visits_big = visits WHERE visits_big IS NULL;'),
      deployed(`-- migration-lint-disable-next-statement drop-column -- the code uses visits_big since v42
ALTER TABLE users DROP COLUMN visits;`),
    ],
  ],
  [
    'required-column-without-default',
    'nullable, filled, NOT NULL later',
    'CREATE TABLE users (id int PRIMARY KEY);',
    [
      deployed('ALTER TABLE users ADD COLUMN email text;'),
      byHand(`UPDATE users SET email = '' WHERE email IS NULL;`),
      deployed('ALTER TABLE users ADD CONSTRAINT e CHECK (email IS NOT NULL) NOT VALID;'),
      deployed('ALTER TABLE users VALIDATE CONSTRAINT e;'),
      deployed('ALTER TABLE users ALTER COLUMN email SET NOT NULL;'),
    ],
  ],
  [
    'required-column-without-default',
    'a constant default',
    'CREATE TABLE users (id int PRIMARY KEY);',
    [deployed(`ALTER TABLE users ADD COLUMN email text DEFAULT '' NOT NULL;`)],
  ],
  [
    'drop-column',
    'in a later deployment, with the reason',
    'CREATE TABLE users (id int PRIMARY KEY, email text);',
    [
      deployed(`-- migration-lint-disable-next-statement drop-column -- unused since v42
ALTER TABLE users DROP COLUMN email;`),
    ],
  ],
  [
    'drop-table',
    'in a later deployment, with the reason',
    'CREATE TABLE drafts (id int PRIMARY KEY);',
    [
      deployed(`-- migration-lint-disable-next-statement drop-table -- unused since v42
DROP TABLE drafts;`),
    ],
  ],
  [
    'cascading-drop',
    'what depends on it first, in statements of its own',
    `CREATE TYPE mood AS ENUM ('good'); CREATE TABLE users (id int PRIMARY KEY, mood mood);`,
    [
      deployed(`-- migration-lint-disable-next-statement drop-column -- unused since v42
ALTER TABLE users DROP COLUMN mood;--> statement-breakpoint
DROP TYPE mood;`),
    ],
  ],
  [
    'rename-column',
    'the new column beside the old one',
    'CREATE TABLE users (id int PRIMARY KEY, mail text);',
    [
      deployed('ALTER TABLE users ADD COLUMN email text;'),
      byHand('UPDATE users SET email = mail WHERE email IS NULL;'),
      deployed(`-- migration-lint-disable-next-statement drop-column -- the code uses email since v42
ALTER TABLE users DROP COLUMN mail;`),
    ],
  ],
  [
    'rename-table',
    'a view under the old name',
    'CREATE TABLE people (id int PRIMARY KEY);',
    [
      deployed(`ALTER TABLE people RENAME TO users;--> statement-breakpoint
CREATE VIEW people AS SELECT * FROM users;`),
    ],
  ],
  [
    'rename-object',
    'the new value beside the old one',
    `CREATE TYPE status AS ENUM ('open'); CREATE TABLE tasks (id int PRIMARY KEY, status status);`,
    [
      deployed(`ALTER TYPE status ADD VALUE 'todo';`),
      byHand(`UPDATE tasks SET status = 'todo' WHERE status = 'open';`),
    ],
  ],
  [
    'enum-value-used-before-commit',
    'ADD VALUE alone, the use later',
    `CREATE TYPE status AS ENUM ('open'); CREATE TABLE tasks (id int PRIMARY KEY, status status);`,
    [
      deployed(`ALTER TYPE status ADD VALUE 'triage';`),
      deployed(`ALTER TABLE tasks ALTER COLUMN status SET DEFAULT 'triage';`),
    ],
  ],
  [
    'delete-every-row',
    'some of the rows',
    'CREATE TABLE sessions (id int PRIMARY KEY);',
    [deployed('DELETE FROM sessions WHERE id = 3;')],
  ],
  [
    'update-every-row',
    'the rows that need it, by hand',
    'CREATE TABLE users (id int PRIMARY KEY, score int);',
    [byHand('UPDATE users SET score = 0 WHERE id BETWEEN 1 AND 1000;')],
  ],
  [
    'unindexed-foreign-key',
    'an index on the column',
    'CREATE TABLE users (id int PRIMARY KEY);',
    [
      deployed(`CREATE TABLE posts (id int PRIMARY KEY, user_id int REFERENCES users (id));--> statement-breakpoint
CREATE INDEX posts_user_id_idx ON posts (user_id);`),
    ],
  ],
  [
    'fails-when-run',
    'SET CONSTRAINTS ALL IMMEDIATE before the ALTER TABLE',
    `CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (id int PRIMARY KEY, user_id int REFERENCES users (id) INITIALLY DEFERRED);
CREATE INDEX posts_user_id_idx ON posts (user_id);`,
    [
      deployed(`UPDATE posts SET user_id = 1 WHERE id = 1;--> statement-breakpoint
SET CONSTRAINTS ALL IMMEDIATE;--> statement-breakpoint
ALTER TABLE posts ADD COLUMN title text;`),
    ],
  ],
]

describe('what a help tells to do runs, and is accepted', () => {
  test.for(HELPS)('%s: %s', async ([, , before, steps]) => {
    const client = await pglite()
    await reset(client)
    await client.exec(before)
    await seed(client, { count: 20, nulls: 'none' })
    let catalog = deploy(SESSION, [before])
    for (const step of steps) {
      if ('hand' in step) {
        await client.exec(step.hand)
        catalog = replay(BY_HAND, catalog, [step.hand]).after
        continue
      }
      const findings = lint(SESSION, catalog, [step.deploy])
      expect(
        findings.filter(({ suppressed }) => !suppressed).map(({ message }) => message),
      ).toEqual([])
      await client.exec(`BEGIN; ${step.deploy}; COMMIT;`)
      catalog = replay(SESSION, catalog, [step.deploy]).after
    }
  })
})

describe('an edit that a finding offers runs, and is accepted', () => {
  const offered = examples.flatMap(({ rule, kind, example }) => {
    if (kind !== 'bad' || filesOf(example).length !== 1) return []
    const [text = ''] = filesOf(example)
    const before = deploy(SESSION, [example.schema])
    return lint(SESSION, before, [text]).flatMap(({ fix, suggestions = [], rule: by }) =>
      [...(fix ? [fix] : []), ...suggestions]
        .filter(() => by === rule)
        .map((edit) => ({ rule, name: `${example.name}: ${edit.title}`, example, text, edit })),
    )
  })

  test('there are some', () => {
    expect(offered).not.toEqual([])
  })

  test.for(offered)('$rule: $name', async ({ rule, example, text, edit }) => {
    const edited = edit.edits
      .toSorted((a, b) => b.range.start - a.range.start)
      .reduce(
        (sql, { range, text: by }) => sql.slice(0, range.start) + by + sql.slice(range.end),
        text,
      )
    const findings = lint(SESSION, deploy(SESSION, [example.schema]), [edited])
    expect(findings.filter((finding) => finding.rule === rule && !finding.suppressed)).toEqual([])
    const client = await pglite()
    await reset(client)
    await client.exec(example.schema)
    await client.exec(`BEGIN; ${edited.replaceAll('--> statement-breakpoint', ';')}; COMMIT;`)
  })
})
