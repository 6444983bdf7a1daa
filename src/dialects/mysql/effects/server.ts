import type { Session } from '../../effects.ts'

/** Which server a statement is for. */
export interface Server {
  readonly mariadb: boolean
  /** Deploy requests apply changes online; nobody waits. */
  readonly online: boolean
  /** Major × 100 + minor (8.4 → 804, 10.11 → 1011); null where it is not known. */
  readonly version: number | null
}

export function serverOf({ product, version }: Session): Server {
  return { mariadb: product === 'mariadb', online: product === 'planetscale', version }
}

/** Whether the server is known to be as new as that; of an unknown one the worst is assumed. */
export function isFrom(server: Server, version: number): boolean {
  return server.version !== null && server.version >= version
}
