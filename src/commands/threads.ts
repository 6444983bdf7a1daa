import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Done, Threads, Share } from '../check/threads/share.ts'

/** More threads than this only wait for each other: for the disk, and for memory. */
const MOST = 3

/** Threads that run what the build makes of `src/thread.ts`. */
export function threads(): Threads {
  return { most: Math.min(MOST, availableParallelism() - 1), start }
}

function start(share: Share): Promise<readonly Done[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(join(import.meta.dirname, 'thread.cjs'), {
      workerData: share,
      // A quarter of what V8 would take: 20 MB less, and no slower (bench/README.md).
      resourceLimits: { maxYoungGenerationSizeMb: 12 },
    })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the thread ended without a result')))
  })
}
