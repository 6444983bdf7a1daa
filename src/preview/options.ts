import type { JSONSchema4 } from 'json-schema'

/** What a schema file's project may say itself, where its drizzle config does not tell. */
export interface PreviewOptions {
  readonly migrations?: string
  readonly casing?: 'snake_case' | 'camelCase'
}

/** The same as ESLint takes it. */
export const PREVIEW_OPTIONS: Record<keyof PreviewOptions, JSONSchema4> = {
  migrations: {
    type: 'string',
    description:
      'The migrations folder, relative to where ESLint runs. Without it, the `out` of the nearest `drizzle.config.*` above the file counts, for the files that its `schema` leads to.',
  },
  casing: {
    enum: ['snake_case', 'camelCase'],
    description: "The drizzle config's `casing`, where it cannot be read from its text.",
  },
}
