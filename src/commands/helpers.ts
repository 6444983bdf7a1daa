import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Done, Helpers, Share } from '../check/threads/share.ts'

/** More threads than this only wait for each other: for the disk, and for memory. */
const MOST = 3

/** Threads that run what the build makes of `src/helper.ts`. */
export function helpers(): Helpers {
  return { most: Math.min(MOST, availableParallelism() - 1), start }
}

function start(share: Share): Promise<readonly Done[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(join(import.meta.dirname, 'helper.cjs'), { workerData: share })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the thread ended without a result')))
  })
}
