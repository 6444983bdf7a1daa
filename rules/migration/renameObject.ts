import { findView } from '../../src/catalog/catalog.ts'
import type { Change } from '../../src/catalog/change.ts'
import { isNew } from '../../src/catalog/newness.ts'
import { type QualifiedName, displayName, nameKey } from '../../src/catalog/names.ts'
import { defineRule } from '../../src/lint/rule.ts'

export const renameObject = defineRule({
  name: 'rename-object',
  meta: {
    dialects: ['postgresql'],
    type: 'problem',
    severity: 'error',
    docs: {
      description:
        'An enum value, a type, a view or a schema is renamed while code that knows the old name may still run',
      why: `The moment the migration commits, every query of the previous release that writes the old enum value, casts to the old type, or reads the old view or schema fails; before it commits, every query of the new release does. Whatever order you deploy in, one of the two is broken for as long as the rollout takes.`,
      instead: `Rename it in TypeScript only, where that is enough. Enum value: add the new one, have the code write it and read both, change the rows in batches, and stop using the old one. View: create the new one beside it and drop the old one in a later deployment. Schema and type: create the new one, move the objects over several deployments, or leave it as it is.`,
      category: 'breaks-running-code',
      examples: {
        bad: [
          {
            name: 'an enum value',
            schema: `CREATE TYPE status AS ENUM ('open', 'closed');`,
            sql: `ALTER TYPE "public"."status" RENAME VALUE 'closed' TO 'done';`,
          },
          {
            name: 'a view',
            schema: `CREATE TABLE users (id int PRIMARY KEY);
CREATE VIEW members AS SELECT id FROM users;`,
            sql: `ALTER VIEW "members" RENAME TO "people";`,
          },
          {
            name: 'a schema',
            schema: `CREATE SCHEMA auth;`,
            sql: `ALTER SCHEMA "auth" RENAME TO "login";`,
          },
        ],
        good: [
          {
            name: 'a value beside the old one',
            schema: `CREATE TYPE status AS ENUM ('open', 'closed');`,
            sql: `ALTER TYPE "public"."status" ADD VALUE 'done';`,
          },
          {
            name: 'with a view under the old name',
            schema: `CREATE TABLE users (id int PRIMARY KEY);
CREATE VIEW members AS SELECT id FROM users;`,
            sql: `ALTER VIEW "members" RENAME TO "people";--> statement-breakpoint
CREATE VIEW "members" AS SELECT "id" FROM "people";`,
          },
        ],
      },
    },
    messages: {
      value: {
        message:
          "Renaming the value '{{label}}' of {{object}} to '{{to}}' breaks running code that writes or compares '{{label}}'.",
        help: 'Add the new value instead, have the code write it and read both, and change the old rows in batches.',
      },
      object: {
        message: 'Renaming {{kind}} {{object}} to {{to}} breaks every running query that names it.',
        help: 'Rename it in TypeScript only, or create the new one beside it and drop the old one in a later deployment.',
      },
    },
  },
  create(context) {
    const renamed = (change: Change, kind: string, from: string, to: string) =>
      context.report({
        on: change,
        part: 'name',
        messageId: 'object',
        object: from,
        data: { kind, to },
      })
    return {
      RenameEnumValue(change) {
        const { before, type, label, to } = change
        const known = before.enums.get(nameKey(type))
        if (known && isNew(before, known)) return
        const deployed = context.deployment.before.enums.get(nameKey(type))
        if (deployed && deployed.labels.length > 0 && !deployed.labels.includes(label)) return
        const data = { label, to }
        context.report({
          on: change,
          part: 'name',
          messageId: 'value',
          object: displayName(type),
          data,
        })
      },
      RenameType(change) {
        const { before, type, to } = change
        const known = before.enums.get(nameKey(type)) ?? before.domains.get(nameKey(type))
        const { after } = context.deployment
        const isBack = [after.enums, after.domains].some((types) => types.has(nameKey(type)))
        if ((known && isNew(before, known)) || isBack) return
        const deployed = context.deployment.before
        if (known && !deployed.enums.has(nameKey(type)) && !deployed.domains.has(nameKey(type)))
          return
        renamed(change, 'type', displayName(type), displayName(to))
      },
      RenameView(change) {
        const { before, view, to } = change
        if (isNewView(before.views.get(nameKey(view)), before.deployment)) return
        if (findView(context.deployment.after, view)) return
        if (findView(before, view) && !findView(context.deployment.before, view)) return
        renamed(change, 'view', displayName(view), displayName(to))
      },
      RenameSchema(change) {
        const { schema, to } = change
        const { before, after } = context.deployment
        if (!before.schemas.has(schema) || after.schemas.has(schema)) return
        renamed(change, 'schema', schema, to)
      },
    }
  },
})

function isNewView(
  view: (QualifiedName & { readonly createdIn: number }) | undefined,
  deployment: number,
): boolean {
  return view?.createdIn === deployment
}
