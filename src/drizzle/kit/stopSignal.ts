import { AsyncLocalStorage } from 'node:async_hooks'

const signals = new AsyncLocalStorage<AbortSignal>()

/** Does something that a signal stops: processes that are started for it end with it. */
export function stoppedBy<T>(signal: AbortSignal, act: () => Promise<T>): Promise<T> {
  return signals.run(signal, act)
}

/** The signal that stops what is being done, where there is one. */
export function stopSignal(): AbortSignal | undefined {
  return signals.getStore()
}
