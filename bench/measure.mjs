import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** What no command takes that is measured. */
const MINUTES = 3

/**
 * Runs a command once: milliseconds on the clock, and of CPU with all it starts.
 *
 * @throws Error where it fails: that it found something (exit code 1) is no failure
 */
export function once(command, options = {}) {
  const started = process.hrtime.bigint()
  // The shell's `times` is the one portable way to the CPU time of a process and its children.
  const script = '"$@" >/dev/null 2>&1; code=$?; times; exit $code'
  const result = spawnSync('bash', ['-c', script, 'measure', ...command], {
    encoding: 'utf8',
    timeout: MINUTES * 60_000,
    killSignal: 'SIGKILL',
    ...options,
  })
  if (result.status === null || result.status > 1) {
    const how = result.status === null ? `> ${MINUTES} minutes` : `exit ${result.status}`
    throw new Error(`${command.join(' ').slice(0, 200)}: ${how}`)
  }
  const wall = Number(process.hrtime.bigint() - started) / 1e6
  const [user = 0, system = 0] = (result.stdout.trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map((time) => {
      const [, minutes, seconds] = /(\d+)m([\d.]+)s/.exec(time) ?? [0, 0, 0]
      return (Number(minutes) * 60 + Number(seconds)) * 1000
    })
  return { wall, cpu: user + system }
}

/** Runs several commands in turn, so many rounds; medians by name. */
export function compare(cases, rounds, before = () => {}) {
  const samples = new Map(cases.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const { name, command, options, prepare } of cases) {
      before(round)
      prepare?.(round)
      samples.get(name).push(once(command, options))
    }
  }
  return new Map(
    [...samples].map(([name, runs]) => [
      name,
      { cpu: median(runs.map(({ cpu }) => cpu)), wall: median(runs.map(({ wall }) => wall)) },
    ]),
  )
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** The most memory a Node command held, in MB; the kernel keeps the mark. */
export function peakMemory(command, options = {}) {
  const script = `"$@" >/dev/null 2>&1 & pid=$!; peak=0; while [ -r /proc/$pid/status ]; do now=$(sed -n 's/^VmHWM:[^0-9]*\\([0-9]*\\).*/\\1/p' /proc/$pid/status 2>/dev/null); [ -n "$now" ] && peak=$now; sleep 0.005; done; echo $peak`
  const result = spawnSync('bash', ['-c', script, 'memory', ...command], {
    encoding: 'utf8',
    ...options,
  })
  return Math.round(Number(result.stdout.trim()) / 1024)
}

/** What this machine is, for the record. */
export function machine() {
  const model =
    /model name\s*:\s*(.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'unknown'
  return `${model}, Node ${process.version}, load ${readFileSync('/proc/loadavg', 'utf8').split(' ')[0]}`
}
