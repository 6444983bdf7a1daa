import type { Change } from '../../../catalog/change.ts'
import { foldForeignKeys } from './fold/foreignKey.ts'
import { foldRecreatedEnums } from './fold/recreatedEnum.ts'

/**
 * Idioms of several statements become the one change they mean, before anyone judges them: one
 * hazard, one finding (design, "Fold"). They may span statements and files of a deployment.
 */
export function fold(changes: readonly Change[]): readonly Change[] {
  return foldRecreatedEnums(foldForeignKeys(changes))
}
