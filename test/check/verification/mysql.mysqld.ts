import { mkdtempSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rulebook } from '../../../rules/index.ts'
import { check } from '../../../src/check/check.ts'
import type { Selection } from '../../../src/check/options.ts'
import { verifyMigrations } from '../../../src/check/verification/verifyMigrations.ts'
import { exitCode } from '../../../src/report/tally.ts'
import { isolatedEnvironment } from '../../git/repository.ts'
import { installed } from '../../installed.ts'
import {
  type MysqlConnection,
  type MysqlServer,
  describeServer,
  mysqlServers,
  startMysql,
} from '../../servers/mysql.ts'
import { type Migrations, drizzleConfig, journalFolder, writeFiles } from '../projects.ts'

const BREAK = '--> statement-breakpoint\n'
const BASE = `CREATE TABLE \`users\` (\`id\` int AUTO_INCREMENT PRIMARY KEY, \`name\` varchar(100), \`kind\` enum('a','b') NOT NULL);${BREAK}
  CREATE TABLE \`posts\` (\`id\` int PRIMARY KEY, \`user_id\` int NOT NULL, \`title\` varchar(20),
    CONSTRAINT \`posts_user\` FOREIGN KEY (\`user_id\`) REFERENCES \`users\`(\`id\`));${BREAK}
  CREATE VIEW \`titles\` AS SELECT \`title\` FROM \`posts\`;`

