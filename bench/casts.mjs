// Prints the cast table of src/dialects/postgres/effects/castTable.ts as the PostgreSQL inside PGlite has
// it, citext included: node bench/casts.mjs
import { PGlite } from '@electric-sql/pglite'
import { citext } from '@electric-sql/pglite/contrib/citext'

const db = await PGlite.create({ extensions: { citext } })
try {
  await db.exec('CREATE EXTENSION citext')
  const version = await db.query('SHOW server_version')
  const casts = await db.query(`
    SELECT s.typname AS source,
           string_agg(t.typname || ':' || castcontext::text ||
                      CASE castmethod WHEN 'b' THEN '=' ELSE '' END,
                      ' ' ORDER BY t.typname) AS targets
      FROM pg_cast
      JOIN pg_type s ON s.oid = castsource
      JOIN pg_type t ON t.oid = casttarget
     WHERE castsource <> casttarget AND s.typname !~ '^pg_'
     GROUP BY s.typname ORDER BY s.typname`)
  console.log(`// PostgreSQL ${version.rows[0].server_version}`)
  for (const { source, targets } of casts.rows) {
    const lines = []
    for (const word of targets.split(' ')) {
      const last = lines.at(-1)
      if (last !== undefined && last.length + word.length < 88) lines.push(`${lines.pop()} ${word}`)
      else lines.push(word)
    }
    if (`  ${source}: '${targets}',`.length <= 100) console.log(`  ${source}: '${targets}',`)
    else {
      console.log(`  ${source}:`)
      const last = lines.length - 1
      const strings = lines.map((line, i) => `    '${line}${i < last ? ' ' : ''}'`)
      console.log(`${strings.join(' +\n')},`)
    }
  }
} finally {
  await db.close()
}
