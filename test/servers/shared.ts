import { afterAll } from 'vitest'
import type { TraceClient } from '../../src/verify/trace/index.ts'
import { POSTGRES_PACKAGES, startPostgres } from './postgres.ts'

/** Those to test on: `PG_VERSIONS=14,17` names some, else all there are. */
export const POSTGRES_VERSIONS: readonly number[] =
  process.env.PG_VERSIONS?.split(',').map(Number) ?? Object.keys(POSTGRES_PACKAGES).map(Number)

/** A server for a `describe` block: started when first asked for, stopped after all. */
export function sharedServer(version: number): () => Promise<TraceClient> {
  let opened: Promise<{ readonly client: TraceClient; stop(): Promise<void> }> | null = null
  const open = async () => {
    const server = await startPostgres(version)
    return { client: await server.connect(), stop: () => server.stop() }
  }
  afterAll(async () => {
    const running = await opened
    await running?.client.close()
    await running?.stop()
  })
  return async () => (await (opened ??= open())).client
}
