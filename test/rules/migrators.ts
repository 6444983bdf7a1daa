import { expect } from 'vitest'
import type { Session } from '../../src/dialects/effects.ts'
import { deployed, judged } from '../dialects/sqlite/judged.ts'
import type { Deployment, Migrator, Outcome } from '../dialects/sqlite/migrators.ts'
import { type DocumentedExample, filesOf } from './examples.ts'

const BREAKPOINT = '--> statement-breakpoint\n'

/** An example as a deployment, with a row in every table that points at those of the others. */
export function deploymentOf({ example }: DocumentedExample, isFilled: boolean): Deployment {
  const setup = example.schema === '' ? [] : example.schema.split(/(?<=;)\n(?=CREATE)/)
  const tables = isFilled ? [...deployed(setup).tables.values()] : []
  return {
    setup,
    rows: tables.map(({ name, columns }) => {
      const values = columns
        .filter(({ generated }) => generated === null)
        .map((column) => (column.name === 'name' && !column.notNull ? 'NULL' : '1'))
      return `INSERT INTO "${name}" VALUES (${values.join()})`
    }),
    files: filesOf(example),
  }
}

/** What the effects say will come of it. */
export interface Told {
  readonly fails: 'always' | 'on rows' | 'perhaps' | 'never'
  /** Tables whose rows go though no statement names them. */
  readonly emptied: readonly string[]
}

export function told({ setup, files }: Deployment, driver: string): Told {
  const session: Partial<Session> = { driver }
  const statements = files.flatMap((file) => file.split(BREAKPOINT))
  const found = judged(deployed(setup), statements, session)
  const errors = found.flatMap(({ change, effects }): readonly { readonly when: string }[] =>
    change.kind === 'UnparsedSql' ? [{ when: 'always' }] : effects.errors,
  )
  const has = (when: string) => errors.some((error) => error.when === when)
  const losses = found.flatMap(({ effects }) => effects.losses)
  return {
    fails: has('always')
      ? 'always'
      : has('rows')
        ? 'on rows'
        : has('some-rows')
          ? 'perhaps'
          : 'never',
    emptied: losses.filter(({ why }) => why === 'cascaded').map(({ table }) => table.name),
  }
}

/** Runs an example with rows and without, and compares what comes of it with what is said. */
export async function agree(documented: DocumentedExample, migrator: Migrator): Promise<void> {
  const empty = deploymentOf(documented, false)
  const filled = deploymentOf(documented, true)
  const { fails: said, emptied } = told(filled, migrator.driver)
  const isRefused = documented.rule === 'missing-breakpoint' && documented.kind === 'bad'
  const fails = isRefused && migrator.refusesSeveral ? 'always' : said
  const [without, withRows] = [await migrator.run(empty), await migrator.run(filled)]
  expect(without.error === null, `${migrator.name}, without rows: ${without.error}`).toBe(
    fails !== 'always',
  )
  if (fails !== 'perhaps') {
    expect(withRows.error === null, `${migrator.name}, with rows: ${withRows.error}`).toBe(
      fails === 'never',
    )
  }
  if (withRows.error === null) expect(vanished(withRows, documented)).toEqual([...emptied].sort())
}

/** Tables that are there and have lost their rows, by no statement that deletes them. */
function vanished({ rows }: Outcome, { example }: DocumentedExample): readonly string[] {
  const text = filesOf(example).join('\n')
  return Object.entries(rows)
    .filter(([, [before, after]]) => before > 0 && after === 0)
    .map(([name]) => name)
    .filter((name) => !new RegExp(`DELETE FROM \`?${name}\\b`, 'i').test(text))
    .sort()
}
