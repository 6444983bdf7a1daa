import { promisify } from 'node:util'
import { parentPort } from 'node:worker_threads'
import { constants, gzip } from 'node:zlib'
import { type EmbeddedDatabase, MissingPackage, openPglite } from '../trace/pglite.ts'
import type { Answered, Asked, Failed, Opened, Request } from './messages.ts'

/**
 * Holds the embedded database, in a thread of its own: a statement that never ends cannot be stopped
 * in any other way, as there are no signals in WebAssembly.
 */
let database: EmbeddedDatabase | null = null
let opening: Extract<Request, { kind: 'open' }> | null = null
let kept: ArrayBuffer | null = null

async function open(image: ArrayBuffer | null): Promise<EmbeddedDatabase> {
  kept = image
  const { extensions, from } = opening!
  database = await openPglite({
    extensions,
    from,
    stub: true,
    ...(image && { image: blobOf(image) }),
  })
  return database
}

async function answer(request: Request): Promise<unknown> {
  switch (request.kind) {
    case 'open': {
      opening = request
      const { server, stubbed } = await open(request.image)
      return { server, stubbed } satisfies Opened
    }
    case 'query':
      return { rows: (await database!.query(request.sql)).rows }
    case 'exec':
      await database!.exec(request.sql)
      return null
    case 'dump':
      kept = await packed(await database!.dump())
      return kept.slice(0)
    case 'keep':
      kept = await packed(await database!.dump())
      return null
    case 'restore':
      await database!.close()
      await open(kept)
      return null
    case 'close':
      await database?.close()
      return null
  }
}

function blobOf(image: ArrayBuffer): Blob {
  return new Blob([image], { type: 'application/x-gzip' })
}

async function packed(image: Blob): Promise<ArrayBuffer> {
  const bytes = await promisify(gzip)(await image.arrayBuffer(), { level: constants.Z_BEST_SPEED })
  return new Uint8Array(bytes).buffer
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
