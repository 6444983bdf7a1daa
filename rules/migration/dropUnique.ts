import { findIndex, findTable } from '../../src/catalog/catalog.ts'
import type { Change } from '../../src/catalog/change.ts'
import { isNew, isNewTable } from '../../src/catalog/newness.ts'
import { type QualifiedName, displayColumn, displayName } from '../../src/catalog/names.ts'
import { type Index, findColumn, isKeyOn } from '../../src/catalog/table.ts'
import { dropUniqueOnMysql } from './mysql/dropUnique.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { listed } from '../../src/finding/listed.ts'

export const dropUnique = defineRule({
  name: 'drop-unique',
  meta: {
    dialects: ['postgresql', 'mysql'],
    type: 'problem',
    severity: 'warn',
    docs: {
      description:
        'A unique constraint or index is dropped, and nothing else keeps its columns unique',
      why: `From then on duplicates can be written, and adding the constraint again later fails on them. Running code that upserts fails at once: \`onConflictDoUpdate\` and \`onConflictDoNothing\` with these columns as target find no unique index ("there is no unique or exclusion constraint matching the ON CONFLICT specification", 42P10).`,
      instead: `If other columns take over, add the new unique index first, ship the code whose upserts name them, and drop the old one in a later deployment. If it only changes its name or form, do both in one migration: where the same columns are still unique at its end, nothing is reported.`,
      category: 'integrity',
      examples: {
        bad: [
          {
            name: 'a unique constraint',
            schema: `CREATE TABLE users (id int PRIMARY KEY, email text CONSTRAINT users_email_unique UNIQUE);`,
            sql: `ALTER TABLE "users" DROP CONSTRAINT "users_email_unique";`,
          },
          {
            name: 'a unique index',
            schema: `CREATE TABLE users (id int PRIMARY KEY, email text);
CREATE UNIQUE INDEX users_email_idx ON users (email);`,
            sql: `DROP INDEX "users_email_idx";`,
          },
        ],
        good: [
          {
            name: 'an index that is not unique',
            schema: `CREATE TABLE users (id int PRIMARY KEY, email text);
CREATE INDEX users_email_idx ON users (email);`,
            sql: `DROP INDEX "users_email_idx";`,
          },
          {
            name: 'another index keeps the columns unique',
            schema: `CREATE TABLE users (id int PRIMARY KEY, email text CONSTRAINT users_email_unique UNIQUE);
CREATE UNIQUE INDEX users_email_idx ON users (email);`,
            sql: `ALTER TABLE "users" DROP CONSTRAINT "users_email_unique";`,
          },
        ],
      },
    },
    wording: { mysql: dropUniqueOnMysql },
    messages: {
      drops: {
        message:
          'Without {{object}} nothing keeps {{columns}} unique, and running upserts with ON CONFLICT on it fail.',
        help: 'Ship the code that no longer relies on it first, and drop it in a later deployment.',
      },
    },
  },
  create(context) {
    const check = (
      change: Change,
      table: QualifiedName,
      index: Index | undefined,
      object: string,
    ) => {
      const { before } = change
      if (!index?.unique || index.predicate !== null || isNew(before, index)) return
      const columns = index.columns.filter((column) => column !== null)
      if (columns.length !== index.columns.length || isNewTable(before, table)) return
      const after = findTable(context.deployment.after, table)
      // With the table or a column of it, another rule says what is lost.
      if (!after || columns.some((column) => findColumn(after, column) === undefined)) return
      if (after.indexes.some((other) => isKeyOn(other, columns))) return
      context.report({
        on: change,
        part: 'name',
        messageId: 'drops',
        object,
        data: { columns: listed(columns.map((column) => displayColumn(table, column))) },
      })
    }
    return {
      DropConstraint(change) {
        const { before, table, constraint } = change
        const indexes = findTable(before, table)?.indexes ?? []
        const index = indexes.find((one) => one.constraint === constraint)
        check(change, table, index, constraint)
      },
      DropIndex(change) {
        const found = findIndex(change.before, change.index, change.table)
        if (!found || !('columns' in found.on)) return
        check(change, found.on, found.index, displayName(change.index))
      },
    }
  },
})
