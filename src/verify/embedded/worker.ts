import { setFlagsFromString } from 'node:v8'
import { parentPort } from 'node:worker_threads'
import { type DataDirectory, packDirectory, unpackDirectory } from '../trace/dataDirectory.ts'
import { type EmbeddedDatabase, MissingPackage, openPglite } from '../trace/pglite.ts'
import type { Answered, Asked, Failed, Opened, Request } from './messages.ts'

/**
 * Holds the embedded database, in a thread of its own: a statement that never ends cannot be stopped
 * in any other way, as there are no signals in WebAssembly.
 */
let database: EmbeddedDatabase | null = null
let opening: Extract<Request, { kind: 'open' }> | null = null
let kept: DataDirectory | null = null

// Each statement is another part of the server, run a few times: to optimize what it is compiled to
// takes more than twice the time that this saves.
for (const flag of ['--liftoff-only', '--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) {
  setFlagsFromString(flag)
}

async function open(): Promise<EmbeddedDatabase> {
  const { extensions, from } = opening!
  database = await openPglite({ extensions, from, stub: true, ...(kept && { directory: kept }) })
  return database
}

async function answer(request: Request): Promise<unknown> {
  switch (request.kind) {
    case 'open': {
      opening = request
      kept = request.image && unpackDirectory(new Uint8Array(request.image))
      const { server, stubbed } = await open()
      return { server, stubbed } satisfies Opened
    }
    case 'query':
      return { rows: (await database!.query(request.sql)).rows }
    case 'exec':
      await database!.exec(request.sql)
      return null
    case 'dump':
      kept = await database!.dump()
      return packDirectory(kept).buffer
    case 'keep':
      kept = await database!.dump()
      return null
    case 'restore':
      await database!.close()
      await open()
      return null
    case 'close':
      await database?.close()
      return null
  }
}

function failed(error: unknown): Failed {
  const { message, code, schema, table } = error as Failed
  const packages = error instanceof MissingPackage ? { packages: error.packages } : {}
  return {
    message: message ?? String(error),
    ...packages,
    ...(typeof code === 'string' && { code }),
    ...(typeof schema === 'string' && { schema }),
    ...(typeof table === 'string' && { table }),
  }
}

// One after the other: a session runs one statement at a time.
let last = Promise.resolve()
parentPort?.on('message', ({ id, request }: Asked) => {
  last = last.then(async () => {
    let reply: Answered
    try {
      reply = { id, value: await answer(request) }
    } catch (error) {
      reply = { id, failed: failed(error) }
    }
    const buffer = 'value' in reply && reply.value instanceof ArrayBuffer ? [reply.value] : []
    parentPort?.postMessage(reply, buffer)
  })
})
