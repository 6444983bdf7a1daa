import { columnsOfType, findTable, referencesTo } from '../../src/catalog/catalog.ts'
import type { Change, ChangeOf } from '../../src/catalog/change.ts'
import { isNew, isNewColumn, isNewTable } from '../../src/catalog/newness.ts'
import { displayColumn, displayName, nameKey } from '../../src/catalog/names.ts'
import { functionUsers } from '../../src/catalog/functionUsers.ts'
import { indexBehind } from '../../src/catalog/table.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { viewsLost } from './cascaded.ts'
import { objectOf } from './describeChange.ts'
import { listed } from '../../src/finding/listed.ts'

export const cascadingDrop = defineRule({
  name: 'cascading-drop',
  meta: {
    dialects: ['postgresql'],
    type: 'problem',
    severity: 'error',
    docs: {
      description:
        'CASCADE drops columns, tables, views, triggers or foreign keys that the statement does not name',
      why: `CASCADE silently drops whatever depends on the object: DROP TYPE and DROP DOMAIN the columns of that type with all their values, DROP SCHEMA every table in it, DROP CONSTRAINT on a key the foreign keys that point at it, DROP FUNCTION triggers, defaults and checks. Neither the statement nor a review of it shows that.`,
      instead: `Leave CASCADE out: PostgreSQL then refuses and lists what depends on the object. Drop or change those objects in statements that name them, in a deployment in which nothing needs them.`,
      category: 'data-loss',
      examples: {
        bad: [
          {
            name: 'columns go with their type',
            schema: `CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE users (id int PRIMARY KEY, mood mood);`,
            sql: `DROP TYPE "public"."mood" CASCADE;`,
          },
          {
            name: 'tables go with their schema',
            schema: `CREATE SCHEMA audit;
CREATE TABLE audit.events (id int PRIMARY KEY);`,
            sql: `DROP SCHEMA "audit" CASCADE;`,
          },
          {
            name: 'triggers go with their function',
            schema: `CREATE TABLE users (id int PRIMARY KEY, updated_at timestamptz);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();`,
            sql: `DROP FUNCTION "touch"() CASCADE;`,
          },
          {
            name: 'foreign keys go with the key they point at',
            schema: `CREATE TABLE users (id int PRIMARY KEY, email text CONSTRAINT users_email_key UNIQUE);
CREATE TABLE invites (id int PRIMARY KEY, email text CONSTRAINT invites_email_fk REFERENCES users (email));
CREATE INDEX invites_email_idx ON invites (email);`,
            sql: `ALTER TABLE "users" DROP CONSTRAINT "users_email_key" CASCADE;`,
          },
        ],
        good: [
          {
            name: 'nothing depends on it',
            schema: `CREATE TYPE mood AS ENUM ('good', 'bad');`,
            sql: `DROP TYPE "public"."mood" CASCADE;`,
          },
        ],
      },
    },
    messages: {
      data: {
        message: '{{what}} … CASCADE also drops {{lost}}, with all the data in it.',
        help: 'Leave CASCADE out, and drop what depends on it in statements of its own, once nothing needs it.',
      },
      integrity: {
        message: '{{what}} … CASCADE also drops {{lost}}.',
        help: 'Leave CASCADE out, and drop what depends on it in statements of its own; create it again in the same deployment if it is still needed.',
        category: 'integrity',
      },
    },
  },
  create(context) {
    const report = (
      change: Change,
      what: string,
      data: readonly string[],
      others: readonly string[],
    ) => {
      const lost = [...data, ...others]
      if (lost.length === 0) return
      context.report({
        on: change,
        part: 'name',
        messageId: data.length > 0 ? 'data' : 'integrity',
        object: objectOf(change),
        data: { what, lost: listed(lost) },
      })
    }
    return {
      DropType(change) {
        if (!change.cascade) return
        const { before, type } = change
        const columns = columnsOfType(before, type)
          .filter(({ table, column }) => !isNewColumn(before, table, column.name))
          .map(({ table, column }) => `column ${displayColumn(table, column.name)}`)
        report(change, before.domains.has(nameKey(type)) ? 'DROP DOMAIN' : 'DROP TYPE', columns, [])
      },
      DropSchema(change) {
        if (!change.cascade) return
        const { before, schema } = change
        const inSchema = <T extends { readonly schema: string; readonly createdIn: number }>(
          all: ReadonlyMap<string, T>,
        ) => [...all.values()].filter((one) => one.schema === schema && !isNew(before, one))
        report(
          change,
          'DROP SCHEMA',
          inSchema(before.tables).map((table) => `table ${displayName(table)}`),
          inSchema(before.views).map((view) => `view ${displayName(view)}`),
        )
      },
      DropConstraint(change) {
        if (change.cascade) report(change, 'DROP CONSTRAINT', [], pointingKeys(change))
      },
      DropView(change) {
        if (!change.cascade) return
        report(change, 'DROP VIEW', [], viewsLost(change.before, change.view, null))
      },
      DropFunction(change) {
        if (!change.cascade) return
        const users = functionUsers(change.before, change.function).filter(
          ({ table }) => !isNew(change.before, table),
        )
        const words = (areColumns: boolean) =>
          users.filter(({ isColumn }) => isColumn === areColumns).map(({ what }) => what)
        report(change, 'DROP FUNCTION', words(true), words(false))
      },
    }
  },
})

function pointingKeys({
  before,
  table,
  constraint,
}: ChangeOf<'DropConstraint'>): readonly string[] {
  const target = findTable(before, table)
  if (target === undefined || isNewTable(before, table)) return []
  return referencesTo(before, table)
    .filter(({ key }) => indexBehind(target, key)?.constraint === constraint)
    .map(({ key, table: holder }) => `foreign key ${key.name} of ${displayName(holder)}`)
}
