// The start of a thread that makes checks of a run: it is handed them, and hands back their results.
import { parentPort, workerData } from 'node:worker_threads'
import { loadCompiled } from './cache/compiledCode.ts'

void loadCompiled(__dirname, 'main/0')
  .work(workerData)
  .then((done) => parentPort!.postMessage(done))
