import type { Change } from '../../src/catalog/change.ts'
import { isNewColumn, isNewTable } from '../../src/catalog/newness.ts'
import { type QualifiedName, displayColumn } from '../../src/catalog/names.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { listed } from '../../src/finding/listed.ts'

const USERS =
  "CREATE TABLE `users` (`id` int AUTO_INCREMENT NOT NULL, `name` varchar(50) COMMENT 'as it is printed', `role` varchar(20) DEFAULT 'member', `seen_at` timestamp NULL ON UPDATE CURRENT_TIMESTAMP, CONSTRAINT `users_id` PRIMARY KEY(`id`));"

export const forgottenAttributes = defineRule({
  name: 'forgotten-attributes',
  meta: {
    dialects: ['mysql'],
    type: 'problem',
    severity: 'warn',
    docs: {
      description: 'A MODIFY COLUMN drops attributes that it does not repeat',
      why: `MODIFY and CHANGE COLUMN redefine the whole column. Whatever the statement does not repeat is silently dropped: NOT NULL, the default, the comment, ON UPDATE CURRENT_TIMESTAMP, AUTO_INCREMENT. drizzle-kit repeats what it knows, but it does not know comments, and 0.31 does not know character sets and collations; hand-written SQL tends to leave out more. Without AUTO_INCREMENT every insert that relies on it fails (1364).`,
      instead: `Repeat the whole definition, as \`SHOW CREATE TABLE\` prints it. To change the default alone, write \`ALTER TABLE t ALTER COLUMN c SET DEFAULT …\`; to rename alone, \`RENAME COLUMN\`.`,
      category: 'integrity',
      examples: {
        bad: [
          {
            name: 'a comment',
            dialect: 'mysql',
            schema: USERS,
            sql: 'ALTER TABLE `users` MODIFY COLUMN `name` varchar(60);',
          },
          {
            name: 'AUTO_INCREMENT',
            dialect: 'mysql',
            schema: USERS,
            sql: '-- migration-lint-disable-next-statement change-column-type, long-work-under-lock -- small\nALTER TABLE `users` MODIFY COLUMN `id` bigint NOT NULL;',
          },
        ],
        good: [
          {
            name: 'everything is repeated',
            dialect: 'mysql',
            schema: USERS,
            sql: "ALTER TABLE `users` MODIFY COLUMN `name` varchar(60) COMMENT 'as it is printed';",
          },
          {
            name: 'nothing but ON UPDATE is taken away',
            dialect: 'mysql',
            schema: USERS,
            sql: 'ALTER TABLE `users` MODIFY COLUMN `seen_at` timestamp NULL;',
          },
        ],
      },
    },
    messages: {
      forgets: {
        message: '{{object}} loses {{lost}}, because this statement does not repeat it.',
        help: 'Repeat the whole definition (SHOW CREATE TABLE prints it), unless you mean to drop it.',
      },
      uncounted: {
        message:
          '{{object}} loses AUTO_INCREMENT, because this statement does not repeat it: every insert that relies on it fails.',
        help: 'Repeat AUTO_INCREMENT. To drop it on purpose, first ship the code that sets {{object}} itself first.',
        category: 'breaks-running-code',
        severity: 'error',
      },
    },
  },
  create(context) {
    let columns = new Map<string, Modified>()
    return {
      Change(change) {
        if (!('column' in change) || change.origin.placeOf('value') === null) return
        const { before, table, column } = change
        if (isNewTable(before, table) || isNewColumn(before, table, column)) return
        const key = displayColumn(table, column)
        const known = columns.get(key)
        if (known) known.changes.push(change)
        else columns.set(key, { table, column, changes: [change] })
      },
      'Statement:exit'() {
        const modified = columns
        columns = new Map()
        for (const { table, column, changes } of modified.values()) {
          const lost = lostIn(changes)
          const [first] = changes
          if (lost.length === 0 || first === undefined) continue
          context.report({
            on: first,
            part: 'column',
            messageId: lost.includes('AUTO_INCREMENT') ? 'uncounted' : 'forgets',
            object: displayColumn(table, column),
            data: { lost: listed(lost) },
          })
        }
      },
    }
  },
})

interface Modified {
  readonly table: QualifiedName
  readonly column: string
  readonly changes: Change[]
}

/**
 * What drizzle-kit never means to take away: it knows no comments. What it knows it repeats, so that a
 * default or NOT NULL that is gone is meant; what that does to running code is for drop-default.
 */
function lostIn(changes: readonly Change[]): readonly string[] {
  return changes.flatMap((change) =>
    change.kind === 'AlterColumnAttributes'
      ? change.lost
          .filter((one) => one !== 'ON UPDATE')
          .map((one) => (one === 'COMMENT' ? 'its comment' : one))
      : [],
  )
}
