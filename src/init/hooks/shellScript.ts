import { type HookName, hookCommand, runsHook } from '../../setup/hookLines.ts'
import { lineEndOf } from '../../json/lineEnds.ts'
import { Refusal } from '../refusal.ts'

/** How a hook script is started. */
export interface ScriptKind {
  /** Whether its first failing command ends it (`sh -e`, as husky does). */
  readonly stopsAtFailure: boolean
  /** What a new script starts with; lines without their ends. */
  readonly header: readonly string[]
}

/**
 * A hook script with our line in it; the text itself where it has one.
 *
 * The line goes to the end, after what may change what is staged, but to the top where a command
 * before it may leave the script. It never hides that a command before it failed. In pre-push it
 * hands on what it has read from stdin: other hooks (git-lfs) read it too.
 *
 * @param text - null where there is no script yet
 * @throws Refusal where the script is no shell script
 */
export function withHook(
  text: string | null,
  name: HookName,
  packageFolder: string,
  kind: ScriptKind,
  path: string,
): string {
  const command = hookCommand(name, packageFolder)
  if (text === null || text.trim() === '') return `${[...kind.header, command].join('\n')}\n`
  if (runsHook(text, name)) return text
  requireShell(text, path, command)
  if (isEmptyScript(text)) return appended(text, command)
  if (name === 'pre-push') return atTop(text, sharedInput(command))
  if (mayLeave(text)) return atTop(text, [kind.stopsAtFailure ? command : `${command} || exit 1`])
  const isGuarded = !kind.stopsAtFailure && name === 'pre-commit'
  return appended(text, isGuarded ? `[ $? -eq 0 ] && ${command}` : command)
}

/** The script without our lines; null where nothing else is in it. */
export function withoutHook(
  text: string,
  name: HookName,
  packageFolder: string,
  kind: ScriptKind,
): string | null {
  const command = hookCommand(name, packageFolder)
  const end = lineEndOf(text)
  let rest = text
  for (const lines of [
    sharedInput(command),
    [`${command} || exit 1`],
    [`[ $? -eq 0 ] && ${command}`],
    [command],
  ]) {
    rest = withoutLines(rest, lines, end)
  }
  const isBare = rest.trim() === '' || rest.trim() === kind.header.join(end).trim()
  return rest !== text && isBare ? null : rest
}

/** Runs a command with what is on stdin, and leaves it there for the commands after it. */
function sharedInput(command: string): readonly string[] {
  return [
    'pushed_refs=$(cat)',
    `printf '%s\\n' "$pushed_refs" | ${command} || exit 1`,
    'exec <<PUSHED_REFS',
    '$pushed_refs',
    'PUSHED_REFS',
  ]
}

function requireShell(text: string, path: string, command: string): void {
  const [, interpreter] = /^#!\s*(.+)/.exec(text) ?? []
  if (interpreter === undefined || /\b(?:ba|da|k|z)?sh\b/.test(interpreter)) return
  throw new Refusal(
    path,
    `${path} is not a shell script (${interpreter.trim()})`,
    `Run this in it: ${command}`,
  )
}

/** Whether a command may end the script with success, so that what comes after is not reached. */
function mayLeave(text: string): boolean {
  return codeOf(text).some((line) => /\bexec\b|\bexit\b(?!\s+[1-9])|\breturn\b/.test(line))
}

function isEmptyScript(text: string): boolean {
  return codeOf(text).length === 0
}

function codeOf(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/(?:^|\s)#.*$/, '').trim())
    .filter((line) => line !== '')
}

function appended(text: string, line: string): string {
  const end = lineEndOf(text)
  return `${text}${text.endsWith('\n') ? '' : end}${line}${end}`
}

/** After the first lines, which say how the script is run: `#!`, comments, `set`, husky's loader. */
function atTop(text: string, lines: readonly string[]): string {
  const end = lineEndOf(text)
  const all = text.split(end)
  const isHead = (line: string) => /^\s*(?:#.*|set\s.*|\.\s+.*husky\.sh["']?)?\s*$/.test(line)
  const first = all.findIndex((line) => !isHead(line))
  let at = first < 0 ? all.length : first
  // Comments that stand right above a command belong to it.
  while (at > 1 && /^\s*#/.test(all[at - 1] ?? '')) at--
  return [...all.slice(0, at), ...lines, ...all.slice(at)].join(end)
}

function withoutLines(text: string, lines: readonly string[], end: string): string {
  const all = text.split(end)
  for (let at = all.length - lines.length; at >= 0; at--) {
    if (lines.every((line, i) => all[at + i] === line)) all.splice(at, lines.length)
  }
  return all.join(end)
}
