import type { ChangeBody } from '../change.ts'
import type { EnumType } from '../catalog.ts'
import { nameKey } from '../names.ts'
import { type Comparison, nameOf, onlyIn } from './comparison.ts'

export function addedEnums({ from, to }: Comparison): readonly ChangeBody[] {
  return onlyIn(to.enums, from.enums).map((type) => ({
    kind: 'CreateEnum',
    type: nameOf(type),
    labels: type.labels,
  }))
}

export function droppedEnums({ from, to }: Comparison): readonly ChangeBody[] {
  return onlyIn(from.enums, to.enums).map((type) => ({
    kind: 'DropType',
    type: nameOf(type),
    cascade: false,
    ifExists: false,
  }))
}

/** Labels can be added anywhere; to drop or to move one means recreating the type. */
export function alteredEnums({ from, to }: Comparison): readonly ChangeBody[] {
  return [...to.enums.values()]
    .sort((a, b) => (nameKey(a) < nameKey(b) ? -1 : 1))
    .flatMap((type): readonly ChangeBody[] => {
      const old = from.enums.get(nameKey(type))
      if (old === undefined || old.labels.join('\0') === type.labels.join('\0')) return []
      const kept = type.labels.filter((label) => old.labels.includes(label))
      if (kept.join('\0') === old.labels.join('\0')) return addedLabels(old, type)
      const columns = [...from.tables.values()].flatMap((table) =>
        table.columns
          .filter((column) => column.type.schema === type.schema && column.type.name === type.name)
          .map((column) => ({ table: nameOf(table), column: column.name })),
      )
      return [
        {
          kind: 'RecreateEnum',
          type: nameOf(type),
          from: old.labels,
          labels: type.labels,
          columns,
        },
      ]
    })
}

function addedLabels(old: EnumType, { labels, ...type }: EnumType): readonly ChangeBody[] {
  return labels.flatMap((label, position) => {
    if (old.labels.includes(label)) return []
    const before = labels.slice(position + 1).find((next) => old.labels.includes(next))
    return [
      {
        kind: 'AddEnumValue' as const,
        type: nameOf(type),
        label,
        ifNotExists: false,
        beforeLabel: before ?? null,
        afterLabel: null,
      },
    ]
  })
}
