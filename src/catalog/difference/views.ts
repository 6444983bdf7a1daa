import type { ChangeBody } from '../change.ts'
import type { View } from '../catalog.ts'
import { nameKey } from '../names.ts'
import { type Comparison, nameOf } from './comparison.ts'

/** Views that are there on one side only, or of another kind. What they select is not compared. */
function missing(
  views: ReadonlyMap<string, View>,
  others: ReadonlyMap<string, View>,
): readonly View[] {
  return [...views.values()]
    .filter((view) => others.get(nameKey(view))?.materialized !== view.materialized)
    .sort((a, b) => (nameKey(a) < nameKey(b) ? -1 : 1))
}

export function createdViews({ from, to }: Comparison): readonly ChangeBody[] {
  return missing(to.views, from.views).map((view) => ({
    kind: 'CreateView',
    view,
    replace: false,
    ifNotExists: false,
    withData: view.materialized,
  }))
}

export function droppedViews({ from, to }: Comparison): readonly ChangeBody[] {
  return missing(from.views, to.views).map((view) => ({
    kind: 'DropView',
    view: nameOf(view),
    materialized: view.materialized,
    cascade: false,
    ifExists: false,
  }))
}
