import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startDeployment, startTransaction } from '../../src/catalog/catalog.ts'
import type { Effects, Session } from '../../src/dialects/effects.ts'
import { engine } from '../dialects/mysql/judged.ts'
import {
  type MysqlConnection,
  type MysqlServer,
  describeServer,
  mysqlServers,
  startMysql,
} from '../servers/mysql.ts'
import { type DocumentedExample, mysqlExamples as examples } from './examples.ts'
import { schemaOf, statementsOf } from './judgedExample.ts'

/** What the effects say of an example, change by change. */
function effectsOf(example: DocumentedExample, session: Session): readonly Effects[] {
  const run = (catalog: typeof engine.emptyCatalog, statements: readonly string[]) => {
    const text = statements.join('--> statement-breakpoint\n')
    const start = startTransaction(startDeployment(catalog), true)
    return engine.replay(start, { name: 'm', file: 'm.sql', text }, 0, false)
  }
  const { catalog } = run(engine.emptyCatalog, schemaOf(example))
  const { statements } = run(catalog, statementsOf(example))
  const changes = statements.flatMap((statement) => statement.changes)
  return engine.fold(changes).map((change) => {
    const effects = engine.effects(change, session)
    const refused = {
      kind: 'syntax',
      code: '1064',
      message: '',
      detail: null,
      when: 'always',
    } as const
    return change.kind === 'UnparsedSql' ? { ...effects, errors: [refused] } : effects
  })
}

/** A row in every table, of whatever the server writes where nothing is said. */
async function fill(connection: MysqlConnection): Promise<void> {
  const [rows] = await connection.query(
    "SELECT table_name AS t FROM information_schema.tables WHERE table_schema = 'd' AND table_type = 'BASE TABLE'",
  )
  await connection.query("SET sql_mode = '', foreign_key_checks = 0")
  for (const { t } of rows as readonly { t: string }[]) {
    await connection.query(`INSERT INTO \`${t}\` () VALUES ()`)
  }
  await connection.query('SET sql_mode = DEFAULT, foreign_key_checks = 1')
}

/** The message of the first statement that the server refuses; null if it takes all. */
async function refusal(
  connection: MysqlConnection,
  statements: readonly string[],
): Promise<string | null> {
  for (const statement of statements) {
    const isEmpty = statement.replaceAll(/--[^\n]*/g, '').trim() === ''
    try {
      // A file of comments alone is nothing to the driver's server, and an error to the driver.
      if (!isEmpty) await connection.query(statement)
    } catch (error) {
      return (error as Error).message
    }
  }
  return null
}

const ALTERS = /^(?:ALTER TABLE [^;]*|CREATE (?:UNIQUE |FULLTEXT )?INDEX [^;]*);?$/

describe.each(mysqlServers().map((binary) => ({ binary, ...describeServer(binary) })))(
  'on $name, an example of a rule',
  ({ binary, product, version }) => {
    let server: MysqlServer
    let connection: MysqlConnection
    const session: Session = {
      version,
      timezone: 'UTC',
      transaction: 'deployment',
      product,
    }

    beforeAll(async () => {
      server = await startMysql(binary)
      connection = await server.connect()
    })

    afterAll(async () => {
      await connection?.end()
      await server?.stop()
    })

    const prepare = async (example: DocumentedExample) => {
      await connection.query('DROP DATABASE IF EXISTS d')
      await connection.query('CREATE DATABASE d CHARACTER SET utf8mb4')
      await connection.query('USE d')
      expect(await refusal(connection, schemaOf(example))).toBeNull()
    }

    test.for(examples)('ends as the effects say: $rule, $kind, $example.name', async (example) => {
      const errors = effectsOf(example, session).flatMap((effects) => effects.errors)
      const isTwo = example.rule === 'missing-breakpoint' && example.kind === 'bad'
      const always = isTwo || errors.some(({ when }) => when === 'always')
      await prepare(example)
      const empty = await refusal(connection, statementsOf(example))
      expect(empty === null ? 'runs' : `fails: ${empty}`).toMatch(always ? /^fails/ : /^runs/)
      await prepare(example)
      await fill(connection)
      const filled = await refusal(connection, statementsOf(example))
      const said = filled === null ? 'runs' : `fails: ${filled}`
      if (isTwo || errors.some(({ when }) => when !== 'some-rows')) expect(said).toMatch(/^fails/)
      else if (errors.length === 0) expect(said).toBe('runs')
    })

    test.for(
      examples.filter((example) => {
        const statements = statementsOf(example)
        return statements.length === 1 && ALTERS.test(statements[0] ?? '')
      }),
    )('keeps writers out as the effects say: $rule, $example.name', async (example) => {
      const effects = effectsOf(example, session)
      if (effects.some(({ errors }) => errors.some(({ when }) => when !== 'some-rows'))) return
      await prepare(example)
      await fill(connection)
      const [statement = ''] = statementsOf(example)
      const between = /^CREATE/.test(statement) ? ' ' : ', '
      // MariaDB would copy to spare the lock, which a plain statement does not.
      const inPlace = /FULLTEXT/.test(statement) ? `${between}ALGORITHM=INPLACE` : ''
      const online = statement.replace(/;?$/, `${inPlace}${between}LOCK=NONE`)
      const refused = await refusal(connection, [online])
      const isOnline = refused === null || !/not supported/.test(refused)
      const blocks = effects.some(({ locks }) => locks.length > 0)
      expect(isOnline ? 'online' : `not online: ${refused}`).toMatch(
        blocks ? /^not online/ : /^online/,
      )
    })
  },
)
