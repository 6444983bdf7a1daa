/** A database's address, and what of it nobody may see. */
export interface Address {
  readonly url: URL
  /** Takes the address, and what is secret in it, out of a text by others. */
  hide(text: string): string
}

/**
 * Reads the address of a PostgreSQL server.
 *
 * @returns null where it is none; the text itself is in no message
 */
export function readAddress(text: string): Address | null {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return null
  }
  if (!/^postgres(?:ql)?:$/.test(url.protocol)) return null
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

/** Whether nothing leaves this machine on the way there. */
export function isLoopback({ url }: Address): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase()
  const socket = url.searchParams.get('host') ?? ''
  if (socket !== '') return socket.startsWith('/')
  return host === 'localhost' || host === '::1' || /^127(?:\.\d+){3}$/.test(host)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
