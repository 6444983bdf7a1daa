/**
 * Everything a report shows that was written by others goes through here: names, paths and SQL of a
 * repository, and what git, drizzle-kit and the schema say. It may not steer a terminal, start a line
 * or a command of a CI service, reorder what is read, or give a password away.
 */

const LINE_BREAKS_AND_CONTROLS = /[\p{Control}\u2028\u2029]+/gu
/** Would show the text after it in another order than it is in (https://trojansource.codes). */
const REORDERING = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g

/** A text by others on one line. */
export function printable(text: string): string {
  return withoutPasswords(text).replace(LINE_BREAKS_AND_CONTROLS, ' ').replace(REORDERING, escaped)
}

/** Whether a character would be shown as something else than itself. */
export function isUnprintable(character: string): boolean {
  return /[\p{Control}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u.test(character)
}

/**
 * A finished line of a report. CI services take commands from what is printed: GitHub at the start of
 * a line (`::error::`), GitHub, Azure and TeamCity anywhere (`##[error]`, `##vso[…]`, `##teamcity[…]`).
 * A backslash takes them their meaning.
 */
export function inertLine(line: string): string {
  return (
    line
      // eslint-disable-next-line no-control-regex
      .replace(/^((?:\s|\u001B\[[\d;]*m)*):(?=:)/, '$1\\:')
      .replace(/#(?=#(?:\[|vso\[|teamcity\[))/gi, '#\\')
  )
}

/** The same of a text of several lines. */
export function inert(text: string): string {
  return text.split('\n').map(inertLine).join('\n')
}

/** JSON on one line, in plain ASCII where a byte could mean something to whoever prints it. */
export function printableJson(value: unknown): string {
  const hide = (_: string, one: unknown) => (typeof one === 'string' ? withoutPasswords(one) : one)
  const text = JSON.stringify(value, hide)
  return (
    text
      // JSON.stringify escapes only those below U+0020.
      .replace(/[\u007F-\u009F\u2028\u2029]/g, escaped)
      .replace(REORDERING, escaped)
      .replace(/#(?=#(?:\[|vso\[|teamcity\[))/gi, '\\u0023')
  )
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

// Lengths are limited: a line may be megabytes long.
const URL_PASSWORD = /(:\/\/[^\s:@/'"`]{0,128}:)([^\s'"`]{1,512})(?=@)/g
/** GitHub and GitLab take a token in place of a user. */
const URL_TOKEN = /(https?:\/\/)([^\s:@/'"`]{1,512})(?=@)/gi
const PARAMETER = /\b(pass(?:word|wd)?=|pwd=)([^\s&;'"`]{1,512})/gi

/** A text in which no URL and no connection string tells a password. */
export function withoutPasswords(text: string): string {
  return masked(text, () => '***')
}

/** The same, with every character where it was. */
export function withoutPasswordsInPlace(text: string): string {
  return masked(text, (secret) => '*'.repeat(secret.length))
}

function masked(text: string, mask: (secret: string) => string): string {
  const hide = (_: string, before: string, secret: string) => before + mask(secret)
  const isUrl = text.includes('://')
  const urls = isUrl ? text.replace(URL_PASSWORD, hide).replace(URL_TOKEN, hide) : text
  return urls.includes('=') ? urls.replace(PARAMETER, hide) : urls
}
