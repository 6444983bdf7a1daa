import type { Hazard } from '../../src/report/hazardDocs.ts'

const NET_FAILS = ['fails-when-run']

/** What is decided of every hazard that was measured on SQLite, libSQL and D1. */
export const hazardsOfSqlite: readonly Hazard[] = [
  [
    'S01',
    'A rebuild of a table that others reference',
    ['rebuild-deletes-children'],
    'Not where the driver switches foreign keys off before the transaction (libSQL). Copying the rows aside and back in the same file does not silence it.',
  ],
  ['S02', "A rebuild of a table that a view or another table's trigger names", NET_FAILS],
  ['S03', 'A rebuild that does not recreate triggers or indexes', ['incomplete-rebuild']],
  ['S04', 'A rebuild makes AUTOINCREMENT start over', ['incomplete-rebuild']],
  [
    'S05',
    'drizzle-kit 0.31 adds a column and changes another in one rebuild',
    NET_FAILS,
    'On D1 and sql.js as well, where it does not fail but fills the column with its own name.',
  ],
  ['S06', 'A rebuild to NOT NULL', ['set-not-null']],
  [
    'S07',
    'A rebuild with a new check or foreign key',
    NET_FAILS,
    'Not where an earlier statement writes to the table, nor for another text of a check, which mostly lets more pass. With foreign keys off, orphans stay unnoticed.',
  ],
  ['S08', 'A rebuild with another type', ['change-column-type']],
  ['S09', 'A rebuild whose INSERT leaves a column out', ['incomplete-rebuild']],
  [
    'S10',
    'ADD COLUMN that passes on an empty table and fails on the first row',
    ['required-column-without-default', 'fails-when-run'],
    'Whether a constant default passes a CHECK of its column is not judged yet.',
  ],
  [
    'S11',
    'ADD COLUMN … UNIQUE, PRIMARY KEY, IF NOT EXISTS; a foreign type in a STRICT table',
    ['fails-when-run', 'unparsed'],
  ],
  [
    'S12',
    'A reference to a table that does not exist',
    [],
    'The migration passes, and a table that no migration creates may be another tool’s.',
  ],
  [
    'S13',
    'DROP COLUMN of a column that an index, a check, a view or a trigger uses',
    ['fails-when-run', 'drop-column'],
  ],
  ['S14', 'A rename while a view is broken', NET_FAILS],
  ['S15', 'DROP TABLE of a table that others reference', ['drop-table', 'fails-when-run']],
  ['S16', 'DROP TABLE of a table that a view uses', ['drop-table'], 'The message names the view.'],
  ['S17', 'Two statements between two breakpoints', ['missing-breakpoint']],
  ['S18', 'A custom migration that was not edited', ['broken-folder-setup']],
  ['S19', 'BEGIN, COMMIT, VACUUM in a migration', NET_FAILS],
  ['S20', 'A unique index on rows that may repeat', ['create-index']],
  ['S21', 'An index name that an index of another table has', NET_FAILS],
  [
    'S22',
    'An unknown name in double quotes',
    NET_FAILS,
    'Not in a view: D1 and sql.js take it for a text, and the others fail only when the view is read.',
  ],
  [
    'S23',
    'libSQL’s ALTER COLUMN … TO …, which looks at no row',
    ['set-not-null', 'fails-when-run'],
    'Any other SQLite refuses it.',
  ],
  ['S24', 'ALTER COLUMN … SET NOT NULL, which SQLite has from 3.53 on', ['set-not-null']],
  [
    'S25',
    'Work that grows with the table, under the one write lock',
    [],
    'Silent by choice: readers go on, and how long other writers wait depends on the number of rows, which no migration tells.',
  ],
]
