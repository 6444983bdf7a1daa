import type { ChangeBody } from '../change.ts'
import { type Comparison, nameOf, onlyIn } from './comparison.ts'

export function createdSchemas({ from, to }: Comparison): readonly ChangeBody[] {
  return [...to.schemas]
    .filter((schema) => !from.schemas.has(schema))
    .sort()
    .map((schema) => ({ kind: 'CreateSchema', schema, ifNotExists: false }))
}

export function droppedSchemas({ from, to }: Comparison): readonly ChangeBody[] {
  return [...from.schemas]
    .filter((schema) => !to.schemas.has(schema))
    .sort()
    .map((schema) => ({ kind: 'DropSchema', schema, cascade: false, ifExists: false }))
}

/** Sequences that no column owns: the others come and go with their columns. */
export function createdSequences({ from, to }: Comparison): readonly ChangeBody[] {
  return onlyIn(to.sequences, from.sequences)
    .filter(({ ownedBy }) => ownedBy === null)
    .map((sequence) => ({
      kind: 'CreateSequence',
      sequence: nameOf(sequence),
      ifNotExists: false,
      ownedBy: null,
    }))
}

export function droppedSequences({ from, to }: Comparison): readonly ChangeBody[] {
  return onlyIn(from.sequences, to.sequences)
    .filter(({ ownedBy }) => ownedBy === null)
    .map((sequence) => ({
      kind: 'DropSequence',
      sequence: nameOf(sequence),
      cascade: false,
      ifExists: false,
    }))
}
