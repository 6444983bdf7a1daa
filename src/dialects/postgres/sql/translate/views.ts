import type { RefreshMatViewStmt, ViewStmt } from '@pgsql/types'
import { newRangeName, rangeName } from '../names.ts'
import { type Translation, at } from './translation.ts'
import { viewSources } from './viewSources.ts'

/** CREATE VIEW. */
export function createView(translation: Translation, node: ViewStmt): void {
  const catalog = translation.catalog()
  translation.emit(
    {
      kind: 'CreateView',
      view: {
        ...newRangeName(catalog, node.view),
        materialized: false,
        reads: viewSources(catalog, node.query),
        indexes: [],
        createdIn: catalog.deployment,
      },
      replace: node.replace === true,
      ifNotExists: false,
      withData: false,
    },
    { name: at(node.view?.location) },
  )
}

/** REFRESH MATERIALIZED VIEW. */
export function refreshView(translation: Translation, node: RefreshMatViewStmt): void {
  translation.emit(
    {
      kind: 'RefreshView',
      view: rangeName(translation.catalog(), node.relation),
      concurrently: node.concurrent === true,
    },
    { name: at(node.relation?.location) },
  )
}
