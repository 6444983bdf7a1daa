import { type Json, defaultText, generated, text, texts } from '../../snapshot/json.ts'
import type { SnapshotColumn, SnapshotTable } from './snapshot.ts'

/** What every version writes in the same way. */
export function readColumn(json: Json): SnapshotColumn {
  return {
    name: text(json['name']),
    type: text(json['type']),
    notNull: json['notNull'] === true,
    autoIncrement: json['autoincrement'] === true,
    default: defaultText(json['default']),
    generated: generated(json['generated']),
  }
}

export function readUniques(uniques: readonly Json[]): SnapshotTable['uniques'] {
  return uniques.map(({ name, columns }) => ({ name: text(name), columns: texts(columns) }))
}
