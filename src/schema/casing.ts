/**
 * A key as drizzle-orm 0.x and 1.0 write it in snake case: `userID2` becomes `user_id_2`. Held
 * against drizzle-orm by test/schema/casing.test.ts.
 */
export function snakeCase(key: string): string {
  const apart = key
    .replace(/['\u2019]/g, '')
    .replace(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=\d|[A-Z][a-z])/g, '_')
  return apart
    .split(/[^a-zA-Z\d]+/)
    .filter((word) => word !== '')
    .join('_')
    .toLowerCase()
}
