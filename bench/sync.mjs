// Measures what comparing a schema with its migrations costs in a pre-commit hook, next to
// `drizzle-kit generate` on the same project: node bench/sync.mjs
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { compare, machine, once } from './measure.mjs'

const repository = path.join(import.meta.dirname, '..')
const kit = path.join(repository, 'node_modules/drizzle-kit/bin.cjs')
const environment = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' }

/**
 * @param {string} cli - the command line to measure
 * @param {number} rounds
 * @param {Map<string, number>} measured - takes the ratios with most tables, by the keys of the aims
 * @param {string} node - the Node that runs both
 * @param {readonly number[]} sizes - numbers of tables
 * @returns {string[]} Markdown
 */
export function measureSync(
  cli,
  rounds,
  measured = new Map(),
  node = process.execPath,
  sizes = [3, 60],
) {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
  const [, major] = /^v(\d+)/.exec(version) ?? []
  const lines = [
    '',
    `## A schema edit with its migration, staged, ${version}`,
    '',
    `${machine()}; ${rounds} rounds.`,
  ]
  for (const tables of sizes) {
    const root = createProject(tables)
    const forget = () =>
      rmSync(path.join(root, '.git/migration-lint'), { recursive: true, force: true })
    const options = { cwd: root }
    const staged = [node, cli, '--staged']
    // Remembered is what a run before has compared.
    once(staged, options)
    const results = compare(
      [
        { name: '`node -e 0`', command: [node, '-e', '0'], options },
        {
          name: '`drizzle-kit generate`, nothing to do',
          command: [node, kit, 'generate'],
          options,
        },
        { name: '`--staged`, remembered', command: staged, options },
        { name: '`--staged`, cold', command: staged, options, prepare: forget },
      ],
      rounds,
    )
    const base = results.get('`node -e 0`')
    lines.push(
      '',
      `### ${tables} tables`,
      '',
      '| command | CPU | × node | wall | × node |',
      '|---|--:|--:|--:|--:|',
    )
    for (const [name, { cpu, wall }] of results) {
      lines.push(
        `| ${name} | ${cpu.toFixed(0)} | ${(cpu / base.cpu).toFixed(2)} | ${wall.toFixed(0)} | ${(wall / base.wall).toFixed(2)} |`,
      )
    }
    measured.set(`remembered ${major}`, results.get('`--staged`, remembered').cpu / base.cpu)
    const generate = results.get('`drizzle-kit generate`, nothing to do')
    measured.set(`cold ${major}`, results.get('`--staged`, cold').wall / generate.wall)
    rmSync(root, { recursive: true, force: true })
  }
  return lines
}

/** A project whose first migration is committed and whose second is staged with its schema. */
function createProject(tables) {
  const root = mkdtempSync(path.join(tmpdir(), 'migration-lint-bench-'))
  const write = (file, text) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), text)
  }
  const run = (command, ...args) =>
    execFileSync(command, args, { cwd: root, env: environment, stdio: 'ignore' })
  const git = (...args) => run('git', '-c', 'user.name=b', '-c', 'user.email=b@x', ...args)
  symlinkSync(path.join(repository, 'node_modules'), path.join(root, 'node_modules'))
  write('.gitignore', 'node_modules\n')
  write('package.json', '{ "name": "bench", "private": true, "type": "module" }\n')
  write(
    'drizzle.config.ts',
    `export default { dialect: 'postgresql', schema: './src/schema.ts', out: './drizzle' }\n`,
  )
  write('src/schema.ts', schema(tables, ''))
  run(process.execPath, kit, 'generate')
  git('init', '-q', '-b', 'main')
  git('add', '-A')
  git('commit', '-q', '-m', 'first')
  write('src/schema.ts', schema(tables, '  phone: text(),\n'))
  run(process.execPath, kit, 'generate')
  git('add', '-A')
  return root
}

function schema(tables, more) {
  const one = (i) => `
export const table${i} = pgTable('table_${i}', {
  id: uuid().primaryKey().defaultRandom(),
  title: varchar({ length: 200 }).notNull(),
  parentId: uuid('parent_id').references(() => table${Math.max(i - 1, 0)}.id, { onDelete: 'cascade' }),
  state: text().notNull().default('new'),
  meta: jsonb().default({}),
  count: integer().notNull().default(0),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
${i === 0 ? more : ''}}, (table) => [index('table_${i}_parent_id_idx').on(table.parentId)])
`
  const imports = 'index, integer, jsonb, pgTable, text, timestamp, uuid, varchar'
  const all = Array.from({ length: tables }, (_, i) => one(i)).join('')
  return `import { ${imports} } from 'drizzle-orm/pg-core'\n${all.replace('references(() => table0.id,', 'references((): AnyPgColumn => table0.id,')}`.replace(
    'index, integer',
    'type AnyPgColumn, index, integer',
  )
}

if (process.argv[1] === import.meta.filename) {
  console.log(
    measureSync(path.join(repository, 'dist/cli.cjs'), Number(process.env.BENCH_ROUNDS ?? 11)).join(
      '\n',
    ),
  )
}
