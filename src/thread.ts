// The start of a thread that makes checks of a run: it is handed them, and hands back their results.
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { loadCompiled } from './cache/compiledCode.ts'

void loadCompiled(join(__dirname, 'main.cjs'))
  .work(workerData)
  .then((done) => parentPort!.postMessage(done))
