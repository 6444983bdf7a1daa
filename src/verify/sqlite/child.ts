import { Worker } from 'node:worker_threads'
import type { Connection, Driver } from './connection.ts'
import { loadDriver } from './drivers.ts'
import type { Answered, Asked, Failed, Loaded, Request } from './messages.ts'
import { migrateByDrizzle } from './ownMigrator.ts'
import { Programs } from './programs.ts'

/**
 * Holds a database file, in a process of its own: a statement that never ends, in compiled code that does
 * not yield, cannot be stopped in any other way.
 */
let driver: Driver | null = null
let connection: Connection | null = null
let programs: Programs | null = null

async function answer(request: Request): Promise<unknown> {
  switch (request.kind) {
    case 'load': {
      const loaded = await loadDriver(request.names, request.from)
      driver = loaded?.driver ?? null
      programs = driver && new Programs(driver)
      return loaded && ({ name: loaded.name, driver: loaded.driver.name } satisfies Loaded)
    }
    case 'open':
      connection = driver!.open(request.file, request.access)
      // Nothing of it has to survive.
      if (request.access === 'write') connection.exec('pragma synchronous = off')
      return null
    case 'all':
      return connection!.all(request.sql)
    case 'many':
      return request.queries.map((sql) => connection!.all(sql))
    case 'run':
      connection!.run(request.sql)
      return null
    case 'exec':
      connection!.exec(request.sql)
      return null
    case 'explain':
      return programs!.of(request.sql, connection!)
    case 'migrate':
      return await migrateByDrizzle(request.run)
    case 'close':
      programs?.close()
      connection?.close()
      connection = null
      return null
  }
}

function failure(thrown: unknown): Failed {
  const { message, code } = thrown as { readonly message?: unknown; readonly code?: unknown }
  return { message: String(message), ...(typeof code === 'string' ? { code } : {}) }
}

/**
 * Ends this process with its parent, whatever ends that: while a statement runs nothing else does here, so
 * that it takes a thread to notice.
 */
const WATCH = `const { workerData } = require('node:worker_threads')
setInterval(() => process.ppid === workerData || process.kill(process.pid, 'SIGKILL'), 1000)`
new Worker(WATCH, { eval: true, workerData: process.ppid }).unref()

process.on('disconnect', () => process.exit())
process.on('message', ({ id, request }: Asked) => {
  void answer(request).then(
    (value) => process.send!({ id, value } satisfies Answered),
    (error: unknown) => process.send!({ id, failed: failure(error) } satisfies Answered),
  )
})
