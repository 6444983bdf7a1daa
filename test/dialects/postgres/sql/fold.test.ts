import { describe, expect, test } from 'vitest'
import { kinds, ofKind, replayed } from './replayed.ts'

describe('an enum recreated by way of text is one change', () => {
  const deployed = `CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
    CREATE TABLE people (id int, mood mood DEFAULT 'ok', moods mood[]); CREATE TABLE pets (mood mood, other text);`
  const away = (table: string, column: string, type = 'text') =>
    `ALTER TABLE "${table}" ALTER COLUMN "${column}" SET DATA TYPE ${type};--> statement-breakpoint\n`
  const back = (table: string, column: string, type = '"public"."mood"') =>
    `ALTER TABLE "${table}" ALTER COLUMN "${column}" SET DATA TYPE ${type} USING "${column}"::${type};--> statement-breakpoint\n`
  const anew = `DROP TYPE "public"."mood";--> statement-breakpoint
CREATE TYPE "public"."mood" AS ENUM('sad', 'happy');--> statement-breakpoint\n`
  const all = [
    away('people', 'mood'),
    away('people', 'moods', 'text[]'),
    away('pets', 'mood'),
  ].join('')
  const allBack = [
    back('people', 'mood'),
    back('people', 'moods', '"public"."mood"[]'),
    back('pets', 'mood'),
  ].join('')

  test('with the labels before and after and the columns it rewrites', () => {
    const { folded, changes, before, after, textOf } = replayed(all + anew + allBack, { deployed })
    expect(kinds(folded)).toEqual(['RecreateEnum'])
    const [change] = ofKind(folded, 'RecreateEnum')
    expect(change).toMatchObject({
      type: { schema: 'public', name: 'mood' },
      from: ['sad', 'ok', 'happy'],
      labels: ['sad', 'happy'],
      columns: [
        { table: { schema: 'public', name: 'people' }, column: 'mood' },
        { table: { schema: 'public', name: 'people' }, column: 'moods' },
        { table: { schema: 'public', name: 'pets' }, column: 'mood' },
      ],
    })
    expect(change?.before).toBe(before)
    expect(change?.after).toBe(after)
    expect(change?.folded).toEqual(changes)
    expect(textOf(change)).toBe('ALTER TABLE "people" ALTER COLUMN "mood" SET DATA TYPE text')
  })

  test('with the defaults that drizzle-kit takes off and puts back left as they are', () => {
    const sql = `${away('people', 'mood')}ALTER TABLE "people" ALTER COLUMN "mood" SET DEFAULT 'sad'::text;
      ${away('people', 'moods', 'text[]')}${away('pets', 'mood')}${anew}
      ALTER TABLE "people" ALTER COLUMN "mood" SET DEFAULT 'sad'::"public"."mood"; ${allBack}`
    expect(kinds(replayed(sql, { deployed }).folded)).toEqual([
      'SetDefault',
      'SetDefault',
      'RecreateEnum',
    ])
  })

  test('over files of one deployment, reported at its first part', () => {
    const { folded } = replayed([all, anew, allBack], { deployed })
    expect(kinds(folded)).toEqual(['RecreateEnum'])
    expect(folded[0]?.origin.migration).toBe('0')
    expect(folded[0]?.folded.at(-1)?.origin.migration).toBe('2')
  })

  test('whatever the order in which the columns come back: it ends with the last of them', () => {
    const backwards = [
      back('pets', 'mood'),
      back('people', 'moods', '"public"."mood"[]'),
      back('people', 'mood'),
    ].join('')
    const { folded, after } = replayed(`${all}${anew}${backwards}SELECT 1;`, { deployed })
    expect(kinds(folded)).toEqual(['RecreateEnum', 'ReadRows'])
    expect(folded[0]?.after).toBe(after)
    expect(folded[0]?.folded.map(({ origin }) => origin.statement)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7,
    ])
  })

  test('with a column that stays text told apart', () => {
    const { folded } = replayed(`${all}${anew}${back('people', 'mood')}`, { deployed })
    expect(kinds(folded)).toEqual(['AlterColumnType', 'AlterColumnType', 'RecreateEnum'])
    expect(ofKind(folded, 'RecreateEnum')[0]?.columns).toHaveLength(1)
  })

  test('twice in a deployment, for two enums', () => {
    const level = `CREATE TYPE level AS ENUM ('low'); CREATE TABLE games (level level);`
    const again = `ALTER TABLE games ALTER level TYPE text; DROP TYPE level; CREATE TYPE level AS ENUM ('high');
      ALTER TABLE games ALTER level TYPE level USING level::level;`
    const { folded } = replayed(`${all}${anew}${allBack}${again}`, { deployed: deployed + level })
    expect(ofKind(folded, 'RecreateEnum').map(({ type }) => type.name)).toEqual(['mood', 'level'])
    expect(folded).toHaveLength(2)
  })

  test.each([
    [
      'a type that is only dropped',
      `${all}${anew.split('-->')[0]}`,
      ['AlterColumnType', 'AlterColumnType', 'AlterColumnType', 'DropType'],
    ],
    [
      'one that no column comes back to',
      `${all}${anew}`,
      ['AlterColumnType', 'AlterColumnType', 'AlterColumnType', 'DropType', 'CreateEnum'],
    ],
    [
      'an enum of another name',
      `${all}DROP TYPE mood; CREATE TYPE feeling AS ENUM ('sad'); ${back('pets', 'mood', 'feeling')}`,
      [
        'AlterColumnType',
        'AlterColumnType',
        'AlterColumnType',
        'DropType',
        'CreateEnum',
        'AlterColumnType',
      ],
    ],
    [
      'one whose columns CASCADE takes away',
      `${away('pets', 'mood')}DROP TYPE mood CASCADE; CREATE TYPE mood AS ENUM ('sad'); ${back('pets', 'mood')}`,
      ['AlterColumnType', 'DropType', 'CreateEnum', 'AlterColumnType'],
    ],
    ['a label that is added', "ALTER TYPE mood ADD VALUE 'new';", ['AddEnumValue']],
  ])('but not %s', (_, sql, expected) => {
    expect(kinds(replayed(sql, { deployed }).folded)).toEqual(expected)
  })

  test('but not an enum that nothing is known of', () => {
    expect(ofKind(replayed(all + anew + allBack).folded, 'RecreateEnum')).toEqual([])
  })
})

