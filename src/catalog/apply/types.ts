import { type Catalog, type EnumType, columnsOfType } from '../catalog.ts'
import type { TypeChange } from '../change/types.ts'
import { type QualifiedName, nameKey } from '../names.ts'
import { SharedSet } from '../sharedSet.ts'
import { dropType } from './drop.ts'
import { updateTables, withEntry, without } from './update.ts'

/** What a change of a type leaves behind. */
export function applyTypeChange(catalog: Catalog, change: TypeChange): Catalog {
  switch (change.kind) {
    case 'CreateEnum':
    case 'RecreateEnum':
      return putEnum(catalog, {
        schema: change.type.schema,
        name: change.type.name,
        labels: change.labels,
        createdIn: catalog.deployment,
        createdBy: catalog.transaction,
        added: [],
      })
    case 'AddEnumValue':
      return addEnumValue(catalog, change)
    case 'RenameEnumValue':
      return updateEnum(catalog, change.type, (type) => ({
        ...type,
        labels: type.labels.map((label) => (label === change.label ? change.to : label)),
      }))
    case 'CreateDomain':
      return {
        ...catalog,
        gone: existing(catalog, change.type),
        domains: withEntry(catalog.domains, nameKey(change.type), {
          schema: change.type.schema,
          name: change.type.name,
          base: change.base,
          constrained: change.constrained,
          createdIn: catalog.deployment,
        }),
      }
    case 'AddDomainConstraint': {
      const domain = catalog.domains.get(nameKey(change.type))
      return domain === undefined
        ? catalog
        : {
            ...catalog,
            domains: withEntry(catalog.domains, nameKey(change.type), {
              ...domain,
              constrained: true,
            }),
          }
    }
    case 'CreateType':
      return {
        ...catalog,
        gone: existing(catalog, change.type),
        types: (catalog.types ?? SharedSet.from([])).with(nameKey(change.type)),
      }
    case 'DropType':
      return dropType(catalog, change.type)
    case 'RenameType':
      return renameType(catalog, change.type, change.to)
    case 'ValidateDomainConstraint':
      return catalog
  }
}

function existing(catalog: Catalog, type: QualifiedName): Catalog['gone'] {
  return catalog.gone.without(nameKey(type))
}

function putEnum(catalog: Catalog, type: EnumType): Catalog {
  return {
    ...catalog,
    gone: existing(catalog, type),
    enums: withEntry(catalog.enums, nameKey(type), type),
  }
}

function updateEnum(
  catalog: Catalog,
  name: QualifiedName,
  update: (type: EnumType) => EnumType,
): Catalog {
  const type = catalog.enums.get(nameKey(name)) ?? {
    schema: name.schema,
    name: name.name,
    labels: [],
    createdIn: 0,
    createdBy: 0,
    added: [],
  }
  return { ...catalog, enums: withEntry(catalog.enums, nameKey(name), update(type)) }
}

function addEnumValue(catalog: Catalog, change: TypeChange & { kind: 'AddEnumValue' }): Catalog {
  return updateEnum(catalog, change.type, (type) => {
    if (type.labels.includes(change.label)) return type
    const labels = [...type.labels]
    const neighbour = change.beforeLabel ?? change.afterLabel
    const at = neighbour === null ? -1 : labels.indexOf(neighbour)
    labels.splice(
      at < 0 ? labels.length : change.beforeLabel === null ? at + 1 : at,
      0,
      change.label,
    )
    return {
      ...type,
      labels,
      added: [...type.added, { label: change.label, by: catalog.transaction }],
    }
  })
}

/** Gives a type another name or schema, in the columns of it too. */
export function renameType(catalog: Catalog, from: QualifiedName, to: QualifiedName): Catalog {
  const uses = (type: { schema: string | null; name: string }) =>
    type.schema === from.schema && type.name === from.name
  const users = columnsOfType(catalog, from).map(({ table }) => table)
  const retyped = updateTables(catalog, users, (table) => ({
    ...table,
    columns: table.columns.map((column) =>
      uses(column.type)
        ? { ...column, type: { ...column.type, schema: to.schema, name: to.name } }
        : column,
    ),
  }))
  const type = retyped.enums.get(nameKey(from))
  const domain = retyped.domains.get(nameKey(from))
  return {
    ...retyped,
    enums: type
      ? withEntry(without(retyped.enums, nameKey(from)), nameKey(to), { ...type, ...to })
      : retyped.enums,
    domains: domain
      ? withEntry(without(retyped.domains, nameKey(from)), nameKey(to), { ...domain, ...to })
      : retyped.domains,
    gone: existing(retyped, to).with(nameKey(from)),
    ...(retyped.types?.has(nameKey(from)) && {
      types: retyped.types.without(nameKey(from)).with(nameKey(to)),
    }),
  }
}
