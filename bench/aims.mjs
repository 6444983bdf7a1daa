/**
 * What is aimed at. Only ratios of one run count: the same command differs by half from hour to
 * hour on a machine that others use too.
 */
const AIMS = [
  ...[20, 22, 24].map((major) => ({
    key: `since ${major}`,
    what: `\`--since\`, history cached, Node ${major}, × \`node -e 0\` (CPU)`,
    aim: 3,
    reached: false,
  })),
  ...[20, 22, 24].map((major) => ({
    key: `staged ${major}`,
    what: `\`--staged\`, history cached, Node ${major}, × \`node -e 0\` (CPU)`,
    aim: 3.5,
    reached: false,
  })),
  {
    key: 'irrelevant',
    what: 'an irrelevant commit through the hook, ms over a plain one',
    aim: 8,
    reached: true,
  },
  {
    key: 'remembered',
    what: 'a schema edit, remembered, 60 tables, × `node -e 0` (CPU)',
    aim: 4,
    reached: false,
  },
  {
    key: 'cold',
    what: 'a schema edit, cold, 60 tables, × `drizzle-kit generate` (clock)',
    aim: 0.8,
    reached: false,
  },
  { key: 'corpus', what: "the corpus's SQL, × squawk (clock)", aim: 3, reached: false },
  { key: 'memory', what: 'peak memory, one pending migration, MB', aim: 60, reached: false },
  { key: 'corpus memory', what: 'peak memory, the corpus, MB', aim: 150, reached: true },
]

/** How far an aim may be missed that was reached before: by more than noise. */
const TOLERANCE = 1.25

/**
 * The table of the aims.
 *
 * @param {ReadonlyMap<string, number>} measured - by key; what was not measured is left out
 * @returns {{ lines: string[]; lost: string[] }} Markdown, and the aims that were reached once and
 *   are missed by more than a quarter now
 */
export function compareWithAims(measured) {
  const told = AIMS.flatMap((one) => {
    const value = measured.get(one.key)
    return value === undefined ? [] : [{ ...one, value }]
  })
  const state = ({ value, aim, reached }) =>
    value <= aim ? 'reached' : reached && value <= aim * TOLERANCE ? 'reached before' : 'missed'
  return {
    lines: [
      '| | measured | aim | |',
      '|---|--:|--:|---|',
      ...told.map(
        (one) => `| ${one.what} | ${one.value.toFixed(1)} | ${one.aim} | ${state(one)} |`,
      ),
    ],
    lost: told
      .filter(({ value, aim, reached }) => reached && value > aim * TOLERANCE)
      .map(({ what }) => what),
  }
}
