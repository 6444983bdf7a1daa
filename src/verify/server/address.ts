import { ProblemError } from '../../finding/problem.ts'

/** A database's address, and what of it nobody may see. */
export interface Address {
  readonly url: URL
  /** Takes the address, and what is secret in it, out of a text by others. */
  hide(text: string): string
}

/** How the addresses of a kind of server begin, and an example for messages. */
export interface Scheme {
  readonly protocol: RegExp
  readonly server: string
  readonly example: string
}

export const POSTGRES: Scheme = {
  protocol: /^postgres(?:ql)?:$/,
  server: 'PostgreSQL',
  example: 'postgres://role:password@host:5432/database',
}

/**
 * Reads the address of a server.
 *
 * @returns null where it is none; the text itself is in no message
 */
export function readAddress(text: string, { protocol }: Scheme = POSTGRES): Address | null {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return null
  }
  if (!protocol.test(url.protocol)) return null
  const password = decoded(url.password)
  const inQuery = [...url.searchParams].flatMap(([key, value]) =>
    /pass|secret|token|key/i.test(key) ? [value] : [],
  )
  const secrets = [text, url.href, password, url.password, ...inQuery].filter((one) => one !== '')
  secrets.sort((a, b) => b.length - a.length)
  return {
    url,
    hide: (told) => secrets.reduce((left, secret) => left.replaceAll(secret, '***'), told),
  }
}

/**
 * The address of a server that was given.
 *
 * @throws ProblemError where it is none; the text itself is in no message
 */
export function requireAddress(text: string, scheme: Scheme = POSTGRES): Address {
  const address = readAddress(text, scheme)
  if (address !== null) return address
  throw new ProblemError({
    message: `--url is not the address of a ${scheme.server} database`,
    file: null,
    help: `It looks like ${scheme.example}.`,
  })
}

/** Whether nothing leaves this machine on the way there. */
export function isLoopback({ url }: Address): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase()
  const socket = url.searchParams.get('host') ?? ''
  if (socket !== '') return socket.startsWith('/')
  return host === 'localhost' || host === '::1' || /^127(?:\.\d+){3}$/.test(host)
}

/**
 * Keeps to this machine, unless it is told otherwise.
 *
 * @throws ProblemError where the server is on another one
 */
export function requireLoopback(address: Address, allowRemote: boolean): void {
  if (allowRemote || isLoopback(address)) return
  throw new ProblemError({
    message: 'the server of --url is not on this machine, and others may be using it',
    file: null,
    help: 'Use one on this machine, or pass --allow-remote if the server is there for this purpose.',
  })
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
