import type { Change, Part, Stretch } from '../../src/catalog/change.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { objectOf } from './describeChange.ts'

const LONGEST = 63

export const longName = defineRule({
  name: 'long-name',
  meta: {
    dialects: ['postgresql'],
    type: 'suggestion',
    severity: 'warn',
    preset: 'strict',
    docs: {
      description: 'A name is longer than the 63 bytes that PostgreSQL keeps',
      why: `PostgreSQL cuts every name after 63 bytes without an error. The schema and drizzle-kit's snapshots keep the long one, so they and the database disagree about what it is called: looking for it in the catalog finds nothing, and a second name with the same beginning fails ("already exists"). Mostly it is a name that Drizzle derives, of a foreign key between two tables with long names.`,
      instead: `Give it a shorter name in the schema and generate the migration again: \`foreignKey({ columns, foreignColumns, name })\` instead of \`.references()\`. \`identifier-too-long\` says so in the schema file.`,
      category: 'convention',
      examples: {
        bad: [
          {
            name: 'a name that Drizzle derives',
            schema: `CREATE TABLE organization_subscriptions (id int PRIMARY KEY);
CREATE TABLE organization_subscription_items (id int PRIMARY KEY, subscription_id int);
CREATE INDEX items_subscription_idx ON organization_subscription_items (subscription_id);`,
            sql: `ALTER TABLE "organization_subscription_items" ADD CONSTRAINT "organization_subscription_items_subscription_id_organization_subscriptions_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."organization_subscriptions"("id") NOT VALID;`,
          },
        ],
        good: [
          {
            name: 'a name of its own',
            schema: `CREATE TABLE organization_subscriptions (id int PRIMARY KEY);
CREATE TABLE organization_subscription_items (id int PRIMARY KEY, subscription_id int);
CREATE INDEX items_subscription_idx ON organization_subscription_items (subscription_id);`,
            sql: `ALTER TABLE "organization_subscription_items" ADD CONSTRAINT "items_subscription_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."organization_subscriptions"("id") NOT VALID;`,
          },
        ],
      },
    },
    messages: {
      cut: {
        message:
          'The name is {{length}} characters long; PostgreSQL keeps 63 bytes and calls it {{object}}.',
        help: 'Give it a shorter name in the schema and generate the migration again.',
      },
    },
  },
  create(context) {
    return {
      Change(change) {
        const part = NAMED[change.kind]
        const place = part && change.origin.placeOf(part)
        if (!place || lengthOf(place) <= LONGEST) return
        context.report({
          on: change,
          part,
          messageId: 'cut',
          object: objectOf(change),
          data: { length: lengthOf(place) },
        })
      },
    }
  },
})

/** The part of a change that gives something its name. */
const NAMED: Readonly<Partial<Record<Change['kind'], Part>>> = {
  CreateTable: 'table',
  RenameTable: 'to',
  AddColumn: 'column',
  RenameColumn: 'to',
  AddForeignKey: 'constraint',
  AddCheck: 'constraint',
  AddUnique: 'constraint',
  AddPrimaryKey: 'constraint',
  AddExclusion: 'constraint',
  CreateIndex: 'name',
  CreateEnum: 'name',
  CreateView: 'name',
  CreateSequence: 'name',
}

/** Without the quotes, in which drizzle-kit writes every name. */
function lengthOf({ start, end }: Stretch): number {
  return end - start - 2
}
