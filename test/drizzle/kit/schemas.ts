/** The schema that most fixtures say in one way or another. */
export const BASE = `import { relations, sql } from 'drizzle-orm'
import { index, integer, pgEnum, pgTable, serial, text, timestamp } from 'drizzle-orm/pg-core'

export const role = pgEnum('role', ['admin', 'member'])

export const users = pgTable('users', {
  id: serial('id').primaryKey(),
  email: text('email').notNull().unique(),
  displayName: text('display_name'),
  role: role('role').notNull().default('member'),
  createdAt: timestamp('created_at').default(sql\`now()\`).notNull(),
})

export const posts = pgTable('posts', {
  id: serial('id').primaryKey(),
  authorId: integer('author_id').references(() => users.id),
  title: text('title').notNull(),
}, (table) => [index('posts_author_idx').on(table.authorId)])
`

/** A drizzle config that says what its lines say: `schema: './schema.ts'`. */
export function config(more = "schema: './schema.ts'", dialect = 'postgresql'): string {
  return `import { defineConfig } from 'drizzle-kit'

export default defineConfig({ dialect: '${dialect}', out: './drizzle', ${more} })
`
}

/** A text with one passage replaced; a passage that is not there is a mistake of the test. */
export function edit(
  text: string,
  ...changes: readonly (readonly [from: string, to: string])[]
): string {
  return changes.reduce((before, [from, to]) => {
    if (!before.includes(from)) throw new Error(`there is no ${from}`)
    return before.replace(from, () => to)
  }, text)
}
