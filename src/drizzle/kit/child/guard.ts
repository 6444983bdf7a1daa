import { Worker } from 'node:worker_threads'
import type { ChildLimits } from '../request.ts'

/** Milliseconds between two looks. */
const PERIOD = 250

/**
 * Ends this process when its parent is gone or its time is up, from a thread of its own: a schema
 * that loops never comes back to the event loop, and a parent that was killed ends nobody.
 *
 * @param folder - what is left of the question, with the values of the environment in it; removed
 *   where the parent cannot do it any more
 */
export function installGuard(folder: string, { parent, patience }: ChildLimits): void {
  new Worker(WATCH, {
    eval: true,
    workerData: { folder, parent, patience, period: PERIOD },
    // Not those of this process, which load this file.
    execArgv: [],
    env: {},
    stdin: false,
  }).unref()
}

const WATCH = `
const { workerData: { folder, parent, patience, period } } = require('node:worker_threads')
const { rmSync } = require('node:fs')
const end = Date.now() + patience
const isGone = () => {
  if (process.ppid !== parent) return true
  try { process.kill(parent, 0) } catch (error) { return error.code === 'ESRCH' }
  return false
}
setInterval(() => {
  const gone = isGone()
  if (!gone && Date.now() < end) return
  try { if (gone) rmSync(folder, { recursive: true, force: true }) } catch {}
  process.kill(process.pid, 'SIGKILL')
}, period)
`
