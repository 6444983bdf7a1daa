/** The dialects of drizzle-kit, as its config names them. */
export type DialectName = 'postgresql' | 'mysql' | 'sqlite' | 'turso' | 'singlestore' | 'gel'