describe('a foreign key dropped and added again with another action is one change', () => {
  const deployed = `CREATE TABLE users (id int PRIMARY KEY, mail text UNIQUE);
    CREATE TABLE teams (id int PRIMARY KEY);
    CREATE TABLE posts (author int, editor int, CONSTRAINT posts_author_fk FOREIGN KEY (author) REFERENCES users (id),
      CONSTRAINT posts_editor_fk FOREIGN KEY (editor) REFERENCES users (id), CONSTRAINT c CHECK (author > 0));`
  const drop = 'ALTER TABLE "posts" DROP CONSTRAINT "posts_author_fk";'
  const add =
    'ALTER TABLE "posts" ADD CONSTRAINT "posts_author_fk" FOREIGN KEY ("author") REFERENCES "public"."users"("id") ON DELETE cascade;'

  test('that knows both', () => {
    const { folded, changes, before, after, textOf } = replayed(
      `${drop}--> statement-breakpoint\n${add}`,
      { deployed },
    )
    expect(kinds(folded)).toEqual(['AlterForeignKey'])
    const [change] = ofKind(folded, 'AlterForeignKey')
    expect(change?.from.onDelete).toBe('no action')
    expect(change?.key.onDelete).toBe('cascade')
    expect(change?.before).toBe(before)
    expect(change?.after).toBe(after)
    expect(change?.folded).toEqual(changes)
    expect(textOf(change, 'constraint')).toBe('"posts_author_fk"')
  })

  test.each([
    ['within one ALTER TABLE', `${drop.slice(0, -1)}, ${add.replace('ALTER TABLE "posts" ', '')}`],
    [
      'in a DO block, as older versions of drizzle-kit wrote it',
      `${drop} DO $$ BEGIN ${add} EXCEPTION WHEN duplicate_object THEN null; END $$;`,
    ],
    ['under another name', `${drop} ${add.replace('"posts_author_fk"', '"renamed_fk"')}`],
    ['with IF EXISTS', `${drop.replace('CONSTRAINT', 'CONSTRAINT IF EXISTS')} ${add}`],
  ])('%s', (_, sql) => {
    expect(kinds(replayed(sql, { deployed }).folded)).toEqual(['AlterForeignKey'])
  })

  test('over files, with others in between left as they are', () => {
    const { folded } = replayed([`${drop} SELECT 1;`, add], { deployed })
    expect(kinds(folded)).toEqual(['ReadRows', 'AlterForeignKey'])
    expect(folded.at(-1)?.origin.migration).toBe('0')
  })

  test('each of several, paired by their columns', () => {
    const editor = (sql: string) => sql.replaceAll('author', 'editor')
    const { folded } = replayed(`${drop} ${editor(drop)} ${editor(add)} ${add}`, { deployed })
    expect(ofKind(folded, 'AlterForeignKey').map(({ constraint }) => constraint)).toEqual([
      'posts_editor_fk',
      'posts_author_fk',
    ])
    expect(folded).toHaveLength(2)
  })

  test.each([
    [
      'one that points at another table',
      `${drop} ALTER TABLE posts ADD CONSTRAINT posts_author_fk FOREIGN KEY (author) REFERENCES teams (id);`,
      ['DropConstraint', 'AddForeignKey'],
    ],
    [
      'one of another column',
      `${drop} ALTER TABLE posts ADD CONSTRAINT posts_author_fk FOREIGN KEY (editor) REFERENCES users (id);`,
      ['DropConstraint', 'AddForeignKey'],
    ],
    [
      'one of another table',
      `${drop} ALTER TABLE teams ADD CONSTRAINT posts_author_fk FOREIGN KEY (author) REFERENCES users (id);`,
      ['DropConstraint', 'AddForeignKey'],
    ],
    [
      'one that is added before the other is dropped',
      `${add.replace('posts_author_fk', 'new_fk')} ${drop}`,
      ['AddForeignKey', 'DropConstraint'],
    ],
    [
      'a check',
      'ALTER TABLE posts DROP CONSTRAINT c; ALTER TABLE posts ADD CONSTRAINT c CHECK (author > 1);',
      ['DropConstraint', 'AddCheck'],
    ],
    [
      'a constraint that is not known',
      `ALTER TABLE posts DROP CONSTRAINT unknown; ${add.replace('posts_author_fk', 'unknown')}`,
      ['DropConstraint', 'AddForeignKey'],
    ],
  ])('but not %s', (_, sql, expected) => {
    expect(kinds(replayed(sql, { deployed }).folded)).toEqual(expected)
  })

  test('but not over transactions: in between there is none', () => {
    expect(kinds(replayed([drop, add], { deployed, transaction: 'migration' }).folded)).toEqual([
      'DropConstraint',
      'AddForeignKey',
    ])
  })
})
