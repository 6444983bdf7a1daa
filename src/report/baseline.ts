import { inert, printable } from './printable.ts'
import { count } from './summary.ts'

interface Baseline {
  readonly project: string
  readonly baseline: string
  readonly setAside: readonly (readonly [rule: string, count: number])[]
}

/** What `baseline` has done, or what is to be written by hand. */
export function baselineText(result: {
  readonly projects: readonly Baseline[]
  readonly skipped: readonly string[]
  readonly file: string
  readonly lines: string | null
}): string {
  const { projects, skipped, file, lines } = result
  const said = projects.flatMap(({ project, baseline, setAside }) => {
    const total = setAside.reduce((sum, [, one]) => sum + one, 0)
    const head = `${project}: ${baseline}; sets aside ${count(total, 'finding')} at or before it`
    return [head, ...setAside.map(([rule, one]) => `  ${String(one).padStart(4)}  ${rule}`)]
  })
  const end =
    lines === null
      ? `Written to ${file}. Later migrations are judged as before.`
      : `${file} is a program and was not edited. Put this into it:\n\n${lines}`
  return inert(`${[...said, ...skipped].map(printable).join('\n')}\n\n${end}\n`)
}
