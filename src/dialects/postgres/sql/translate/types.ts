import type { AlterDomainStmt, AlterEnumStmt, CreateDomainStmt, CreateEnumStmt } from '@pgsql/types'
import { creationSchema, dataType, strings, typeNameOf } from '../names.ts'
import { constraintNodes } from './columns.ts'
import type { QualifiedName } from '../../../../catalog/names.ts'
import { type Translation, lastWord } from './translation.ts'

function newTypeName(translation: Translation, names: readonly string[]): QualifiedName {
  return {
    schema: names.at(-2) ?? creationSchema(translation.catalog()),
    name: names.at(-1) ?? '',
  }
}

/** CREATE TYPE … AS ENUM. */
export function createEnum(translation: Translation, node: CreateEnumStmt): void {
  const names = strings(node.typeName)
  const type = newTypeName(translation, names)
  translation.emit(
    { kind: 'CreateEnum', type, labels: strings(node.vals) },
    { name: lastWord(type.name), type: lastWord(type.name) },
  )
}

/** ALTER TYPE … ADD VALUE and RENAME VALUE. */
export function alterEnum(translation: Translation, node: AlterEnumStmt): void {
  const type = typeNameOf(translation.catalog(), strings(node.typeName))
  const places = { name: lastWord(type.name), type: lastWord(type.name) }
  translation.emit(
    node.oldVal
      ? { kind: 'RenameEnumValue', type, label: node.oldVal, to: node.newVal ?? '' }
      : {
          kind: 'AddEnumValue',
          type,
          label: node.newVal ?? '',
          ifNotExists: node.skipIfNewValExists === true,
          beforeLabel: node.newValIsAfter === true ? null : (node.newValNeighbor ?? null),
          afterLabel: node.newValIsAfter === true ? (node.newValNeighbor ?? null) : null,
        },
    places,
  )
}

/** CREATE DOMAIN. */
export function createDomain(translation: Translation, node: CreateDomainStmt): void {
  const type = newTypeName(translation, strings(node.domainname))
  const constraints = constraintNodes(node.constraints)
  translation.emit(
    {
      kind: 'CreateDomain',
      type,
      base: dataType(translation.catalog(), node.typeName, null),
      constrained: constraints.some(
        (constraint) =>
          constraint.contype === 'CONSTR_CHECK' || constraint.contype === 'CONSTR_NOTNULL',
      ),
    },
    { name: lastWord(type.name) },
  )
}

/** ALTER DOMAIN; `C` adds a constraint, `O` is SET NOT NULL, `V` validates (parsenodes.h). */
export function alterDomain(translation: Translation, node: AlterDomainStmt): void {
  const type = typeNameOf(translation.catalog(), strings(node.typeName))
  const places = { name: lastWord(type.name) }
  const constraint = node.def && 'Constraint' in node.def ? node.def.Constraint : undefined
  const subtype = node.subtype as string | undefined
  if (subtype === 'C' || subtype === 'O') {
    translation.emit(
      { kind: 'AddDomainConstraint', type, valid: constraint?.skip_validation !== true },
      places,
    )
  } else if (subtype === 'V') {
    translation.emit({ kind: 'ValidateDomainConstraint', type }, places)
  } else translation.emit({ kind: 'Harmless', command: 'ALTER DOMAIN', table: null })
}
