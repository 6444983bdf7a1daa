import type { Row } from './row.ts'
export function summary(all: readonly { name: string; rows: readonly Row[] }[]): string {
  return JSON.stringify(all.length)
}
