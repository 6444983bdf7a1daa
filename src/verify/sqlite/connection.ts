/** A database file that is open, whatever its driver calls its methods. */
export interface Connection {
  /** The rows of one statement. */
  all(sql: string): Record<string, unknown>[]
  /**
   * What a migrator hands over at once, by the method that drizzle-orm's session calls: of several
   * statements one driver refuses all, another runs the first.
   */
  run(sql: string): void
  /** Any number of statements. */
  exec(sql: string): void
  close(): void
}

/** How a file is opened. */
export type Access = 'read' | 'write'

/** A driver of SQLite that is installed. */
export interface Driver {
  /** `better-sqlite3 12.6.2`. */
  readonly name: string
  /**
   * Opens a file; to read, it has to be there.
   *
   * @param file - absolute
   * @throws what the driver throws
   */
  open(file: string, access: Access): Connection
}
