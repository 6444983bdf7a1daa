import type { States } from '../../verify/embedded/states.ts'

/** What `verify` is asked for besides what a check is. */
export interface VerifySettings {
  /** Milliseconds that any one statement may take. */
  readonly patience: number
  /** A server to make a scratch database on, in place of the embedded one. */
  readonly server?: {
    /** Its address; in no output. */
    readonly url: string
    readonly allowRemote: boolean
    readonly allowSuperuser: boolean
  }
  /** Where databases of earlier runs are kept; by default beside the other caches of the checkout. */
  readonly states?: States
  /** Is told in a few words what goes on, each time that changes. */
  readonly progress?: (doing: string) => void
}
