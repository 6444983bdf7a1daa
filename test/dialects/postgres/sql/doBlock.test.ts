import { describe, expect, test } from 'vitest'
import { kinds, ofKind, replayed } from './replayed.ts'

const deployed = `CREATE TABLE users (id int PRIMARY KEY, name text);
  CREATE TABLE posts (id int PRIMARY KEY, author int);`

/** What older versions of drizzle-kit wrote for every foreign key. */
const FOREIGN_KEY = `DO $$ BEGIN
 ALTER TABLE "posts" ADD CONSTRAINT "posts_author_fk" FOREIGN KEY ("author") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
EXCEPTION
 WHEN duplicate_object THEN null;
END $$;`

describe('the SQL in a DO block is read', () => {
  test('as drizzle-kit wrote foreign keys; they may fail quietly', () => {
    const { changes, after, textOf } = replayed(FOREIGN_KEY, { deployed })
    const [key] = ofKind(changes, 'AddForeignKey')
    expect(kinds(changes)).toEqual(['AddForeignKey'])
    expect(key?.key).toMatchObject({ columns: ['author'], onDelete: 'cascade' })
    expect(key?.origin.guarded).toBe(true)
    expect(after.tables.get('public\u0000posts')?.constraints.map(({ name }) => name)).toContain(
      'posts_author_fk',
    )
    expect(textOf(key)).toMatch(/^ALTER TABLE "posts" ADD CONSTRAINT .* ON UPDATE no action$/)
    expect(textOf(key, 'constraint')).toBe('"posts_author_fk"')
  })

  test('and as it wrote enums', () => {
    const sql = `DO $$ BEGIN\n CREATE TYPE "mood" AS ENUM('sad', 'happy');\nEXCEPTION\n WHEN duplicate_object THEN null;\nEND $$;`
    expect(ofKind(replayed(sql).changes, 'CreateEnum')[0]?.labels).toEqual(['sad', 'happy'])
  })

  test('and does nothing where the handler would have nothing to do but catch', () => {
    const { changes, before, after } = replayed(FOREIGN_KEY, {
      deployed: `${deployed} ${FOREIGN_KEY}`,
    })
    expect(kinds(changes)).toEqual(['Harmless'])
    expect(after.tables).toBe(before.tables)
  })

  test.each([
    ['a plain block', 'BEGIN DROP TABLE posts; END', false],
    ['a nested block', 'BEGIN BEGIN DROP TABLE posts; END; END', false],
    [
      'a labelled block with declarations',
      '<<a>> DECLARE n int := 1; BEGIN DROP TABLE posts; END',
      false,
    ],
    [
      'a condition',
      "BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'x') THEN DROP TABLE posts; END IF; END",
      true,
    ],
    [
      'the other branch',
      'BEGIN IF true THEN NULL; ELSIF false THEN NULL; ELSE DROP TABLE posts; END IF; END',
      true,
    ],
    ['a CASE', 'BEGIN CASE WHEN true THEN DROP TABLE posts; ELSE NULL; END CASE; END', true],
    ['a loop', 'BEGIN LOOP DROP TABLE posts; EXIT; END LOOP; END', true],
    ['a WHILE', 'BEGIN WHILE true LOOP DROP TABLE posts; END LOOP; END', true],
    ['a FOR over numbers', 'BEGIN FOR i IN 1..3 LOOP DROP TABLE posts; END LOOP; END', true],
    [
      'a FOR over rows',
      'DECLARE r record; BEGIN FOR r IN SELECT * FROM users LOOP DROP TABLE posts; END LOOP; END',
      true,
    ],
    [
      'a FOREACH',
      "DECLARE n text; BEGIN FOREACH n IN ARRAY ARRAY['a'] LOOP DROP TABLE posts; END LOOP; END",
      true,
    ],
    [
      'a block with a handler',
      'BEGIN DROP TABLE posts; EXCEPTION WHEN undefined_table THEN NULL; END',
      true,
    ],
    ['a handler', 'BEGIN NULL; EXCEPTION WHEN undefined_table THEN DROP TABLE posts; END', true],
    [
      'a block in a block with a handler',
      'BEGIN BEGIN DROP TABLE posts; END; EXCEPTION WHEN OTHERS THEN NULL; END',
      true,
    ],
    ['a constant that is executed', "BEGIN EXECUTE 'DROP TABLE posts'; END", false],
    ['a dollar-quoted one', 'BEGIN EXECUTE $q$DROP TABLE posts$q$; END', false],
    [
      'a constant that is executed in a condition',
      "BEGIN IF true THEN EXECUTE 'DROP TABLE posts'; END IF; END",
      true,
    ],
    ['a DO in a DO', 'BEGIN DO $q$ BEGIN DROP TABLE posts; END $q$; END', false],
    [
      'a DO with a handler in a DO',
      'BEGIN DO $q$ BEGIN DROP TABLE posts; EXCEPTION WHEN OTHERS THEN NULL; END $q$; END',
      true,
    ],
    [
      'a DO in a condition',
      'BEGIN IF true THEN DO $q$ BEGIN DROP TABLE posts; END $q$; END IF; END',
      true,
    ],
  ])('in %s', (_, body, guarded) => {
    const { changes, textOf } = replayed(`-- é\nDO $$ ${body} $$;`, { deployed })
    expect(changes.map((change) => [change.kind, change.origin.guarded])).toEqual([
      ['DropTable', guarded],
    ])
    expect(textOf(changes[0])).toBe('DROP TABLE posts')
    expect(textOf(changes[0], 'name')).toBe('posts')
  })

  test.each([
    ['what is put together', "BEGIN EXECUTE 'DROP TABLE ' || 'posts'; END", 'built at run time'],
    [
      'what is formatted',
      "BEGIN EXECUTE format('DROP TABLE %I', 'posts'); END",
      'built at run time',
    ],
    [
      'what a variable holds',
      "DECLARE s text := 'DROP TABLE posts'; BEGIN EXECUTE s; END",
      'built at run time',
    ],
    [
      'a loop over such a query',
      "DECLARE r record; BEGIN FOR r IN EXECUTE 'SELECT ' || 1 LOOP NULL; END LOOP; END",
      'built at run time',
    ],
    ['a procedure', 'BEGIN CALL p(); END', 'procedure'],
    ['a body that does not parse', 'BEGIN IF THEN; END', 'cannot be read'],
    ['a statement that does not parse', 'BEGIN DORP TABLE posts; END', 'cannot be read'],
  ])('except %s: that is opaque', (_, body, reason) => {
    const { changes, after } = replayed(`DO $$ ${body} $$;`, { deployed })
    expect(kinds(changes)).toEqual(['OpaqueSql'])
    expect(ofKind(changes, 'OpaqueSql')[0]?.reason).toContain(reason)
    expect(after.blind).toBe(true)
  })

  test('and another language, which is opaque', () => {
    expect(
      ofKind(replayed("DO LANGUAGE plpython3u 'pass';").changes, 'OpaqueSql')[0]?.reason,
    ).toContain('plpython3u')
    expect(
      kinds(replayed('DO LANGUAGE "plpgsql" $$ BEGIN DROP TABLE posts; END $$;').changes),
    ).toEqual(['DropTable'])
  })

  test('from a string too, though its quotes are doubled', () => {
    const { changes, textOf } = replayed(
      "DO 'BEGIN DROP TABLE posts; INSERT INTO users VALUES (1, ''é''); END';",
      { deployed },
    )
    expect(kinds(changes)).toEqual(['DropTable', 'WriteRows'])
    expect(textOf(changes[0], 'name')).toBe('posts')
    expect(textOf(changes[1])).toMatch(/^DO '/)
  })

  test('statement after statement, each in its own place even if they are alike', () => {
    const sql = `SELECT 'é';
DO $$ BEGIN
  UPDATE users SET name = 'é😀';
  ALTER TABLE users ADD COLUMN a int;
  UPDATE users SET name = 'é😀';
END $$;
DROP TABLE posts;`
    const { changes } = replayed(sql, { deployed })
    expect(kinds(changes)).toEqual(['ReadRows', 'WriteRows', 'AddColumn', 'WriteRows', 'DropTable'])
    const [first, second] = ofKind(changes, 'WriteRows')
    expect(second!.origin.start).toBeGreaterThan(first!.origin.end)
    expect(changes.map(({ origin }) => origin.statement)).toEqual([0, 1, 1, 1, 2])
  })

  test('with INTO and PERFORM', () => {
    const sql =
      'DO $$ DECLARE n int; BEGIN SELECT count(*) INTO n FROM users; PERFORM id FROM posts; INSERT INTO users VALUES (1) RETURNING id INTO n; END $$;'
    const { changes } = replayed(sql, { deployed })
    expect(kinds(changes)).toEqual(['ReadRows', 'ReadRows', 'WriteRows'])
  })

  test('even if there is nothing in it: it is a statement all the same', () => {
    for (const body of [
      'BEGIN END',
      'BEGIN NULL; END',
      "BEGIN RAISE NOTICE 'x'; END",
      'DECLARE n int; BEGIN n := 1; RETURN; END',
    ]) {
      expect(kinds(replayed(`DO $$ ${body} $$;`).changes)).toEqual(['Harmless'])
    }
  })

  test('and what is there already is left alone in a condition, not outside of one', () => {
    const add = 'ALTER TABLE users ADD COLUMN name text;'
    const guarded = `DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.columns) THEN ${add} END IF; END $$;`
    expect(kinds(replayed(guarded, { deployed }).changes)).toEqual(['Harmless'])
    expect(kinds(replayed(`DO $$ BEGIN ${add} END $$;`, { deployed }).changes)).toEqual([
      'AddColumn',
    ])
  })
})
