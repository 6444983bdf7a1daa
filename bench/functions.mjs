// Writes src/dialects/postgres/known/functions.ts, the names of the functions that the PostgreSQL inside
// PGlite has and that SQL can call: node bench/functions.mjs
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'

const WIDTH = 92

const db = await PGlite.create()
try {
  const { rows: versions } = await db.query('SHOW server_version')
  const { rows } = await db.query(`
    SELECT DISTINCT proname AS name
      FROM pg_proc
     WHERE prorettype NOT IN ('internal'::regtype, 'cstring'::regtype)
       AND NOT EXISTS (SELECT FROM unnest(proargtypes) AS argument
                        WHERE argument IN ('internal'::regtype, 'cstring'::regtype))
       AND proname !~ '^(_?pg_|bt|hash|binary_upgrade|RI_FKey|has_.*_privilege$)'
       AND proname !~ '(send|_hash|_hash_extended|typmodin)$'
     ORDER BY 1`)
  const lines = ['']
  for (const { name } of rows) {
    const line = lines.at(-1)
    if (line.length + name.length < WIDTH) lines[lines.length - 1] = `${line}${name} `
    else lines.push(`${name} `)
  }
  lines[lines.length - 1] = lines.at(-1).trimEnd()
  const text = lines.map((line) => `  '${line}'`).join(' +\n')
  writeFileSync(
    path.join(import.meta.dirname, '../src/dialects/postgres/known/functions.ts'),
    `/**
 * The functions that PostgreSQL ${versions[0].server_version} brings along, but for the innards of its types and indexes
 * (bench/functions.mjs writes this file).
 */
const NAMES =
${text}

let names: ReadonlySet<string> | undefined

/** Innards that SQL can call though nobody does, and families of names. */
const FAMILIES = /^(?:_?pg_|bt|hash|has_.*_privilege$)|(?:send|_hash|_hash_extended|typmodin)$/

/** Whether PostgreSQL itself has a function of that name. */
export function isBuiltInFunction(name: string): boolean {
  names ??= new Set(NAMES.split(' '))
  return names.has(name) || FAMILIES.test(name)
}
`,
  )
} finally {
  await db.close()
}
