/** What `verify` is asked for besides what a check is. */
export interface VerifySettings {
  /** Milliseconds that any one statement may take. */
  readonly patience: number
}
