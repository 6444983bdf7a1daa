import type { ChangeOf } from '../../src/catalog/change.ts'
import { type QualifiedName, displayName } from '../../src/catalog/names.ts'
import { keepsOut } from '../../src/dialects/effects.ts'
import { addForeignKeyOnMysql } from './mysql/addForeignKey.ts'
import { appendNotValid } from './appendNotValid.ts'
import { rowFailure } from '../../src/lint/rowFailure.ts'
import { type HeldLock, defineRule } from '../../src/lint/rule.ts'

export const addForeignKey = defineRule({
  name: 'add-foreign-key',
  meta: {
    dialects: ['postgresql', 'mysql'],
    type: 'problem',
    severity: 'warn',
    covers: { work: ['AddForeignKey', 'AlterForeignKey'] },
    docs: {
      description: 'A foreign key is checked against existing rows while both tables are locked',
      why: `PostgreSQL takes SHARE ROW EXCLUSIVE on both tables, so nobody can write to either, and reads the whole referencing table to check it. In Drizzle's single transaction the locks stay until the last pending statement. Changing ON DELETE or ON UPDATE is worse: dropping the old key takes ACCESS EXCLUSIVE on both tables, which stops reads too, and holds it while the new key is checked. A row without a match fails the whole batch (23503).`,
      instead: `Append NOT VALID to the generated ADD CONSTRAINT: new rows are checked from then on, the old ones are not read, the locks are brief. In a later *deployment* (another file of the same deployment runs in the same transaction, which gains nothing) add a custom migration (\`drizzle-kit generate --custom\`) with \`ALTER TABLE … VALIDATE CONSTRAINT …\`, which blocks neither reads nor writes. To change an action, add a key under a new name that way and drop the old one after it is valid.`,
      category: 'blocks-traffic',
      examples: {
        bad: [
          {
            name: 'a foreign key as drizzle-kit writes it',
            schema: `CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (id int PRIMARY KEY, user_id int);
CREATE INDEX posts_user_id_idx ON posts (user_id);`,
            sql: `ALTER TABLE "posts" ADD CONSTRAINT "posts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;`,
          },
          {
            name: 'another ON DELETE action',
            schema: `CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (id int PRIMARY KEY, user_id int CONSTRAINT posts_user_id_users_id_fk REFERENCES users (id));
CREATE INDEX posts_user_id_idx ON posts (user_id);`,
            sql: `ALTER TABLE "posts" DROP CONSTRAINT "posts_user_id_users_id_fk";--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;`,
          },
        ],
        good: [
          {
            name: 'NOT VALID, to be validated in a later deployment',
            schema: `CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (id int PRIMARY KEY, user_id int);
CREATE INDEX posts_user_id_idx ON posts (user_id);`,
            sql: `ALTER TABLE "posts" ADD CONSTRAINT "posts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") NOT VALID;`,
          },
          {
            name: 'validated later',
            schema: `CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (id int PRIMARY KEY, user_id int);
ALTER TABLE posts ADD CONSTRAINT posts_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;`,
            sql: `ALTER TABLE "posts" VALIDATE CONSTRAINT "posts_user_id_users_id_fk";`,
          },
        ],
      },
    },
    wording: { mysql: addForeignKeyOnMysql },
    messages: {
      refuses: {
        message: 'Adding {{object}} fails if a row of {{table}} has no match in {{references}}.',
        help: 'Look for such rows first.{{ask}}',
        category: 'fails-on-rows',
        severity: 'error',
      },
      checks: {
        message:
          'Adding {{object}} scans all of {{table}} while nobody can write to {{both}}{{fails}}.',
        help: 'Append NOT VALID here, and VALIDATE CONSTRAINT in a migration of a later deployment.{{ask}}',
      },
      checksUnderLock: {
        message:
          'Adding {{object}} scans all of {{table}} while {{locked}} is locked {{mode}}: nobody can even read it{{fails}}.',
        help: 'Append NOT VALID here, and VALIDATE CONSTRAINT in a migration of a later deployment.{{ask}}',
        severity: 'error',
      },
      replaces: {
        message:
          'Replacing {{object}} scans all of {{table}} while {{locks}} ACCESS EXCLUSIVE: nobody can even read {{them}}{{fails}}.',
        help: 'Add the new key NOT VALID under another name, validate it in a later deployment, then drop the old one.{{ask}}',
        severity: 'error',
      },
    },
  },
  create(context) {
    const report = (
      change: ChangeOf<'AddForeignKey'> | ChangeOf<'AlterForeignKey'>,
      messageId: string,
      held?: HeldLock,
    ) => {
      const { table, key } = change
      context.report({
        on: change,
        part: 'constraint',
        messageId,
        object: key.name,
        suggestions:
          change.kind === 'AddForeignKey' ? appendNotValid(context.deployment, change) : [],
        data: {
          ...rowFailure(context, change),
          table: displayName(table),
          ...bothOf(table, key.references),
          locked: held ? displayName(held.relation) : '',
          mode: held ? context.dialect.words.lock(held.mode) : '',
        },
      })
    }
    const checks = (change: ChangeOf<'AddForeignKey'> | ChangeOf<'AlterForeignKey'>) =>
      context.effects(change).scans.length > 0 && !context.isSmall(change.table)
    /** Where nobody waits for it, what is left is what the rows make of it. */
    const isOnline = (change: ChangeOf<'AddForeignKey'> | ChangeOf<'AlterForeignKey'>) => {
      const { locks, errors } = context.effects(change)
      if (locks.some((lock) => keepsOut(lock, 'writers'))) return false
      const isAtRisk = errors.some(({ kind }) => kind === 'dangling-reference')
      if (isAtRisk && change.kind === 'AddForeignKey') report(change, 'refuses')
      return true
    }
    return {
      AddForeignKey(change) {
        if (isOnline(change) || !checks(change)) return
        const locked = [change.table, change.key.references]
          .flatMap((table) => context.heldLocks.on(table) ?? [])
          .find((lock) => keepsOut(lock, 'readers'))
        if (locked) report(change, 'checksUnderLock', locked)
        else report(change, 'checks')
      },
      AlterForeignKey(change) {
        if (!isOnline(change) && checks(change)) report(change, 'replaces')
      },
    }
  },
})

/** The two tables that are locked; one where the key points at its own. */
function bothOf(table: QualifiedName, references: QualifiedName) {
  const [own, other] = [displayName(table), displayName(references)]
  return own === other
    ? { references: other, both: own, locks: `${own} is locked`, them: 'it' }
    : {
        references: other,
        both: `${own} or ${other}`,
        locks: `${own} and ${other} are locked`,
        them: 'them',
      }
}