describe.each(mysqlServers())('%s', (binary) => {
  const { name, product } = describeServer(binary)
  let server: MysqlServer
  let connection: MysqlConnection
  beforeAll(async () => {
    server = await startMysql(binary)
    connection = await server.connect()
  })
  afterAll(async () => {
    await connection.end()
    await server.stop()
  })

  async function verified(
    migrations: Migrations,
    url = server.url,
    allowSuperuser = true,
    selection: Selection = { kind: 'since', tag: '0000_base' },
  ) {
    const cwd = mkdtempSync(join(tmpdir(), 'migration-lint-verify-'))
    writeFiles(cwd, {
      'package.json': JSON.stringify({
        dependencies: { [product === 'mysql' ? 'mysql2' : 'mariadb']: '*' },
      }),
      'drizzle.config.ts': drizzleConfig('./drizzle', 'mysql'),
      ...journalFolder(migrations, 'drizzle', 'mysql'),
    })
    symlinkSync(join(installed({ mysql2: '3.24.6' }), 'node_modules'), join(cwd, 'node_modules'))
    const result = await check(
      {
        cwd,
        selection,
        projects: [],
        only: ['migration'],
        config: null,
        env: isolatedEnvironment(),
      },
      rulebook,
      undefined,
      verifyMigrations({
        patience: 60_000,
        server: { url, allowRemote: false, allowSuperuser },
      }),
    )
    const told = result.findings.map(
      ({ rule, object, measured }) => `${rule} ${object} ${measured}`,
    )
    const problems = result.problems.map(({ message }) => message)
    return { ...result, told, problems, code: exitCode(result, null) }
  }

  async function databases(): Promise<readonly string[]> {
    const [rows] = await connection.query("show databases like 'migration%'")
    return (rows as Record<string, string>[]).map((row) => Object.values(row)[0]!)
  }

  test('what the server does to tables with rows', async () => {
    const result = await verified({
      '0000_base': BASE,
      '0001_all': `ALTER TABLE \`users\` ADD \`age\` int;${BREAK}
        ALTER TABLE \`users\` MODIFY COLUMN \`name\` text;${BREAK}
        CREATE INDEX \`titles_idx\` ON \`posts\` (\`title\`);${BREAK}
        CREATE UNIQUE INDEX \`names\` ON \`posts\` (\`title\`);`,
    })
    expect(result.problems).toEqual([])
    expect(result.ranOn).toEqual([name])
    const copies = result.timelines?.()[0]?.tables.find((table) => table.name === 'users')
    expect(copies?.work).toEqual(expect.arrayContaining([{ statement: 1, kind: 'rewrite' }]))
    expect(result.notices?.filter((line) => line.includes('disagree'))).toEqual([])
    expect(result.notices).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /depends on your data: CREATE UNIQUE INDEX .names. .*fails on others \(1062/,
        ),
      ]),
    )
    expect(await databases()).toEqual([])
  })

  test('a deployment that fails half-way, what stays of it, and the next run', async () => {
    const result = await verified({
      '0000_base': BASE,
      '0001_half': `ALTER TABLE \`users\` ADD \`age\` int;${BREAK}CREATE TABLE \`logs\` (\`id\` int);${BREAK}
        ALTER TABLE \`users\` ADD CONSTRAINT \`grown\` CHECK (\`id\` < 10);`,
    })
    expect(result.told).toEqual([expect.stringMatching(/ true$/)])
    expect(result.code).toBe(1)
    expect(result.notices).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /0001_half.sql stops at: ALTER TABLE .users. ADD CONSTRAINT.*logs is new, users is changed.*starts it again, and stops at: ALTER TABLE .users. ADD .age. int; \(Duplicate column name 'age'\)/,
        ),
      ]),
    )
  })

  test('tables that the deployment does not name, and that refer to what it changes', async () => {
    const result = await verified({
      '0000_base': `${BASE}${BREAK}CREATE TABLE \`notes\` (\`id\` int PRIMARY KEY);`,
      '0001_drop': 'DROP TABLE `users`;',
    })
    expect(result.told).toEqual(['fails-when-run users true'])
    expect(result.code).toBe(1)
  })

  test('every statement that depends on rows, not only the first', async () => {
    const result = await verified({
      '0000_base': BASE,
      '0001_three': `CREATE UNIQUE INDEX \`one\` ON \`posts\` (\`title\`);${BREAK}
        ALTER TABLE \`users\` ADD \`age\` int;${BREAK}
        ALTER TABLE \`users\` MODIFY COLUMN \`name\` varchar(5);${BREAK}
        ALTER TABLE \`users\` ADD \`size\` int;${BREAK}
        ALTER TABLE \`posts\` MODIFY COLUMN \`title\` varchar(10) NOT NULL;`,
    })
    const depending = result.notices?.filter((line) => line.includes('depends on your data'))
    expect(depending?.map((line) => /\((\d+) /.exec(line)?.[1])).toEqual(['1062', '1265', '1265'])
  })

  test('each migration alone, on what those before it have made', async () => {
    const result = await verified(
      {
        '0000_base': BASE,
        '0001_refers': 'INSERT INTO `posts` (`id`, `user_id`) VALUES (1000, 7);',
        '0002_age': 'ALTER TABLE `users` ADD `age` int;',
        '0003_index': 'CREATE INDEX `ages` ON `users` (`age`);',
        '0004_filled': 'UPDATE `users` SET `age` = 1;',
      },
      server.url,
      true,
      { kind: 'all' },
    )
    expect(result.timelines?.()).toHaveLength(5)
    expect(result.problems).toEqual([
      expect.stringMatching(/0001_refers.sql .* could not be applied on other rows/),
    ])
  })

  test('what reaches beyond the scratch database is not run', async () => {
    for (const sql of [
      'DROP DATABASE `app`;',
      'CREATE USER `x`;',
      'SET GLOBAL foreign_key_checks = 0;',
      'INSERT INTO `app`.`users` VALUES (1);',
      'ALTER TABLE mysql.user ADD `x` int;',
      '/*!50000 GRANT ALL ON *.* TO x */;',
    ]) {
      const { problems } = await verified({ '0000_base': BASE, '0001_beyond': sql })
      expect(problems, sql).toEqual([
        expect.stringContaining('reaches beyond the scratch database'),
      ])
    }
    expect(await databases()).toEqual([])
  })

  test('databases of a run that was killed are dropped, those of one that runs are not', async () => {
    const killed = 'migration_lint_0123456789ab_0'
    const running = 'migration_lint_ba9876543210_0'
    for (const one of [killed, running, 'migration_lint_somebody']) {
      await connection.query(`create database ${one}`)
      if (one.endsWith('_0')) {
        await connection.query(`create table ${one}.__migration_lint_scratch (id int)`)
      }
    }
    await connection.query("select get_lock('migration_lint_ba9876543210', 0)")
    await verified({ '0000_base': BASE, '0001_x': 'ALTER TABLE `users` ADD `age` int;' })
    expect(await databases()).toEqual([running, 'migration_lint_somebody'])
    for (const one of await databases()) await connection.query(`drop database ${one}`)
  })

  test.runIf(product === 'mysql')(
    'an account that may use databases of verify alone is enough',
    async () => {
      await connection.query("create user verify@'127.0.0.1' identified by 'canary'")
      await connection.query("grant all on `migration\\_lint\\_%`.* to verify@'127.0.0.1'")
      const url = server.url.replace('root@', 'verify:canary@')
      const migrations = {
        '0000_base': BASE,
        '0001_x': 'ALTER TABLE `users` ADD `age` int NOT NULL;',
      }
      const result = await verified(migrations, url, false)
      expect(result.problems).toEqual([])
      const error = await verified(migrations, server.url, false).catch((thrown: unknown) => thrown)
      expect(
        JSON.stringify(error instanceof Error ? error.message : (error as typeof result).problems),
      ).toContain('may do things on the whole server')
    },
  )
})
